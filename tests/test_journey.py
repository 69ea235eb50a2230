"""One incident from the reporter's form to a figure of the network (design 6, 10.6).

The story stands in `tests/journey/`: what each person does, and on which day. It is
played in a real browser, without any script, and by programs.
"""

import pytest
from django.core.management import call_command

from cases.models import Case
from tests.journey.automatic import AutomaticStory
from tests.journey.programs import Program
from tests.journey.story import Story
from weerbaar.audit.models import Event

pytestmark = pytest.mark.django_db(transaction=True)

# What happened, whichever way was taken, in this order.
HISTORY = [
    "case.opened",
    "case.begin_triage",
    "message.sent",
    "message.received",
    "case.advise",
    "case.respond",
    *(f"referral.{step}" for step in ("propose", "consent", "send", "receive")),
    *(f"referral.{step}" for step in ("accept", "answered", "complete", "released")),
    "aftercare.offer",
    "aftercare.accept",
    "case.begin_aftercare",
    "check_in.answer",
    "check_in.hold",
    "check_in.answer",
    "aftercare.complete",
    "case.evaluate",
    "case.close",
]
# By two people: once for the quarter, and for the year provisionally and for good.
PUBLISHED = ["release.approve", "release.publish"]


def history():
    """The turning points of the journey, as the events tell them."""
    kinds = Event.objects.filter(kind__in=HISTORY + PUBLISHED).order_by("pk")
    return list(kinds.values_list("kind", flat=True))


def checked(story, folder, capsys):
    """What anybody's checker says of the bundle that a partner took along."""
    file = folder / "bundle.zip"
    file.write_bytes(story.bundle)
    call_command("check_release", str(file), "--key", story.key, "--language", "en")
    return capsys.readouterr().out


def test_incident_becomes_a_figure_in_a_browser(
    house, journey_cast, browsers, others, tmp_path, capsys
):
    """Nine others and this one are ten, the only five that ten can round to."""
    others(9)

    story = Story(house, journey_cast, browsers())
    number = story.play()

    assert number == 10
    assert history() == HISTORY + 3 * PUBLISHED
    assert checked(story, tmp_path, capsys).startswith("Nothing was found.")
    assert Case.objects.get().state == "closed"
    # Sanne handles too and was told; Daan, whom Anna excluded, never was.
    assert house.mails(journey_cast["sanne"].email)
    assert house.mails(journey_cast["daan"].email) == []


@pytest.mark.nightly
def test_incident_becomes_a_figure_without_script(
    house, journey_cast, browsers, plainly, others
):
    """Anna's browser runs no script, and those at work have nothing but HTTP.

    Eleven others and this one round to 10; counted twice they would round to 15.
    """
    others(11)
    hers, theirs = browsers(java_script_enabled=False), plainly({})

    def browse(who):
        return hers(who) if who == "Anna" else theirs(who)

    number = Story(house, journey_cast, browse).play()

    assert number == 10
    assert history() == HISTORY + 3 * PUBLISHED


def test_incident_becomes_a_figure_through_the_api_alone(house, key_of, others):
    others(9)

    number = AutomaticStory(house, key_of).play()

    assert number == 10
    assert history() == HISTORY + PUBLISHED


@pytest.mark.parametrize(("count", "published"), [(7, 5), (13, 15)])
def test_another_count_would_have_been_seen(house, key_of, others, count, published):
    """Without this incident 5 would be counted, and with it twice over 15."""
    others(count)
    house.day(79)
    house.do("network.count_due")
    house.deliver()

    femke = Program(house.url, f"Bearer {key_of('femke')}")
    [draft] = femke.ask("listReleases")["results"]

    assert femke.ask("getRelease", id=draft["id"])["incidents"] == published
