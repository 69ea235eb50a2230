"""The demo is made through the services, so it is a test of them all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Attachment, Case
from referrals.models import Referral
from weerbaar.accounts.demo import make_cast
from weerbaar.audit.models import Event
from weerbaar.demo.partners import make_partners
from weerbaar.demo.playing import play
from weerbaar.demo.scenarios import SCENARIOS
from weerbaar.demo.stories import ASKED, PUBLISHED, TOLD, tell_stories
from weerbaar.stories.clues import clues
from weerbaar.stories.models import Edition, Story

LONG_AGO = timedelta(days=700)
pytestmark = pytest.mark.django_db


def test_fifteen_scenarios_play_through_the_services() -> None:
    now = timezone.now()
    people = make_cast(now=now - LONG_AGO)
    make_partners(today=timezone.localdate(now))

    receipts = [play(scenario, people, now=now)[1] for scenario in SCENARIOS]

    assert Case.objects.count() == 15
    assert len({r for r in receipts if r}) == 14
    states = set(Case.objects.values_list("state", flat=True))
    assert {"reported", "triage", "advice", "response", "aftercare", "closed"} <= states
    assert Referral.objects.filter(state="sent").exists()
    assert Event.objects.count() > 100
    files = Attachment.objects.order_by("case__opened_on")
    assert [f.case.organisation.slug for f in files] == [
        "lindeveen",
        "kromwaard",
        "lindeveen",
    ]


def test_demo_has_a_story_in_every_state() -> None:
    now = timezone.now()
    people = make_cast(now=now - LONG_AGO)
    make_partners(today=timezone.localdate(now))
    told = [s for s in SCENARIOS if s.subject in TOLD]

    played = {s.subject: play(s, people, now=now) for s in told}
    tell_stories(people, played, now=now)

    states = Edition.objects.values_list("state", flat=True)
    assert sorted(states) == ["published", "returned", "waiting"]
    [asked] = Story.objects.filter(state="asked")
    assert asked.case == played[ASKED][0]
    # What the demo shows as fit to be published is.
    assert clues(TOLD[PUBLISHED][1].whole) == []


def test_daan_has_no_grant_on_the_case_about_him() -> None:
    now = timezone.now()
    people = make_cast(now=now - LONG_AGO)
    make_partners(today=timezone.localdate(now))
    scenario = next(s for s in SCENARIOS if s.recuses)

    case, _code = play(scenario, people, now=now)

    assert not Case.objects.visible_to(people["daan"]).exists()
    assert list(Case.objects.visible_to(people["bram"])) == [case]
