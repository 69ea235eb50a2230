"""Keeping and destroying on the page: what Bram sees, approves, and is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import services
from cases.models import Case, Destruction, Hold
from tests.cases.asking import doing
from tests.factories import give_factor
from tests.visiting import Judged, take_cookies

TERMS = {"incident": "60", "prevention": "12"}


@pytest.fixture
def closed(open_report, bram, sanne, daan, keyring_of) -> Case:
    """A case with a subject, closed today; it is about Daan."""
    case, _words = open_report(
        when=timezone.now(), subject="Bericht in de nacht", recused=[str(daan.pk)]
    )
    who = doing(bram, keyring_of, timezone.now())
    services.step(case, "begin_triage", **who)
    services.step(case, "dismiss", words="Niet voor ons.", choice="not_for_us", **who)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def over(closed) -> Case:
    """The same case, announced in time and at its end today."""
    today = timezone.localdate()
    kept = closed.retention
    kept.ends_on, kept.warned_on = today, today - timedelta(days=30)
    kept.save()
    return closed


@pytest.fixture
def desk(bram, signed_in):
    return signed_in(bram)


def page_of(client, path, **posted) -> str:
    answer = client.post(path, posted, follow=True) if posted else client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_ended_case_is_shown_with_its_subject_and_destroyed_after_a_last_look(
    desk, over
):
    shown = page_of(desk, "/zaken/bewaren/")
    assert over.reference in shown
    assert "Bericht in de nacht" in shown

    once_more = page_of(desk, f"/zaken/bewaren/vernietigen/?zaak={over.reference}")
    assert "Bericht in de nacht" in once_more
    assert Case.objects.exists(), "looking destroys nothing"

    said = page_of(desk, "/zaken/bewaren/vernietigen/", zaak=over.reference)
    assert over.reference in said, "it stands in the register"
    assert "Bericht in de nacht" not in said
    assert not Case.objects.exists()
    assert desk.get(f"/zaken/{over.reference}/").status_code == 404


def test_destroying_asks_for_a_fresh_second_factor(bram, signed_in, over):
    client = signed_in(bram)
    give_factor(client, bram, seconds_ago=3600)
    answer = client.post("/zaken/bewaren/vernietigen/", {"zaak": over.reference})
    assert answer.status_code in (302, 403)
    assert Case.objects.exists()


@pytest.mark.parametrize("chosen", [{}, {"zaak": "ZZZZ-ZZZZ"}])
def test_nothing_chosen_destroys_nothing_and_says_so(desk, over, chosen):
    answer = desk.post("/zaken/bewaren/vernietigen/", chosen, follow=True)
    assert "Kies minstens één zaak" in answer.content.decode()
    assert Case.objects.exists()


def test_case_within_its_term_cannot_be_chosen(desk, closed):
    desk.post("/zaken/bewaren/vernietigen/", {"zaak": closed.reference})
    assert Case.objects.exists()
    assert not Destruction.objects.exists()


def test_case_is_held_with_a_reason_and_let_go(desk, closed):
    where = f"/zaken/{closed.reference}/bewaren/"
    assert "Schrijf waarom" in page_of(desk, where, reason="")
    assert "Er loopt een klacht" in page_of(desk, where, reason="Er loopt een klacht.")
    assert closed.reference in page_of(desk, "/zaken/bewaren/")
    page_of(desk, where, verb="lift")
    assert Hold.objects.get().lifted_on == timezone.localdate()


def test_terms_are_read_and_set_within_reason(desk, lindeveen, closed):
    where = f"/zaken/bewaren/termijnen/{lindeveen.pk}/"
    refused = page_of(desk, where, **TERMS | {"incident": "2"})
    assert "Vul 3 of meer in" in refused
    page_of(desk, where, **TERMS | {"incident": "24"})
    assert services.months_of(lindeveen, "incident") == 24


def test_recused_person_sees_no_line_count_or_register(daan, bram, signed_in, over):
    client = signed_in(daan)
    assert over.reference not in page_of(client, "/zaken/bewaren/")
    services.destroy_ended([over], by=bram, now=timezone.now())
    assert over.reference not in page_of(client, "/zaken/bewaren/register/")


@pytest.mark.parametrize("who", ["chris", "gijs", "esma"])
def test_others_find_nothing(request, who, signed_in, over, lindeveen):
    client = signed_in(request.getfixturevalue(who))
    for path in ("", "register/", f"termijnen/{lindeveen.pk}/"):
        answer = client.get(f"/zaken/bewaren/{path}")
        assert over.reference.encode() not in answer.content
        assert answer.status_code in ((200, 404) if who == "chris" else (403,))


def test_pages_of_keeping_have_no_finding(
    page, node, live, bram, signed_in, over, keyring_of
):
    take_cookies(page, signed_in(bram), live)
    judged = Judged(page, "dark")
    judged.see("ended", "/zaken/bewaren/")
    judged.see("last-look", f"/zaken/bewaren/vernietigen/?zaak={over.reference}")
    judged.see("kept", f"/zaken/{over.reference}/bewaren/")
    judged.press()
    judged.see("hold-mistake")
    judged.fill({"reason": "Er loopt een klacht bij de ombudsman."})
    judged.press()
    judged.see("held")
    judged.see("held-list", "/zaken/bewaren/")
    services.lift_hold(over, by=bram, now=timezone.now())
    kept = over.retention
    kept.refresh_from_db()
    kept.ends_on = timezone.localdate()
    kept.warned_on = kept.ends_on - timedelta(days=30)
    kept.save()
    judged.go(f"/zaken/bewaren/vernietigen/?zaak={over.reference}")
    judged.press()
    judged.see("register")

    judged.verdict()
