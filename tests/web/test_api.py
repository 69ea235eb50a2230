"""The API's manners: every refusal is problem+json, and input is read strictly."""

import json

import pytest
from django.test import Client

from weerbaar.web.api import etag_of

pytestmark = pytest.mark.urls("tests.web.sample")

THINGS = "/api/v1/things"
GOOD = {"name": "zaak", "incidentDate": "2026-05-01"}


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def send(visitor, body, method="post", **headers):
    content = body if isinstance(body, str) else json.dumps(body)
    call = getattr(visitor, method)
    return call(THINGS, content, content_type="application/json", headers=headers)


def problem(response, status):
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body = json.loads(response.content)
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert "ErrorDetail" not in response.content.decode()
    return body


def test_good_input_is_taken(visitor):
    assert send(visitor, GOOD).status_code == 201


def test_all_mistakes_come_at_once_with_pointers(visitor):
    body = problem(send(visitor, {"name": "x" * 11, "extra": 1, "a/b": 2}), 400)

    assert [e["pointer"] for e in body["errors"]] == [
        "#/a~1b",
        "#/extra",
        "#/name",
        "#/incidentDate",
    ]
    assert all(e["detail"] for e in body["errors"])


def test_broken_json_is_one_mistake(visitor):
    body = problem(send(visitor, '{"name": '), 400)

    assert "errors" not in body
    assert len(body["detail"]) > 5


def test_body_that_is_no_object_is_refused(visitor):
    problem(send(visitor, [1, 2]), 400)


def test_unknown_query_key_is_refused(visitor):
    assert visitor.get(THINGS, {"state": "open"}).json() == {"state": "open"}

    body = problem(visitor.get(THINGS, {"sate": "open", "x": "1"}), 400)

    assert [e["parameter"] for e in body["errors"]] == ["sate", "x"]


@pytest.mark.parametrize("path", ["/api/v1/nergens", f"{THINGS}/", "/api/"])
def test_unknown_address_is_a_problem_and_no_redirect(visitor, path):
    problem(visitor.get(path), 404)


def test_method_that_does_not_exist(visitor):
    problem(visitor.patch(THINGS, {}, content_type="application/json"), 405)


def test_form_of_answer_that_we_do_not_have(visitor):
    problem(visitor.get(THINGS, headers={"Accept": "text/html"}), 406)


def test_form_of_content_that_we_cannot_read(visitor):
    problem(visitor.post(THINGS, "<a/>", content_type="application/xml"), 415)


def test_refusal_keeps_its_status_and_words(visitor):
    body = problem(visitor.delete(THINGS), 409)

    assert body["title"] == "Iemand anders heeft dit gewijzigd"


def test_mistake_of_ours_tells_nothing(visitor):
    body = problem(visitor.get("/api/v1/broken"), 500)

    assert "fout van ons" not in json.dumps(body)


def test_missing_database_is_said_without_its_address(visitor):
    response = visitor.get("/api/v1/down")

    body = problem(response, 503)
    assert response["Retry-After"] == "300"
    assert "10.1.2.3" not in json.dumps(body)


def test_pages_have_the_agreed_shape(visitor):
    first = visitor.get("/api/v1/numbers", {"pageSize": 25}).json()
    last = visitor.get("/api/v1/numbers", {"page": 3, "pageSize": 25}).json()

    assert list(first) == ["count", "next", "previous", "results"]
    assert first["count"] == 60
    assert first["previous"] is None
    assert "pageSize=25" in first["next"]
    assert last["next"] is None
    assert len(last["results"]) == 10


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ({"page": "abc"}, "page"),
        ({"page": "0"}, "page"),
        ({"page": "99"}, "page"),
        ({"page": "last"}, "page"),
        ({"page": "+1"}, "page"),
        ({"page": " 1"}, "page"),
        ({"page": "1_0"}, "page"),
        ({"page": "٣"}, "page"),
        ({"page": "1" * 5000}, "page"),
        ({"pageSize": "101"}, "pageSize"),
        ({"pageSize": "0"}, "pageSize"),
        ({"pageSize": "veel"}, "pageSize"),
        ({"pageSize": "²"}, "pageSize"),
        ({"page_size": "5"}, "page_size"),
    ],
)
def test_page_that_cannot_be_is_a_mistake_in_the_query(visitor, query, key):
    body = problem(visitor.get("/api/v1/numbers", query), 400)

    assert [e["parameter"] for e in body["errors"]] == [key]


def test_second_editor_is_told_to_read_first(visitor):
    newest, older = etag_of("thing", 2), etag_of("thing", 1)

    assert send(visitor, {}, "put", **{"If-Match": newest}).status_code == 200
    several = f"{older}, {newest}"
    assert send(visitor, {}, "put", **{"If-Match": several}).status_code == 200
    problem(send(visitor, {}, "put", **{"If-Match": older}), 412)
    problem(send(visitor, {}, "put"), 428)
