"""Consent: to one exact text, for one partner, and it can be taken back."""

from datetime import timedelta

import pytest

from cases.services import promised_by, step
from referrals import services
from referrals.models import Consent
from tests.referrals.stage import SUMMARY
from weerbaar.audit.models import Event
from weerbaar.steps import StepForbidden, StepNotPossible
from weerbaar.vault.core import NoAccess


def test_nothing_is_sent_without_consent(stage) -> None:
    referral = stage.propose()

    with pytest.raises(services.ConsentMissing):
        services.send(referral, **stage.handling)

    referral.refresh_from_db()
    assert referral.state == "proposed"
    assert referral.package is None


def test_consent_of_a_row_without_its_text_sends_nothing(stage) -> None:
    """A state that says consented is not enough: the words must agree."""
    referral = stage.consented()
    Consent.objects.filter(referral=referral).update(version=7)

    with pytest.raises(services.ConsentMissing):
        services.send(referral, **stage.handling)


def test_changed_text_needs_consent_anew(stage) -> None:
    referral = stage.consented()
    draft = stage.draft(referral.partner, "Iets heel anders.")

    services.revise(referral, draft=draft, **stage.handling)

    assert referral.state == "proposed"
    with pytest.raises(services.ConsentMissing):
        services.send(referral, **stage.handling)
    assert not services.open_one(referral, stage.keyring).has_consent
    services.consent(referral, **stage.reporting)
    services.send(referral, **stage.handling)
    package = services.receive(referral, **stage.answering)
    assert "Iets heel anders." in package.text
    assert SUMMARY not in package.text


def test_reporter_agrees_only_to_the_text_she_read(stage) -> None:
    referral = stage.propose()
    seen = referral.version
    draft = stage.draft(referral.partner, "Intussen veranderd.")
    services.revise(referral, draft=draft, **stage.handling)

    with pytest.raises(services.TextChanged):
        services.consent(referral, version=seen, **stage.reporting)

    assert not Consent.objects.exists()
    referral.refresh_from_db()
    assert referral.state == "proposed"


def test_handler_records_how_and_when_consent_was_given(stage) -> None:
    referral = stage.propose()

    with pytest.raises(services.HowNotKnown):
        services.consent(referral, how="mailbox", **stage.handling)
    with pytest.raises(services.NotYetGiven):
        tomorrow = stage.today + timedelta(days=1)
        services.consent(referral, how="phone", given_on=tomorrow, **stage.handling)
    services.consent(referral, how="phone", **stage.handling)

    agreed = Consent.objects.get()
    assert (agreed.how, agreed.recorded_by) == ("phone", stage.handler)
    event = Event.objects.get(kind="referral.consent")
    assert event.facts["how"] == "phone"
    seen = services.open_for_reporter(stage.case, stage.reporter_keyring)
    assert seen[0].consent_how


def test_reporter_reads_the_exact_text_before_she_decides(stage) -> None:
    stage.propose()

    seen = services.open_for_reporter(stage.case, stage.reporter_keyring)

    assert [(r.partner_name, r.needs_consent) for r in seen] == [
        ("Ondersteuningsteam Weerbaar Bestuur (OT)", True)
    ]
    assert SUMMARY in seen[0].preview


def test_refused_proposal_can_no_longer_be_sent(stage) -> None:
    referral = stage.propose()

    services.refuse(referral, by=stage.reporter, now=stage.now)

    assert referral.state == "withdrawn"
    assert Event.objects.filter(kind="referral.refuse").count() == 1
    with pytest.raises(services.ConsentMissing):
        services.send(referral, **stage.handling)


@pytest.mark.parametrize("state", ["sent", "received"])
def test_taken_back_the_desk_opens_nothing_any_more(stage, keyring_of, state) -> None:
    referral = stage.at(state)
    promised = stage.case.commitments.open().filter(origin=referral.pk)
    assert promised.count() == 1

    services.take_back(referral, by=stage.reporter, now=stage.now)

    assert not type(referral).objects.addressed_to(stage.desk).exists()
    assert services.desk_list(stage.desk) == []
    with pytest.raises(NoAccess):
        keyring_of(stage.desk).open(referral.package_key_id)
    assert not promised.exists()
    # The handlers keep what was once shared.
    assert keyring_of(stage.handler).holds(referral.package_key_id)


def test_accepted_referral_cannot_be_taken_back(stage) -> None:
    referral = stage.accepted()

    with pytest.raises(StepNotPossible):
        services.take_back(referral, by=stage.reporter, now=stage.now)


def test_every_turn_of_a_referral_is_a_promise_with_whose_move_it_is(stage) -> None:
    def awaited(referral) -> list[tuple[str, str]]:
        return [(c.kind, c.awaits) for c in promised_by(stage.case, referral.pk)]

    referral = stage.propose()
    assert awaited(referral) == [("consent", "reporter")]
    services.consent(referral, **stage.reporting)
    assert awaited(referral) == [("send", "us")]
    services.revise(referral, draft=stage.draft(referral.partner), **stage.handling)
    assert awaited(referral) == [("consent", "reporter")]
    services.consent(referral, **stage.reporting)
    services.send(referral, **stage.handling)
    assert awaited(referral) == [("referral_answer", "partner")]
    services.receive(referral, **stage.answering)
    services.accept(referral, by=stage.desk, now=stage.now)
    assert awaited(referral) == []


@pytest.mark.parametrize("turn", ["refuse", "withdraw"])
def test_what_ends_before_sending_leaves_no_promise(stage, turn) -> None:
    referral = stage.propose()

    getattr(services, turn)(referral, by=stage.reporter, now=stage.now)

    assert promised_by(stage.case, referral.pk) == []


@pytest.mark.parametrize("turn", ["propose", "consented", "sent"])
def test_case_does_not_end_with_a_referral_on_its_way(stage, turn) -> None:
    begin = {"by": stage.handler, "keyring": stage.keyring, "now": stage.now}
    step(stage.case, "begin_triage", **begin)
    referral = getattr(stage, turn)()
    told = {"words": "Emotie mag.", "choice": "no_violation"}

    with pytest.raises(StepNotPossible):
        step(stage.case, "dismiss", **told, **begin)
    services.withdraw(referral, by=stage.handler, now=stage.now)
    stage.case.refresh_from_db()
    step(stage.case, "dismiss", **told, **begin)

    assert stage.case.state == "closed"


def test_withdrawn_report_takes_its_referrals_along(stage) -> None:
    sent, proposed = stage.sent(), stage.propose("trust_line")
    accepted_before = services.let_go(stage.case, by=stage.reporter, now=stage.now)

    assert accepted_before == 2
    for referral in (sent, proposed):
        referral.refresh_from_db()
        assert referral.state == "withdrawn"


def test_nobody_else_agrees_for_the_reporter(stage, chris, keyring_of, now) -> None:
    referral = stage.propose()

    with pytest.raises(StepForbidden):
        services.consent(
            referral, by=chris, keyring=keyring_of(chris), now=now, how="phone"
        )
    with pytest.raises(StepForbidden):
        services.consent(
            referral, by=stage.desk, keyring=stage.desk_keyring, now=now, how="phone"
        )
