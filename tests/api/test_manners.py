"""Every operation keeps the manners of the API; a new one is covered by itself."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from tests.api.world import (
    BASE,
    NOBODY,
    PROBLEM,
    Operation,
    World,
    described,
    operations,
)
from weerbaar.web.openapi import REFUSALS

pytestmark = pytest.mark.django_db
ALL = operations()
CLOSED = [o for o in ALL if not o.is_public]
# What belongs to one case, organisation or list: its address names something. Who holds
# a receipt asks within the own mailbox, where nothing is somebody else's.
NAMED = [o for o in ALL if "{" in o.path and not o.is_of_reporter]
OCTETS = "application/octet-stream"
METHODS = ("get", "put", "patch", "post", "delete", "options", "trace")


class Findings(list[str]):
    """What is wrong with which operation, so that one test tells all of it."""

    @contextmanager
    def about(self, operation: Operation, more: str = "") -> Iterator[None]:
        try:
            yield
        except AssertionError as wrong:
            self.append(f"{operation} {more}: {str(wrong).splitlines()[0][:200]}")


@pytest.fixture
def findings() -> Findings:
    return Findings()


def problem(answer: Any, status: int) -> dict[str, Any]:
    """The refusal in the answer, after seeing that it is one."""
    assert answer.status_code == status, f"{answer.status_code} {answer.content!r}"
    assert answer["Content-Type"] == PROBLEM
    assert answer["API-Version"] == settings.API_VERSION
    found: dict[str, Any] = json.loads(answer.content)
    assert found["status"] == status
    assert found["title"]
    assert found["detail"]
    return found


def named(name: str) -> Operation:
    return next(o for o in ALL if str(o) == name)


@pytest.mark.parametrize("operation", ALL, ids=str)
def test_operation_is_told_in_dutch_with_examples(operation: Operation) -> None:
    told = operation.told

    assert told["summary"]
    assert told["description"].endswith(".")
    assert re.match(r"^[a-z]+[A-Za-z]+$", told["operationId"])
    for status, response in told["responses"].items():
        if int(status) >= 400:
            assert status in REFUSALS
            assert response == {"$ref": f"#/components/responses/Problem{status}"}
        elif status != "204" and operation.path != "/openapi.json":
            [(kind, content)] = response["content"].items()
            assert kind == OCTETS or content["examples"]
    if operation.takes_body:
        assert operation.example() is not None
    for parameter in told.get("parameters", ()):
        assert parameter["in"] == "path" or parameter.get("description")


def test_operations_have_names_of_their_own() -> None:
    names = [str(operation) for operation in ALL]

    assert len(set(names)) == len(names)


def test_every_property_is_explained() -> None:
    silent = [
        f"{name}.{key}"
        for name, schema in described()["components"]["schemas"].items()
        for key, told in schema.get("properties", {}).items()
        # The pages of a list are the library's own.
        if not name.startswith("Paginated")
        and "description" not in told
        and "$ref" not in told
    ]

    assert silent == []


def test_every_tag_is_explained() -> None:
    used = {tag for operation in ALL for tag in operation.told["tags"]}

    assert used == {tag["name"] for tag in described()["tags"]}


@pytest.mark.parametrize("operation", ALL, ids=str)
def test_refusals_that_follow_are_listed(operation: Operation) -> None:
    listed = set(operation.told["responses"])

    assert {"400", "406", "503"} <= listed
    assert operation.is_public == (not {"401", "403"} <= listed)
    assert operation.is_of_reporter == ("429" in listed)
    assert operation.takes_body == ({"413", "415"} <= listed)
    assert "{" not in operation.path or "404" in listed


def test_method_that_is_not_offered_is_refused(
    world: World, findings: Findings
) -> None:
    for path in {o.path: o for o in ALL}:
        offered = {o.method: o for o in ALL if o.path == path}
        some = next(iter(offered.values()))
        for method in set(METHODS) - set(offered):
            with findings.about(some, method):
                answer = world.ask(replace(some, method=method), {})
                problem(answer, 405)
                allowed = {m.strip().lower() for m in answer["Allow"].split(",")}
                assert allowed - {"head"} == set(offered)

    assert findings == []


def test_slash_at_the_end_is_another_address(world: World, findings: Findings) -> None:
    for operation in ALL:
        with findings.about(operation):
            address = f"{world.address(operation)}/"
            problem(world.ask(operation, address=address), 404)

    assert findings == []


def test_query_key_that_means_nothing_is_refused(
    world: World, findings: Findings
) -> None:
    for operation in ALL:
        with findings.about(operation):
            address = f"{world.address(operation)}?format=json"
            found = problem(world.ask(operation, address=address), 400)
            assert [e["parameter"] for e in found["errors"]] == ["format"]

    assert findings == []


def test_other_form_of_answer_is_refused(world: World, findings: Findings) -> None:
    for operation in ALL:
        with findings.about(operation):
            problem(world.ask(operation, headers={"Accept": "text/html"}), 406)

    assert findings == []


@pytest.mark.parametrize(
    "proof", ["", "Bearer", "Bearer x", "Receipt x y z", "Basic YTpi", "Bearer \xe9"]
)
def test_without_proof_nothing_is_told(
    proof: str, world: World, findings: Findings
) -> None:
    shown = {"Authorization": proof}
    for operation in CLOSED:
        nowhere = world.address(operation, reference="ZZZZ-ZZZZ", id=NOBODY)
        cache.clear()
        with findings.about(operation):
            there = world.ask(operation, headers=shown)
            elsewhere = world.ask(operation, headers=shown, address=nowhere)
            assert problem(there, 401) == problem(elsewhere, 401)
            scheme = "Receipt" if operation.is_of_reporter else "Bearer"
            assert there["WWW-Authenticate"].startswith(scheme)

    assert findings == []


@pytest.mark.parametrize("body", [None, {}, b"{"], ids=["example", "empty", "broken"])
def test_what_one_may_not_know_of_is_not_found_whatever_is_sent(
    body: Any, world: World, findings: Findings
) -> None:
    other = {"reference": "ZZZZ-ZZZZ", "id": NOBODY, "name": "geheimen"}
    for operation in NAMED:
        address = world.address(operation, **other)
        with findings.about(operation):
            problem(world.ask(operation, body, address=address), 404)

    assert findings == []


UNREADABLE = {
    "empty": b"",
    "broken": b"{",
    "null": b"null",
    "list": b"[]",
    "string": b'"tekst"',
    "not a number": b'{"x": NaN}',
    "endless number": b'{"x": 1e999}',
    "latin-1": b'{"x": "caf\xe9"}',
    "half a sign": b'{"x": "half \\ud83d"}',
    "half a name": b'{"\\ud83d": 1}',
    "deep list": b"[" * 100_000,
    "deep object": b'{"x":' * 5_000 + b"1" + b"}" * 5_000,
    "long number": b'{"x": ' + b"1" * 5_000 + b"}",
    "unknown": b'{"onbekend": 1}',
}


def bodied(world: World) -> list[Operation]:
    """The operations with a body that this world can answer."""
    found = [o for o in ALL if o.takes_body and not o.path.startswith("/releases")]
    return [o for o in found if not o.takes_file]


def required(operation: Operation) -> list[str]:
    """The properties of the body that may not be left out."""
    content = operation.told["requestBody"]["content"]["application/json"]
    name = content["schema"]["$ref"].rsplit("/", 1)[1]
    return list(described()["components"]["schemas"][name].get("required", ()))


def test_body_that_cannot_be_read_is_refused(world: World, findings: Findings) -> None:
    for operation in bodied(world):
        for why, body in UNREADABLE.items():
            # Where every property may be left out, the body may too.
            if why == "empty" and not required(operation):
                continue
            with findings.about(operation, why):
                problem(world.ask(operation, body), 400)

    assert findings == []


def test_body_that_is_too_large_is_refused(world: World, findings: Findings) -> None:
    body = b'{"x": "' + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'
    for operation in bodied(world):
        with findings.about(operation):
            problem(world.ask(operation, body), 413)

    assert findings == []


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""],
)
def test_other_form_of_content_is_refused(
    kind: str, world: World, findings: Findings
) -> None:
    for operation in bodied(world):
        with findings.about(operation):
            problem(world.ask(operation, content_type=kind), 415)

    assert findings == []


def test_file_comes_in_the_form_of_a_file_only(world: World) -> None:
    files = [o for o in ALL if o.takes_file]

    assert len(files) == 2
    for operation in files:
        assert world.ask(operation).status_code == 201
        problem(world.ask(operation, b"{}", content_type="application/json"), 415)
        problem(world.ask(operation, b"{}", content_type="multipart/form-data"), 400)
        body = {"file": "", "naam": "x"}
        found = problem(world.ask(operation, body), 400)
        assert [e["pointer"] for e in found["errors"]] == ["#/naam"]


@pytest.mark.parametrize(
    "charset", ["latin-1", "utf-16", "rot13", "zlib_codec", "onzin"]
)
def test_claimed_charset_changes_nothing(charset: str, world: World) -> None:
    kind, body = f"application/json; charset={charset}", '{"text": "Eén notitie."}'
    write = named("writeNote")

    assert world.ask(write, body.encode(), content_type=kind).status_code == 201
    problem(world.ask(write, body.encode("latin-1"), content_type=kind), 400)


def test_answer_is_kept_and_shared_by_nobody(world: World, findings: Findings) -> None:
    for operation in ALL:
        with findings.about(operation):
            answer = world.ask(operation)
            assert answer.status_code < 500
            assert answer["Cache-Control"] == "no-store"
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
            assert answer["API-Version"] == settings.API_VERSION
            is_shared = "Access-Control-Allow-Origin" in answer
            assert is_shared == (operation.path == "/openapi.json")

    assert findings == []


def test_addresses_hold_nothing_but_ids_and_codes() -> None:
    """No name, word or e-mail address has a place in an address (API-20)."""
    placed: dict[str, set[str]] = {"path": set(), "query": set(), "header": set()}
    for operation in ALL:
        for parameter in operation.told.get("parameters", ()):
            placed[parameter["in"]].add(parameter["name"])

    assert placed["path"] == {"reference", "id", "answer", "name", "code"}
    assert placed["query"] == {"tab", "topic", "officeKind", "page", "pageSize"}


def test_description_names_this_address(settings: Any) -> None:
    settings.SITE_ADDRESS = "https://melden.lindeveen.example"

    served = Client().get(f"{BASE}/openapi.json").json()

    assert served["servers"] == [{"url": "https://melden.lindeveen.example/api/v1"}]
