"""Two people at the same moment: one is first, the other is told, nothing is lost."""

from functools import partial
from typing import Any

import pytest
from bs4 import BeautifulSoup

from aftercare import services as aftercare
from cases import services
from cases.models import Case
from intake.services import enter, withdraw
from referrals import services as referrals
from referrals.models import Partner, Referral
from referrals.services import Draft, load_partners
from tests.at_once import at_once
from tests.cases.asking import doing
from weerbaar.steps import StepForbidden, StepNotPossible
from weerbaar.web.refusals import Refusal

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = range(3)


def soup_of(page: Any) -> BeautifulSoup:
    return BeautifulSoup(page.content, "html5lib")


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_handlers_take_the_same_step(
    _round: int, sanne, bram, open_report, signed_in, keyring_of, now
) -> None:
    case, _words = open_report(wish="think_along")
    services.step(case, "begin_triage", **doing(bram, keyring_of, now))
    where = f"/zaken/{case.reference}/stap/advise/"
    words = {bram: "Het advies van Bram.", sanne: "Het advies van Sanne."}

    answers = at_once(
        *(
            partial(signed_in(who).post, where, {"words": text, "action": "send"})
            for who, text in words.items()
        )
    )

    told = dict(zip(words.values(), answers, strict=True))
    assert sorted(a.status_code for a in answers) == [302, 409]
    lost = next(text for text, a in told.items() if a.status_code == 409)
    assert lost in told[lost].content.decode()
    assert case.statements.filter(kind="advice").count() == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_handlers_change_the_classification(
    _round: int, sanne, bram, open_report, signed_in, keyring_of
) -> None:
    case, _words = open_report()
    where = f"/zaken/{case.reference}/indeling/"
    grades = {bram: "serious", sanne: "very_serious"}

    answers = at_once(
        *(
            partial(signed_in(who).post, where, {"severity": grade, "revision": "1"})
            for who, grade in grades.items()
        )
    )

    by_grade = dict(zip(grades.values(), answers, strict=True))
    assert sorted(a.status_code for a in answers) == [302, 409]
    (kept,) = [g for g, a in by_grade.items() if a.status_code == 302]
    (second,) = [g for g, a in by_grade.items() if a.status_code == 409]
    header = services.header_of(Case.objects.get(), keyring_of(bram))
    assert header.severity == kept
    page = soup_of(by_grade[second])
    assert page.select_one("input[name=severity][checked]")["value"] == second
    assert page.select_one("table") is not None


@pytest.fixture
def partner(ondersteuningsteam) -> Partner:
    load_partners()
    Partner.objects.filter(code="support_team_nwb").update(
        organisation=ondersteuningsteam
    )
    return Partner.objects.get(code="support_team_nwb")


@pytest.fixture
def proposed(partner, open_report, bram, esma, keyring_of, now) -> tuple[Referral, Any]:
    """A proposal to the support team, and the mailbox of the reporter."""
    case, code = open_report()
    draft = Draft(["summary"], {"summary": "Bel haar."})
    who = doing(bram, keyring_of, now)
    referral = referrals.propose(case, partner, draft=draft, **who)
    return referral, enter(code, now=now)


def reporting(access: Any, now: Any) -> dict[str, Any]:
    """What every verb of the reporter asks."""
    return {"by": access.by, "keyring": access.keyring, "now": now}


def fresh(referral: Referral) -> Referral:
    return Referral.objects.select_related("case", "partner").get(pk=referral.pk)


@pytest.mark.parametrize("_round", ROUNDS)
def test_partner_accepts_while_the_handler_withdraws(
    _round: int, proposed, bram, esma, keyring_of, now
) -> None:
    referral, access = proposed
    referrals.consent(referral, **reporting(access, now))
    referrals.send(referral, **doing(bram, keyring_of, now))
    referrals.receive(referral, **doing(esma, keyring_of, now))

    accepted, withdrawn = at_once(
        partial(referrals.accept, fresh(referral), by=esma, now=now),
        partial(referrals.withdraw, fresh(referral), by=bram, now=now),
    )

    outcomes = {type(accepted), type(withdrawn)}
    assert Referral in outcomes
    assert outcomes & {StepForbidden, StepNotPossible}
    state = fresh(referral).state
    assert state == ("accepted" if isinstance(accepted, Referral) else "withdrawn")
    still_there = Referral.objects.addressed_to(esma).exists()
    assert still_there == (state == "accepted")


@pytest.mark.parametrize("_round", ROUNDS)
def test_reporter_agrees_while_the_handler_changes_the_text(
    _round: int, proposed, bram, keyring_of, now
) -> None:
    referral, access = proposed
    who, hers = doing(bram, keyring_of, now), reporting(access, now)
    other = Draft(["summary"], {"summary": "Iets heel anders."})

    at_once(
        partial(referrals.consent, fresh(referral), version=1, **hers),
        partial(referrals.revise, fresh(referral), draft=other, **who),
    )

    # Whoever was first: nothing goes out without a yes to the words that go.
    found = fresh(referral)
    assert found.state == "proposed"
    assert not referrals.open_one(found, keyring_of(bram)).has_consent
    with pytest.raises(referrals.ConsentMissing):
        referrals.send(found, **who)


@pytest.mark.parametrize("_round", ROUNDS)
def test_reporter_takes_the_report_back_while_all_else_goes_on(
    _round: int, proposed, bram, keyring_of, now
) -> None:
    """Each comes after the other; nobody waits for ever, and nothing stays open."""
    referral, access = proposed
    who = doing(bram, keyring_of, now)
    plan = aftercare.offer(referral.case, by=bram, now=now)
    draft = Draft(["summary"], {"summary": "Anders."})

    found = at_once(
        partial(withdraw, access, now=now),
        partial(referrals.revise, fresh(referral), draft=draft, **who),
        partial(aftercare.respond_to_offer, plan, accept=True, **who),
        partial(services.step, Case.objects.get(), "begin_triage", **who),
    )

    faults = [
        f for f in found if isinstance(f, Exception) and not isinstance(f, Refusal)
    ]
    assert faults == []
    case = Case.objects.get()
    assert case.state == "closed"
    assert not case.commitments.open().exists()
    assert fresh(referral).state == "withdrawn"


@pytest.mark.parametrize("_round", ROUNDS)
def test_reporter_answers_while_the_handler_records_the_talk(
    _round: int, open_report, bram, keyring_of, now
) -> None:
    case, code = open_report()
    access, who = enter(code, now=now), doing(bram, keyring_of, now)
    plan = aftercare.offer(case, by=bram, now=now)
    aftercare.respond_to_offer(plan, accept=True, **who)

    said = {"mood": "not_well", "needs": "talk"}

    def talk() -> Any:
        return plan.check_ins.select_related("case", "plan")[0]

    found = at_once(
        partial(aftercare.answer, talk(), **said, **reporting(access, now)),
        partial(aftercare.hold, talk(), note="Gebeld.", **who),
    )

    assert [type(f) for f in found].count(StepNotPossible) == 1
    answered = talk().state == "answered"
    calls = case.commitments.filter(kind="worrying_answer").count()
    assert calls == (1 if answered else 0)
    assert case.commitments.filter(kind="check_in", state="kept").count() == 1


def test_two_clocks_remind_once(open_report, bram, now) -> None:
    open_report()

    told = at_once(*[partial(services.remind, now=now)] * 4)

    assert sorted(told) == [0, 0, 0, 1]
