"""Putting a record into the letterbox, and reading it with the network's own Secret."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from weerbaar.contributions.models import Contribution, FigureYear
from weerbaar.vault.core import Secret
from weerbaar.vault.envelope import open_json_sealed, seal_json_to
from weerbaar.vault.keyring import new_key
from weerbaar.vault.models import KeyKind


@dataclass(frozen=True)
class Record:
    """What one case tells the network: codes only (design 8).

    `case` is a random token kept in the sealed case header, so that a later revision
    replaces an earlier one; `person` likewise, so that persons can be counted.
    `organisation` is needed for the rule of three organisations and leaves with no table.
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


def _place(contribution_id: UUID, year: int) -> tuple[str, UUID, int]:
    return ("contribution", contribution_id, year)


def open_year(year: int, *, today: date) -> Secret:
    """Begin a year of figures; gives the year's Secret, which the network's worker keeps."""
    key, secret = new_key(KeyKind.NETWORK, holders=[], today=today)
    FigureYear.objects.create(year=year, key=key)
    return secret


def contribute(record: Record) -> Contribution | None:
    """Seal a record to the network's key of its year; None when that year has not begun."""
    year = FigureYear.objects.select_related("key").filter(pk=record.year).first()
    if year is None:
        return None
    contribution = Contribution(year=year)
    contribution.record = seal_json_to(
        year.key.public_key, asdict(record), place=_place(contribution.pk, year.pk)
    )
    contribution.save(force_insert=True)
    return contribution


def read_year(year: int, secret: Secret) -> Iterator[Record]:
    """Every record of a year, opened with that year's Secret. Raises vault errors."""
    for contribution in Contribution.objects.filter(year_id=year).iterator():
        content: dict[str, Any] = open_json_sealed(
            secret, bytes(contribution.record), place=_place(contribution.pk, year)
        )
        yield Record(**content)
