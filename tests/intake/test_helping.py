"""What others offer or ask in the mailbox: aftercare, check-ins, consent to a text."""

import pytest
from django.utils import timezone

from aftercare import services as aftercare
from aftercare.models import CheckIn
from aftercare.workflow import CheckInState, PlanState
from cases import services as cases
from cases.models import CommitmentKind
from referrals import services as referrals
from referrals.models import Partner
from referrals.workflow import State
from tests.intake import filling
from tests.intake.looking import tables_with

OVERVIEW = "/mijn-melding/overzicht/"
CANARY = "De zeppelinhal is niet meer veilig."


@pytest.fixture
def anna(client, open_report, bram, keyring_of):
    """Anna with an opened mailbox and a case that Bram took up."""
    client.case, client.code = open_report(when=timezone.now())
    cases.step(
        client.case,
        "begin_triage",
        by=bram,
        keyring=keyring_of(bram),
        now=timezone.now(),
    )
    filling.enter(client, client.code)
    return client


@pytest.fixture
def offered(anna, bram):
    return aftercare.offer(anna.case, by=bram, now=timezone.now())


@pytest.fixture
def partner(ondersteuningsteam):
    referrals.load_partners()
    return Partner.objects.get(code="support_team_nwb")


@pytest.fixture
def proposed(anna, bram, keyring_of, partner):
    """Bram proposes a referral with exactly this text."""
    return referrals.propose(
        anna.case,
        partner=partner,
        draft=referrals.Draft(["summary"], {"summary": CANARY}),
        by=bram,
        keyring=keyring_of(bram),
        now=timezone.now(),
    )


def test_offer_is_shown_with_its_days_and_accepted(anna, offered):
    assert "Mogen we contact met u houden?" in filling.text_of(anna.get(OVERVIEW))
    page = filling.text_of(anna.get("/mijn-melding/nazorg/"))
    assert "Rond deze dagen" in page
    assert "Kies ja of nee." in filling.text_of(anna.post("/mijn-melding/nazorg/", {}))

    done = anna.post("/mijn-melding/nazorg/", {"choice": "yes"}, follow=True)

    offered.refresh_from_db()
    assert offered.state == PlanState.ACTIVE
    assert "Hoe gaat het met u?" in filling.text_of(done)


def test_offer_can_be_declined(anna, offered):
    anna.post("/mijn-melding/nazorg/", {"choice": "no"})

    offered.refresh_from_db()
    assert offered.state == PlanState.DECLINED
    assert anna.get("/mijn-melding/nazorg/").status_code == 409


def test_a_worrying_answer_makes_a_promise(anna, offered):
    anna.post("/mijn-melding/nazorg/", {"choice": "yes"})
    check_in = CheckIn.objects.first()
    address = f"/mijn-melding/vraag/{check_in.pk}/"
    missing = filling.text_of(anna.post(address, {"text": CANARY}))
    assert "Kies hoe het met u gaat." in missing
    assert CANARY in anna.post(address, {"text": CANARY}).content.decode()

    done = anna.post(
        address,
        {"mood": "not_well", "needs": "talk", "text": CANARY},
        follow=True,
    )

    text = filling.text_of(done)
    assert "Dank u wel voor uw antwoord." in text
    assert "We nemen contact met u op over uw antwoord." in text
    assert tables_with("zeppelinhal") == []
    promised = anna.case.commitments.open().filter(kind=CommitmentKind.WORRYING_ANSWER)
    assert promised.count() == 1
    assert CANARY in filling.text_of(anna.get(address))


def test_answering_twice_is_once_and_another_answer_is_refused(anna, offered):
    anna.post("/mijn-melding/nazorg/", {"choice": "yes"})
    check_in = CheckIn.objects.first()
    address = f"/mijn-melding/vraag/{check_in.pk}/"
    given = {"mood": "not_well", "needs": "talk", "text": f" {CANARY} "}
    for _twice in range(2):
        assert anna.post(address, given)["Location"].endswith("?gedaan=answer")

    promised = anna.case.commitments.open().filter(kind=CommitmentKind.WORRYING_ANSWER)
    assert promised.count() == 1
    other = anna.post(address, {**given, "text": "Toch iets anders dan eerst."})
    assert other.status_code == 409
    assert "Toch iets anders dan eerst." in other.content.decode()


