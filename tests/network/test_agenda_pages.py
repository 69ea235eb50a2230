"""The pages of the network's own work, as members and analysts use them."""

import pytest

from tests.network.agenda import name, offer, propose
from weerbaar.network import services
from weerbaar.network.agenda.workflow import InstrumentState
from weerbaar.network.models import Activity, NetworkInstrument, PriorityTheme

pytestmark = pytest.mark.django_db


def text(answer, status=200) -> str:
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


@pytest.fixture
def named(lotte, olaf, femke, august):
    return name(propose(lotte, august), olaf, by=femke, now=august)


def test_two_partners_and_an_analyst_name_a_theme_through_the_pages(
    signed_in, lotte, noor, olaf, femke, published
) -> None:
    lotte, noor, olaf, femke = map(signed_in, (lotte, noor, olaf, femke))
    made = lotte.post(
        "/netwerk/themas/voorstel/",
        {
            "year": "2026",
            "topic": "housing_building",
            "sentence": "Bouwen schuurt.",
            "question": "Wanneer slaat druk om?",
        },
    )
    path = made.url

    assert "Neem onze steun terug" in text(noor.get(path))
    assert "Als twee partners het steunen, kan een analist" in text(noor.get(path))
    assert "twee partners moeten het steunen" in text(femke.get(path))
    assert "Steun dit thema" not in text(femke.get(path))
    assert femke.post(path, {"step": "choose"}).status_code == 409
    assert olaf.post(path, {"step": "choose"}).status_code == 403

    olaf.post(path, {"step": "support"})
    assert "Wethoudersvereniging" in text(femke.get(path))
    assert "Een analist van het netwerk kan het nu benoemen" in text(olaf.get(path))
    femke.post(path, {"step": "choose"})

    page = text(olaf.get("/netwerk/2026/"))
    assert "<p>Meldingen hierover in 2026: ongeveer " in page
    assert "Wanneer slaat druk om?" in page
    assert "2 partners steunden het." in text(lotte.get(path))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Kies een onderwerp of vul een naam in."),
        ({"topic": "housing_building", "title": "Bouwen"}, "Laat de naam leeg"),
        ({"topic": "niets"}, "Kies een onderwerp uit de lijst."),
        ({"title": "Bouwen", "sentence": ""}, "Vertel in één zin waarom"),
        ({"title": "x" * 81}, "Gebruik hoogstens 80 tekens voor de naam."),
    ],
)
def test_theme_form_says_what_to_do_and_keeps_what_was_typed(
    signed_in, lotte, sent, said
) -> None:
    filled = {"year": "2026", "sentence": "Hierom.", "title": "", "topic": ""} | sent
    page = text(signed_in(lotte).post("/netwerk/themas/voorstel/", filled))

    assert said in page
    assert "<title>Fout: " in page
    assert not PriorityTheme.objects.exists()


def test_theme_that_is_there_already_is_said_and_nothing_typed_is_lost(
    signed_in, lotte, august
) -> None:
    propose(lotte, august, topic="", title="Online")
    sent = {"year": "2026", "title": "Online", "sentence": "Een lange reden."}
    page = text(signed_in(lotte).post("/netwerk/themas/voorstel/", sent))

    assert "Dit thema is er al" in page
    assert "Een lange reden." in page


def test_money_beyond_the_budget_is_refused_on_the_form_with_what_is_left(
    signed_in, femke, named
) -> None:
    client, path = signed_in(femke), f"/netwerk/themas/{named.pk}/activiteit/"
    sent = {"title": "Avonden", "aim": "Oefenen.", "euros": "600.001"}

    page = text(client.post(path, sent))
    assert "€\u00a0600.000" in page
    assert 'value="600.001"' in page
    assert "Vul hele euro" in text(client.post(path, sent | {"euros": "12,50"}))
    assert not Activity.objects.exists()

    client.post(path, sent | {"euros": "48.000"})
    assert "€\u00a0552.000" in text(client.get("/netwerk/2026/"))


def test_result_of_an_activity_is_read_by_the_members(
    signed_in, femke, olaf, named, august
) -> None:
    activity = services.commit_money(
        named, title="Avonden", aim="Oefenen.", euros=10, by=femke, now=august
    )
    path = f"/netwerk/activiteiten/{activity.pk}/"
    assert signed_in(olaf).post(path, {"result": "Goed."}).status_code == 403
    client = signed_in(femke)
    assert "Schrijf wat" in text(client.post(path, {"result": ""}))

    client.post(path, {"result": "Zes avonden gehouden."})

    page = text(signed_in(olaf).get(f"/netwerk/themas/{named.pk}/"))
    assert "Zes avonden gehouden." in page


def test_cancelled_activity_says_so_and_its_money_is_free(
    signed_in, femke, named, august
) -> None:
    activity = services.commit_money(
        named, title="Avonden", aim="Oefenen.", euros=10, by=femke, now=august
    )
    client, path = signed_in(femke), f"/netwerk/activiteiten/{activity.pk}/"

    client.post(path, {"step": "cancel"})

    assert "Deze activiteit is geannuleerd." in text(client.get(path))
    assert client.post(path, {"result": "Toch."}).status_code == 409


def test_instrument_of_the_network_reaches_everybody_after_another_checked_it(
    signed_in, client, lotte, noor, femke
) -> None:
    proposer, checker, analyst = map(signed_in, (lotte, noor, femke))
    sent = {
        "title": "Gesprekskaart",
        "summary": "Tien zinnen voor een onrustige zaal.",
        "publisher": "De raadsleden",
        "url": "https://raadsleden.example/kaart",
        "phases": ["prevention"],
        "topics": ["norm"],
        "audiences": ["office_holder"],
    }
    plain = sent | {"url": "http://raadsleden.example/kaart"}
    page = text(proposer.post("/netwerk/instrumenten/voorstel/", plain))
    assert "Vul het hele adres in" in page
    path = proposer.post("/netwerk/instrumenten/voorstel/", sent).url

    assert "Iemand anders kijkt na" in text(proposer.get(path))
    assert proposer.post(path, {"step": "check_content"}).status_code == 403
    assert analyst.post(path, {"step": "publish_instrument"}).status_code == 409
    checker.post(path, {"step": "check_content"})
    assert "Een analist van het netwerk publiceert het" in text(checker.get(path))
    assert "Gesprekskaart" not in text(client.get("/instrumenten/"))
    analyst.post(path, {"step": "publish_instrument"})

    page = text(client.get("/instrumenten/"))
    assert "Tien zinnen voor een onrustige zaal." in page
    assert "Laatst nagekeken op" in page
    assert "Lotte" not in page
    assert "Gesprekskaart" not in text(client.get("/instrumenten/?voor=family"))

    proposer.post(path, {"step": "end_instrument"})
    assert "Gesprekskaart" not in text(client.get("/instrumenten/"))


def test_instrument_nobody_checked_for_a_year_is_marked_until_somebody_does(
    signed_in, client, lotte, noor, femke, august
) -> None:
    made = offer(lotte, august.replace(year=2024))
    services.check_instrument(made, by=noor, now=august.replace(year=2024))
    services.publish_instrument(made, by=femke, now=august.replace(year=2024))
    mark = "Een jaar niet nagekeken."
    assert mark in text(client.get("/instrumenten/"))

    signed_in(noor).post(f"/netwerk/instrumenten/{made.pk}/", {"step": "check_again"})

    assert mark not in text(client.get("/instrumenten/"))
    assert NetworkInstrument.objects.get().state == InstrumentState.PUBLISHED
