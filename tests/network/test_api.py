"""The figures for programs: the same releases, the same rules, in codes."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD
from tests.network.agenda import name, propose
from weerbaar.network import services
from weerbaar.network.exports import as_json
from weerbaar.network.figures import figure
from weerbaar.network.models import Withdrawal
from weerbaar.network.planning import plan_of
from weerbaar.vault.people import make_token, open_with_password

pytestmark = pytest.mark.django_db
BASE = "/api/v1/releases"


@pytest.fixture
def program():
    """A program that works with a person's token."""

    def of(person) -> Client:
        secret = open_with_password(person.key, PASSWORD)
        today = timezone.localdate()
        token = make_token(person.key, secret, label="proef", today=today)
        return Client(headers={"Authorization": f"Bearer {token}"})

    return of


def test_member_lists_and_reads_a_release(program, bram, published) -> None:
    client = program(bram)
    listed = client.get(BASE).json()
    one = client.get(f"{BASE}/{published.pk}").json()

    assert [r["id"] for r in listed["results"]] == [str(published.pk)]
    assert one["incidents"] == published.snapshot["totals"]["incident"]
    assert one["isProvisional"] is True
    assert len(one["tables"]) == len(plan_of(2026).tables)


def test_table_is_the_one_of_the_page(program, femke, published) -> None:
    body = program(femke).get(f"{BASE}/{published.pk}/tables/t2").json()

    assert body == as_json(published, figure(published.snapshot, "T2"))
    assert program(femke).get(f"{BASE}/{published.pk}/tables/t99").status_code == 404


def test_draft_is_known_to_analysts_only(program, bram, femke, draft) -> None:
    assert program(bram).get(f"{BASE}/{draft.pk}").status_code == 404
    assert program(bram).get(BASE).json()["count"] == 0
    assert program(femke).get(BASE).json()["count"] == 1


def test_withdrawn_release_tells_why_and_gives_no_number(
    program, bram, femke, published, august
) -> None:
    client, path = program(bram), f"{BASE}/{published.pk}"
    files = [f"{path}/tables/t2", f"{path}/tables/t2/files/csv"]
    assert {client.get(file).status_code for file in files} == {200}

    services.withdraw(
        published, why=Withdrawal.WRONG, words="Verwisseld.", by=femke, now=august
    )

    one = client.get(path).json()
    assert (one["state"], one["withdrawnWords"]) == ("withdrawn", "Verwisseld.")
    assert (one["incidents"], one["advices"], one["tables"]) == (None, None, [])
    gone = [client.get(file) for file in files]
    assert {answer.status_code for answer in gone} == {410}
    assert gone[0].json()["title"] == "Deze cijfers zijn ingetrokken"


@pytest.mark.parametrize("who", ["esma", "gijs"])
def test_who_is_no_member_is_refused(program, who, request, published) -> None:
    client = program(request.getfixturevalue(who))
    paths = [BASE, f"{BASE}/{published.pk}", "/api/v1/themes"]

    assert {client.get(path).status_code for path in paths} == {403}


def test_nobody_reads_without_a_token(published) -> None:
    assert Client().get(BASE).status_code == 401


def test_two_programs_publish(program, femke, joost, draft) -> None:
    path = f"{BASE}/{draft.pk}/steps"

    def take(person, step):
        return program(person).post(
            path, {"step": step}, content_type="application/json"
        )

    offered = program(femke).get(path).json()
    assert [o["step"] for o in offered] == ["approve", "refuse"]
    assert take(femke, "approve").json()["state"] == "approved"
    assert take(femke, "publish").status_code == 403
    assert take(joost, "publish").json()["state"] == "published"
    refused = take(joost, "publish")
    assert refused.status_code == 409
    assert refused["Content-Type"].startswith("application/problem+json")
    assert take(joost, "supersede").status_code == 400


def test_themes_carry_the_number_of_their_topic(
    program, bram, lotte, olaf, femke, published, august
) -> None:
    for topic, title in (("housing_building", ""), ("", "Online")):
        theme = propose(lotte, august, topic=topic, title=title)
        name(theme, olaf, by=femke, now=august)
    found = program(bram).get("/api/v1/themes").json()["results"]
    lines = {line.code: line.total for line in figure(published.snapshot, "T4").lines}

    assert {t["topic"]: t["incidents"] for t in found} == {
        "housing_building": lines["housing_building"],
        "": None,
    }
