"""The catalogue of instruments with three filters: phase, topic and for whom it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from weerbaar import codes
from weerbaar.codes import Code

PHASES: dict[str, Promise] = {
    "prevention": _("beforehand"),
    "incident": _("at an incident"),
    "aftercare": _("afterwards"),
}
TOPICS: dict[str, Promise] = {
    "norm": _("norm and protocol"),
    "reporting": _("report and aangifte"),
    "security": _("security at home and elsewhere"),
    "online": _("online"),
    "care": _("support and aftercare"),
    "integrity": _("integrity"),
    "undermining": _("undermining"),
    "figures": _("figures"),
}
AUDIENCES: dict[str, Promise] = {
    "office_holder": _("office holders"),
    "family": _("family"),
    "handler": _("clerks and secretaries"),
    "chair": _("mayor, King's Commissioner or chair"),
    "organisation": _("organisations"),
    "party": _("political parties"),
}
# The lists name topics and readers in the words of their publishers; these are ours.
_TOPIC_OF = {
    "norm": "norm",
    "protocol": "norm",
    "toolkit": "norm",
    "rollen": "norm",
    "bespreekbaar maken": "norm",
    "bewustwording": "norm",
    "training": "norm",
    "melding": "reporting",
    "aangifte": "reporting",
    "privacy": "reporting",
    "registratie": "reporting",
    "melden": "reporting",
    "woning": "security",
    "gezin": "security",
    "digitaal": "online",
    "onderweg": "security",
    "beveiliging": "security",
    "bewaken en beveiligen": "security",
    "online": "online",
    "peer support": "care",
    "confidential talk": "care",
    "opvang": "care",
    "nazorg": "care",
    "integriteit": "integrity",
    "geschenken": "integrity",
    "belangenverstrengeling": "integrity",
    "ondermijning": "undermining",
    "organisatieweerbaarheid": "undermining",
    "cijfers": "figures",
}
_AUDIENCE_OF = {
    "all office holders": "office_holder",
    "office holders": "office_holder",
    "politieke ambtsdragers": "office_holder",
    "bestuurders": "office_holder",
    "wethouder": "office_holder",
    "wethouders": "office_holder",
    "raadslid": "office_holder",
    "Statenleden": "office_holder",
    "commissieleden": "office_holder",
    "raad": "office_holder",
    "Staten": "office_holder",
    "college": "office_holder",
    "aangever": "office_holder",
    "kandidaat-bestuurders": "office_holder",
    "families": "family",
    "griffier": "handler",
    "griffiers": "handler",
    "secretaris": "handler",
    "secretarissen": "handler",
    "coördinator agressie": "handler",
    "leidinggevenden": "handler",
    "burgemeester": "chair",
    "CdK": "chair",
    "voorzitter": "chair",
    "voorzitter waterschap": "chair",
    "driehoek": "chair",
    "politieke partijen": "party",
    "lokale partijen": "party",
}
_UNCHECKED = "to be checked"


# Set by the room of the network, which stands above this one.
_published: list[Callable[[], Iterable["Instrument"]]] = []


@dataclass(frozen=True)
class Instrument:
    """One entry of the catalogue, in the words of our filters."""

    code: Code
    phases: tuple[str, ...]
    topics: tuple[str, ...]
    audiences: tuple[str, ...]
    eligible_roles: tuple[str, ...]
    # Of the network's own: what it is for, and when somebody looked at it last.
    summary: str = ""
    checked_on: date | None = None
    is_stale: bool = False

    @property
    def title(self) -> str:
        return self.code.label

    @property
    def publisher(self) -> str:
        """Who publishes it; empty while nobody has checked that."""
        known = str(self.code.get("publisher", ""))
        return "" if _UNCHECKED in known else known.partition(" (")[0]

    @property
    def url(self) -> str:
        return str(self.code.get("url") or "")

    @property
    def phase_labels(self) -> list[Promise]:
        return [PHASES[p] for p in self.phases]

    @property
    def audience_labels(self) -> list[Promise]:
        return [AUDIENCES[a] for a in self.audiences]

    @property
    def topic_labels(self) -> list[Promise]:
        return [TOPICS[t] for t in self.topics]

    @property
    def office_labels(self) -> list[str]:
        """The offices it is for, where it is not for everybody."""
        return codes.labels("office_roles", self.eligible_roles)

    @property
    def is_public(self) -> bool:
        """Made for office holders or their family: a reporter may use it without us."""
        return bool({"office_holder", "family"} & set(self.audiences))

    def fits_office(self, office: str) -> bool:
        """Whether somebody in this office can use it; an unknown office might."""
        return not self.eligible_roles or not office or office in self.eligible_roles


def _in_our_words(words: list[str], ours: dict[str, str], other: str = "") -> list[str]:
    found = [ours.get(word, other) for word in words]
    return list(dict.fromkeys(word for word in found if word))


def _read(code: Code) -> Instrument:
    return Instrument(
        code=code,
        phases=tuple(code.get("phase", ())),
        topics=tuple(_in_our_words(code.get("topic", []), _TOPIC_OF)),
        audiences=tuple(
            _in_our_words(code.get("audience", []), _AUDIENCE_OF, "organisation")
        ),
        eligible_roles=tuple(code.get("eligible_roles") or ()),
    )


def also_show(source: Callable[[], Iterable[Instrument]]) -> None:
    """Tell the catalogue what stands in it beside the code list; once, at start-up."""
    _published[:] = [source]


def instruments(
    *, phase: str = "", topic: str = "", audience: str = ""
) -> list[Instrument]:
    """The catalogue, filtered; what no instrument has gives an empty list."""
    listed = map(_read, codes.entries("instruments"))
    return [
        i
        for i in chain(listed, *(source() for source in _published))
        if (not phase or phase in i.phases)
        and (not topic or topic in i.topics)
        and (not audience or audience in i.audiences)
    ]


def public_instruments(
    *, phase: str = "", topic: str = "", audience: str = ""
) -> list[Instrument]:
    """What a reporter sees without signing in: made for office holders and families."""
    found = instruments(phase=phase, topic=topic, audience=audience)
    return [i for i in found if i.is_public]


def instrument(code: str) -> Instrument:
    """One instrument by its code. Raises codes.UnknownCode."""
    return _read(codes.get("instruments", code))
