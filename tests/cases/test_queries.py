"""As many queries for thirty as for one, on every list of these rooms (design 10.4)."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aftercare import services as aftercare
from cases import services
from cases.models import Case
from cases.views.worklist import TABS
from intake.services import Access, enter, reply
from referrals import services as referrals
from referrals.models import Partner, Referral
from referrals.services import Draft, load_partners
from tests.cases.asking import doing

MANY = 30


@dataclass
class House:
    """A team and a desk with one of everything, until there are thirty."""

    bram: Any
    sanne: Any
    esma: Any
    keyring_of: Any
    open_report: Any
    now: Any = field(default_factory=timezone.now)

    def __post_init__(self) -> None:
        self.who = doing(self.bram, self.keyring_of, self.now)
        self.desk = doing(self.esma, self.keyring_of, self.now)
        self.partners = list(Partner.objects.proposable().exclude(code="riec"))
        self.main, code = self.report()
        self.access: Access = enter(code, now=self.now)
        services.step(self.main, "begin_triage", **self.who)
        self.answered = self.refer(self.main, self.team, far="accepted")

    @property
    def team(self) -> Partner:
        return Partner.objects.get(code="support_team_nwb")

    def report(self) -> tuple[Case, str]:
        return self.open_report(when=self.now)

    def refer(self, case: Case, partner: Partner, far: str = "") -> Referral:
        words = {"summary": "Bel haar."} if "summary" in partner.choosable else {}
        draft = Draft(list(words), words, advice="Bewaar alles.")
        made = referrals.propose(case, partner, draft=draft, **self.who)
        if far:
            referrals.consent(made, how="phone", **self.who)
            referrals.send(made, **self.who)
        if far == "accepted":
            referrals.receive(made, **self.desk)
            referrals.accept(made, by=self.esma, now=self.now)
        return made

    def grow(self) -> None:
        """One more of everything that a list shows."""
        self.report()
        mine, _code = self.report()
        services.step(mine, "begin_triage", **self.who)
        closed, _code = self.report()
        services.step(closed, "begin_triage", **self.who)
        told = {"words": "Nee.", "choice": "not_for_us"}
        services.step(closed, "dismiss", **told, **self.who)
        waiting, _code = self.report()
        for promise in waiting.commitments.open():
            services.keep(promise, by=self.bram, now=self.now)
        self.refer(waiting, self.team, far="sent")
        self.grow_case()

    def grow_case(self) -> None:
        day = timezone.localdate(self.now) + timedelta(days=3)
        services.write_note(self.main, "Let op.", **self.who)
        services.send_message(self.main, "Dag.", answer_by=day, **self.who)
        reply(self.access, "Dank.", now=self.now)
        services.make_task(self.main, "Bel de school.", due_on=day, **self.who)
        services.look(self.main, by=self.sanne, now=self.now)
        services.deputise(self.main, self.sanne, until=day, **self.who)
        referrals.answer(self.answered, text="Wij bellen.", **self.desk)
        used = Referral.objects.filter(case=self.main).values("partner")
        left = [p for p in self.partners if {"partner": p.pk} not in list(used)]
        if left:
            self.refer(self.main, left[0])

    def plan(self, talks: int) -> None:
        """Aftercare with so many talks; an earlier plan is concluded."""
        if earlier := aftercare.current_plan(self.main):
            for talk in earlier.check_ins.select_related("case", "plan"):
                aftercare.hold(talk, note="Gebeld.", **self.who)
            aftercare.conclude(earlier, outcome="given", **self.who)
        self.main.organisation.aftercare_days = list(range(1, talks + 1))
        self.main.organisation.save()
        made = aftercare.offer(self.main, by=self.bram, now=self.now)
        aftercare.respond_to_offer(made, accept=True, **self.who)

    def lists(self) -> dict[str, tuple[Any, str]]:
        """Every list: who looks, and where."""
        case = f"/zaken/{self.main.reference}"
        api = f"/api/v1/cases/{self.main.reference}"
        one = self.answered.pk
        handler = [
            *(f"/zaken/?tab={tab}" for tab in TABS),
            "/zaken/cijfers/",
            *(f"{case}/{tab}" for tab in ("", "berichten/", "tijdlijn/", "afspraken/")),
            *(f"{case}/{tab}" for tab in ("mensen/", "doorverwijzingen/", "nazorg/")),
            f"{case}/doorverwijzingen/{one}/",
            "/meldingen-voor-u/",
            "/api/v1/cases",
            *(f"{api}/{part}" for part in ("statements", "messages", "commitments")),
            *(f"{api}/{part}" for part in ("timeline", "referrals", "aftercare")),
            f"/api/v1/referrals/{one}",
        ]
        desk = ["/doorverwijzingen/", f"/doorverwijzingen/{one}/"]
        desk += ["/api/v1/desk/referrals", f"/api/v1/desk/referrals/{one}"]
        return {path: self.bram for path in handler} | {
            path: self.esma for path in desk
        }


def counted(house: House, signed_in: Any) -> dict[str, int]:
    """How many queries each list makes, seen a second time."""
    browsers: dict[Any, Client] = {
        who: signed_in(who) for who in (house.bram, house.esma)
    }
    found = {}
    for path, who in house.lists().items():
        assert browsers[who].get(path).status_code == 200, path
        with CaptureQueriesContext(connection) as captured:
            browsers[who].get(path)
        found[path] = len(captured)
    return found


@pytest.fixture
def house(bram, sanne, esma, keyring_of, open_report, ondersteuningsteam) -> House:
    load_partners()
    Partner.objects.filter(code="support_team_nwb").update(
        organisation=ondersteuningsteam
    )
    made = House(bram, sanne, esma, keyring_of, open_report)
    made.grow()
    return made


def test_thirty_take_as_many_queries_as_one(house: House, signed_in: Any) -> None:
    house.plan(talks=1)
    few = counted(house, signed_in)

    for _i in range(MANY - 1):
        house.grow()
    house.plan(talks=MANY)
    many = counted(house, signed_in)

    assert {p: (few[p], many[p]) for p in few if few[p] != many[p]} == {}
    assert Case.objects.visible_to(house.bram).count() > 4 * (MANY - 1)
    assert house.main.statements.count() > 3 * (MANY - 1)
    assert house.answered.answers.count() == MANY
