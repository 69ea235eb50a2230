"""What a reporter filled in, and how that becomes the sealed words of a case."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import override

from cases.header import Header
from cases.services import CaseRequest
from weerbaar import codes
from weerbaar.accounts.models import Organisation
from weerbaar.vault.models import Key

# "I do not know" is a true answer to what happened; the handler classifies it later.
UNKNOWN = "unknown"
TEMPTATION = "temptation"
# Types after which the question about the family is asked.
TOUCHES_FAMILY = frozenset(
    {
        "threat_against_family",
        "home_visit_intimidating",
        "vandalism_home",
        "filth_at_home",
    }
)
HOME = "home"


@dataclass(frozen=True)
class Contact:
    """How to reach the reporter without harm (R-11); empty means by mailbox only."""

    channel: str = ""
    times: str = ""
    voicemail: str = ""
    cover: str = ""
    phone: str = ""
    email: str = ""

    def to_dict(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Report:
    """The answers of the form, in codes, so without a language (R-15)."""

    organisation: Organisation
    types: list[str] = field(default_factory=list)
    wish: str = "not_sure"
    anonymity: str = "anonymous"
    reporter_role: str = "self"
    office: str = ""
    recused: list[str] = field(default_factory=list)
    story: str = ""
    occurred: date | None = None
    channels: list[str] = field(default_factory=list)
    perpetrators: list[str] = field(default_factory=list)
    family: str = ""
    decision_influenced: str = ""
    name: str = ""
    contact: Contact = field(default_factory=Contact)
    may_reread: bool = False
    counted: str = ""

    def header(self) -> Header:
        """The classification that goes into the sealed header. Raises
        codes.UnknownCode.
        """
        return Header(
            subject=subject_of(self.types),
            types=self.types,
            office=self.office,
            channels=self.channels,
            perpetrators=self.perpetrators,
            decision_influenced=self.decision_influenced,
            family=self.family,
            occurred=self.occurred.isoformat() if self.occurred else "",
            is_acute=any(
                codes.get("incident_types", t).get("acute") for t in self.types
            ),
            wish=self.wish,
            anonymity=self.anonymity,
            reporter_role=self.reporter_role,
            recused=self.recused,
        )

    def words(self) -> dict[str, Any]:
        """The story with the answers beside it: what she may read back."""
        answers = {
            "types": self.types,
            "office": self.office,
            "reporter_role": self.reporter_role,
            "occurred": self.occurred.isoformat() if self.occurred else "",
            "channels": self.channels,
            "perpetrators": self.perpetrators,
            "family": self.family,
            "decision_influenced": self.decision_influenced,
            "wish": self.wish,
            "anonymity": self.anonymity,
        }
        return {"text": self.story, "answers": {k: v for k, v in answers.items() if v}}

    def request(self, receipt_key: Key | None) -> CaseRequest:
        """What cases needs to open the case. A name given and then not chosen stays
        out.
        """
        named = self.anonymity != "anonymous" and self.name
        return CaseRequest(
            organisation=self.organisation,
            header=self.header(),
            report=self.words(),
            contact=self.contact.to_dict(),
            identity={"name": self.name} if named else {},
            receipt_key=receipt_key,
            reporter_may_reread=self.may_reread,
            counted=self.counted,
        )


def subject_of(types: Iterable[str]) -> str:
    """The subject line of a case: what it is about in the words of the code list."""
    with override("nl"):
        return ", ".join(codes.labels("incident_types", types))


def merged_types(groups: Iterable[str], details: Iterable[str]) -> list[str]:
    """The chosen types; a group stands for itself where no type below it was chosen."""
    chosen = [g for g in groups if g != UNKNOWN]
    found = [
        d for d in details if codes.get("incident_types", d).get("parent") in chosen
    ]
    parents = {codes.get("incident_types", d).get("parent") for d in found}
    return [*(g for g in chosen if g not in parents), *found]


def asks_about_family(
    *, types: Iterable[str], channels: Iterable[str], reporter_role: str
) -> bool:
    """Whether the family is asked about: threatened there, at home, or it reports."""
    return (
        bool(TOUCHES_FAMILY & set(types))
        or HOME in set(channels)
        or reporter_role == "family"
    )


def lacks_phone(*, wish: str, channel: str, phone: str) -> bool:
    """Who wants to be called has to say where."""
    return (wish == "call_me" or channel == "phone") and not phone


def lacks_email(*, channel: str, email: str) -> bool:
    """Who wants mail, or gives an address, gives one that mail can go to."""
    name, at, domain = email.rpartition("@")
    whole = at and name and "." in domain.strip(".") and " " not in email
    return bool(channel == "email" or email) and not whole


def lacks_name(*, anonymity: str, name: str) -> bool:
    """Who does not want to stay anonymous gives a name."""
    return anonymity in {"confidential", "named"} and not name


def is_temptation(groups: Iterable[str]) -> bool:
    """Only temptation: an offer asks other words than an attack."""
    return set(groups) - {UNKNOWN} == {TEMPTATION}
