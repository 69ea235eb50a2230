"""The programs' door of the referrals, for handler and desk."""

from typing import Any

import pytest
from django.test import Client

from referrals.models import Referral
from tests.referrals.stage import ADVICE, ANSWER, SUMMARY

pytestmark = pytest.mark.django_db
API = "/api/v1"


def send(client: Client, path: str, body: dict[str, Any] | None = None) -> Any:
    return client.post(f"{API}{path}", body or {}, content_type="application/json")


def test_from_proposal_to_released_answer(stage, signed_in) -> None:
    bram, esma = signed_in(stage.handler), signed_in(stage.desk)
    cases = f"/cases/{stage.case.reference}/referrals"
    body = {"partner": "support_team_nwb", "summary": SUMMARY, "advice": ADVICE}

    made = send(bram, cases, body)
    assert made.status_code == 201
    one = f"/referrals/{made.json()['id']}"
    desk = f"/desk{one}"
    assert SUMMARY in made.json()["text"]
    assert send(bram, f"{one}/steps", {"step": "send"}).status_code == 409
    agreed = send(
        bram, f"{one}/consents", {"agrees": True, "how": "letter", "version": 1}
    )
    assert agreed.json()["consents"][0]["counts"]
    assert send(bram, f"{one}/steps", {"step": "send"}).status_code == 200

    listed = esma.get(f"{API}/desk/referrals").json()["results"]
    assert [row["state"] for row in listed] == ["sent"]
    assert esma.get(f"{API}{desk}").json()["pieces"] is None
    opened = send(esma, f"{desk}/steps", {"step": "receive"}).json()
    assert {p["section"]: p["text"] for p in opened["pieces"]}["summary"] == SUMMARY
    assert ADVICE not in str(opened)
    send(esma, f"{desk}/steps", {"step": "accept"})
    assert send(esma, f"{desk}/answers", {"text": ANSWER}).status_code == 201

    answer = bram.get(f"{API}{one}").json()["answers"][0]
    assert (answer["text"], answer["releasedDate"]) == (ANSWER, None)
    done = send(bram, f"{one}/answers/{answer['id']}/_release").json()
    assert done["answers"][0]["releasedDate"]


def test_list_holds_no_words(stage, signed_in) -> None:
    stage.propose()

    page = signed_in(stage.handler).get(f"{API}/cases/{stage.case.reference}/referrals")

    assert page.json()["count"] == 1
    assert SUMMARY not in page.content.decode()
    assert ADVICE not in page.content.decode()


def test_more_than_allowed_is_a_problem_and_makes_nothing(stage, signed_in) -> None:
    bram = signed_in(stage.handler)
    cases = f"/cases/{stage.case.reference}/referrals"

    for partner in ("trust_line", "sipa"):
        refused = send(bram, cases, {"partner": partner, "summary": SUMMARY})
        assert refused.status_code == 400
        assert refused["Content-Type"] == "application/problem+json"
    unknown = send(bram, cases, {"partner": "nobody"})
    assert unknown.status_code == 400
    assert not Referral.objects.exists()


def test_steps_are_those_of_the_actor(stage, signed_in) -> None:
    referral = stage.received()

    def steps(client: Client, path: str) -> set[str]:
        found = client.get(f"{API}{path}/{referral.pk}/steps").json()
        return {offer["step"] for offer in found}

    assert steps(signed_in(stage.handler), "/referrals") == {"withdraw"}
    assert steps(signed_in(stage.desk), "/desk/referrals") == {"accept", "decline"}


def test_revised_text_gets_a_new_version(stage, signed_in) -> None:
    client, one = signed_in(stage.handler), f"/referrals/{stage.consented().pk}"
    tag = client.get(f"{API}{one}")["ETag"]

    def revise(**headers: str) -> Any:
        return client.post(
            f"{API}{one}/_revise",
            {"summary": "Anders."},
            content_type="application/json",
            headers=headers,
        )

    assert revise().status_code == 428
    changed = revise(**{"If-Match": tag})
    assert (changed.json()["state"], changed.json()["version"]) == ("proposed", 2)
    assert not changed.json()["consents"][0]["counts"]
    assert changed["ETag"] != tag
    assert revise(**{"If-Match": tag}).status_code == 412


@pytest.mark.parametrize("who", ["chris", "esma", "femke", "gijs"])
def test_others_get_403_or_404_on_the_case(stage, signed_in, request, who) -> None:
    referral = stage.sent()
    client = signed_in(request.getfixturevalue(who))

    for path in (f"/referrals/{referral.pk}", f"/referrals/{referral.pk}/steps"):
        assert client.get(f"{API}{path}").status_code in {403, 404}
    step = send(client, f"/referrals/{referral.pk}/steps", {"step": "withdraw"})
    assert step.status_code in {403, 404}
    referral.refresh_from_db()
    assert referral.state == "sent"


@pytest.mark.parametrize("who", ["bram", "chris", "femke", "gijs"])
def test_others_get_403_at_the_desk(stage, signed_in, request, who) -> None:
    referral = stage.sent()
    client = signed_in(request.getfixturevalue(who))

    assert client.get(f"{API}/desk/referrals").status_code == 403
    assert client.get(f"{API}/desk/referrals/{referral.pk}").status_code == 403
