"""The pages of the house itself: three doors, leaving, health, and a lost token."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as django_settings
from django.db.utils import ConnectionHandler
from django.test import Client

from weerbaar.web import views

pytestmark = pytest.mark.urls("tests.web.sample")

STORY = "Zij stonden bij de zeppelinhal en riepen mijn naam."
REPORTER_PAGES = [
    "/",
    "/veilig-gebruik/",
    "/toegankelijkheid/",
    "/privacy/",
    "/verlopen/",
]


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html5lib")


def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def test_start_page_says_for_whom_and_has_three_doors(client):
    page = soup(client.get("/"))

    doors = [a["href"] for a in page.select(".wb-door a")]
    assert doors == ["/melden/", "/mijn-melding/", "/inloggen/"]
    text = page.main.get_text(" ")
    for element in (
        "ambtsdragers",
        "vijf minuten",
        "niet in te loggen",
        "geen aangifte",
    ):
        assert element in text


@pytest.mark.parametrize("path", REPORTER_PAGES)
def test_reporter_page_has_help_and_a_way_out(client, path):
    page = soup(client.get(path))

    links = page.body.find_all("a")
    assert [a["href"] for a in links[:2]] == ["#main", "/verlaten"]
    assert links[1]["rel"] == ["noreferrer", "nofollow"]
    assert page.find("a", href="tel:112")
    assert page.find("a", href="tel:0703738314")
    assert len(page.find_all("h1")) == 1
    assert page.title.text.endswith(" – Weerbaar")


@pytest.mark.parametrize("path", REPORTER_PAGES)
def test_language_switch_keeps_the_page(client, path):
    dutch = soup(client.get(path))
    switch = dutch.find("a", hreflang="en")
    assert switch["href"] == f"/en{path}"

    english = soup(client.get(switch["href"]))

    assert english.html["lang"] == "en"
    assert english.find("a", hreflang="nl")["href"] == path
    assert english.h1.find_next("p").text != dutch.h1.find_next("p").text


@pytest.mark.parametrize("path", REPORTER_PAGES)
def test_pages_carry_no_inline_style_script_or_foreign_address(client, path):
    page = soup(client.get(path))

    assert not page.find_all("style")
    assert not page.select("[style], [onclick], script:not([src])")
    loaded = [t.get("src") or t.get("href") for t in page.select("script, link, img")]
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)


def test_nothing_is_set_before_somebody_sends_something(client):
    for path in REPORTER_PAGES:
        assert not client.get(path).cookies, path


def test_demo_says_so_on_every_page(client, settings):
    assert "demonstratie" not in soup(client.get("/")).get_text()
    settings.DEMO = True

    for path in (*REPORTER_PAGES, "/nergens/"):
        assert "Dit is een demonstratie" in soup(client.get(path)).get_text()


@pytest.mark.django_db
@pytest.mark.parametrize("site", ["same-origin", "none", None])
def test_leaving_takes_everything_along(client, settings, site):
    client.session.save()
    for name in (settings.DRAFT_COOKIE_NAME, settings.MAILBOX_COOKIE_NAME):
        client.cookies[name] = "geheim"
    session = client.session
    session["halve sleutel"] = "x"
    session.save()

    response = client.get("/verlaten", headers={"Sec-Fetch-Site": site} if site else {})

    assert response.status_code == 303
    assert response.url == settings.EXIT_URL
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    for name in (settings.DRAFT_COOKIE_NAME, settings.MAILBOX_COOKIE_NAME):
        assert response.cookies[name]["max-age"] == 0
    assert not type(session)().exists(session.session_key)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_make_somebody_leave(client, site):
    response = client.get("/verlaten", headers={"Sec-Fetch-Site": site})

    assert response.status_code == 403
    assert "Clear-Site-Data" not in response.headers


def test_leaving_works_without_the_database(client, settings):
    # This test may not touch the database: a visitor without a session leaves as well.
    assert client.get("/verlaten").url == settings.EXIT_URL


def test_lost_token_shows_the_text_again_with_a_fresh_one():
    client = strict()

    response = client.post(
        "/ok/?stap=2",
        {"story": STORY, "csrfmiddlewaretoken": "oud", "new_password": "geheim woord"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )

    assert response.status_code == 403
    form = soup(response).main.form
    assert form["action"] == "/ok/?stap=2"
    assert form.find("textarea", {"name": "story"}).text.strip() == STORY
    assert "geheim woord" not in response.content.decode()
    token = form.find("input", {"name": "csrfmiddlewaretoken"})["value"]
    again = client.post("/ok/?stap=2", {"story": STORY, "csrfmiddlewaretoken": token})
    assert again.content == b"ok"


def test_old_browser_is_known_by_its_origin():
    own = strict().post(
        "/ok/", {"story": STORY}, headers={"Origin": "http://testserver"}
    )
    none = strict().post("/ok/", {"story": STORY})

    assert STORY in own.content.decode()
    assert STORY not in none.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elders.example"},
        {"Origin": "null"},
    ],
)
def test_text_of_another_site_is_never_shown_as_yours(headers):
    response = strict().post("/ok/", {"story": STORY}, headers=headers)

    assert response.status_code == 403
    assert STORY not in response.content.decode()
    assert not soup(response).main.find("form")


def test_health_needs_no_database_to_live(client):
    assert client.get("/health/live").content == b"ok\n"


@pytest.mark.django_db
def test_ready_when_the_database_answers(client):
    assert client.get("/health/ready").status_code == 200


@pytest.mark.parametrize("database", ["default", "erasure"])
def test_not_ready_without_a_database(database, client, monkeypatch, django_db_blocker):
    known = django_settings.DATABASES
    nowhere = known[database] | {"HOST": "127.0.0.1", "PORT": "1"}
    broken = ConnectionHandler({**known, database: nowhere})
    monkeypatch.setattr(views, "connections", broken)

    with django_db_blocker.unblock():
        response = client.get("/health/ready")
        broken.close_all()

    assert response.status_code == 503
    assert "127.0.0.1" not in response.content.decode()


def test_security_txt_has_not_expired(client):
    response = client.get("/.well-known/security.txt")
    fields = dict(
        line.split(": ", 1) for line in response.content.decode().splitlines()
    )

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"].startswith(("mailto:", "https://"))
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)


def test_robots_see_the_information_pages_only(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /" in lines
    assert "Allow: /privacy/" in lines
    assert not any("melding" in line or "zaken" in line for line in lines)


def test_pages_are_only_read(client):
    for path in (*REPORTER_PAGES, "/health/live", "/verlaten"):
        assert client.post(path).status_code == 405, path
