"""Proposing a theme (prioritair thema), supporting it, and deciding together."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts.models import Organisation, User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.network.agenda.models import PriorityTheme, ThemeSupport
from weerbaar.network.agenda.permissions import organisation_of, partner_of
from weerbaar.network.agenda.workflow import ThemeState
from weerbaar.network.periods import open_years
from weerbaar.steps import take_step
from weerbaar.web.refusals import NotAllowed, NotPossibleNow


class ThemeExists(NotPossibleNow):
    """This theme stands for this year already, proposed or named."""

    title = _("This theme is there already")
    detail = _("Support the one that is there, or choose another topic or name.")


class YearOver(NotPossibleNow):
    """A theme, and money, is for the year that runs or the one to come."""

    title = _("This is not for that year")
    detail = _("Themes are proposed for this year and the next, not for another.")


class NotOpen(NotPossibleNow):
    """The theme is no longer a proposal."""

    title = _("This theme was decided on already")
    detail = _("Support is given and taken back while a theme is a proposal.")


@transaction.atomic
def propose_theme(
    *,
    year: int,
    topic: str,
    title: str,
    sentence: str,
    by: User,
    now: datetime,
    question: str = "",
) -> PriorityTheme:
    """Propose a theme of a year, by a policy topic or a title of its own.

    The partner for which `by` proposes supports it at once. Raises NotAllowed, YearOver
    and ThemeExists.
    """
    organisation = organisation_of(by)
    if organisation is None:
        raise NotAllowed
    if year not in open_years(timezone.localdate(now)):
        raise YearOver
    try:
        with transaction.atomic():
            theme = PriorityTheme.objects.create(
                year=year,
                topic=topic,
                title=title,
                sentence=sentence,
                question=question,
                organisation=organisation,
                proposed_by=by,
                proposed_at=now,
            )
    except IntegrityError:
        raise ThemeExists from None
    record(Kind.THEME_PROPOSED, theme, by=by, now=now, year=year)
    if partner_of(by) is not None:
        give_support(theme, by=by, now=now)
    return theme


@transaction.atomic
def give_support(theme: PriorityTheme, *, by: User, now: datetime) -> ThemeSupport:
    """Support a proposal for one's partner; a second time changes nothing.

    Raises NotAllowed for who speaks for no partner, and NotOpen.
    """
    partner = _speaking_for(by)
    _hold_open(theme)
    given, is_new = ThemeSupport.objects.get_or_create(
        theme=theme,
        organisation=partner,
        defaults={"given_by": by, "given_at": now},
    )
    if is_new:
        record(Kind.SUPPORT_GIVEN, theme, by=by, now=now)
    return given


@transaction.atomic
def end_support(theme: PriorityTheme, *, by: User, now: datetime) -> None:
    """Take one's partner's support back; without support nothing changes.

    Raises NotAllowed for who speaks for no partner, and NotOpen.
    """
    partner = _speaking_for(by)
    _hold_open(theme)
    gone, _kinds = theme.supports.filter(organisation=partner).delete()
    if gone:
        record(Kind.SUPPORT_ENDED, theme, by=by, now=now)


@transaction.atomic
def name_theme(theme: PriorityTheme, *, by: User, now: datetime) -> PriorityTheme:
    """Name a proposal for its year. Raises StepForbidden and StepNotPossible.

    StepNotPossible also while fewer than two partners support it. How many did is kept.
    """
    PriorityTheme.objects.select_for_update().get(pk=theme.pk)
    facts = {"year": theme.year, "support": theme.supports.count()}
    take_step(theme, "choose", by=by, now=now, **facts)
    return _decided(theme, by=by, now=now)


@transaction.atomic
def pass_over(theme: PriorityTheme, *, by: User, now: datetime) -> PriorityTheme:
    """Do not choose it, or come back on it. Raises StepForbidden and StepNotPossible.

    StepNotPossible also while money is committed to it.
    """
    take_step(theme, "pass_over", by=by, now=now, year=theme.year)
    return _decided(theme, by=by, now=now)


def take_theme_back(theme: PriorityTheme, *, by: User, now: datetime) -> PriorityTheme:
    """Take one's own proposal back. Raises StepForbidden and StepNotPossible."""
    take_step(theme, "withdraw", by=by, now=now)
    return theme


def _speaking_for(by: User) -> Organisation:
    partner = partner_of(by)
    if partner is None:
        raise NotAllowed
    return partner


def _hold_open(theme: PriorityTheme) -> None:
    """No decision falls while support is counted. Raises NotOpen."""
    held = PriorityTheme.objects.select_for_update().get(pk=theme.pk)
    if held.state != ThemeState.PROPOSED:
        raise NotOpen


def _decided(theme: PriorityTheme, *, by: User, now: datetime) -> PriorityTheme:
    theme.decided_by, theme.decided_at = by, now
    theme.support = theme.supports.count()
    theme.save(update_fields=["decided_by", "decided_at", "support"])
    return theme
