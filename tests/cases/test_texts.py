"""Standard texts: filled in, seen before they go, changed by the organisation (H-9)."""

from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from cases import services
from cases.guidance.texts import EXAMPLES, FIELDS, filled, unknown_fields
from cases.models import WORDED, Case, StandardText
from weerbaar.web.refusals import NotAllowed


def soup_of(page: Any) -> BeautifulSoup:
    return BeautifulSoup(page.content, "html5lib")


@pytest.fixture
def browser(bram, signed_in) -> Client:
    return signed_in(bram)


@pytest.fixture
def text(lindeveen, bram, now) -> StandardText:
    made = StandardText(
        organisation=lindeveen,
        kind="message",
        title="Eerste contact",
        body="Ik ben [behandelaar] van [organisatie]. Uw kenmerk is [kenmerk].",
    )
    return services.keep_text(made, by=bram, now=now)


@pytest.fixture
def case(open_report) -> Case:
    made, _words = open_report(when=timezone.now())
    return made


def test_fields_are_filled_in_and_nothing_else_is_touched() -> None:
    body = "Dag [behandelaar], [organisatie] (x) [kenmerk] [behandelaar]"
    values = {"behandelaar": "B", "organisatie": "O", "kenmerk": "K", "telefoon": "T"}

    assert filled(body, values) == "Dag B, O (x) K B"
    assert unknown_fields(body) == []
    assert unknown_fields("[naam] [ behandelaar] [naam] []") == [
        "naam",
        " behandelaar",
        "",
    ]


def test_examples_are_for_words_to_the_reporter_with_fields_that_exist() -> None:
    assert {example.kind for example in EXAMPLES} == {kind.value for kind in WORDED}
    for example in EXAMPLES:
        assert unknown_fields(str(example.body)) == []


def test_a_message_begins_with_a_text_and_nothing_is_sent_by_it(
    case, text, browser, bram
) -> None:
    where = f"/zaken/{case.reference}/berichten/"
    link = soup_of(browser.get(where)).select_one("a[href^='?tekst=']")
    area = soup_of(browser.get(where + link["href"])).select_one("main textarea")

    assert link.get_text() == "Eerste contact"
    assert area.get_text().strip() == (
        f"Ik ben {bram.name} van Gemeente Lindeveen. Uw kenmerk is {case.reference}."
    )
    assert not case.statements.filter(kind="message").exists()


def test_a_step_begins_with_a_text_of_its_own_kind(
    case, text, browser, lindeveen, bram, now
) -> None:
    advice = StandardText(
        organisation=lindeveen, kind="advice", title="Online", body="Bel [telefoon]."
    )
    services.keep_text(advice, by=bram, now=now)
    browser.post(f"/zaken/{case.reference}/stap/begin_triage/")
    where = f"/zaken/{case.reference}/stap/advise/"

    links = soup_of(browser.get(where)).select("a[href^='?tekst=']")
    area = soup_of(browser.get(where + links[0]["href"])).select_one("main textarea")
    other = soup_of(browser.get(f"{where}?tekst={text.pk}")).select_one("main textarea")

    assert [link.get_text() for link in links] == ["Online"]
    assert area.get_text().strip() == f"Bel {lindeveen.phone}."
    assert other.get_text().strip() == ""


def test_an_organisation_begins_with_examples_and_makes_them_its_own(
    browser, lindeveen
) -> None:
    assert (
        "Er zijn nog geen teksten." in browser.get("/zaken/teksten/").content.decode()
    )

    for _i in range(2):
        browser.post("/zaken/teksten/", {"team": str(lindeveen.pk)})
    texts = StandardText.objects.filter(organisation=lindeveen)
    first = texts.get(title="Eerste contact")
    where = f"/zaken/teksten/{first.pk}/"
    form = soup_of(browser.get(where))
    mine = {
        "kind": "message",
        "title": "Hallo",
        "body": "Dag. Bel [telefoon].",
        "revision": form.select_one("main input[name=revision]")["value"],
    }
    browser.post(where, mine)

    assert texts.count() == len(EXAMPLES)
    assert all(name in form.get_text() for name in FIELDS)
    first.refresh_from_db()
    assert (first.title, first.revision) == ("Hallo", 2)
    browser.post(where, {"verb": "remove"})
    assert texts.count() == len(EXAMPLES) - 1


def test_an_unknown_field_is_refused_and_the_text_kept_on_the_page(
    browser, lindeveen, text, bram, now
) -> None:
    typed = {"kind": "message", "title": "Nieuw", "body": "Dag [naam] uit [plaats]."}

    answer = browser.post(f"/zaken/teksten/nieuw/{lindeveen.pk}/", typed)

    assert answer.status_code == 200
    page = soup_of(answer)
    assert "Deze velden bestaan niet: [naam], [plaats]." in page.get_text()
    assert page.select_one("textarea").get_text().strip() == typed["body"]
    text.body = "Dag [naam]."
    with pytest.raises(services.UnknownField):
        services.keep_text(text, by=bram, now=now)
    assert StandardText.objects.count() == 1


def test_the_second_writer_of_a_text_is_told_and_keeps_the_words(
    browser, text, sanne, now
) -> None:
    text.body = "Van Sanne."
    services.keep_text(text, by=sanne, now=now)

    answer = browser.post(
        f"/zaken/teksten/{text.pk}/",
        {"kind": "message", "title": "Mijn", "body": "Van Bram zelf.", "revision": "1"},
    )

    assert answer.status_code == 409
    assert "Van Bram zelf." in answer.content.decode()
    assert StandardText.objects.get().body == "Van Sanne."


def test_texts_are_of_the_own_organisation(
    text, chris, esma, kromwaard, lindeveen, signed_in, now, case
) -> None:
    visitor = signed_in(chris)
    typed = {"kind": "message", "title": "Van mij", "body": "Dag."}

    assert "Eerste contact" not in visitor.get("/zaken/teksten/").content.decode()
    for where in (f"/zaken/teksten/{text.pk}/", f"/zaken/teksten/{uuid4()}/"):
        assert visitor.get(where).status_code == 404
        assert visitor.post(where, {"verb": "remove"}).status_code == 404
    assert visitor.get(f"/zaken/teksten/nieuw/{lindeveen.pk}/").status_code == 404
    visitor.post(f"/zaken/teksten/nieuw/{lindeveen.pk}/", typed)
    for stranger in (chris, esma):
        with pytest.raises(NotAllowed):
            services.keep_text(text, by=stranger, now=now)
        with pytest.raises(NotAllowed):
            services.remove_text(text, by=stranger, now=now)
        with pytest.raises(NotAllowed):
            services.add_examples(lindeveen, by=stranger, now=now)
    assert StandardText.objects.get().title == "Eerste contact"
    assert signed_in(esma).get("/zaken/teksten/").status_code == 403