def test_accepting_or_declining_twice_is_once(anna, offered):
    for _twice in range(2):
        told = anna.post("/mijn-melding/nazorg/", {"choice": "yes"})
        assert told["Location"].endswith("?gedaan=offer")

    assert CheckIn.objects.count() == len(offered.days)
    assert anna.post("/mijn-melding/nazorg/", {"choice": "no"}).status_code == 409


def test_she_can_stop_the_questions(anna, offered):
    anna.post("/mijn-melding/nazorg/", {"choice": "yes"})
    first = CheckIn.objects.first()
    anna.post(
        f"/mijn-melding/vraag/{first.pk}/",
        {"mood": "good", "needs": "nothing", "stop": "on"},
    )

    assert not CheckIn.objects.filter(state=CheckInState.PLANNED).exists()
    assert "Voor u" not in filling.text_of(anna.get(OVERVIEW))


def test_the_exact_text_is_shown_before_consent(anna, proposed):
    assert f"Mogen we {proposed.partner.name} erbij halen?" in filling.text_of(
        anna.get(OVERVIEW)
    )
    page = anna.get(f"/mijn-melding/tekst/{proposed.pk}/")
    shown = filling.soup(page).select_one(".wb-card .wb-words").get_text()

    assert CANARY in shown
    seen = referrals.open_for_reporter(anna.case, _ring(anna))[0]
    assert shown == seen.preview


def _ring(anna):
    from intake.services import unlock

    return unlock(anna.code).keyring


def test_consent_is_for_the_text_that_was_read(anna, proposed, bram, keyring_of):
    address = f"/mijn-melding/tekst/{proposed.pk}/"
    read = filling.soup(anna.get(address)).select_one("#id_version")["value"]
    referrals.revise(
        proposed,
        draft=referrals.Draft(["summary"], {"summary": "Een andere tekst."}),
        by=bram,
        keyring=keyring_of(bram),
        now=timezone.now(),
    )

    refused = anna.post(address, {"choice": "yes", "version": read})

    assert refused.status_code == 409
    proposed.refresh_from_db()
    assert proposed.state == State.PROPOSED

    newer = filling.soup(anna.get(address)).select_one("#id_version")["value"]
    given = anna.post(address, {"choice": "yes", "version": newer}, follow=True)
    assert "U heeft toestemming gegeven." in filling.text_of(given)
    proposed.refresh_from_db()
    assert proposed.state == State.CONSENTED


def test_consent_without_the_text_that_was_read_is_refused(anna, proposed):
    answer = anna.post(f"/mijn-melding/tekst/{proposed.pk}/", {"choice": "yes"})

    assert answer.status_code == 409
    proposed.refresh_from_db()
    assert proposed.state == State.PROPOSED


def test_refusing_and_taking_back(anna, proposed):
    address = f"/mijn-melding/tekst/{proposed.pk}/"
    assert "Kies ja of nee." in filling.text_of(anna.post(address, {}))
    version = filling.soup(anna.get(address)).select_one("#id_version")["value"]
    anna.post(address, {"choice": "yes", "version": version})

    for _twice in range(2):
        done = anna.post(address, {"take_back": "1"}, follow=True)
        assert "U heeft uw toestemming ingetrokken." in filling.text_of(done)

    proposed.refresh_from_db()
    assert proposed.state == State.WITHDRAWN


def test_no_means_nothing_is_sent(anna, proposed):
    done = anna.post(
        f"/mijn-melding/tekst/{proposed.pk}/", {"choice": "no"}, follow=True
    )

    assert "Er wordt niets verstuurd." in filling.text_of(done)
    proposed.refresh_from_db()
    assert proposed.state == State.WITHDRAWN


def test_withdrawing_the_report_lets_go_of_everything(anna, proposed, offered):
    anna.post("/mijn-melding/nazorg/", {"choice": "yes"})
    anna.post("/mijn-melding/intrekken/")

    proposed.refresh_from_db()
    assert proposed.state == State.WITHDRAWN
    assert not CheckIn.objects.filter(state=CheckInState.PLANNED).exists()


def test_nobody_reaches_what_belongs_to_another_report(
    anna, proposed, offered, open_report, client
):
    from django.test import Client

    anna.post("/mijn-melding/nazorg/", {"choice": "yes"})
    check_in = CheckIn.objects.first()
    _case, code = open_report()
    stranger = Client()
    filling.enter(stranger, code)

    for address in (
        f"/mijn-melding/vraag/{check_in.pk}/",
        f"/mijn-melding/tekst/{proposed.pk}/",
    ):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, {"take_back": "1"}).status_code == 404
    assert stranger.get("/mijn-melding/nazorg/").status_code == 409
