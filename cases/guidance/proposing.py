"""Reading the table of rules for one case: what fits, why, and who says so."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.guidance.catalogue import Instrument, instrument
from cases.guidance.facts import Facts
from cases.guidance.knowledge import without_remarks
from cases.guidance.rules import REGIONAL_NORMS, RULES, NextStep
from cases.header import Header
from weerbaar import codes
from weerbaar.codes import Code

# More than this at once is not read.
AT_FIRST = 4
# Partners about whom the handler is asked something before anything is passed on.
PROMPTS: dict[str, Promise] = {
    "sipa": _("Only the chair asks SIPA, without data of the case, by phone first."),
    "riec": _("Only through the undermining coordinator; nothing leaves from here."),
    "rijksrecherche_advice": _("Ask whether article 162 Sv obliges a report."),
    "trust_line": _("The person calls; nothing leaves from here."),
    "police": _("Ask for the VPT code."),
    "gp_occupational_physician": _("The person goes there; nothing leaves from here."),
    "confidential_adviser": _("The person goes there; nothing leaves from here."),
}


@dataclass(frozen=True)
class Proposed:
    """A next step with its reason and source."""

    step: NextStep
    why: Promise
    source: str


@dataclass(frozen=True)
class Fit:
    """An instrument that fits, with the reason."""

    instrument: Instrument
    why: Promise
    source: str


@dataclass(frozen=True)
class PartnerHint:
    """A partner that fits, with the reason and what to mind."""

    code: Code
    why: Promise
    source: str
    prompt: Promise | None = None

    @property
    def phone(self) -> str:
        """The number to call; empty where none is known."""
        return without_remarks(str(self.code.get("phone") or ""))

    @property
    def checked_on(self) -> date | None:
        """When somebody last checked the contact data."""
        known = self.code.get("checked_on")
        return date.fromisoformat(known) if known else None


@dataclass(frozen=True)
class Guidance:
    """What the codes of a case propose; the handler decides."""

    steps: list[Proposed] = field(default_factory=list)
    partners: list[PartnerHint] = field(default_factory=list)
    instruments: list[Fit] = field(default_factory=list)

    @property
    def first_steps(self) -> list[Proposed]:
        """What to look at first: the urgent ones, and at least a few."""
        return self.steps[: max(AT_FIRST, sum(p.step.urgent for p in self.steps))]

    @property
    def more_steps(self) -> list[Proposed]:
        return self.steps[len(self.first_steps) :]

    @property
    def numbers(self) -> list["PartnerHint"]:
        """Whom to call, of the partners that fit."""
        return [hint for hint in self.partners if hint.phone]

    @property
    def checklist(self) -> list[NextStep]:
        """The steps that become promises of a prevention case (H-28)."""
        return [p.step for p in self.steps if p.step.checklist]


def proposals(header: Header, kind: str, state: str, *, province: str = "") -> Guidance:
    """Fitting next steps, partners and instruments, urgent ones first (domain 3 and 7).

    Each comes with a reason in words and the publication it stands in. Nothing is
    proposed twice; an instrument for other offices is left out.
    """
    facts = Facts(header, kind, state, province)
    steps: dict[str, Proposed] = {}
    partners: dict[str, PartnerHint] = {}
    fits: dict[str, Fit] = {}
    for rule in RULES:
        if not rule.when(facts):
            continue
        for step in rule.steps:
            steps.setdefault(step.code, Proposed(step, rule.why, rule.source))
        for code in rule.partners:
            hint = PartnerHint(
                codes.get("partners", code), rule.why, rule.source, PROMPTS.get(code)
            )
            partners.setdefault(code, hint)
        for code in rule.instruments:
            found = instrument(code)
            if found.fits_office(header.office):
                fits.setdefault(code, Fit(found, rule.why, rule.source))
    _add_regional(facts, fits)
    ordered = sorted(steps.values(), key=lambda p: not p.step.urgent)
    return Guidance(ordered, list(partners.values()), list(fits.values()))


def _add_regional(facts: Facts, fits: dict[str, Fit]) -> None:
    norm = REGIONAL_NORMS.get(facts.province)
    if norm and (not facts.is_incident or facts.state == "evaluation"):
        found = instrument(norm)
        fits.setdefault(
            norm,
            Fit(found, _("Your province has a norm of its own."), found.publisher),
        )
