"""Bad input at every door: whatever is sent, the answer is a page or a problem.

Routes are read from the URL configuration, so a new door is tried without being listed.
"""

import json
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.test_doors import Route, doors

__all__ = ["doors"]
pytestmark = pytest.mark.django_db

NASTY = (
    "\x00",
    "a\x00b",
    "\u202e\u200b\ufeff\ufffd",
    "😀" * 300,
    "'; DROP TABLE intake_receipt; --",
    "../../../etc/passwd",
    "-1",
)
# Names that some door reads from its address or form.
NAMES = (
    *("organisatie", "namens", "next", "gedaan", "wijzig", "tab", "q", "page"),
    *("pageSize", "fase", "onderwerp", "voor", "state", "severity", "type", "once"),
    *("code", "text", "login", "password", "token", "email", "action", "revision"),
    *("share", "words", "size", "member", "to", "seen", "name_1", "duty_1"),
)
FORM = "application/x-www-form-urlencoded"
POSTS = ("/melden/vooraf/", "/melden/stap/4/", "/mijn-melding/", "/inloggen/")


def knock(client: Client, method: str, route: Route, bad: str) -> int:
    """Send a bad text in every place where a door may read one."""
    sent = dict.fromkeys(NAMES, bad)
    if route.path.startswith("/api/") and method == "post":
        body = json.dumps(sent)
        return client.post(
            route.path, body, content_type="application/json"
        ).status_code
    query = "&".join(f"{name}={quote(bad)}" for name in NAMES)
    address = f"{route.path}?{query}"
    if method == "get":
        return client.get(address).status_code
    return client.post(address, sent).status_code


@pytest.mark.parametrize(
    ("who", "method"),
    [
        ("nobody", "get"),
        ("nobody", "post"),
        ("bram", "post"),
        pytest.param("bram", "get", marks=pytest.mark.nightly),
    ],
)
def test_no_door_stumbles_over_a_bad_text(
    doors: list[Route],
    who: str,
    method: str,
    signed_in: Any,
    request: pytest.FixtureRequest,
) -> None:
    client = Client() if who == "nobody" else signed_in(request.getfixturevalue("bram"))
    client.raise_request_exception = False
    faults = [
        (route.path, ascii(bad[:12]))
        for route in doors
        if route.name != "account_logout"
        for bad in NASTY
        if knock(client, method, route, bad) >= 500
    ]

    assert faults == []


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        (f"{FORM}; charset=utf-16", b"story=x", 400),
        ("multipart/form-data", b"x", 400),
        (FORM, b"&".join(b"f%d=1" % n for n in range(400)), 400),
        (FORM, b"story=" + b"a" * 1_000_001, 413),
    ],
    ids=["charset", "no boundary", "fields", "size"],
)
def test_a_body_that_is_no_form_gets_a_page(
    client: Client, path: str, content_type: str, body: bytes, status: int
) -> None:
    answer = client.generic("POST", path, body, content_type=content_type)

    assert answer.status_code == status
    page = BeautifulSoup(answer.content, "html5lib")
    assert page.h1.get_text()
    assert page.find("a", href="tel:112")
    assert page.find("a", href="tel:0703738314")


@pytest.mark.parametrize("content_type", ["", "text/plain", f"{FORM}; charset=x-y"])
@pytest.mark.parametrize("path", POSTS)
def test_a_body_of_unknown_kind_is_an_empty_form(
    client: Client, path: str, content_type: str
) -> None:
    answer = client.generic("POST", path, b"story=x", content_type=content_type)

    assert answer.status_code in {200, 302, 410}


@pytest.mark.parametrize("host", ["elders.example", "a b", ""])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["/melden/vooraf/", "/api/v1/reports", "/nergens/"])
def test_a_foreign_host_is_refused_without_a_fault(
    client: Client, path: str, method: str, host: str
) -> None:
    answer = client.generic(method, path, b"", headers={"host": host})

    assert answer.status_code == 400
    kind = "application/problem+json" if "/api/" in path else "text/html"
    assert answer["Content-Type"].startswith(kind)


@pytest.mark.parametrize("name", ["concept", "melding", "sessie", "controle", "kluis"])
@pytest.mark.parametrize(
    "value",
    ["", "\x00", "é", '"', "=;,", "A" * 43, "A" * 44, "A" * 9_000],
    ids=["empty", "nul", "é", "quote", "signs", "right", "longer", "long"],
)
def test_a_cookie_of_somebody_s_own_making_opens_nothing(
    client: Client, name: str, value: str
) -> None:
    client.raise_request_exception = False
    for path in (
        "/melden/",
        "/melden/stap/4/",
        "/melden/controleren/",
        "/melden/blijven/",
        "/mijn-melding/",
        "/mijn-melding/overzicht/",
        "/zaken/",
    ):
        for method in ("GET", "POST"):
            answer = client.generic(method, path, HTTP_COOKIE=f"{name}={value}")
            assert answer.status_code < 500, (method, path)
            assert "uitloggen" not in answer.content.decode(), (method, path)
    assert client.generic(
        "GET", "/verlaten", HTTP_COOKIE=f"{name}={value}"
    ).status_code in {302, 303}
