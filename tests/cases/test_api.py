"""The programs' door of the desk: the same rules, in codes and problem+json."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cases import services
from cases.models import Case
from tests.cast import PASSWORD
from tests.factories import STORY
from weerbaar.accounts.actors import Reporter
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.vault.models import Grant
from weerbaar.vault.people import make_token, open_with_password

BASE = "/api/v1/cases"


@pytest.fixture
def case(open_report) -> Case:
    made, _words = open_report(wish="think_along")
    return made


@pytest.fixture
def program(bram):
    """A program that works with Bram's personal token."""
    today = timezone.localdate()
    secret = open_with_password(bram.key, PASSWORD)
    token = make_token(bram.key, secret, label="proef", today=today)
    return Client(headers={"Authorization": f"Bearer {token}"})


def post(program: Client, path: str, body: dict | None = None, **extra):
    return program.post(
        f"{BASE}/{path}", body or {}, content_type="application/json", **extra
    )


def get(program: Client, path: str):
    return program.get(f"{BASE}/{path}")


def test_the_list_opens_nothing(case, program, open_report) -> None:
    open_report(types=["doxing"])
    answer = program.get(BASE)
    body = answer.json()
    line = body["results"][0]

    assert answer.status_code == 200
    assert body["count"] == 2
    assert set(line) == {
        "reference",
        "organisation",
        "kind",
        "state",
        "openedDate",
        "movedDate",
        "closedDate",
        "nextPromise",
    }
    assert line["nextPromise"]["kind"] == "first_contact"
    assert "doxing" not in answer.content.decode()


def test_the_list_is_narrowed_by_tab_and_refuses_what_it_does_not_know(
    case, program
) -> None:
    def count(tab: str) -> int:
        return program.get(f"{BASE}?tab={tab}").json()["count"]

    assert (count("new"), count("mine"), count("closed"), count("all")) == (1, 0, 0, 1)
    assert program.get(f"{BASE}?tab=secret").status_code == 400
    assert program.get(f"{BASE}?severity=serious").status_code == 400
    assert program.get(f"{BASE}/").status_code == 404


def test_queries_of_the_list_do_not_grow(
    program, open_report, django_assert_num_queries
) -> None:
    from tests.cases.test_worklist import queries

    open_report()
    first = queries(program, BASE)
    for _i in range(9):
        open_report()

    with django_assert_num_queries(first):
        assert program.get(BASE).json()["count"] == 10


def test_a_case_is_read_and_changed_with_its_etag(case, program) -> None:
    read = get(program, case.reference)
    change = {"classification": {"severity": "serious", "decisionInfluenced": "no"}}
    tag = read["ETag"]

    def patch(**headers: str):
        return program.patch(
            f"{BASE}/{case.reference}",
            change,
            content_type="application/json",
            headers=headers,
        )

    assert read.json()["classification"]["types"] == ["veiled_threat"]
    assert read.json()["wish"] == "think_along"
    assert patch().status_code == 428
    changed = patch(**{"If-Match": tag})
    assert changed.status_code == 200
    assert changed.json()["classification"]["severity"] == "serious"
    assert changed.json()["classification"]["types"] == ["veiled_threat"]
    assert changed["ETag"] != tag
    again = patch(**{"If-Match": tag})
    assert again.status_code == 412
    assert again["Content-Type"] == "application/problem+json"


def test_unknown_codes_and_properties_are_all_named_at_once(case, program) -> None:
    tag = get(program, case.reference)["ETag"]
    wrong = {"classification": {"severity": "huge", "types": ["x"], "colour": "red"}}

    answer = program.patch(
        f"{BASE}/{case.reference}",
        wrong,
        content_type="application/json",
        headers={"If-Match": tag},
    )
    pointers = {error["pointer"] for error in answer.json()["errors"]}

    assert answer.status_code == 400
    assert any("severity" in p for p in pointers)
    assert any("types" in p for p in pointers)
    assert any("colour" in p for p in pointers)


def test_steps_are_offered_taken_and_refused(case, program) -> None:
    offered = get(program, f"{case.reference}/steps").json()
    assert [(o["step"], o["isPossible"]) for o in offered] == [("begin_triage", True)]

    taken = post(program, f"{case.reference}/steps", {"step": "begin_triage"})
    assert (taken.status_code, taken.json()["state"]) == (200, "triage")
    missing = post(program, f"{case.reference}/steps", {"step": "advise"})
    not_now = post(program, f"{case.reference}/steps", {"step": "close", "words": "x"})
    unknown = post(program, f"{case.reference}/steps", {"step": "burn"})
    advised = post(
        program,
        f"{case.reference}/steps",
        {"step": "advise", "words": "Bel de wijkagent."},
    )

    assert missing.status_code == unknown.status_code == 400
    assert not_now.status_code == 409
    assert not_now["Content-Type"] == "application/problem+json"
    assert advised.json() == {"reference": case.reference, "state": "advice"}


def test_consent_is_asked_for_by_the_api_too(open_report, program) -> None:
    case, _words = open_report(wish="record")
    post(program, f"{case.reference}/steps", {"step": "begin_triage"})
    step = {"step": "respond", "words": "Een gesprek."}

    offered = get(program, f"{case.reference}/steps").json()
    refused = post(program, f"{case.reference}/steps", step)
    taken = post(
        program, f"{case.reference}/steps", {**step, "consent": "Gebeld, vandaag."}
    )

    assert {o["step"]: o["needsConsent"] for o in offered}["respond"] is True
    assert refused.status_code == 400
    assert taken.status_code == 200


