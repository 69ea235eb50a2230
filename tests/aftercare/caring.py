"""Bringing aftercare to where a test begins, through the services and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aftercare import services
from aftercare.models import CheckIn, Plan
from cases.models import Case
from weerbaar.accounts.actors import Reporter
from weerbaar.accounts.models import User
from weerbaar.vault.keyring import Keyring


@dataclass
class Care:
    """The people of one case, each with the own vault."""

    case: Case
    handler: User
    keyring: Keyring
    reporter: Reporter
    reporter_keyring: Keyring
    now: datetime

    @property
    def handling(self) -> dict[str, Any]:
        return {"by": self.handler, "keyring": self.keyring, "now": self.now}

    @property
    def reporting(self) -> dict[str, Any]:
        keyring = self.reporter_keyring
        return {"by": self.reporter, "keyring": keyring, "now": self.now}

    def offered(self) -> Plan:
        return services.offer(self.case, by=self.handler, now=self.now)

    def active(self) -> Plan:
        return services.respond_to_offer(self.offered(), accept=True, **self.reporting)

    def declined(self) -> Plan:
        return services.respond_to_offer(self.offered(), accept=False, **self.reporting)

    def completed(self) -> Plan:
        plan = self.active()
        for check_in in plan.check_ins.all():
            services.hold(check_in, **self.handling)
        return services.conclude(plan, outcome="given", **self.handling)

    def planned(self) -> CheckIn:
        return self.active().check_ins.select_related("case", "plan")[0]

    def answered(self, mood: str = "good", needs: str = "nothing") -> CheckIn:
        return services.answer(self.planned(), mood=mood, needs=needs, **self.reporting)

    def held(self) -> CheckIn:
        return services.hold(self.planned(), note="Gebeld.", **self.handling)

    def missed(self) -> CheckIn:
        reason = "Drie keer gebeld, geen gehoor."
        return services.miss(self.planned(), reason=reason, **self.handling)

    def cancelled(self) -> CheckIn:
        return services.cancel(self.planned(), by=self.handler, now=self.now)
