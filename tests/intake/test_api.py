"""The programs' door: report once, read the mailbox by receipt, and refuse the rest."""

import json
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from aftercare import services as aftercare
from aftercare.models import CheckIn
from cases import services as cases
from cases.models import Case
from cases.workflow import State
from intake.models import Receipt, SealedCookie
from referrals import services as referrals
from referrals.models import Partner
from tests.intake.looking import tables_with
from weerbaar.contributions.services import make_final, open_year

CANARY = "Zij stonden bij de zeppelinhal."
PROBLEM = "application/problem+json"
NOBODY = "5d0c1f6e-8a44-4a0b-9f0e-2f1f0d6b7c11"


@pytest.fixture
def least(lindeveen, bram, daan):
    """The four properties that a report needs."""
    return {
        "organisation": str(lindeveen.pk),
        "types": ["veiled_threat"],
        "wish": "think_along",
        "anonymity": "anonymous",
    }


@pytest.fixture
def post(client):
    """Send JSON, with headers."""

    def send(address: str, body: object = None, **headers: str):
        return client.post(
            f"/api/v1/{address}",
            data=json.dumps({} if body is None else body),
            content_type="application/json",
            headers=headers,
        )

    return send


@pytest.fixture
def reported(post, least):
    """A report by the API; gives the receipt."""
    answer = post("reports", {**least, "story": CANARY})
    assert answer.status_code == 201, answer.content
    return answer.json()["receipt"]


def with_receipt(code: str) -> dict[str, str]:
    return {"authorization": f"Receipt {code}"}


def test_a_report_answers_with_a_receipt_and_no_reference(post, least):
    answer = post("reports", {**least, "story": CANARY})
    case = Case.objects.get()

    assert answer.status_code == 201
    assert len(answer.json()["receipt"].split()) == 7
    assert answer.json()["mailboxUrl"].endswith("/mijn-melding/")
    assert answer.json()["contactBy"] >= timezone.localdate().isoformat()
    assert case.reference not in answer.content.decode()
    assert str(case.pk) not in answer.content.decode()
    assert answer["API-Version"]
    assert tables_with("zeppelinhal") == []


def test_everything_of_the_form_can_be_sent(post, least, bram, daan, keyring_of):
    answer = post(
        "reports",
        {
            **least,
            "anonymity": "named",
            "name": "Anna de Wit",
            "office": "alderman",
            "reporterRole": "self",
            "excluded": [str(daan.pk)],
            "story": CANARY,
            "occurredDate": "2026-05-01",
            "channels": ["phone"],
            "perpetrators": ["resident"],
            "family": "no",
            "decisionInfluenced": "unknown",
            "contact": {"channel": "phone", "phone": "06 1234 5678", "voicemail": "no"},
            "mayReread": True,
        },
    )
    assert answer.status_code == 201, answer.content

    case, ring = Case.objects.get(), keyring_of(bram)
    header = cases.header_of(case, ring)
    assert header.recused == [str(daan.pk)]
    assert header.occurred == "2026-05-01"
    assert cases.read_safe_contact(case, ring)["phone"] == "06 1234 5678"
    assert not Case.objects.visible_to(daan).exists()


def test_every_mistake_is_told_at_once(post, least):
    answer = post("reports", {**least, "wish": "wonder", "types": ["magie"], "x": 1})

    assert answer.status_code == 400
    assert answer["Content-Type"] == PROBLEM
    pointers = {e["pointer"] for e in answer.json()["errors"]}
    assert {"#/wish", "#/x"} <= pointers
    assert any(p.startswith("#/types") for p in pointers)


