"""Every route, GET and POST, as everybody who may not pass: sign-in, 404 or 403.

Routes are read from the URL configuration: a new one is covered without being listed.
A new place must say in `WHO` whose it is; otherwise this test fails.
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

pytestmark = pytest.mark.django_db

PUBLIC = "public"
REPORTER = "reporter"
PERSON = "person"
HANDLER = "handler"
SECOND = "second"
DESK = "desk"
FIGURES = "figures"
AGENDA = "agenda"
COLLEAGUES = "colleagues"
ROOT = "root"
SIGN_IN = "sign-in"

# The first fitting beginning of a path says whose door it is.
WHO: tuple[tuple[str, str], ...] = (
    (r"^$", PUBLIC),
    (
        r"^(veilig-gebruik|toegankelijkheid|privacy|verlaten|verlopen|blijven|robots)",
        PUBLIC,
    ),
    (r"^partners/", PUBLIC),
    (r"^(health|\.well-known|static|logboek)", PUBLIC),
    (r"^melden/", REPORTER),
    (r"^mijn-melding/", REPORTER),
    (r"^instrumenten/", PUBLIC),
    (r"^(zaken|verhalen)/", HANDLER),
    (r"^verzoeken/", SECOND),
    (r"^doorverwijzingen/", DESK),
    (r"^cijfers/", FIGURES),
    (r"^odata/", FIGURES),
    (r"^netwerk/verhalen/(?!redactie)", FIGURES),
    (r"^netwerk/", AGENDA),
    (r"^(account|inloggen|uitloggen|wachtwoord|uitnodiging|demo)", SIGN_IN),
    (r"^kluis/", PERSON),
    (r"^collegas/", COLLEAGUES),
    (r"^hoofdsleutel/", ROOT),
    (r"^meldingen-voor-u/", PERSON),
    (r"^api/v1/(openapi|organisations|code-lists)", PUBLIC),
    (r"^api/v1/(reports|mailbox)", REPORTER),
    (r"^api/v1/desk/", DESK),
    (r"^api/v1/approvals", SECOND),
    (r"^api/v1/(cases|referrals|check-ins|commitments)", HANDLER),
    (r"^api/v1/(editions|stories/<uuid:pk>/_withdraw)", AGENDA),
    (r"^api/v1/(stories|releases|themes|activities|tables|priority-themes)", FIGURES),
    (r"^api/v1/$", PUBLIC),
)

# Who is kept out of each door, signed in with an opened vault.
KEPT_OUT = {
    HANDLER: ("chris", "daan", "esma", "femke", "gijs"),
    SECOND: ("esma", "femke", "gijs"),
    DESK: ("bram", "chris", "daan", "femke", "gijs"),
    FIGURES: ("esma", "gijs"),
    AGENDA: ("bram", "chris", "daan", "esma", "gijs"),
    COLLEAGUES: (),
    ROOT: ("gijs",),
}


@dataclass(frozen=True)
class Route:
    """A route with its parameters filled in."""

    path: str
    door: str
    name: str


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        piece = str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, prefix + piece)
        elif isinstance(entry, URLPattern):
            yield prefix + piece, entry.name or ""


def plain(pattern: str) -> str:
    """A path or regular expression as a path with <type:name> parameters."""
    pattern = pattern.replace("^", "").replace("$", "").replace("\\Z", "")
    pattern = pattern.replace("\\.", ".").replace("\\-", "-")
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<str:\1>", pattern)


def door_of(path: str) -> str:
    for beginning, door in WHO:
        if re.match(beginning, path):
            return door
    raise AssertionError(f"say in WHO whose door this is: /{path}")


def all_patterns() -> list[tuple[str, str]]:
    found = {(plain(p), name) for p, name in patterns(get_resolver())}
    return sorted(found)


def fill(pattern: str, values: dict[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        return values.get(match[2], values[match[1]])

    return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", value, pattern)


@pytest.fixture
def doors(lindeveen: Any, bram: Any, open_report: Any, daan: Any) -> list[Route]:
    """Every route, pointing at a case of Lindeveen from which Daan is recused."""
    case, _code = open_report(recused=[str(daan.pk)])
    values = {
        "reference": case.reference,
        "pk": str(uuid.uuid4()),
        "uidb36": "x",
        "key": "x",
        "step": "1",
        "organisation": "lindeveen",
        "uuid": str(uuid.uuid4()),
        "int": "1",
        "str": "x",
        "slug": "x",
        "path": "x",
        "name": "begin_triage",
    }
    return [
        Route(fill(pattern, values), door_of(pattern), name)
        for pattern, name in all_patterns()
    ]


def answer(client: Client, method: str, path: str) -> Any:
    """What the route answers; programs send JSON, pages a form."""
    if method == "get":
        return client.get(path)
    if path.startswith("/api/"):
        return client.post(path, {}, content_type="application/json")
    return client.post(path)


def test_every_route_says_whose_it_is() -> None:
    found = {door_of(pattern) for pattern, _name in all_patterns()}

    assert {PUBLIC, REPORTER, HANDLER, PERSON, SIGN_IN} <= found


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_comes_in_without_signing_in(doors: list[Route], method: str) -> None:
    let_in = []
    for route in doors:
        if route.door in {PUBLIC, REPORTER, SIGN_IN}:
            continue
        found = answer(Client(), method, route.path)
        to_sign_in = found.status_code == 302 and reverse("account_login") in found.url
        refused = found.status_code in {401, 403, 404, 405}
        if not (to_sign_in or refused):
            let_in.append((route.path, found.status_code))

    assert let_in == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["bram", "chris", "daan", "esma", "femke", "gijs"])
def test_nobody_passes_a_door_of_somebody_else(
    doors: list[Route],
    who: str,
    method: str,
    request: pytest.FixtureRequest,
    signed_in: Any,
) -> None:
    client = signed_in(request.getfixturevalue(who))
    passed = []
    for route in doors:
        if who not in KEPT_OUT.get(route.door, ()):
            continue
        # Chris and Daan handle other cases: list and new-case page are theirs too.
        theirs = route.door == HANDLER and who in {"chris", "daan"}
        if theirs and "-" not in route.path.removeprefix("/api/v1"):
            continue
        found = answer(client, method, route.path)
        if found.status_code not in {403, 404, 405}:
            passed.append((route.path, found.status_code))

    assert passed == []


def test_the_handler_passes_the_same_doors(
    doors: list[Route], signed_in: Any, bram: Any
) -> None:
    """The routes above are real: who may, comes in."""
    client = signed_in(bram)

    found = {
        route.name: client.get(route.path).status_code
        for route in doors
        if route.name in {"worklist", "case", "case-referrals", "case-aftercare"}
    }

    assert found == dict.fromkeys(
        ["worklist", "case", "case-referrals", "case-aftercare"], 200
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_route_ends_in_a_fault(
    doors: list[Route], method: str, signed_in: Any, bram: Any
) -> None:
    """Whatever is sent to whatever address, the answer is not a stack trace."""
    faults = []
    for client in (Client(), signed_in(bram)):
        client.raise_request_exception = False
        for route in doors:
            if route.name == "account_logout":
                continue
            code = answer(client, method, route.path).status_code
            if code >= 500:
                faults.append((route.path, code))

    assert faults == []


def test_recused_daan_finds_no_row_and_no_count(
    doors: list[Route], signed_in: Any, daan: Any, bram: Any
) -> None:
    case_path = next(r.path for r in doors if r.name == "case")
    reference = case_path.strip("/").split("/")[-1]

    seen_by = {
        person.name: reference
        in signed_in(person).get("/zaken/?tab=new").content.decode()
        for person in (bram, daan)
    }

    assert seen_by == {bram.name: True, daan.name: False}


def test_no_page_is_given_under_the_name_of_a_file(
    doors: list[Route], signed_in: Any, bram: Any
) -> None:
    """A cache on the way would keep it for others (ASVS 14.2.5)."""
    client = signed_in(bram)
    given = []
    for route in doors:
        path = f"{route.path.rstrip('/')}/style.css"
        status = client.get(path).status_code
        if status not in {301, 302, 404}:
            given.append((path, status))

    assert given == []
    assert client.get("/zaken/").status_code == 200


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND"])
def test_no_route_takes_a_method_that_nobody_uses(
    doors: list[Route], signed_in: Any, bram: Any, method: str
) -> None:
    """Only what is offered (ASVS 4.1.4, 13.4.4)."""
    client = signed_in(bram)
    taken = []
    for route in doors:
        found = client.generic(method, route.path)
        if found.status_code not in {302, 401, 403, 404, 405}:
            taken.append((route.path, found.status_code))

    assert taken == []


def test_every_answer_says_what_it_is_and_not_with_what_it_was_made(
    doors: list[Route], signed_in: Any, bram: Any
) -> None:
    """The kind with its signs, no versions, no listing (ASVS 4.1.1, 13.4.3, 13.4.6)."""
    client = signed_in(bram)
    kinds = set()
    for route in doors:
        found = client.get(route.path)
        kind = found.headers.get("Content-Type", "")
        text = "" if found.streaming else found.content.decode(errors="replace")
        assert not text or kind, route.path
        assert "text/" not in kind or "charset=utf-8" in kind, route.path
        assert not {"Server", "X-Powered-By"} & set(found.headers), route.path
        assert not re.search(r"(Django|gunicorn|Python|nginx)/?\s?\d", text), route.path
        kinds.add(kind)

    assert "text/html; charset=utf-8" in kinds
    assert client.get("/static/").status_code == 404
