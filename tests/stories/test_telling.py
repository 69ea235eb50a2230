"""A story in its case: the reporter's word on one exact text, and taking it back."""

from datetime import timedelta

import pytest

from cases.models import Grounds
from cases.services import EditConflict, destroy, step
from intake.services import close_access, enter, withdraw
from tests.stories.stage import TEXT
from weerbaar.audit.models import Event
from weerbaar.steps import StepForbidden, StepNotPossible
from weerbaar.stories import services
from weerbaar.stories.clues import clues
from weerbaar.stories.models import Edition, Parcel, Story
from weerbaar.stories.services import Text
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import NotAllowed


def test_reporter_reads_word_for_word_what_the_network_gets(stage) -> None:
    story = stage.sent()
    stage.two_more()
    services.take_out(**stage.editing)

    assert services.open_story(story, stage.reporter_keyring).text == TEXT
    assert services.read(stage.edition(story), stage.editor_keyring) == TEXT


def test_story_needs_the_case(stage, chris, daan, keyring_of, open_report) -> None:
    recused, _code = open_report(recused=[str(daan.pk)])

    for case, stranger in ((stage.case, chris), (recused, daan)):
        with pytest.raises(NotAllowed):
            services.write(
                case, TEXT, by=stranger, keyring=keyring_of(stranger), now=stage.now
            )
    assert not Story.objects.visible_to(chris).exists()


def test_change_of_the_text_needs_a_new_yes(stage) -> None:
    story = stage.agreed()
    other = Text(**{**vars(TEXT), "helped": "Een kop koffie."})
    services.revise(story, other, version=1, **stage.handling)

    with pytest.raises(StepNotPossible):
        services.send(story, **stage.handling)
    with pytest.raises(services.StoryChanged):
        services.agree(story, version=1, by=stage.reporter, now=stage.now)
    with pytest.raises(EditConflict):
        services.revise(story, TEXT, version=1, **stage.handling)
    services.agree(story, version=2, by=stage.reporter, now=stage.now)
    services.send(story, **stage.handling)
    assert Parcel.objects.filter(editor=stage.editor.key_id).count() == 1


def test_what_she_wants_different_reaches_the_handler(stage) -> None:
    story = stage.written()
    services.ask_change(story, " Zonder de zaal. ", version=1, **stage.reporting)

    assert services.open_story(story, stage.keyring).wish == "Zonder de zaal."
    with pytest.raises(StepNotPossible):
        services.send(story, **stage.handling)
    services.revise(story, TEXT, version=1, **stage.handling)
    assert services.open_story(story, stage.keyring).wish == ""


def test_no_ends_it_and_she_is_not_asked_again(stage) -> None:
    services.end(stage.written(), **stage.reporting)

    with pytest.raises(services.AlreadyWritten):
        services.write(stage.case, TEXT, **stage.handling)
    with pytest.raises(StepNotPossible):
        services.revise(Story.objects.get(), TEXT, version=1, **stage.handling)


def test_handler_records_a_yes_only_of_who_has_no_mailbox(stage, open_report) -> None:
    story = stage.written()
    recorded = {"version": 1, "by": stage.handler, "now": stage.now}
    with pytest.raises(services.AskedInMailbox):
        services.agree(story, how="phone", **recorded)

    case, code = open_report()
    close_access(enter(code, now=stage.now), now=stage.now)
    story = services.write(case, TEXT, **stage.handling)
    with pytest.raises(services.HowMissing):
        services.agree(story, **recorded)
    with pytest.raises(services.DayNotRight):
        tomorrow = (stage.now + timedelta(days=1)).date()
        services.agree(story, how="phone", given_on=tomorrow, **recorded)
    services.agree(story, how="phone", **recorded)
    assert (story.how, story.recorded_by) == ("phone", stage.handler)


@pytest.mark.parametrize("who", ["reporting", "handling"])
@pytest.mark.parametrize("where", ["sent", "received", "published"])
def test_taking_back_reaches_the_copy_wherever_it_is(stage, who, where) -> None:
    found = getattr(stage, where)()
    story = found if isinstance(found, Story) else found[0]
    slot_count = Parcel.objects.count()
    waits = Edition.objects.count()
    services.end(story, **getattr(stage, who))

    assert Parcel.objects.count() < slot_count or Edition.objects.count() == waits - 1
    assert services.open_story(story, stage.keyring).network is None


def test_withdrawn_report_takes_the_story_along(stage, open_report, now) -> None:
    case, code = open_report()
    access = enter(code, now=now)
    story = services.write(case, TEXT, **stage.handling)
    services.agree(story, version=1, by=access.by, now=now)
    services.send(story, **stage.handling)
    withdraw(access, now=now)

    story.refresh_from_db()
    assert story.state == "ended"
    assert not Parcel.objects.exists()


def test_case_that_is_destroyed_takes_the_story_and_leaves_what_is_published(
    stage, now
) -> None:
    _story, edition = stage.published()
    step(stage.case, "begin_triage", **stage.handling)
    step(stage.case, "dismiss", choice="not_for_us", words="Dag.", **stage.handling)
    destroy(stage.case, grounds=Grounds.TERM, by=stage.handler, now=now)

    assert not Story.objects.filter(case=stage.case.pk).exists()
    edition.refresh_from_db()
    assert services.published_text(edition) == TEXT


def test_clues_point_at_what_gives_somebody_away() -> None:
    text = (
        'Op dinsdag 12 mei riep iemand in Lindeveen: "ik weet jou wel te vinden". '
        "De VVD vroeg het aan @merel. Zij bleef rustig."
    )
    found = {(c.kind.value, c.words) for c in clues(text, known=["Lindeveen"])}

    assert found == {
        ("known", "Lindeveen"),
        ("name", "VVD"),
        ("day", "dinsdag"),
        ("day", "mei"),
        ("number", "12"),
        ("quote", "ik weet jou wel te vinden"),
        ("address", "@merel"),
    }
    assert clues(TEXT.whole) == []


def test_history_of_the_case_tells_what_was_done_and_no_word(stage) -> None:
    stage.sent()
    told = [
        (event.kind, event.actor_kind)
        for event in Event.objects.about(stage.case.pk)
        if event.kind.startswith("story.")
    ]
    assert told == [
        ("story.written", "person"),
        ("story.agree", "reporter"),
        ("story.send", "person"),
    ]


def test_another_reporter_cannot_answer(stage, open_report, now) -> None:
    _case, code = open_report()
    stranger = enter(code, now=now)
    story = stage.written()

    with pytest.raises(StepForbidden):
        services.agree(story, version=1, by=stranger.by, now=now)
    with pytest.raises(StepForbidden):
        services.end(story, by=stranger.by, keyring=Keyring(stranger.secret), now=now)
