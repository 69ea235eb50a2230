"""Time that runs out: said before, words kept, and back where she was (UX-5)."""

import time
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from cases.models import Statement
from tests.cast import PASSWORD
from tests.visiting import take_cookies
from weerbaar.accounts.vault_session import END

WORDS = "Ik sprak haar vanmiddag, en morgen opnieuw."


@pytest.fixture
def notes(open_report):
    """The page where notes of a case are written."""
    case, _words = open_report()
    return reverse("case-note", args=[case.reference])


@pytest.fixture
def reading(page, live, bram, signed_in, open_report):
    """Bram reads a case in a browser whose clock we move."""
    case, _words = open_report()
    take_cookies(page, signed_in(bram), live)
    page.clock.install()
    page.goto(reverse("case", args=[case.reference]))
    return page


@pytest.mark.django_db(transaction=True)
def test_page_asks_two_minutes_before_and_staying_keeps_it_open(reading):
    dialog = reading.get_by_role("alertdialog")
    reading.clock.fast_forward(781_000)
    expect(dialog).to_be_visible()

    with reading.expect_response("**/blijven") as answered:
        reading.get_by_role("button", name="Blijf op deze pagina").click()

    assert answered.value.status == 204
    expect(dialog).to_be_hidden()


@pytest.mark.django_db(transaction=True)
def test_closed_vault_leads_back_to_the_same_page(reading, settings):
    here = reading.url
    reading.context.clear_cookies(name=settings.VAULT_COOKIE_NAME)

    reading.clock.fast_forward(901_000)
    reading.wait_for_url("**/kluis/?next=*")
    reading.get_by_label("Wachtwoord").fill(PASSWORD)
    reading.get_by_role("button", name="Kluis openen").click()

    reading.wait_for_url(here)


@pytest.mark.django_db(transaction=True)
def test_end_of_eight_hours_is_said_in_time(page, live, bram, signed_in, notes):
    client = signed_in(bram)
    session = client.session
    session[END] = (timezone.now() + timedelta(minutes=10)).isoformat()
    session.save()
    take_cookies(page, client, live)
    page.clock.install()
    page.goto(notes)
    page.get_by_role("textbox").first.fill(WORDS)

    page.clock.fast_forward(482_000)

    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("U bent bijna acht uur ingelogd")
    page.get_by_role("button", name="Blijf op deze pagina").click()
    expect(dialog).to_be_hidden()
    page.clock.fast_forward(121_000)
    expect(dialog).to_contain_text("Uw tekst staat nog op deze pagina")
    assert page.get_by_role("textbox").first.input_value() == WORDS


@pytest.mark.django_db
def test_time_stands_on_the_page_without_script(bram, signed_in, notes):
    page = BeautifulSoup(signed_in(bram).get(notes).content, "html.parser")

    assert "Uw kluis sluit om" in page.noscript.text


@pytest.mark.django_db
def test_note_of_an_idle_hour_is_sent_after_all(bram, signed_in, notes, time_machine):
    client = signed_in(bram)
    form = BeautifulSoup(client.get(notes).content, "html.parser")
    names = [field["name"] for field in form.select("main textarea")]
    time_machine.move_to(time.time() + settings.SESSION_IDLE_SECONDS + 1, tick=False)

    closed = client.post(notes, {names[0]: WORDS})
    kept = BeautifulSoup(closed.content, "html.parser").main
    assert closed.status_code == 403
    assert kept.textarea.text.strip() == WORDS
    assert not Statement.objects.filter(kind="note").exists()
    opened = client.post(reverse("vault-open"), {"password": PASSWORD})
    assert opened.status_code == 302

    again = {field["name"]: field.text.strip() for field in kept.select("textarea")}
    client.post(kept.form["action"], again)

    assert Statement.objects.filter(kind="note").count() == 1
