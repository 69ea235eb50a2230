"""The pages of a story in its case: the handler's and the reporter's."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intake.services import close_access, enter
from tests.intake import filling
from tests.stories.stage import TEXT
from weerbaar.audit.kinds import Kind
from weerbaar.network.models import RegisterPost
from weerbaar.notices.models import Notice
from weerbaar.steps import StepNotPossible
from weerbaar.stories import services
from weerbaar.stories.checklist import CODES, POINTS
from weerbaar.stories.models import Edition, Parcel, Story

pytestmark = pytest.mark.django_db


def words(answer: Any) -> str:
    page = BeautifulSoup(answer.content, "html5lib").find(id="main")
    assert page is not None
    return " ".join(page.get_text(" ").split())


@pytest.fixture
def bram_in(stage, signed_in) -> Client:
    return signed_in(stage.handler)


@pytest.fixture
def anna_in(stage) -> Client:
    client = Client()
    filling.enter(client, stage.code)
    return client


@pytest.fixture
def page(stage) -> str:
    return reverse("case-story", args=[stage.case.reference])


@pytest.fixture
def form(stage) -> str:
    return reverse("case-story-write", args=[stage.case.reference])


HERS = "/mijn-melding/verhaal/"


def test_from_writing_to_the_letterbox_and_back(
    stage, bram_in, anna_in, page, form
) -> None:
    asked = words(bram_in.get(page))
    assert "U vraagt het één keer" in asked
    # Nobody took the report up yet.
    assert "Help eerst" in asked
    assert "Schrijf het verhaal" not in asked
    assert "Praktijkverhaal" in words(bram_in.get(f"/zaken/{stage.case.reference}/"))
    typed = vars(TEXT) | {"happened": "In Lindeveen riep iemand iets."}

    checked = words(bram_in.post(form, typed))
    assert "Lindeveen : de naam van uw organisatie" in checked
    assert not Story.objects.exists()
    bram_in.post(form, vars(TEXT) | {"action": "ask"})

    assert "Mogen anderen hiervan leren?" in words(
        anna_in.get("/mijn-melding/overzicht/")
    )
    told = words(anna_in.get(HERS))
    for part in (TEXT.title, TEXT.happened, TEXT.done, TEXT.helped, TEXT.lessons):
        assert part in told
    wanted = {"choice": "change", "words": "Zonder de zaal.", "version": "1"}
    anna_in.post(HERS, wanted)
    assert "Zonder de zaal." in words(bram_in.get(page))

    bram_in.post(form, vars(TEXT) | {"version": "1", "action": "ask"})
    stale = anna_in.post(HERS, {"choice": "yes", "version": "1"})
    assert stale.status_code == 409
    anna_in.post(HERS, {"choice": "yes", "version": "2"})
    bram_in.post(page, {"verb": "send"})
    assert Parcel.objects.exists()
    assert "in de brievenbus" in words(anna_in.get(HERS))
    assert TEXT.title in words(bram_in.get("/verhalen/"))

    assert "Neem het terug" in words(anna_in.get("/mijn-melding/toegang/"))
    back = anna_in.post(HERS, {"take_back": "1"}, follow=True)
    assert "U nam uw verhaal terug." in words(back)
    assert not Parcel.objects.exists()
    assert "Neem het terug" not in words(anna_in.get("/mijn-melding/toegang/"))
    assert "niet opnieuw" in words(bram_in.get(page))


def test_no_is_one_press_and_pressing_twice_is_once(stage, anna_in) -> None:
    stage.written()

    for _time in range(2):
        answer = anna_in.post(HERS, {"choice": "no", "version": "1"}, follow=True)
        assert "U zei nee tegen het verhaal." in words(answer)
    assert Story.objects.get().state == "ended"


def test_mistakes_say_what_to_do_and_keep_the_words(
    stage, bram_in, anna_in, form
) -> None:
    typed = vars(TEXT) | {"title": "", "lessons": "x" * 2001}
    told = words(bram_in.post(form, typed))
    assert "Geef het verhaal een titel." in told
    assert TEXT.happened in told
    stage.written()
    told = words(anna_in.post(HERS, {"choice": "change", "words": " "}))
    assert "Schrijf wat er anders moet." in told


def test_second_writer_sees_both_texts(stage, bram_in, form) -> None:
    story = stage.written()
    services.revise(story, TEXT, version=1, **stage.handling)
    late = vars(TEXT) | {"helped": "Een wandeling.", "version": "1", "action": "ask"}
    answer = bram_in.post(form, late)

    assert answer.status_code == 409
    assert TEXT.helped in words(answer)
    assert "Een wandeling." in words(answer)
    version = BeautifulSoup(answer.content, "html5lib").find(id="id_version")
    assert version is not None
    assert version["value"] == "2"


def test_handler_records_what_somebody_without_a_mailbox_said(
    stage, bram_in, page
) -> None:
    stage.written()
    yes = {
        "verb": "consent",
        "said": "yes",
        "how": "letter",
        "given_on": "20-5-2026",
        "version": "1",
    }
    assert "Leg vast wat de melder zei" not in words(bram_in.get(page))
    assert bram_in.post(page, yes).status_code == 409

    close_access(enter(stage.code, now=stage.now), now=stage.now)
    assert "Leg vast wat de melder zei" in words(bram_in.get(page))
    bram_in.post(page, yes)
    assert "per brief" in words(bram_in.get(page))


def test_recused_and_strangers_find_no_story(
    open_report, stage, daan, chris, signed_in, keyring_of
) -> None:
    case, _code = open_report(recused=[str(daan.pk)])
    services.write(case, TEXT, **stage.handling)
    page = reverse("case-story", args=[case.reference])

    for stranger in (daan, chris):
        client = signed_in(stranger)
        assert client.get(page).status_code == 404
        assert client.post(page, {"verb": "end"}).status_code == 404
        assert TEXT.title not in words(client.get("/verhalen/"))


def test_reason_of_the_editor_stands_on_both_pages(
    stage, bram_in, anna_in, page
) -> None:
    _story, edition = stage.received()
    services.send_back(
        edition, reason="De zaal is bekend.", by=stage.editor, now=stage.now
    )

    for told in (words(bram_in.get(page)), words(anna_in.get(HERS))):
        assert "De zaal is bekend." in told
        assert "teruggestuurd" in told


def desk_of(stage, signed_in) -> Client:
    return signed_in(stage.editor)


def test_editor_takes_out_reads_and_publishes_after_the_whole_list(
    stage, signed_in, lotte, figure_year
) -> None:
    femke_in, lotte_in = desk_of(stage, signed_in), signed_in(lotte)
    desk = reverse("network-story-desk")
    story = stage.sent()
    assert "Er ligt 1 verhaal in de brievenbus." in words(femke_in.get(desk))
    assert femke_in.post(desk).status_code == 409
    stage.two_more()
    femke_in.post(desk)
    edition = stage.edition(story)
    page = reverse("network-story-edit", args=[edition.pk])
    told = words(femke_in.get(page))
    assert TEXT.lessons in told
    for point in POINTS:
        assert str(point.rule) in told

    most = {"step": "publish", "points": CODES[1:]}
    assert "Vink elk punt aan" in words(femke_in.post(page, most))
    assert TEXT.title not in words(lotte_in.get("/netwerk/verhalen/"))
    femke_in.post(page, {"step": "publish", "points": CODES})
    assert femke_in.get(page).status_code == 404

    listed = words(lotte_in.get("/netwerk/verhalen/"))
    assert TEXT.title in listed
    other = {"topic": "housing_building", "office_kind": "executive"}
    assert TEXT.title not in words(lotte_in.get("/netwerk/verhalen/", other))
    one = reverse("network-story", args=[edition.pk])
    assert TEXT.helped in words(lotte_in.get(one))
    assert lotte_in.post(one, {"reason": "Weg."}).status_code == 403

    services.end(story, **stage.reporting)
    gone = lotte_in.get(one)
    assert gone.status_code == 410
    assert TEXT.helped not in words(gone)
    assert TEXT.title not in words(lotte_in.get("/netwerk/verhalen/"))


@pytest.mark.parametrize(
    ("step", "told"),
    [("send_back", "teruggestuurd"), ("refuse", "publiceert het niet")],
)
def test_editor_says_why_not(stage, bram_in, signed_in, page, step, told) -> None:
    _story, edition = stage.received()
    femke_in = desk_of(stage, signed_in)
    edit = reverse("network-story-edit", args=[edition.pk])

    assert "Schrijf waarom" in words(femke_in.post(edit, {"step": step}))
    femke_in.post(edit, {"step": step, "reason": "De zaal is bekend."})
    assert told in words(bram_in.get(page))
    assert "De zaal is bekend." in words(bram_in.get(page))


def test_editor_takes_a_story_off_at_once(stage, bram_in, signed_in, page) -> None:
    _story, edition = stage.published()
    one = reverse("network-story", args=[edition.pk])
    femke_in = desk_of(stage, signed_in)
    femke_in.post(one, {"reason": "Een krant schrijft erover."})

    assert femke_in.get(one).status_code == 410
    assert "Een krant schrijft erover." in words(bram_in.get(page))


def test_register_says_how_many_can_be_meant(stage, signed_in, network_year) -> None:
    _story, edition = stage.received()
    told = words(
        desk_of(stage, signed_in).get(reverse("network-story-edit", args=[edition.pk]))
    )

    assert "hebben 12 mensen bij 2 organisaties dit soort ambt" in told


@pytest.fixture
def network_year() -> None:
    """A register of two organisations."""
    for name, number in (("kromwaard", 5), ("lindeveen", 7)):
        RegisterPost.objects.create(
            year=2026,
            organisation=name,
            organisation_type="municipality",
            province="utrecht",
            office_kind="representative",
            number=number,
        )


def test_decision_of_the_editor_is_told_to_all_whose_it_may_be(
    stage, chris, open_report, kromwaard, keyring_of, now
) -> None:
    """Chris handles another story: a notice to Bram alone would say whose it is."""
    case, code = open_report(organisation=kromwaard)
    story = services.write(case, TEXT, by=chris, keyring=keyring_of(chris), now=now)
    services.agree(story, version=1, by=enter(code, now=now).by, now=now)
    services.send(story, by=chris, keyring=keyring_of(chris), now=now)
    _story, edition = stage.received()
    services.send_back(edition, reason="Te herkennen.", by=stage.editor, now=now)

    told = Notice.objects.filter(kind=Kind.EDITION_RETURNED)
    assert {notice.recipient for notice in told} == {stage.handler, chris}
    assert {(notice.case_id, notice.page) for notice in told} == {(None, "stories")}


def test_lists_take_as_many_queries_for_one_as_for_many(
    stage, bram_in, signed_in, settings
) -> None:
    settings.STORIES_TOGETHER = 1
    femke_in = desk_of(stage, signed_in)
    visits = [
        (bram_in, "/verhalen/"),
        (bram_in, "/netwerk/verhalen/"),
        (femke_in, reverse("network-story-desk")),
    ]

    def publish_one() -> None:
        services.take_out(**stage.editing)
        edition = Edition.objects.waiting()[0]
        services.publish(edition, points=CODES, **stage.editing)

    def counted() -> list[int]:
        found = []
        for visitor, page in visits:
            with CaptureQueriesContext(connection) as queries:
                assert visitor.get(page).status_code == 200
            found.append(len(queries))
        return found

    stage.two_more()
    publish_one()
    counted()
    few = counted()
    for _time in range(3):
        stage.two_more()
        publish_one()
    assert counted() == few


def test_decision_about_a_story_that_was_taken_back_is_refused_in_words(stage) -> None:
    story, edition = stage.received()
    services.end(story, **stage.reporting)

    with pytest.raises(StepNotPossible):
        services.publish(edition, points=CODES, **stage.editing)
    with pytest.raises(StepNotPossible):
        services.send_back(edition, reason="X.", by=stage.editor, now=stage.now)
