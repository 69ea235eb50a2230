"""A wrong code tells nothing: the same answer at the same cost, whatever is wrong.

Cost is counted in key derivations, which are made to be heavy, and in queries; no test
looks at a clock.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake import limits
from intake.services import close_access, submitting, unlock
from tests.intake import filling
from weerbaar.vault.receipt import new_receipt, words

pytestmark = pytest.mark.django_db
ABSENT = "<absent>"


@dataclass(frozen=True)
class Answer:
    """Everything that a stranger can see of an answer, and what it cost us."""

    status: int
    body: str
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    derived: int
    queries: int


@pytest.fixture
def derived(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each derivation of a key, counted at the real one."""
    found: list[str] = []
    real = submitting.receipt_keys

    def counted(code: str, **how: Any) -> Any:
        made = real(code, **how)
        found.append(code)
        return made

    monkeypatch.setattr(submitting, "receipt_keys", counted)
    return found


def on_the_page(code: str) -> Any:
    return Client().post("/mijn-melding/", {"code": code})


def by_program(code: str) -> Any:
    headers = {"authorization": f"Receipt {code}"}
    return Client().get("/api/v1/mailbox", headers=headers)


def try_(door: Callable[[str], Any], code: str, derived: list[str]) -> Answer:
    before = len(derived)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = door(code)
    body = response.content.decode()
    if "csrfmiddlewaretoken" in body:
        token = filling.soup(response).select_one("[name=csrfmiddlewaretoken]")["value"]
        body = body.replace(token, ABSENT)
    return Answer(
        response.status_code,
        body.replace(code, ABSENT),
        # The length follows from the body, in which the typed code stands again.
        tuple(sorted(h for h in response.headers.items() if h[0] != "Content-Length")),
        tuple(response.cookies),
        len(derived) - before,
        len(asked),
    )


@pytest.fixture
def wrong_codes(open_report) -> dict[str, str]:
    """Seven good words that open nothing, each for another reason."""
    _case, right = open_report()
    _case, closed = open_report()
    close_access(unlock(closed), now=timezone.now())
    parts = right.split()
    other = next(word for word in words() if word not in parts)
    return {
        "never made": new_receipt(),
        "one word off": " ".join([*parts[:6], other]),
        "another order": " ".join(reversed(parts)),
        "closed": closed,
    }


@pytest.mark.parametrize("door", [on_the_page, by_program])
def test_whatever_is_wrong_with_a_code_the_answer_is_the_same(
    door, wrong_codes, derived
) -> None:
    answers = {why: try_(door, code, derived) for why, code in wrong_codes.items()}

    assert len(set(answers.values())) == 1, answers
    (answer,) = set(answers.values())
    assert answer.status == (200 if door is on_the_page else 401)
    assert answer.derived == 1
    assert "melding" not in answer.cookies


@pytest.mark.parametrize("door", [on_the_page, by_program])
def test_a_right_code_costs_as_many_derivations_as_a_wrong_one(
    door, open_report, derived
) -> None:
    _case, code = open_report()
    derived.clear()

    assert door(code).status_code in {200, 302}

    assert len(derived) == 1


@pytest.mark.parametrize("door", [on_the_page, by_program])
def test_a_typo_is_answered_without_looking_whether_there_is_a_report(
    door, open_report, derived
) -> None:
    typed = " ".join([*words()[:6], "qqqwerty"])
    before = try_(door, typed, derived)
    open_report()
    derived.clear()

    assert try_(door, typed, derived) == before
    assert before.derived == 0
    assert derived == []


def test_guesses_at_one_door_count_at_the_other(wrong_codes, monkeypatch) -> None:
    monkeypatch.setattr(limits, "WRONG_CODES", 2)
    code = wrong_codes["never made"]

    assert by_program(code).status_code == 401
    assert on_the_page(code).status_code == 200

    assert by_program(code).status_code == 429
    assert on_the_page(code).status_code == 429


def test_who_guessed_too_often_costs_no_derivation(
    wrong_codes, open_report, derived, monkeypatch
) -> None:
    monkeypatch.setattr(limits, "WRONG_CODES", 1)
    _case, right = open_report()
    on_the_page(wrong_codes["never made"])
    derived.clear()

    # Right or wrong: until the quarter of an hour is over, the answer is one.
    refused = [on_the_page(code) for code in (right, wrong_codes["closed"])]

    assert [answer.status_code for answer in refused] == [429, 429]
    assert derived == []
