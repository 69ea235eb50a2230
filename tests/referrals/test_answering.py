"""The partner's side, and what of it reaches the reporter."""

import pytest

from referrals import services
from referrals.models import Referral
from tests.referrals.stage import ANSWER
from weerbaar.audit.models import Event
from weerbaar.steps import StepForbidden
from weerbaar.web.refusals import NotAllowed


def reads(stage) -> str:
    """All that the reporter reads of her referrals."""
    seen = services.open_for_reporter(stage.case, stage.reporter_keyring)
    return "\n".join(r.answer for r in seen)


def test_answer_reaches_the_reporter_only_after_release(stage) -> None:
    referral, word = stage.answered()
    opened = services.open_one(referral, stage.keyring)
    assert [a.text for a in opened.answers] == [ANSWER]
    assert reads(stage) == ""

    services.release_answer(word, **stage.handling)

    assert reads(stage) == ANSWER
    with pytest.raises(services.AlreadyReleased):
        services.release_answer(word, **stage.handling)


def test_answer_settles_the_promise(stage) -> None:
    referral = stage.received()
    promised = stage.case.commitments.open().get(origin=referral.pk)
    assert promised.kind == "referral_answer"

    services.answer(referral, text=ANSWER, **stage.answering)

    promised.refresh_from_db()
    assert promised.state == "kept"


def test_decline_says_why_and_ends_it(stage) -> None:
    referral = stage.received()

    with pytest.raises(services.AnswerMissing):
        services.decline(referral, words=" ", **stage.answering)
    services.decline(referral, words="Bel Slachtofferhulp.", **stage.answering)

    opened = services.open_one(referral, stage.keyring)
    assert opened.referral.state == "declined"
    assert [a.text for a in opened.answers] == ["Bel Slachtofferhulp."]
    with pytest.raises(services.NotTakenUp):
        services.answer(referral, text=ANSWER, **stage.answering)


def test_every_look_of_the_desk_is_an_event(stage) -> None:
    referral = stage.received()

    services.read_package(referral, **stage.answering)
    services.read_package(referral, **stage.answering)

    looks = Event.objects.filter(kind="statement.read", subject_id=str(referral.pk))
    assert looks.count() == 2
    assert Event.objects.filter(kind="referral.receive").count() == 1


def test_unopened_package_is_opened_by_the_step(stage) -> None:
    referral = stage.sent()

    with pytest.raises(services.NotOpened):
        services.read_package(referral, **stage.answering)


def test_desk_sees_its_own_packages_only(stage, person, keyring_of) -> None:
    stage.sent()
    stage.consented("victim_support")

    rows = services.desk_list(stage.desk)

    assert [row.referral.partner.code for row in rows] == ["support_team_nwb"]
    assert Referral.objects.count() == 2


def test_nobody_but_the_desk_reads_or_answers(stage, bram, chris, keyring_of) -> None:
    referral = stage.received()
    for stranger in (bram, chris):
        doing = {"by": stranger, "keyring": keyring_of(stranger), "now": stage.now}
        with pytest.raises(NotAllowed):
            services.read_package(referral, **doing)
        with pytest.raises(NotAllowed):
            services.answer(referral, text=ANSWER, **doing)
        with pytest.raises(StepForbidden):
            services.accept(referral, by=stranger, now=stage.now)


def test_only_the_handler_releases(stage) -> None:
    _referral, word = stage.answered()

    with pytest.raises(NotAllowed):
        services.release_answer(word, **stage.answering)
