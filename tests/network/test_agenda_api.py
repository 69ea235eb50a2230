"""The network's own work through the API: the same verbs, the same doors."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from tests.api.world import token
from tests.network.agenda import propose

pytestmark = pytest.mark.django_db
BASE = "/api/v1"
YEAR = timezone.localdate().year


@pytest.fixture
def program():
    """Sends JSON with a person's token."""

    def sending(user):
        client = Client(headers={"Authorization": f"Bearer {token(user)}"})

        def send(path, body=None):
            content = "application/json"
            return client.post(f"{BASE}{path}", json.dumps(body or {}), content)

        return send

    return sending


def test_theme_goes_from_proposal_to_result_through_the_api(
    program, lotte, olaf, femke
) -> None:
    lotte, olaf, femke = map(program, (lotte, olaf, femke))
    sent = {"year": YEAR, "topic": "housing_building", "sentence": "Bouwen schuurt."}
    past = lotte("/themes", sent | {"year": YEAR - 1})
    assert (past.status_code, "dit jaar en het volgende" in past.text) == (409, True)
    made = lotte("/themes", sent).json()
    path = f"/themes/{made['id']}"

    assert femke(f"{path}/steps", {"step": "choose"}).status_code == 409
    assert femke(f"{path}/_support").status_code == 403
    assert len(olaf(f"{path}/_support").json()["support"]) == 2
    assert len(olaf(f"{path}/_unsupport").json()["support"]) == 1
    olaf(f"{path}/_support")
    assert femke(f"{path}/steps", {"step": "choose"}).json()["state"] == "named"

    money = {"title": "Avonden", "aim": "Oefenen."}
    assert lotte(f"{path}/activities", money | {"euros": 10}).status_code == 403
    refused = femke(f"{path}/activities", money | {"euros": 600_001})
    assert refused.status_code == 409
    assert "600.000" in refused.json()["detail"]
    activity = femke(f"{path}/activities", money | {"euros": 10}).json()
    done = femke(f"/activities/{activity['id']}/_finish", {"result": "Goed."}).json()
    assert (done["state"], done["result"]) == ("done", "Goed.")
    assert femke(f"/activities/{activity['id']}/_cancel").status_code == 409


def test_program_of_a_handler_knows_of_no_proposal(program, bram, lotte, august):
    theme = propose(lotte, august)
    send = program(bram)

    assert send(f"/themes/{theme.pk}/_support").status_code == 404
    assert (
        send("/themes", {"year": 2026, "name": "X", "sentence": "Y."}).status_code
        == 403
    )


@pytest.mark.parametrize(
    "wrong", [{}, {"topic": "housing_building", "name": "Bouwen"}, {"topic": "x"}]
)
def test_theme_has_a_topic_or_a_name(program, lotte, wrong) -> None:
    sent = {"year": 2026, "sentence": "Hierom."} | wrong

    assert program(lotte)("/themes", sent).status_code == 400
