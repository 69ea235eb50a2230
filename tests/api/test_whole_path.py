"""One incident from report to closing by programs alone, each with its own proof."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Case
from referrals.models import Partner
from referrals.services import load_partners
from tests.api.world import BASE, token

pytestmark = pytest.mark.django_db
STORY = "Er stond een man bij de school van mijn kinderen."
SUMMARY = "Zij wil praten met iemand die dit ook meemaakte."
ANSWER = "Een oud-wethouder belt haar donderdag."


class Program:
    """A program that proves who it is with every request."""

    def __init__(self, proof: str = "") -> None:
        self.client = Client(headers={"Authorization": proof} if proof else {})

    def get(self, path: str) -> Any:
        answer = self.client.get(f"{BASE}/{path}")
        assert answer.status_code == 200, answer.content
        return answer.json()

    def post(
        self, path: str, body: Any = None, *, expect: int = 200, **headers: str
    ) -> Any:
        answer = self.client.post(
            f"{BASE}/{path}",
            {} if body is None else body,
            content_type="application/json",
            headers=headers,
        )
        assert answer.status_code == expect, answer.content
        return answer.json() if answer.content else None


@pytest.fixture
def public(db: None) -> Program:
    return Program()


@pytest.fixture
def bram_program(bram: Any) -> Program:
    return Program(f"Bearer {token(bram)}")


@pytest.fixture
def desk_program(esma: Any, ondersteuningsteam: Any) -> Program:
    load_partners()
    desks = Partner.objects.filter(code="support_team_nwb")
    desks.update(organisation=ondersteuningsteam)
    return Program(f"Bearer {token(esma)}")


def report(public: Program, **more: Any) -> dict[str, Any]:
    """Report at Lindeveen; gives what the program is told."""
    organisation = public.get("organisations")["results"][0]
    body = {
        "organisation": organisation["id"],
        "types": ["veiled_threat"],
        "wish": "call_me",
        "anonymity": "confidential",
        "name": "Anna de Wit",
        "story": STORY,
        "contact": {"channel": "phone", "phone": "06 1234 5678"},
        "mayReread": True,
    }
    return dict(public.post("reports", body | more, expect=201))


def test_whole_path(
    lindeveen: Any, public: Program, bram_program: Program, desk_program: Program
) -> None:
    anna = Program(f"Receipt {report(public)['receipt']}")
    assert anna.get("mailbox/report")["text"] == STORY
    line = bram_program.get("cases?tab=new")["results"][0]
    case = f"cases/{line['reference']}"

    # He picks it up, reads it, calls, and writes down what others must know.
    bram_program.post(f"{case}/steps", {"step": "begin_triage"})
    assert bram_program.get(f"{case}/report")["text"] == STORY
    assert bram_program.get(f"{case}/safe-contact")["phone"] == "06 1234 5678"
    # A hidden name takes a second person and a second factor: not for a program.
    bram_program.post(f"{case}/identity-openings", {}, expect=403)
    bram_program.post(f"{case}/notes", {"text": "De school weet ervan."}, expect=201)
    bram_program.post(f"{case}/messages", {"text": "Ik bel u zo."}, expect=201)

    # She sees that he looked, reads it, answers, and wants something else.
    told = anna.get("mailbox")
    assert told["handler"]["name"] == "Bram Visser"
    assert told["nameLookedAt"] == []
    assert [m["text"] for m in told["messages"]] == ["Ik bel u zo."]
    anna.post("mailbox/messages", {"text": "Fijn."}, expect=201)
    anna.post("mailbox/wishes", {"wish": "think_along"}, expect=201)
    assert bram_program.get(case)["wish"] == "think_along"

    # The measures; then a partner, with her consent to exactly this text.
    bram_program.post(f"{case}/steps", {"step": "respond", "words": "Wij doen mee."})
    partners = bram_program.get(f"{case}/partners")
    assert "support_team_nwb" in {p["partner"] for p in partners}
    asked = {"partner": "support_team_nwb", "summary": SUMMARY}
    referral = bram_program.post(f"{case}/referrals", asked, expect=201)
    shown = anna.get("mailbox")["consents"][0]
    assert SUMMARY in shown["text"]
    anna.post(
        f"mailbox/consents/{shown['id']}",
        {"choice": "yes", "version": shown["version"]},
    )
    one = f"referrals/{referral['id']}"
    bram_program.post(f"{one}/steps", {"step": "send"})

    # The partner opens its package and answers; he lets her read it.
    package = desk_program.get("desk/referrals")["results"][0]
    there = f"desk/referrals/{package['id']}"
    desk_program.post(f"{there}/steps", {"step": "receive"})
    desk_program.post(f"{there}/steps", {"step": "accept"})
    desk_program.post(f"{there}/answers", {"text": ANSWER}, expect=201)
    answer = bram_program.get(one)["answers"][0]
    assert anna.get("mailbox")["consents"][0]["answer"] == ""
    bram_program.post(f"{one}/answers/{answer['id']}/_release")
    assert anna.get("mailbox")["consents"][0]["answer"] == ANSWER
    desk_program.post(f"{there}/steps", {"step": "complete"})

    # Aftercare, and the end.
    bram_program.post(f"{case}/aftercare", expect=201)
    anna.post("mailbox/aftercare-responses", {"accept": True}, expect=201)
    first, *others = bram_program.get(f"{case}/aftercare")["checkIns"]
    good = {"mood": "good", "needs": "nothing"}
    anna.post(f"mailbox/check-ins/{first['id']}/answers", good, expect=201)
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    bram_program.post(f"check-ins/{others[0]['id']}/_move", {"dueDate": day})
    bram_program.post(f"check-ins/{others[0]['id']}/_hold", {"note": "Het gaat."})
    for check_in in others[1:]:
        bram_program.post(f"check-ins/{check_in['id']}/_cancel")
    bram_program.post(f"{case}/steps", {"step": "begin_aftercare"})
    bram_program.post(f"{case}/aftercare/_conclude", {"outcome": "given"})
    bram_program.post(f"{case}/steps", {"step": "evaluate", "choice": "given"})
    classify(bram_program, case)
    for promise in bram_program.get(f"{case}/commitments")["results"]:
        if promise["state"] == "open":
            bram_program.post(f"{case}/commitments/{promise['id']}/_keep")
    lessons = {"step": "close", "words": "De balie weet wat te doen."}
    assert bram_program.post(f"{case}/steps", lessons)["state"] == "closed"

    kinds = [e["kind"] for e in bram_program.get(f"{case}/timeline")["results"]]
    assert kinds[0] == "case.opened"
    assert {e["at"][-1] for e in bram_program.get(f"{case}/timeline")["results"]} == {
        "Z"
    }
    assert bram_program.get("cases?tab=closed")["count"] == 1
    anna.post("mailbox/_close", expect=204)


def classify(program: Program, case: str) -> None:
    """Fill in what closing asks, with the version that was read."""
    read = program.client.get(f"{BASE}/{case}")
    codes = {"severity": "serious", "office": "alderman", "police": "melding"}
    answer = program.client.patch(
        f"{BASE}/{case}",
        {"classification": codes},
        content_type="application/json",
        headers={"If-Match": read["ETag"]},
    )
    assert answer.status_code == 200, answer.content


def test_the_same_key_does_it_once(
    lindeveen: Any, public: Program, bram_program: Program
) -> None:
    key = {"idempotency-key": str(uuid4())}
    body = {
        "organisation": str(lindeveen.pk),
        "types": [],
        "wish": "record",
        "anonymity": "anonymous",
    }
    first = public.post("reports", body, expect=201, **key)
    again = public.post("reports", body, expect=201, **key)
    case = f"cases/{Case.objects.get().reference}"
    for path in ("notes", "messages"):
        for _time in range(2):
            bram_program.post(f"{case}/{path}", {"text": "Eens."}, expect=201, **key)

    assert first == again
    assert bram_program.get("cases")["count"] == 1
    assert bram_program.get(f"{case}/notes")["count"] == 1

    other = {"idempotency-key": str(uuid4())}
    bram_program.post(f"{case}/notes", {"text": "Eens."}, expect=201, **other)
    assert bram_program.get(f"{case}/notes")["count"] == 2


def test_advice_beforehand_is_opened_once_and_ends_with_its_own_step(
    lindeveen: Any, bram_program: Program
) -> None:
    key = {"idempotency-key": str(uuid4())}
    body = {
        "organisation": "lindeveen",
        "subject": "Bewonersavond",
        "meetingDate": (timezone.localdate() + timedelta(days=20)).isoformat(),
        "before": ["Bel de wijkagent."],
    }
    made = bram_program.post("cases", body, expect=201, **key)
    again = bram_program.post("cases", body, expect=201, **key)

    assert made == again
    assert (made["kind"], bram_program.get("cases")["count"]) == ("prevention", 1)
    promises = bram_program.get(f"cases/{made['reference']}/commitments")["results"]
    assert [p["text"] for p in promises] == ["Bel de wijkagent."]
    late = body | {"meetingDate": "2020-01-01"}
    bram_program.post("cases", late, expect=400)


def test_people_come_and_go_and_the_recused_never(
    public: Program, bram_program: Program, lindeveen: Any, sanne: Any, daan: Any
) -> None:
    report(public, excluded=[str(daan.pk)])
    reference = bram_program.get("cases")["results"][0]["reference"]
    case, day = f"cases/{reference}", (timezone.localdate() + timedelta(5)).isoformat()
    his, hers = Program(f"Bearer {token(daan)}"), Program(f"Bearer {token(sanne)}")
    bram_program.post(f"{case}/steps", {"step": "begin_triage"})

    offered = bram_program.get(f"{case}/colleagues")
    bram_program.post(f"{case}/_assign", {"person": str(daan.pk)}, expect=409)
    bram_program.post(f"{case}/_assign", {"person": str(uuid4())}, expect=404)
    there = bram_program.post(
        f"{case}/_deputise", {"person": str(sanne.pk), "untilDate": day}
    )
    gone = bram_program.post(f"{case}/_relieve", {"person": str(sanne.pk)})
    bram_program.post(f"{case}/_relieve", {"person": str(sanne.pk)}, expect=404)
    note = {"person": str(sanne.pk), "note": "Zij belt liever met een vrouw."}
    bram_program.post(f"{case}/_transfer", note)

    assert [person["name"] for person in offered] == [sanne.name]
    assert [p["capacity"] for p in there] == ["owner", "deputy"]
    assert [p["capacity"] for p in gone] == ["owner"]
    assert hers.get(f"{case}/notes")["results"][0]["text"] == note["note"]
    assert bram_program.client.get(f"{BASE}/{case}").status_code == 404
    assert his.get("cases")["count"] == 0
    assert his.client.get(f"{BASE}/{case}/colleagues").status_code == 404


def test_a_hidden_name_is_not_for_a_token(
    public: Program, bram_program: Program, lindeveen: Any
) -> None:
    report(public)
    reference = bram_program.get("cases")["results"][0]["reference"]
    path = f"cases/{reference}/identity-openings"

    bram_program.post(path, {}, expect=403)
    told = bram_program.get(f"cases/{reference}/timeline")["results"]
    assert "identity.opened" not in {e["kind"] for e in told}


def test_own_report_is_read_by_who_chose_so(
    public: Program, lindeveen: Any, bram: Any
) -> None:
    kept = Program(f"Receipt {report(public)['receipt']}")
    not_kept = Program(f"Receipt {report(public, mayReread=False)['receipt']}")

    assert kept.get("mailbox/report")["text"] == STORY
    assert not_kept.client.get(f"{BASE}/mailbox/report").status_code == 409
