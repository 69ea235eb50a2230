"""The way in: danger first, honest limits, and no cookie before the first post."""

import os
import subprocess
import sys

import pytest
from django.core import mail

from tests.intake import filling
from tests.test_production import given


def test_start_page_has_the_eight_elements(client, lindeveen):
    page = filling.soup(client.get("/melden/"))
    main = page.main
    text = " ".join(main.get_text(" ").split())

    assert main.select_one('a[href="tel:112"]')
    assert text.index("112") < text.index("Melding doen")
    assert "Voor ambtsdragers" in text
    assert "Ongeveer 5 minuten" in text
    assert "zonder in te loggen" in text
    assert "Wie het leest" in text
    assert "U bepaalt wat er met uw melding gebeurt." in text
    assert main.find("a", string="Melding doen")
    assert main.find("a", string="Ik heb al een code")
    assert main.select_one('a[href="tel:0703738314"]')


def test_nothing_is_stored_in_the_browser_before_the_first_post(client, lindeveen):
    for address in (
        "/melden/",
        "/melden/lindeveen/",
        "/melden/vooraf/",
        "/en/melden/",
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert not response.cookies, address
    assert not client.cookies

    filling.begin(client)

    assert set(client.cookies) == {"concept"}
    cookie = client.cookies["concept"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert not cookie["max-age"]


def test_cookies_of_production_are_for_this_host_alone(client, lindeveen, settings):
    settings.PRODUCTION = True
    filling.begin(client)
    cookie = client.cookies["concept"]
    assert cookie["secure"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]

    # The names are settled when the settings are read, so another process reads them.
    names = (
        "from django.conf import settings as s; print(s.DRAFT_COOKIE_NAME, "
        "s.MAILBOX_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_NAME)"
    )
    env = os.environ | given() | {"PYTHONWARNINGS": "ignore"}
    env |= {"DJANGO_SETTINGS_MODULE": "weerbaar.settings"}
    told = subprocess.check_output([sys.executable, "-c", names], env=env, text=True)
    assert [name[:7] for name in told.split()] == ["__Host-"] * 4


def test_limits_are_told_before_the_story(client, lindeveen):
    text = filling.text_of(client.get("/melden/vooraf/"))

    assert "Wat we niet kunnen beloven" in text
    assert "geschiedenis van uw browser wordt niet gewist" in text
    assert "drie keer op shift" in text


def test_first_post_from_another_site_is_refused(client, lindeveen):
    response = client.post("/melden/vooraf/", headers={"sec-fetch-site": "cross-site"})

    assert response.status_code == 403
    assert "concept" not in response.cookies


def test_link_of_an_organisation_preselects_it(client, lindeveen, kromwaard):
    link = filling.soup(client.get("/melden/kromwaard/")).main.find(
        "a", string="Melding doen"
    )
    assert link["href"] == "/melden/vooraf/?organisatie=kromwaard"

    filling.begin(client, organisatie="kromwaard")
    chosen = filling.soup(client.get(filling.step(1))).select("input:checked")

    assert "kromwaard" in {box["value"] for box in chosen}


@pytest.mark.parametrize("slug", ["nergens", "ondersteuningsteam"])
def test_link_of_no_receiving_organisation_is_not_found(
    client, lindeveen, ondersteuningsteam, slug
):
    assert client.get(f"/melden/{slug}/").status_code == 404
    assert client.post("/melden/vooraf/", {"organisatie": slug}).status_code == 404


def test_a_new_beginning_drops_the_former_draft(client, lindeveen):
    from intake.models import SealedCookie

    filling.begin(client)
    filling.begin(client)

    assert SealedCookie.objects.count() == 1


def test_handler_takes_a_report_for_somebody_on_the_phone(
    signed_in, bram, daan, lindeveen
):
    from cases.models import Case
    from weerbaar.audit.kinds import Kind
    from weerbaar.audit.models import Event

    client = signed_in(bram)
    assert "/melden/?namens=lindeveen" in client.get("/melden/").content.decode()
    assert "Melding opnemen" in filling.text_of(client.get("/melden/?namens=lindeveen"))
    filling.begin(client, namens="lindeveen")
    first = filling.soup(client.get(filling.step(1)))
    assert {b["value"] for b in first.select("input:checked")} == {
        "lindeveen",
        "on_behalf",
    }
    for number, answers in filling.LEAST.items():
        role = {"reporter_role": "on_behalf"} if number == "1" else {}
        client.post(filling.step(number), {**answers, **role})
    response = client.post("/melden/controleren/", follow=True)

    assert filling.code_on(response)
    assert "Geef de meldcode aan de persoon" in filling.text_of(response)
    # Handed over on paper or read aloud, and never by mail (H-11).
    assert filling.soup(response).select_one("[data-print]")
    assert mail.outbox == []
    opened = Event.objects.about(Case.objects.get().pk).get(kind=Kind.CASE_OPENED)
    assert opened.actor_id == bram.pk


def test_a_handler_whose_session_ended_sends_after_signing_in_again(
    signed_in, bram, lindeveen
):
    from cases.models import Case

    client = signed_in(bram)
    filling.begin(client, namens="lindeveen")
    for number, answers in filling.LEAST.items():
        client.post(filling.step(number), answers)
    draft = client.cookies["concept"].value
    client.logout()
    client.cookies["concept"] = draft

    refused = client.post("/melden/controleren/")

    # The way back is the check page, and everything is still there.
    assert refused["Location"] == "/inloggen/?next=/melden/controleren/"
    assert Case.objects.count() == 0
    again = signed_in(bram)
    again.cookies["concept"] = draft
    page = again.get("/melden/controleren/")
    assert "Denk met mij mee" in filling.text_of(page)
    assert filling.send(again)


def test_leaving_leaves_no_draft_and_no_opened_mailbox(client, lindeveen, open_report):
    from intake.models import SealedCookie

    _case, code = open_report()
    filling.enter(client, code)
    filling.begin(client)
    client.post(filling.step(1), filling.LEAST["1"])
    assert SealedCookie.objects.count() == 2

    client.get("/verlaten", headers={"sec-fetch-site": "same-origin"})

    assert SealedCookie.objects.count() == 0


def test_who_handles_nothing_there_cannot_take_a_report(
    client, signed_in, chris, gijs, lindeveen
):
    assert client.get("/melden/?namens=lindeveen").status_code == 302
    for person in (chris, gijs):
        browser = signed_in(person)
        assert browser.get("/melden/?namens=lindeveen").status_code == 403
        assert (
            browser.post("/melden/vooraf/", {"namens": "lindeveen"}).status_code == 403
        )
    assert client.post("/melden/vooraf/", {"namens": "lindeveen"}).status_code == 403
