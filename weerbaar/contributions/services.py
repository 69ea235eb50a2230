"""Putting a record into the letterbox, and reading it with the network's own Secret."""

from collections.abc import Iterator
from dataclasses import MISSING, asdict, dataclass, field, fields
from datetime import date
from itertools import chain
from typing import Any, get_origin

from weerbaar.contributions.models import (
    Contribution,
    FigureYear,
    PooledContribution,
)
from weerbaar.vault.core import PublicKey, Secret, VaultError
from weerbaar.vault.envelope import open_json_sealed, seal_json_to
from weerbaar.vault.granting import new_key
from weerbaar.vault.models import KeyKind

# Every row is as long as one with all codes that there are: by its length nobody tells
# a withdrawal from an incident, nor one channel from three.
LENGTH = 2048


@dataclass(frozen=True)
class Record:
    """What one case tells the network: codes only (design 8).

    `case` is a random token kept in the sealed case header, so that a later revision
    replaces an earlier one; `person` likewise, so that persons can be counted. `said`
    is how often the reporter changed her choice: her newest word comes before any
    revision.
    `organisation` serves the rule of three organisations and leaves with no table.
    `first_contact` to `duration` say within which term of the protocol something was
    done, never when. A field that came later than the first release has a default: a
    record from before it says nothing there.
    """

    case: str
    person: str
    revision: int
    organisation: str
    organisation_type: str
    province: str
    year: int
    month: int
    kind: str
    office_kind: str = ""
    incident_groups: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    perpetrators: list[str] = field(default_factory=list)
    topic: str = ""
    severity: str = ""
    police: str = ""
    decision_influenced: str = ""
    referrals: list[str] = field(default_factory=list)
    aftercare: str = ""
    outcome: str = ""
    closed: bool = False
    withdrawn: bool = False
    said: int = 0
    motive: str = ""
    no_aangifte: str = ""
    first_contact: str = ""
    reaction: str = ""
    reception_talk: str = ""
    check_two_weeks: str = ""
    check_six_weeks: str = ""
    duration: str = ""


TYPES = {f.name: get_origin(f.type) or f.type for f in fields(Record)}
# What every record has; what has a default may be missing from an older one.
ALWAYS = {
    f.name
    for f in fields(Record)
    if f.default is MISSING and f.default_factory is MISSING
}


def open_year(year: int, *, today: date) -> Secret:
    """Begin a year of figures; gives its Secret, which the network's worker keeps."""
    key, secret = new_key(KeyKind.NETWORK, holders=[], today=today)
    FigureYear.objects.create(year=year, key=key)
    return secret


def contribute(record: Record) -> Contribution | None:
    """Seal a record to the network's key of its year.

    None when the year has not begun, and when its figures are final: nothing is left.
    """
    open_years = FigureYear.objects.filter(final_on=None).select_related("key")
    year = open_years.filter(pk=record.year).first()
    if year is None:
        return None
    contribution = Contribution(year=year)
    seal_record(contribution, asdict(record), year.key.public_key)
    contribution.save(force_insert=True)
    return contribution


def seal_record(
    row: Contribution | PooledContribution, content: dict[str, Any], public: PublicKey
) -> None:
    """Put a record into a row, of the same length as every other; does not save."""
    row.record = seal_json_to(public, content, place=row.place, least=LENGTH)


def is_final(year: int) -> bool:
    """Whether nothing can change the figures of this year any more."""
    return FigureYear.objects.filter(pk=year, final_on__isnull=False).exists()


def make_final(year: int, *, today: date) -> None:
    """Take in nothing more for a year; the day of the first time stays."""
    FigureYear.objects.filter(pk=year, final_on=None).update(final_on=today)


def read_year(year: int, secret: Secret) -> Iterator[Record | None]:
    """Every record of a year, opened with that year's Secret; None for an unreadable.

    Of the pool and of the inbox, however few wait there. One spoiled row never stops
    the count: it is told to who checks the figures.
    """
    rows: Iterator[Contribution | PooledContribution] = chain(
        PooledContribution.objects.filter(year_id=year).iterator(),
        Contribution.objects.filter(year_id=year).iterator(),
    )
    for row in rows:
        content = opened(row, secret)
        yield None if content is None else _record(content, year)


def opened(
    row: Contribution | PooledContribution, secret: Secret
) -> dict[str, Any] | None:
    """What a row says; None when it does not open."""
    try:
        return open_json_sealed(secret, bytes(row.record), place=row.place)
    except VaultError:
        return None


def _record(content: dict[str, Any], year: int) -> Record | None:
    """A record of this year whose values have the types of the plan, or None."""
    if not ALWAYS <= set(content) <= set(TYPES) or content["year"] != year:
        return None
    if any(type(value) is not TYPES[name] for name, value in content.items()):
        return None
    lists = [v for v in content.values() if isinstance(v, list)]
    if not all(isinstance(code, str) for listed in lists for code in listed):
        return None
    return Record(**content) if 1 <= content["month"] <= 12 else None
