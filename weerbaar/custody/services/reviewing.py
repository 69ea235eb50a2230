"""Who may what, looked at by a person and signed off (BIO2 5.18)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from weerbaar.accounts.endorsing import may_vouch
from weerbaar.accounts.models import Membership, Organisation, User
from weerbaar.accounts.roles import Permission
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.audit.services import record
from weerbaar.web.refusals import NotAllowed

# Twice a year, as the baseline of government asks at the least.
REVIEW_EVERY = timedelta(days=183)


def may_review(by: User, organisation: Organisation) -> bool:
    """Who counts here, or an administrator."""
    manages = by.may_anywhere(Permission.MANAGE_ACCOUNTS)
    return manages or may_vouch(by, organisation)


@transaction.atomic
def sign_off(organisation: Organisation, *, by: User, now: datetime) -> Event:
    """Somebody looked at who may what, and it is right. Raises NotAllowed."""
    if not may_review(by, organisation):
        raise NotAllowed
    today = timezone.localdate(now)
    members = Membership.objects.current(today).filter(organisation=organisation)
    return record(
        Kind.ACCESS_REVIEWED,
        organisation,
        by=by,
        now=now,
        organisation_id=organisation.pk,
        people=members.values("user").distinct().count(),
    )


def last_review(organisation: Organisation) -> Event | None:
    """The last time that somebody signed off; None when nobody did yet."""
    found = Event.objects.filter(
        kind=Kind.ACCESS_REVIEWED, organisation_id=organisation.pk
    )
    return found.order_by("-pk").first()


def is_review_due(last: Event | None, today: date) -> bool:
    """Has it been too long?"""
    return last is None or timezone.localdate(last.at) < today - REVIEW_EVERY
