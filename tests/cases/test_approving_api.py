"""Two people through the API: asked by a program, answered by a person."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cases import services
from cases.models import Case
from intake.services import enter
from tests import factories
from tests.api.world import BASE, token
from tests.cases.asking import doing

JSON = "application/json"


@pytest.fixture
def case(karim: Any, bram: Any, open_report: Any) -> Case:
    named = {"anonymity": "confidential", "identity": {"name": "Anna Vos"}}
    found: Case = open_report(when=timezone.now(), **named)[0]
    return found


def as_program(person: Any) -> Client:
    return Client(headers={"Authorization": f"Bearer {token(person)}"})


def test_a_program_asks_and_a_person_answers(case, bram, karim, signed_in) -> None:
    where = f"{BASE}/cases/{case.reference}"
    program, custodian = as_program(bram), as_program(karim)
    asked = program.post(
        f"{where}/approvals",
        {"purpose": "identity", "reason": "De politie belt."},
        content_type=JSON,
    ).json()
    waiting = custodian.get(f"{BASE}/approvals").json()["results"]
    assert [one["reason"] for one in waiting] == ["De politie belt."]
    assert custodian.get(where).status_code == 403

    yes, answer = {"agree": True}, f"{BASE}/approvals/{asked['id']}/_answer"
    by_token = custodian.post(answer, yes, content_type=JSON)
    person = signed_in(karim)
    factories.give_factor(person, karim, 600)
    too_old = person.post(answer, yes, content_type=JSON)
    factories.give_factor(person, karim)
    granted = person.post(answer, yes, content_type=JSON)

    assert (by_token.status_code, too_old.status_code) == (403, 403)
    assert granted.json()["state"] == "granted"
    # Seeing the name is for a person too.
    name = f"{where}/identity-openings"
    assert program.post(name, {}, content_type=JSON).status_code == 403
    shown = signed_in(bram).post(name, {}, content_type=JSON)
    assert shown.json()["name"] == "Anna Vos"


def test_mailbox_tells_a_program_and_excludes(
    case, open_report, bram, sanne, keyring_of
) -> None:
    other, code = open_report(when=timezone.now())
    services.ask(
        other, "export", "Voor de rechtbank.", **doing(bram, keyring_of, timezone.now())
    )
    anna = Client(headers={"Authorization": f"Receipt {code}"})

    told = anna.get(f"{BASE}/mailbox").json()["requests"]
    people = {
        one["name"]: one["id"] for one in anna.get(f"{BASE}/mailbox/exclusions").json()
    }
    gone = anna.post(
        f"{BASE}/mailbox/exclusions", {"person": people[sanne.name]}, content_type=JSON
    )

    assert [(one["purpose"], one["state"]) for one in told] == [("export", "asked")]
    assert "rechtbank" not in str(told)
    assert gone.status_code == 204
    assert not Case.objects.visible_to(sanne).filter(pk=other.pk).exists()
    assert enter(code, now=timezone.now()).case == other
