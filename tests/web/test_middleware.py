"""Headers on every answer, and refusals as pages that need no database.

Only what asks for a signed-in person may touch the database here; pytest refuses it
everywhere else, so that these pages prove that they come without one.
"""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

pytestmark = pytest.mark.urls("tests.web.sample")

STORY = "Zij riepen dat ze weten\nwaar mijn kinderen op school zitten."
PAGES = ["/", "/en/", "/privacy/", "/nergens/", "/conflict/", "/zonder-database/"]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html5lib")


@pytest.mark.parametrize("path", [*PAGES, "/verlaten", "/robots.txt"])
def test_security_headers_stand_on_every_page(visitor, path):
    headers = visitor.get(path).headers

    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "API-Version" not in headers


@pytest.mark.parametrize("name", ["things", "nergens", "broken"])
def test_api_has_its_own_policy_and_version(visitor, settings, name):
    headers = visitor.get(f"/api/v1/{name}").headers

    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    assert headers["API-Version"] == settings.API_VERSION
    assert headers["Cache-Control"] == "no-store"


def test_transport_security_is_sent_where_it_is_set(visitor, settings):
    assert "Strict-Transport-Security" not in visitor.get("/").headers
    settings.SECURE_HSTS_SECONDS = 31536000

    sent = visitor.get("/").headers["Strict-Transport-Security"]

    assert sent == "max-age=31536000; includeSubDomains"


def test_only_start_and_information_pages_may_be_found(visitor):
    assert "X-Robots-Tag" not in visitor.get("/").headers
    assert "X-Robots-Tag" not in visitor.get("/privacy/").headers

    for path in ("/ok/", "/nergens/", "/conflict/", "/inloggen/", "/verlopen/"):
        assert visitor.get(path).headers["X-Robots-Tag"] == "noindex, nofollow", path


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/nergens/", 404, "Deze pagina bestaat niet"),
        ("/geen-sleutel/", 404, "Deze pagina bestaat niet"),
        ("/conflict/", 409, "Iemand anders heeft dit gewijzigd"),
        ("/te-veel/", 429, "Te veel pogingen"),
        ("/fout/", 500, "Er ging bij ons iets mis"),
        ("/zonder-database/", 503, "Weerbaar is nu niet bereikbaar"),
    ],
)
def test_error_page_is_plain_and_has_telephone_numbers(visitor, path, status, title):
    response = visitor.get(path)
    page = soup(response)

    assert response.status_code == status
    assert page.h1.text == title
    assert page.html["lang"] == "nl"
    links = {a["href"] for a in page.find_all("a")}
    assert {"tel:112", "tel:0703738314", "/verlaten"} <= links
    for technical in ("10.1.2.3", "Traceback", "ValueError", "Error:", str(status)):
        assert technical not in page.get_text()


def test_waiting_helps_and_is_said(visitor):
    assert visitor.get("/te-veel/").headers["Retry-After"] == "300"
    assert visitor.get("/zonder-database/").headers["Retry-After"] == "300"
    assert "Retry-After" not in visitor.get("/fout/").headers


@pytest.mark.parametrize("path", ["/conflict/", "/fout/", "/zonder-database/"])
def test_nothing_typed_is_lost_when_we_refuse(visitor, path):
    typed = {"story": STORY, "kind": ["threat", "insult"], "password": "geheim woord"}

    page = soup(visitor.post(path, typed))

    form = page.main.form
    assert form["action"] == path
    assert form.find("textarea", {"name": "story"}).text.strip() == STORY
    assert [i["value"] for i in form.find_all("input", {"name": "kind"})] == [
        "threat",
        "insult",
    ]
    assert form.find("input", {"name": "csrfmiddlewaretoken"})
    assert form.find("button").text == "Opnieuw versturen"
    assert "geheim woord" not in page.decode()


def test_a_step_that_is_not_possible_is_not_offered_once_more(visitor):
    """Without words at stake there is nothing to send again, unless it passes."""
    assert soup(visitor.post("/conflict/", {"step": "approve"})).main.form is None
    assert soup(visitor.post("/zonder-database/", {"step": "approve"})).main.form


def test_text_with_markup_stays_text(visitor):
    page = soup(
        visitor.post("/conflict/", {"story": "</textarea><script>x</script> y"})
    )

    assert page.main.find("textarea").text.strip() == "</textarea><script>x</script> y"
    assert not page.main.find("script")


def test_locked_vault_leads_to_the_vault_and_back(visitor):
    response = visitor.get("/op-slot/?tab=2")

    assert response.status_code == 302
    assert response.url == "/kluis/?next=%2Fop-slot%2F%3Ftab%3D2"


def test_locked_vault_keeps_the_note_that_was_sent(visitor):
    response = visitor.post("/op-slot/", {"note": STORY})

    assert response.status_code == 403
    page = soup(response)
    assert page.main.find("textarea", {"name": "note"}).text.strip() == STORY
    assert page.main.find("a", href="/kluis/?next=%2F")


def test_signed_out_note_is_kept_too(visitor):
    response = visitor.post("/alleen-behandelaars/", {"note": STORY})

    assert response.status_code == 403
    assert STORY in soup(response).main.find("textarea").text


def test_nobody_is_sent_to_sign_in_and_back(visitor):
    response = visitor.get("/alleen-behandelaars/")

    assert response.url == "/inloggen/?next=%2Falleen-behandelaars%2F"
