"""Who is told of an event, worked out from grants: a recused person never is."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.models import Approval, Assignment, Capacity, Case, Commitment, Purpose
from referrals.models import Referral
from weerbaar.accounts.models import Membership, Organisation, User
from weerbaar.accounts.roles import Permission, roles_with
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.notices.catalogue import Audience
from weerbaar.stories.models import Story
from weerbaar.vault.endorsing import ENDORSING_ROLES

People = QuerySet[User]
ANSWERED_WITHIN = timedelta(days=180)


def recipients(audience: Audience, event: Event) -> list[User]:
    """The people to tell; without the actor, save for what concerns the own account."""
    found = FINDERS[audience](event)
    if audience != Audience.ONESELF:
        found = found.exclude(pk=event.actor_id) if event.actor_id else found
    return list(found.distinct())


def _nobody() -> People:
    return User.objects.none()


def case_of(event: Event) -> Case | None:
    """The case that an event is about, read once for each event.

    Nothing sealed is read to tell somebody.
    """
    if not hasattr(event, "_case"):
        bare = Case.objects.only("case_key_id", "organisation_id", "reference")
        event._case = bare.filter(pk=event.about_id).first()  # type: ignore[attr-defined]
    return event._case  # type: ignore[attr-defined]


def _team_of(case: Case, event: Event) -> People:
    organisation = Organisation(pk=case.organisation_id)
    handlers = organisation.handlers(timezone.localdate(event.at))
    return handlers.filter(key__held__key=case.case_key_id)


def team(event: Event) -> People:
    """Every handler with a grant on the case."""
    case = case_of(event)
    return _team_of(case, event) if case else _nobody()


def on_case(event: Event) -> People:
    """Owner and deputies, as far as they still have a grant; else the team."""
    case = case_of(event)
    return _on(case, event) if case else _nobody()


def _on(case: Case, event: Event) -> People:
    everybody = _team_of(case, event)
    names = case.assignments.filter(ended_on=None).values("user")
    on_it = everybody.filter(pk__in=names)
    return on_it if on_it.exists() else everybody


def owner(event: Event) -> People:
    """Whose promise it is and who stands in, with a grant; else who is on the case.

    While the owner is away the deputy is told too, or nobody would act (H-5).
    """
    promise = Commitment.objects.filter(pk=event.subject_id).first()
    if promise is not None and promise.owner_id is not None:
        deputies = Assignment.objects.filter(
            case_id=promise.case_id, capacity=Capacity.DEPUTY, ended_on=None
        )
        mine = team(event).filter(
            Q(pk=promise.owner_id) | Q(pk__in=deputies.values("user"))
        )
        if mine.exists():
            return mine
    return on_case(event)


def person(event: Event) -> People:
    """The person that the event names, when she has a grant."""
    return team(event).filter(pk=UUID(event.facts["person"]))


def second(event: Event) -> People:
    """Who may answer a request: the custodians it was sealed to; else also the team."""
    asked = Approval.objects.filter(pk=event.subject_id).select_related("case").first()
    if asked is None:
        return _nobody()
    members = Membership.objects.current(timezone.localdate(event.at)).filter(
        organisation_id=asked.case.organisation_id,
        role__in=roles_with(Permission.KEEP_NAMES),
    )
    keeping = Q(pk__in=members.values("user"), key__held__key=asked.key_id)
    if asked.purpose != Purpose.IDENTITY:
        keeping |= Q(pk__in=_team_of(asked.case, event).values("pk"))
    return User.objects.filter(keeping, is_active=True)


def desk(event: Event) -> People:
    """The partner's people to whom the package was sealed."""
    referral = (
        Referral.objects.filter(pk=event.subject_id).select_related("partner").first()
    )
    if referral is None or referral.package_key_id is None:
        return _nobody()
    people = referral.partner.desk(timezone.localdate(event.at))
    return people.filter(
        Q(key__held__key=referral.package_key_id)
        | Q(key__held__key__held__key=referral.package_key_id)
    )


def storytellers(event: Event) -> People:
    """Who is on a case whose story is at the network: all of them, whose it may be.

    To tell only whom it concerns would be to know of which case it is.
    """
    found: set[UUID] = set()
    sent = Story.objects.at_network()
    if event.kind != Kind.EDITION_WITHDRAWN:
        # Who heard nothing in all that time looks by herself.
        since = timezone.localdate(event.at) - ANSWERED_WITHIN
        sent = sent.filter(sent_on__gte=since)
    for story in sent.select_related("case"):
        found |= set(_on(story.case, event).values_list("pk", flat=True))
    return User.objects.filter(pk__in=found)


def analysts(event: Event) -> People:
    """Who publishes the network's figures."""
    members = Membership.objects.current(timezone.localdate(event.at)).filter(
        role__in=roles_with(Permission.PUBLISH_FIGURES)
    )
    return User.objects.filter(pk__in=members.values("user"), is_active=True)


def colleagues(event: Event) -> People:
    """Who receives cases or referrals in the organisation of the event.

    Not for what the system does by itself: that fills a demo.
    """
    if event.actor_kind == "system" or event.organisation_id is None:
        return _nobody()
    members = Membership.objects.current(timezone.localdate(event.at)).filter(
        organisation_id=event.organisation_id, role__in=ENDORSING_ROLES
    )
    return User.objects.filter(pk__in=members.values("user"), is_active=True)


def oneself(event: Event) -> People:
    """The actor; not for the first password, which she set herself a moment ago."""
    return User.objects.filter(pk=event.subject_id, is_active=True, key__isnull=False)


FINDERS: dict[Audience, Callable[[Event], People]] = {
    Audience.TEAM: team,
    Audience.ON_CASE: on_case,
    Audience.OWNER: owner,
    Audience.PERSON: person,
    Audience.SECOND: second,
    Audience.DESK: desk,
    Audience.STORYTELLERS: storytellers,
    Audience.ANALYSTS: analysts,
    Audience.ONESELF: oneself,
    Audience.COLLEAGUES: colleagues,
}
