"""Proposing and sending: a copy of what may leave, to this desk and no other."""

import pytest

from cases.services import header_of, promised_by, withdraw
from referrals import services
from referrals.disclosure import MoreThanAllowed
from referrals.models import Partner, Referral
from referrals.services import Draft
from tests.referrals.stage import ADVICE, SUMMARY
from weerbaar.accounts.models import Membership
from weerbaar.steps import StepForbidden, StepNotPossible
from weerbaar.vault.core import NoAccess
from weerbaar.vault.models import Endorsement
from weerbaar.web.refusals import NotAllowed


def test_desk_gets_the_text_and_not_the_advice_nor_the_case(stage) -> None:
    referral = stage.sent()

    package = services.receive(referral, **stage.answering)

    assert SUMMARY in package.text
    assert ADVICE not in package.text
    assert stage.case.reference in package.text
    for key_id in (stage.case.case_key_id, stage.case.dialogue_key_id):
        with pytest.raises(NoAccess):
            stage.desk_keyring.open(key_id)


def test_sending_tells_the_case_and_promises_an_answer(stage) -> None:
    referral = stage.sent()
    stage.case.refresh_from_db()

    header = header_of(stage.case, stage.keyring)
    promised = stage.case.commitments.open().get(origin=referral.pk)

    assert header.referrals == ["support_team_nwb"]
    assert (promised.kind, promised.awaits) == ("referral_answer", "partner")


@pytest.mark.parametrize(
    ("code", "region"),
    [("trust_line", ""), ("sipa", ""), ("police", ""), ("riec", "midden_nederland")],
)
def test_without_a_desk_nothing_is_sent_and_nothing_awaited(
    stage, code, region
) -> None:
    referral = stage.sent(code, region)

    assert referral.state == "sent"
    assert referral.package is None
    assert referral.package_key_id is None
    assert not promised_by(stage.case, referral.pk)
    services.complete(referral, by=stage.handler, now=stage.now)
    assert referral.state == "completed"


def test_trust_line_shows_its_number_and_says_that_nothing_is_sent(stage) -> None:
    stage.propose("trust_line")

    text = services.open_for_reporter(stage.case, stage.reporter_keyring)[0].preview

    assert "0800-2800 200" in text
    assert "niets" in text
    assert ADVICE in text
    assert stage.case.reference not in text


def test_riec_with_a_desk_gets_three_facts(stage, ondersteuningsteam) -> None:
    riec = Partner.objects.filter(code="riec", region="midden_nederland")
    riec.update(organisation=ondersteuningsteam)

    referral = stage.sent("riec", "midden_nederland")
    package = services.receive(referral, **stage.answering)

    assert [str(p.section) for p in package.pieces] == ["reference", "date", "region"]


def test_second_click_sends_once(stage) -> None:
    referral = stage.sent()

    with pytest.raises(StepNotPossible):
        services.send(referral, **stage.handling)

    assert Referral.objects.get().package_key_id == referral.package_key_id
    awaited = promised_by(stage.case, referral.pk)
    assert [c.kind for c in awaited] == ["referral_answer"]


def test_second_proposal_to_the_same_partner_is_refused(stage) -> None:
    stage.propose()

    with pytest.raises(services.AlreadyReferred):
        stage.propose()


def test_narrower_policy_stops_an_agreed_text(stage) -> None:
    referral = stage.consented()
    Partner.objects.filter(pk=referral.partner_id).update(sections=["reference"])
    referral = Referral.objects.get(pk=referral.pk)

    with pytest.raises(MoreThanAllowed):
        services.send(referral, **stage.handling)

    referral.refresh_from_db()
    assert referral.state == "consented"


def test_desk_without_people_is_told_before_sending(stage) -> None:
    referral = stage.consented()
    Membership.objects.filter(user=stage.desk).update(ends_on="2026-01-01")

    with pytest.raises(services.NobodyAtDesk):
        services.send(referral, **stage.handling)


def test_proposals_carry_no_more_than_allowed(stage) -> None:
    draft = Draft(["summary"], {"summary": "woorden"})

    with pytest.raises(MoreThanAllowed):
        services.propose(
            stage.case, stage.find("trust_line"), draft=draft, **stage.handling
        )
    assert not Referral.objects.exists()


def test_national_riec_takes_no_referral(stage) -> None:
    with pytest.raises(services.NotThisPartner):
        stage.propose("riec")


def test_closed_case_refers_nobody(stage) -> None:
    withdraw(stage.case, by=stage.reporter, now=stage.now)

    with pytest.raises(services.CaseClosed):
        stage.propose()


def test_only_who_handles_the_case_proposes_and_sends(
    stage, chris, daan, esma, keyring_of, now
) -> None:
    referral, partner = stage.consented(), stage.find("victim_support")
    for stranger in (chris, daan, esma):
        doing = {"by": stranger, "keyring": keyring_of(stranger), "now": now}
        with pytest.raises(NotAllowed):
            services.propose(stage.case, partner, draft=stage.draft(partner), **doing)
        with pytest.raises(StepForbidden):
            services.send(referral, **doing)


def test_desk_without_a_signature_is_sealed_nothing(stage) -> None:
    """A row says that Esma answers here; without a signature it says nothing."""
    referral = stage.consented("support_team_nwb")
    Endorsement.objects.filter(person_id=stage.desk.pk).update(signature=bytes(64))

    with pytest.raises(services.NobodyAtDesk):
        services.send(referral, **stage.handling)

    referral.refresh_from_db()
    assert referral.package_key_id is None
