"""Bringing a referral to where a test begins, through the services and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from cases.models import Case
from referrals import services
from referrals.models import Answer, Partner, Referral
from referrals.services import Draft
from weerbaar.accounts.actors import Reporter
from weerbaar.accounts.models import User
from weerbaar.vault.keyring import Keyring

SUMMARY = "Zij wil graag praten met een oud-wethouder die dit ook meemaakte."
ADVICE = "Bewaar de berichten en antwoord er niet op."
ANSWER = "Een oud-wethouder uit de regio belt haar donderdag."


@dataclass
class Stage:
    """The people of one case, each with the own vault."""

    case: Case
    handler: User
    keyring: Keyring
    reporter: Reporter
    reporter_keyring: Keyring
    desk: User
    desk_keyring: Keyring
    find: Callable[..., Partner]
    now: datetime
    today: Any = field(init=False)

    def __post_init__(self) -> None:
        self.today = timezone.localdate(self.now)

    @property
    def handling(self) -> dict[str, Any]:
        return {"by": self.handler, "keyring": self.keyring, "now": self.now}

    @property
    def answering(self) -> dict[str, Any]:
        return {"by": self.desk, "keyring": self.desk_keyring, "now": self.now}

    @property
    def reporting(self) -> dict[str, Any]:
        keyring = self.reporter_keyring
        return {"by": self.reporter, "keyring": keyring, "now": self.now}

    def draft(self, partner: Partner, summary: str = SUMMARY) -> Draft:
        if "summary" in partner.choosable:
            return Draft(["summary"], {"summary": summary}, ADVICE)
        return Draft(advice=ADVICE)

    def propose(self, code: str = "support_team_nwb", region: str = "") -> Referral:
        partner = self.find(code, region)
        draft = self.draft(partner)
        return services.propose(self.case, partner, draft=draft, **self.handling)

    def consented(self, code: str = "support_team_nwb", region: str = "") -> Referral:
        referral = self.propose(code, region)
        services.consent(referral, **self.reporting)
        return referral

    def sent(self, code: str = "support_team_nwb", region: str = "") -> Referral:
        return services.send(self.consented(code, region), **self.handling)

    def received(self) -> Referral:
        referral = self.sent()
        services.receive(referral, **self.answering)
        return referral

    def accepted(self) -> Referral:
        referral = self.received()
        services.accept(referral, by=self.desk, now=self.now)
        return referral

    def completed(self) -> Referral:
        referral = self.accepted()
        services.complete(referral, by=self.desk, now=self.now)
        return referral

    def declined(self) -> Referral:
        referral = self.received()
        services.decline(referral, words="Wij hebben nu niemand.", **self.answering)
        return referral

    def withdrawn(self) -> Referral:
        referral = self.sent()
        services.withdraw(referral, by=self.handler, now=self.now)
        return referral

    def answered(self, text: str = ANSWER) -> tuple[Referral, Answer]:
        referral = self.accepted()
        return referral, services.answer(referral, text=text, **self.answering)

    def at(self, state: str) -> Referral:
        """A referral to the support team in this state."""
        return self.propose() if state == "proposed" else getattr(self, state)()