@pytest.mark.parametrize(
    "wrong",
    [
        {"story": "z" * 20_001},
        {"story": "caf\ufffd"},
        {"story": "half \ud83d teken"},
        {"story": "nul \x00"},
        {"anonymity": "named"},
        {"wish": "call_me"},
        {"contact": {"channel": "email", "email": "nergens"}},
        {"occurredDate": "2999-01-01"},
        {"organisation": str(uuid4())},
        {"organisation": "lindeveen"},
        {"excluded": ["daan"]},
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_stored(post, least, wrong):
    answer = post("reports", {**least, **wrong})

    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == PROBLEM
    assert Case.objects.count() == 0


def test_broken_json_and_other_content_are_refused(client, least):
    broken = client.post(
        "/api/v1/reports", data=b'{"story": "caf\xe9"}', content_type="application/json"
    )
    assert broken.status_code == 400
    assert broken["Content-Type"] == PROBLEM
    other = client.post("/api/v1/reports", data=least)

    assert other.status_code == 415
    assert Case.objects.count() == 0


def test_the_same_idempotency_key_gives_the_same_receipt(post, least):
    key = str(uuid4())
    first = post("reports", least, **{"idempotency-key": key})
    again = post("reports", least, **{"idempotency-key": key})

    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert Case.objects.count() == 1
    code = first.json()["receipt"]
    assert tables_with(code) == []
    assert tables_with(key) == []

    other = post("reports", {**least, "wish": "record"}, **{"idempotency-key": key})
    assert other.status_code == 409
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_the_same_moment_is_one_case(post, least):
    key = {"idempotency-key": str(uuid4())}
    receipts = []

    def send() -> None:
        receipts.append(post("reports", least, **key).json()["receipt"])
        connections.close_all()

    senders = [threading.Thread(target=send) for _n in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert len(receipts) == 4
    assert len(set(receipts)) == 1
    assert Case.objects.count() == Receipt.objects.count() == 1


def test_a_key_is_free_again_after_an_hour(post, least, time_machine):
    key = {"idempotency-key": str(uuid4())}
    first = post("reports", least, **key)
    time_machine.move_to(timezone.now() + timedelta(minutes=61))

    later = post("reports", least, **key)

    assert later.status_code == 201
    assert later.json()["receipt"] != first.json()["receipt"]
    assert Case.objects.count() == 2


def test_without_a_key_two_reports_are_two(post, least):
    codes = {post("reports", least).json()["receipt"] for _n in range(2)}

    assert len(codes) == 2
    assert Case.objects.count() == 2


def test_a_weak_idempotency_key_is_refused(post, least):
    answer = post("reports", least, **{"idempotency-key": "1"})

    assert answer.status_code == 400
    assert SealedCookie.objects.count() == 0


def test_a_failed_report_does_not_use_up_its_key(post, least, bram, daan):
    key = {"idempotency-key": str(uuid4())}
    nobody = {**least, "excluded": [str(bram.pk), str(daan.pk)]}

    assert post("reports", nobody, **key).status_code == 409
    assert SealedCookie.objects.count() == 0
    assert Receipt.objects.count() == 0
    assert post("reports", least, **key).status_code == 201


def test_mailbox_by_receipt(client, reported, bram, keyring_of):
    case, now = Case.objects.get(), timezone.now()
    cases.step(case, "begin_triage", by=bram, keyring=keyring_of(bram), now=now)
    cases.send_message(case, "Dag.", by=bram, keyring=keyring_of(bram), now=now)

    answer = client.get("/api/v1/mailbox", headers=with_receipt(reported.upper()))

    assert answer.status_code == 200, answer.content
    content = answer.json()
    assert content["state"] == State.TRIAGE
    assert content["stateName"] == "In beoordeling"
    assert content["handler"] == {"name": "Bram Visser", "office": "griffier"}
    assert content["messages"][0]["text"] == "Dag."
    assert content["promises"]
    assert CANARY not in answer.content.decode()
    assert case.reference not in answer.content.decode()


def test_writing_wishing_and_withdrawing(client, post, reported, bram, keyring_of):
    held = with_receipt(reported)
    case, ring = Case.objects.get(), keyring_of(bram)

    assert post("mailbox/messages", {"text": "Ik wacht."}, **held).status_code == 201
    assert post("mailbox/wishes", {"wish": "record"}, **held).status_code == 201
    assert cases.current_wish(case, ring) == "record"
    texts = [o.text for o in cases.read_thread(case, ["reply"], ring)]
    assert texts[0] == "Ik wacht."
    assert post("mailbox/messages", {"text": ""}, **held).status_code == 400
    assert post("mailbox/wishes", {"wish": "wonder"}, **held).status_code == 400

    assert post("mailbox/_withdraw", **held).status_code == 204
    case.refresh_from_db()
    assert case.state == State.CLOSED
    assert post("mailbox/_withdraw", **held).status_code == 409


def test_choice_to_be_counted_by_program(client, post, least, reported):
    held = with_receipt(reported)
    told = client.get("/api/v1/mailbox", headers=held).json()
    assert (told["countAnonymously"], told["mayChangeCounting"]) == (None, True)

    path, choice = "mailbox/counting-choices", {"countAnonymously": False}
    assert post(path, choice, **held).status_code == 201
    assert post(path, {"countAnonymously": "perhaps"}, **held).status_code == 400
    assert (
        client.get("/api/v1/mailbox", headers=held).json()["countAnonymously"] is False
    )

    code = post("reports", {**least, "countAnonymously": True}).json()["receipt"]
    told = client.get("/api/v1/mailbox", headers=with_receipt(code)).json()
    assert told["countAnonymously"] is True

    today = timezone.localdate()
    open_year(today.year, today=today)
    make_final(today.year, today=today)
    assert post(path, choice, **held).status_code == 409


def test_closing_makes_the_receipt_unknown(client, post, reported):
    held = with_receipt(reported)

    assert post("mailbox/_close", **held).status_code == 204

    refused = client.get("/api/v1/mailbox", headers=held)
    assert refused.status_code == 401
    assert refused["WWW-Authenticate"].startswith("Receipt")


def test_check_ins_and_offers(post, reported, bram):
    held, case = with_receipt(reported), Case.objects.get()
    aftercare.offer(case, by=bram, now=timezone.now())

    accepted = post("mailbox/aftercare-responses", {"accept": True}, **held)
    assert accepted.status_code == 201
    check_in = CheckIn.objects.first()
    answers = f"mailbox/check-ins/{check_in.pk}/answers"
    assert (
        post(answers, {"mood": "blij", "needs": "nothing"}, **held).status_code == 400
    )
    answered = post(answers, {"mood": "good", "needs": "nothing"}, **held)

    assert answered.status_code == 201
    assert (
        post(answers, {"mood": "good", "needs": "nothing"}, **held).status_code == 409
    )
    nobodys = f"mailbox/check-ins/{uuid4()}/answers"
    assert (
        post(nobodys, {"mood": "good", "needs": "nothing"}, **held).status_code == 404
    )


def test_consent_by_receipt(
    client, post, reported, bram, keyring_of, ondersteuningsteam
):
    referrals.load_partners()
    referral = referrals.propose(
        Case.objects.get(),
        partner=Partner.objects.get(code="support_team_nwb"),
        draft=referrals.Draft(["summary"], {"summary": CANARY}),
        by=bram,
        keyring=keyring_of(bram),
        now=timezone.now(),
    )
    held = with_receipt(reported)
    shown = client.get("/api/v1/mailbox", headers=held).json()["consents"][0]
    assert CANARY in shown["text"]
    address = f"mailbox/consents/{referral.pk}"

    assert post(address, {"choice": "yes"}, **held).status_code == 409
    given = post(address, {"choice": "yes", "version": shown["version"]}, **held)
    assert given.json()["state"] == "consented"
    assert post(address, {"choice": "misschien"}, **held).status_code == 400
    back = post(address, {"choice": "take_back"}, **held)
    assert back.json()["state"] == "withdrawn"


def test_organisations_and_code_lists_are_public(client, lindeveen, esma, bram):
    found = client.get("/api/v1/organisations").json()

    assert found["count"] == 1
    assert found["results"] == [
        {
            "id": str(lindeveen.pk),
            "slug": "lindeveen",
            "name": lindeveen.name,
            "kind": "municipality",
        }
    ]
    receivers = client.get(f"/api/v1/organisations/{lindeveen.pk}/receivers").json()
    assert receivers == [
        {"id": str(bram.pk), "name": "Bram Visser", "office": "griffier"}
    ]
    wishes = client.get("/api/v1/code-lists/wishes").json()
    assert {"code": "record", "parent": None} in [
        {"code": w["code"], "parent": w["parent"]} for w in wishes
    ]
    types = client.get("/api/v1/code-lists/incident-types").json()
    assert any(t["parent"] == "temptation" for t in types)


@pytest.mark.parametrize(
    "address", ["code-lists/geheimen", f"organisations/{NOBODY}/receivers", "melden"]
)
def test_what_does_not_exist_is_a_problem(client, db, address):
    answer = client.get(f"/api/v1/{address}")

    assert answer.status_code == 404
    assert answer["Content-Type"] == PROBLEM


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "mailbox"),
        ("post", "mailbox/messages"),
        ("post", "mailbox/wishes"),
        ("post", "mailbox/aftercare-responses"),
        ("post", f"mailbox/check-ins/{NOBODY}/answers"),
        ("post", f"mailbox/consents/{NOBODY}"),
        ("post", "mailbox/_withdraw"),
        ("post", "mailbox/_close"),
    ],
)
@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "Receipt",
        "Receipt abstract",
        "Receipt abstract academie compact inzet maandag saus trainer",
        "Bearer wbt_iets",
        "Receipt " + "z" * 5000,
    ],
    ids=lambda told: (told or "nothing")[:24],
)
def test_without_a_receipt_the_mailbox_is_shut(
    client, signed_in, bram, db, method, address, authorization
):
    headers = {"authorization": authorization} if authorization else {}
    for browser in (client, signed_in(bram)):
        answer = getattr(browser, method)(f"/api/v1/{address}", headers=headers)
        assert answer.status_code == 401, answer.content
        assert answer["Content-Type"] == PROBLEM
        assert answer["WWW-Authenticate"].startswith("Receipt")


def test_many_wrong_receipts_are_slowed_down(client, reported, monkeypatch):
    from intake import limits

    monkeypatch.setattr(limits, "WRONG_CODES", 1)
    wrong = with_receipt(" ".join(reversed(reported.split())))
    assert client.get("/api/v1/mailbox", headers=wrong).status_code == 401

    answer = client.get("/api/v1/mailbox", headers=with_receipt(reported))

    assert answer.status_code == 429
    assert answer["Content-Type"] == PROBLEM
    assert int(answer["Retry-After"]) == limits.WINDOW_SECONDS
