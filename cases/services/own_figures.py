"""An organisation's own cases, counted exactly, in the session of who may open them.

Nothing is stored and nothing leaves the house: the records are made here, counted, and
forgotten with the request. The reporter's choice to be counted is not asked, since the
network hears nothing of it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from cases.header import Header
from cases.models import Case, CaseQuerySet
from cases.services.counting import YES, Counting
from cases.services.figures import record_of
from cases.services.sealing import open_header
from cases.services.timing import timings
from weerbaar.accounts.models import Organisation, User
from weerbaar.accounts.roles import Permission
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.contributions.exact import ExactTable, count_exactly
from weerbaar.contributions.services import Record
from weerbaar.vault.core import VaultError
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import NotAllowed


@dataclass(frozen=True)
class OwnFigures:
    """The tables of a year, and how many cases they are made of.

    `unopened` are cases that were given to her and do not open with her vault;
    `waiting` are not assessed yet or taken back, no violation, or conduct among office
    holders.
    A case that was not given to her is not in any of these: nothing says it exists.
    """

    organisation: Organisation
    year: int
    counted: int
    waiting: int
    unopened: int
    tables: list[ExactTable]


def years_of(organisation: Organisation, by: User) -> list[int]:
    """The years of which she can see cases, the newest first."""
    days: list[date] = list(_hers(organisation, by).dates("opened_on", "year"))
    return sorted({day.year for day in days}, reverse=True)


def _hers(organisation: Organisation, by: User) -> CaseQuerySet:
    if not by.may(Permission.HANDLE_CASES, organisation):
        raise NotAllowed
    return Case.objects.visible_to(by).filter(organisation=organisation)


def own_figures(
    organisation: Organisation, year: int, *, by: User, keyring: Keyring
) -> OwnFigures:
    """Count the cases of a year that she can open. Raises NotAllowed."""
    found = list(_hers(organisation, by).filter(opened_on__year=year))
    keyring.preload([case.case_key_id for case in found])
    opened = [
        (case, header)
        for case in found
        if (header := _header(case, organisation, keyring)) is not None
    ]
    records = [one for one in _records(opened) if not one.withdrawn]
    exact = count_exactly(records, year)
    return OwnFigures(
        organisation=organisation,
        year=year,
        counted=len(records) - exact.outside,
        waiting=len(opened) - len(records) + exact.outside,
        unopened=len(found) - len(opened),
        tables=exact.tables,
    )


def _header(case: Case, organisation: Organisation, keyring: Keyring) -> Header | None:
    """None when the case does not open: told as a number, never a stop."""
    case.organisation = organisation
    try:
        return open_header(case, keyring.open(case.case_key_id))
    except VaultError:
        return None


def _records(opened: list[tuple[Case, Header]]) -> list[Record]:
    counted, told = Counting(YES), timings(opened)
    return [
        record_of(case, header, counted, 0, told[case.pk]) for case, header in opened
    ]


def take_own_figures(
    organisation: Organisation, year: int, *, by: User, keyring: Keyring, now: datetime
) -> OwnFigures:
    """The same, to take out of the house; the history says who took it.

    Raises NotAllowed.
    """
    found = own_figures(organisation, year, by=by, keyring=keyring)
    record(
        Kind.OWN_FIGURES_TAKEN,
        organisation,
        by=by,
        now=now,
        organisation_id=organisation.pk,
        year=year,
    )
    return found
