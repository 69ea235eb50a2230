"""The pages and the programs' door of aftercare."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aftercare import services
from aftercare.models import CheckIn, Plan
from weerbaar.vault.models import Grant

pytestmark = pytest.mark.django_db
API = "/api/v1"


def words(answer: Any) -> str:
    page = BeautifulSoup(answer.content, "html5lib").find(id="main")
    assert page is not None
    return " ".join(page.get_text(" ").split())


def send(client: Client, path: str, body: dict[str, Any] | None = None) -> Any:
    return client.post(f"{API}{path}", body or {}, content_type="application/json")


@pytest.fixture
def bram_in(care, signed_in) -> Client:
    return signed_in(care.handler)


def test_whole_way_through_the_pages(care, bram_in) -> None:
    page = reverse("case-aftercare", args=[care.case.reference])
    assert "Bied nazorg aan" in words(bram_in.get(page))

    bram_in.post(page, {"verb": "offer"})
    bram_in.post(page, {"verb": "accept"})
    assert (
        bram_in.post(page, {"verb": "conclude", "outcome": "given"}).status_code == 409
    )
    first, second, third = CheckIn.objects.all()
    one = reverse("case-check-in", args=[care.case.reference, first.pk])
    late = {"verb": "move", "due_on": "1-1-2020"}
    assert "Kies vandaag of een latere dag." in words(bram_in.post(one, late))
    tomorrow = timezone.localdate() + timedelta(days=1)
    bram_in.post(one, {"verb": "move", "due_on": str(tomorrow)})
    first.refresh_from_db()
    assert first.due_on == tomorrow
    for check_in, typed in (
        (first, {"verb": "hold", "note": "Rustig gesprek."}),
        (second, {"verb": "miss", "reason": "Geen gehoor."}),
        (third, {"verb": "cancel"}),
    ):
        one = reverse("case-check-in", args=[care.case.reference, check_in.pk])
        assert bram_in.get(one).status_code == 200
        assert bram_in.post(one, typed).status_code == 302
    told = words(bram_in.get(page))
    assert "Rustig gesprek." in told
    assert "Geen gehoor." in told
    bram_in.post(page, {"verb": "conclude", "outcome": "given"})

    assert Plan.objects.get().state == "completed"


def test_not_reached_is_recorded_with_its_outcome(care, bram_in) -> None:
    page = reverse("case-aftercare", args=[care.case.reference])
    care.offered()

    asked = bram_in.post(page, {"verb": "decline"})
    assert "Kies waarom er geen nazorg is." in words(asked)
    bram_in.post(page, {"verb": "decline", "outcome": "not_reached"})

    assert Plan.objects.get().state == "declined"


def test_worrying_answer_stands_out_and_help_is_near(care, bram_in) -> None:
    services.answer(
        care.planned(), mood="not_well", needs="talk", text="Zwaar.", **care.reporting
    )

    told = words(bram_in.get(reverse("case-aftercare", args=[care.case.reference])))

    assert "Zwaar." in told
    assert "Bel de melder" in told
    assert "0800-0113" in told


def test_missed_without_a_reason_shows_the_form_again(care, bram_in) -> None:
    check_in = care.planned()
    one = reverse("case-check-in", args=[care.case.reference, check_in.pk])

    answer = bram_in.post(one, {"verb": "miss", "reason": ""})

    assert "Schrijf waarom het gesprek niet doorging." in words(answer)
    assert bram_in.post(one, {"verb": "explode"}).status_code == 400


def test_whole_way_through_the_api(care, bram_in) -> None:
    plan = f"/cases/{care.case.reference}/aftercare"
    assert bram_in.get(f"{API}{plan}").json()["state"] == "none"

    assert send(bram_in, plan).status_code == 201
    made = send(bram_in, f"{plan}/_respond", {"accepts": True}).json()
    assert [c["kind"] for c in made["checkIns"]] == ["72h", "2w", "6-8w"]
    first, second, third = (f"/check-ins/{c['id']}" for c in made["checkIns"])
    held = send(bram_in, f"{first}/_hold", {"note": "Goed."}).json()
    assert (held["state"], held["note"]) == ("held", "Goed.")
    assert send(bram_in, f"{second}/_miss", {}).status_code == 400
    assert send(bram_in, f"{second}/_miss", {"reason": "Ziek."}).status_code == 200
    assert send(bram_in, f"{plan}/_conclude", {"outcome": "given"}).status_code == 409
    assert send(bram_in, f"{third}/_cancel").json()["state"] == "cancelled"
    assert send(bram_in, f"{third}/_cancel").status_code == 409
    done = send(bram_in, f"{plan}/_conclude", {"outcome": "given"}).json()
    assert done["state"] == "completed"


def test_without_a_plan_there_is_nothing_to_answer(care, bram_in) -> None:
    plan = f"/cases/{care.case.reference}/aftercare"

    assert send(bram_in, f"{plan}/_respond", {"accepts": True}).status_code == 409
    page = reverse("case-aftercare", args=[care.case.reference])
    assert bram_in.post(page, {"verb": "accept"}).status_code == 409


@pytest.mark.parametrize("who", ["chris", "daan", "esma", "femke", "gijs"])
def test_nobody_else_comes_near(care, signed_in, request, who) -> None:
    """Daan has no grant on this case: as the recused he finds nothing."""
    person = request.getfixturevalue(who)
    Grant.objects.filter(key=care.case.case_key_id, holder=person.key_id).delete()
    check_in, client = care.planned(), signed_in(person)

    for path in (
        reverse("case-aftercare", args=[care.case.reference]),
        reverse("case-check-in", args=[care.case.reference, check_in.pk]),
        f"{API}/cases/{care.case.reference}/aftercare",
    ):
        assert client.get(path).status_code in {403, 404}, (who, path)
    assert send(client, f"/check-ins/{check_in.pk}/_hold").status_code in {403, 404}
    check_in.refresh_from_db()
    assert check_in.state == "planned"
