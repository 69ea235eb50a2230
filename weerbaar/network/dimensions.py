"""What incidents are told apart by in the figures, each with all its categories.

Codes are grouped so that no category names a person: never an organisation, never an
office role, nothing finer than a quarter (domain 8, a, b, e). Each record falls into
exactly one category of each dimension, so that rows and columns add up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from weerbaar import codes
from weerbaar.contributions.services import Record

UNKNOWN = "unknown"
SEVERAL = "several"
NONE = "none"


class OutsidePlan(ValueError):
    """A record with a code that no category of the plan takes in."""


@dataclass(frozen=True)
class Category:
    """A row or column of a table: its code and what it is called."""

    code: str
    label: Any


@dataclass(frozen=True)
class Dimension:
    """Something incidents are told apart by, with all its categories."""

    code: str
    label: Any
    categories: tuple[Category, ...]
    read: Callable[[Record], str]

    @property
    def codes(self) -> list[str]:
        return [category.code for category in self.categories]

    def of(self, record: Record) -> str:
        """The one category of a record. Raises OutsidePlan."""
        code = self.read(record)
        if code not in self.codes:
            raise OutsidePlan(self.code)
        return code

    def label_of(self, code: str) -> str:
        return next(str(c.label) for c in self.categories if c.code == code)


def _listed(name: str, *only: str) -> tuple[Category, ...]:
    return tuple(
        Category(code, label) for code, label in codes.choices(name, only or None)
    )


def _grouped(groups: Mapping[str, str]) -> Callable[[list[str]], str]:
    """Codes of a list to one group; unknown counts when nothing else is known."""

    def group(found: list[str]) -> str:
        known = {groups.get(code, UNKNOWN) for code in found} - {UNKNOWN}
        if len(known) > 1:
            return SEVERAL
        return known.pop() if known else UNKNOWN

    return group


def _inverted(groups: Mapping[str, str]) -> dict[str, str]:
    return {code: group for group, listed in groups.items() for code in listed.split()}


NOT_KNOWN = Category(UNKNOWN, _("not known (yet)"))
MORE_THAN_ONE = Category(SEVERAL, _("more than one kind"))
# An incident of several groups counts under the first of these (definition of T2).
HEAVIEST_FIRST = (
    "physical",
    "threat_intimidation",
    "undermining",
    "temptation",
    "other",
    "verbal",
)
_channel = _grouped(
    _inverted(
        {
            "in_person": "in_person_office in_person_meeting in_person_public "
            "workplace_other_job",
            "private": "home school_club_private",
            "phone": "phone",
            "written": "email letter flyer_poster_banner",
            "online": "social_media_public direct_message website_forum",
            "indirect": "third_party media",
        }
    )
)
_perpetrator = _grouped(
    _inverted(
        {
            "resident": "resident resident_known_to_org confused_person "
            "relation_private",
            "collective": "group_collective interest_action_group",
            "company": "entrepreneur_company",
            "organised": "organised_crime extremist_antigovernment foreign_actor",
            "politics": "fellow_politician civil_servant political_party_member",
            "media": "journalist_blogger",
        }
    )
)
_partner = _grouped(
    {entry.code: "other" for entry in codes.entries("partners")}
    | _inverted(
        {
            "support_team": "support_team_nwb",
            "trust_line": "trust_line",
            "victim_support": "victim_support",
            "integrity": "sipa rijksrecherche_advice",
            "riec": "riec liec",
            "police": "police public_prosecution",
        }
    )
)
_police = _inverted(
    {
        "nothing": "not_considered considered_not_done",
        "melding": "melding",
        "aangifte": "aangifte aangifte_under_number investigation dismissed prosecuted "
        "convicted acquitted withdrawn",
    }
)


def _group(record: Record) -> str:
    found = set(record.incident_groups)
    return next((group for group in HEAVIEST_FIRST if group in found), UNKNOWN)


QUARTER = Dimension(
    "quarter",
    _("Quarter"),
    tuple(
        Category(f"q{n}", label)
        for n, label in enumerate(
            (_("1st quarter"), _("2nd quarter"), _("3rd quarter"), _("4th quarter")), 1
        )
    ),
    lambda r: f"q{(r.month + 2) // 3}",
)
ORGANISATION_TYPE = Dimension(
    "organisation_type",
    _("Kind of organisation"),
    _listed("organisation_types", "municipality", "province", "water_authority"),
    lambda r: r.organisation_type,
)
PROVINCE = Dimension(
    "province",
    _("Province"),
    (*_listed("provinces"), NOT_KNOWN),
    lambda r: r.province or UNKNOWN,
)
GROUP = Dimension(
    "incident_group",
    _("Kind of incident"),
    (
        Category("verbal", _("verbal aggression")),
        Category("threat_intimidation", _("threat and intimidation")),
        Category("physical", _("physical violence")),
        Category("temptation", _("temptation")),
        Category("undermining", _("undermining and undue pressure")),
        Category("other", _("other conduct")),
        NOT_KNOWN,
    ),
    _group,
)
OFFICE_KIND = Dimension(
    "office_kind",
    _("Kind of office"),
    (
        Category("executive", _("executive")),
        Category("representative", _("representative")),
        Category("support", _("support and other")),
        NOT_KNOWN,
    ),
    lambda r: r.office_kind or UNKNOWN,
)
CHANNEL = Dimension(
    "channel",
    _("How it happened"),
    (
        Category("in_person", _("in person, in public or at work")),
        Category("private", _("at home or in private life")),
        Category("phone", _("by telephone")),
        Category("written", _("in writing")),
        Category("online", _("online")),
        Category("indirect", _("through others or the media")),
        MORE_THAN_ONE,
        NOT_KNOWN,
    ),
    lambda r: _channel(r.channels),
)
PERPETRATOR = Dimension(
    "perpetrator",
    _("Who did it"),
    (
        Category("resident", _("resident or acquaintance")),
        Category("collective", _("group or action group")),
        Category("company", _("entrepreneur or company")),
        Category("organised", _("organised crime, extremism, abroad")),
        Category("politics", _("within government and politics")),
        Category("media", _("media maker or influencer")),
        MORE_THAN_ONE,
        NOT_KNOWN,
    ),
    lambda r: _perpetrator(r.perpetrators),
)
TOPIC = Dimension(
    "topic",
    _("Policy topic"),
    (*_listed("policy_topics"), NOT_KNOWN),
    lambda r: r.topic or UNKNOWN,
)
SEVERITY = Dimension(
    "severity",
    _("Severity"),
    (*_listed("severity_levels"), NOT_KNOWN),
    lambda r: r.severity or UNKNOWN,
)
POLICE = Dimension(
    "police",
    _("Police and aangifte"),
    (
        Category("aangifte", _("aangifte filed")),
        Category("melding", _("told the police, no aangifte")),
        Category("nothing", _("police not told")),
        NOT_KNOWN,
    ),
    lambda r: _police.get(r.police, UNKNOWN),
)
PARTNER = Dimension(
    "partner",
    _("Referred to"),
    (
        Category("support_team", _("Support team")),
        Category("trust_line", _("Vertrouwenslijn")),
        Category("victim_support", _("Victim support")),
        Category("integrity", _("SIPA or Rijksrecherche")),
        Category("riec", _("RIEC or LIEC")),
        Category("police", _("police or public prosecution")),
        Category("other", _("another partner")),
        Category(SEVERAL, _("more than one partner")),
        Category(NONE, _("not referred")),
    ),
    lambda r: _partner(r.referrals) if r.referrals else NONE,
)
AFTERCARE = Dimension(
    "aftercare",
    _("How aftercare ended"),
    (*_listed("aftercare_outcomes"), NOT_KNOWN),
    lambda r: r.aftercare or UNKNOWN,
)
DECISION = Dimension(
    "decision_influenced",
    _("Decision influenced"),
    (*_listed("yes_no", "yes", "no"), NOT_KNOWN),
    lambda r: (
        r.decision_influenced if r.decision_influenced in {"yes", "no"} else UNKNOWN
    ),
)
