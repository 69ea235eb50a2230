"""The access review: who may what, signed off with a date (BIO2 5.18)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.custody.services import (
    is_review_due,
    last_review,
    sign_off,
)
from weerbaar.web.refusals import NotAllowed

pytestmark = pytest.mark.django_db


def test_list_says_who_may_what(bram, noor, open_report, signed_in) -> None:
    page = signed_in(bram).get(reverse("access-review")).content.decode()

    for said in (bram.name, noor.name, "Ontvangt meldingen", "Sleutel bevestigd"):
        assert said in page


def test_sign_off_is_kept_with_its_day(bram, sanne, lindeveen, signed_in) -> None:
    client = signed_in(bram)
    assert "Nog niemand" in client.get(reverse("access-review")).content.decode()
    assert client.post(reverse("access-review")).status_code == 200
    assert last_review(lindeveen) is None

    client.post(reverse("access-review"), {"seen": "on"})

    event = Event.objects.get(kind=Kind.ACCESS_REVIEWED)
    assert (event.actor_id, event.facts) == (bram.pk, {"people": 2})
    assert "door Bram Visser" in client.get(reverse("access-review")).content.decode()


def test_review_is_due_again_after_half_a_year(bram, lindeveen, now) -> None:
    event = sign_off(lindeveen, by=bram, now=now)
    today = timezone.localdate(now)

    assert is_review_due(None, today)
    assert not is_review_due(event, today + timedelta(days=183))
    assert is_review_due(event, today + timedelta(days=184))


def test_list_counts_no_cases(bram, daan, open_report, signed_in) -> None:
    """A number of cases beside each name would tell Daan of what he may not see."""
    open_report(recused=[str(daan.pk)])
    before = signed_in(daan).get(reverse("access-review")).content
    open_report(recused=[str(daan.pk)])

    after = signed_in(daan).get(reverse("access-review")).content
    assert len(before) == len(after)


@pytest.mark.parametrize("who", ["chris", "femke", "noor"])
def test_only_who_counts_here_signs_off(lindeveen, who, request, now) -> None:
    with pytest.raises(NotAllowed):
        sign_off(lindeveen, by=request.getfixturevalue(who), now=now)


def test_administrator_may_sign_off(gijs, lindeveen, now) -> None:
    assert sign_off(lindeveen, by=gijs, now=now).actor_id == gijs.pk