def test_the_report_is_read_and_the_reading_is_told(case, program) -> None:
    read = get(program, f"{case.reference}/report")
    events = get(program, f"{case.reference}/timeline").json()["results"]

    assert read.json()["text"] == STORY
    assert events[-1]["kind"] == "statement.read"
    assert events[-1]["actor"].startswith("Bram")
    assert events[-1]["at"].endswith("Z")
    assert {e["actorKind"] for e in events} == {"reporter", "person"}


@pytest.mark.parametrize(
    "part", ["", "/messages", "/notes", "/commitments", "/aftercare", "/safe-contact"]
)
def test_reading_words_leaves_a_trace(part: str, case, program, bram) -> None:
    answer = get(program, f"{case.reference}{part}")

    looks = Event.objects.filter(kind=Kind.CASE_OPENED_BY, about_id=case.pk)
    assert answer.status_code == 200
    assert looks.get().actor_id == bram.pk


@pytest.mark.parametrize("verb", ["_assign", "_transfer", "_deputise"])
def test_a_program_cannot_give_the_case_to_the_recused(
    verb: str, open_report, program, daan
) -> None:
    case, _words = open_report(recused=[str(daan.pk)])
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    asked = {"person": str(daan.pk)}
    asked |= {"note": "Voor u."} if verb == "_transfer" else {}
    asked |= {"untilDate": day} if verb == "_deputise" else {}

    answer = post(program, f"{case.reference}/{verb}", asked)

    assert answer.status_code == 409
    assert not Grant.objects.filter(
        key_id=case.case_key_id, holder_id=daan.key_id
    ).exists()
    assert services.people_on(case) == []


def test_notes_have_no_words_in_their_list_and_messages_do(case, program) -> None:
    note = post(program, f"{case.reference}/notes", {"text": "Pers belt."})
    sent = post(program, f"{case.reference}/messages", {"text": "Ik bel u."})
    statements = get(program, f"{case.reference}/statements")
    notes = get(program, f"{case.reference}/notes").json()["results"]
    messages = get(program, f"{case.reference}/messages").json()["results"]

    assert (note.status_code, sent.status_code) == (201, 201)
    assert "Pers belt" not in statements.content.decode()
    kinds = [s["kind"] for s in statements.json()["results"]]
    assert kinds == ["report", "note", "message"]
    assert [(n["text"], n["author"]) for n in notes] == [("Pers belt.", "Bram Visser")]
    assert [(m["text"], m["isFromReporter"]) for m in messages] == [
        ("Ik bel u.", False)
    ]
    assert post(program, f"{case.reference}/messages", {"text": ""}).status_code == 400


def test_commitments_are_added_kept_missed_and_moved(case, program) -> None:
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    base = f"{case.reference}/commitments"
    task = post(program, base, {"text": "Bel de school.", "dueDate": day}).json()
    other = post(program, base, {"text": "Bel de wijkagent.", "dueDate": day}).json()
    first = case.commitments.get(kind="first_contact")

    moved = post(program, f"{base}/{task['id']}/_move", {"dueDate": "2031-01-02"})
    missed = post(program, f"{base}/{task['id']}/_miss", {"reason": "Vakantie."})
    kept = post(program, f"{base}/{first.pk}/_keep")
    gone = post(program, f"{base}/{other['id']}/_cancel")
    listed = get(program, base).json()["results"]

    assert moved.json()["dueDate"] == "2031-01-02"
    assert (missed.json()["text"], missed.json()["reason"]) == (
        "Bel de school.",
        "Vakantie.",
    )
    assert (kept.json()["state"], gone.json()["state"]) == ("kept", "cancelled")
    assert len(listed) == 3
    assert post(program, f"{base}/{first.pk}/_keep").status_code == 409
    assert post(program, f"{base}/{task['id']}/_miss").status_code == 400


def test_a_promise_of_another_case_is_not_found(case, open_report, program) -> None:
    other, _words = open_report()
    promise = other.commitments.get()

    answer = post(program, f"{case.reference}/commitments/{promise.pk}/_keep")

    assert answer.status_code == 404


def test_the_api_is_closed_to_strangers(
    open_report, client, signed_in, chris, daan, esma, femke, gijs
) -> None:
    case, _words = open_report(recused=[str(daan.pk)])
    parts = ("", "/report", "/steps", "/statements", "/messages", "/timeline")

    for part in parts:
        where = f"{BASE}/{case.reference}{part}"
        assert client.get(where).status_code == 401
        for stranger in (chris, daan):
            assert signed_in(stranger).get(where).status_code == 404
        for other in (esma, femke, gijs):
            refused = signed_in(other).get(where)
            assert refused.status_code == 403
            assert refused["Content-Type"] == "application/problem+json"
    assert signed_in(daan).get(BASE).json()["count"] == 0


def test_a_reporter_is_no_handler(case, program, bram, now) -> None:
    services.withdraw(case, by=Reporter(case.dialogue_key_id), now=now)

    answer = post(program, f"{case.reference}/steps", {"step": "withdraw"})

    assert answer.status_code == 400
