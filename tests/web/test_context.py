"""The shell of staff pages: a menu by what somebody may do, notices, signing out."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser

from tests.web.sample import staff_page
from weerbaar.web import context

pytestmark = [pytest.mark.urls("tests.web.sample"), pytest.mark.django_db]


@pytest.fixture
def draw(rf):
    def draw(user, path: str = "/zaken/") -> BeautifulSoup:
        request = rf.get(path)
        request.user = user
        return BeautifulSoup(staff_page(request).content, "html5lib")

    return draw


@pytest.fixture
def three_notices(monkeypatch):
    monkeypatch.setattr(context, "_count_notices", [])
    context.count_notices_with(lambda user: 3)


def menu(page: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in page.select(".wb-nav a")]


def test_menu_shows_what_somebody_may_do(draw, bram, femke):
    assert menu(draw(bram)) == ["Zaken", "Cijfers", "Instrumenten"]
    assert menu(draw(femke)) == ["Cijfers", "Instrumenten"]


def test_place_where_we_are_is_marked(draw, bram):
    assert draw(bram).select_one("[aria-current=page]").text == "Zaken"
    assert draw(bram, "/cijfers/").select_one("[aria-current=page]").text == "Cijfers"


def test_page_that_is_not_installed_is_not_in_the_menu(draw, esma):
    # The sample has no page of referrals.
    assert menu(draw(esma)) == []


def test_signing_out_is_a_post(draw, bram):
    form = draw(bram).select_one(".wb-menu form")

    assert form["method"] == "post"
    assert form["action"] == "/uitloggen/"
    assert form.find("input", {"name": "csrfmiddlewaretoken"})


def test_bell_counts_what_is_unread(draw, bram, three_notices):
    bell = draw(bram).select_one(".wb-tool--bell")

    assert bell["href"] == "/meldingen-voor-u/"
    assert bell.select_one(".wb-count").text == "3 ongelezen"


def test_no_badge_without_notices(draw, bram, monkeypatch):
    monkeypatch.setattr(context, "_count_notices", [])

    assert draw(bram).select_one(".wb-tool--bell")
    assert not draw(bram).select_one(".wb-tool--bell .wb-count")


def test_pages_of_a_list_keep_the_rest_of_the_query(draw, bram):
    page = draw(bram, "/zaken/?tab=mine&page=2")

    assert page.select_one("a[rel=next]")["href"] == "?tab=mine&page=3"
    assert page.select_one("a[rel=prev]")["href"] == "?tab=mine&page=1"
    assert page.select_one(".wb-pages [aria-current=page]").text == "Pagina 2"


def test_idle_time_of_staff_is_a_quarter_of_an_hour(draw, bram):
    dialog = draw(bram).find("dialog")

    assert dialog["role"] == "alertdialog"
    assert (dialog["data-idle"], dialog["data-warn"]) == ("900", "120")
    assert dialog["data-after"] == "/kluis/"


def test_staff_pages_have_no_quick_exit(draw, bram):
    assert not draw(bram).find("a", href="/verlaten")


def test_nobody_gets_no_menu_no_bell_and_no_account(draw):
    page = draw(AnonymousUser())

    assert not page.select(".wb-nav, .wb-menu, .wb-tool--bell, dialog")
