"""What classifies a case, as one sealed document; the table holds none of it in clear.

One mayor per municipality: a plain column "mayor, threat" would name a person.
"""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from weerbaar import codes

# Header field → the code list its value comes from.
CODED: dict[str, str] = {
    "types": "incident_types",
    "severity": "severity_levels",
    "office": "office_roles",
    "channels": "channels",
    "perpetrators": "perpetrator_kinds",
    "motive": "motives",
    "topic": "policy_topics",
    "effects": "effects",
    "decision_influenced": "yes_no",
    "family": "yes_no",
    "police": "criminal_procedure_status",
    "no_aangifte": "non_report_reasons",
    "measures": "measures",
    "wish": "wishes",
    "anonymity": "anonymity",
    "reporter_role": "reporter_roles",
    "outcome": "outcomes",
    "aftercare": "aftercare_outcomes",
    "referrals": "partners",
}


def _token() -> str:
    return secrets.token_hex(16)


@dataclass(frozen=True)
class Header:
    """The classification of a case, who is recused, and the tokens of its figures.

    `types`, `channels`, `perpetrators`, `effects`, `measures` and `referrals` are lists
    of codes, the rest single codes; empty means not known yet. `recused` holds the ids
    of people who may never receive the case.
    """

    subject: str = ""
    types: list[str] = field(default_factory=list)
    severity: str = ""
    office: str = ""
    channels: list[str] = field(default_factory=list)
    perpetrators: list[str] = field(default_factory=list)
    motive: str = ""
    topic: str = ""
    effects: list[str] = field(default_factory=list)
    decision_influenced: str = ""
    family: str = ""
    police: str = ""
    no_aangifte: str = ""
    measures: list[str] = field(default_factory=list)
    occurred: str = ""
    is_acute: bool = False
    wish: str = ""
    anonymity: str = "anonymous"
    reporter_role: str = "self"
    recused: list[str] = field(default_factory=list)
    outcome: str = ""
    aftercare: str = ""
    referrals: list[str] = field(default_factory=list)
    case_token: str = field(default_factory=_token)
    person_token: str = field(default_factory=_token)
    # Of a named reporter: by which her cases of a year are known as one person's.
    person_mark: str = ""
    figure_revision: int = 0
    # Up to which of her choices about the figures the network was told.
    figure_said: int = 0

    def __post_init__(self) -> None:
        for name, code_list in CODED.items():
            if value := getattr(self, name):
                codes.check(code_list, value if isinstance(value, list) else [value])

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> "Header":
        """A header as it was sealed; a field this release does not know is left out."""
        return cls(**{k: v for k, v in content.items() if k in KNOWN})

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    def changed(self, **changes: Any) -> "Header":
        """The same header with other values. Raises codes.UnknownCode."""
        return replace(self, **changes)

    @property
    def is_complete(self) -> bool:
        """Enough to close on: what, whose office, how serious, and the police."""
        return bool(self.types and self.office and self.severity and self.police)

    @property
    def counts_in_figures(self) -> bool:
        """Conduct among office holders and what is no violation stay out."""
        if self.outcome in {"no_violation", "not_for_us", "duplicate"}:
            return False
        groups = [
            codes.get("incident_types", t).get("monitor_group") for t in self.types
        ]
        return not self.types or any(groups)


KNOWN = frozenset(f.name for f in fields(Header))
