"""The editor's side: several at once, a whole checklist, and reasons that come back."""

import re
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from tests.at_once import at_once
from tests.journey.searching import search
from tests.stories.stage import STRIKING, TEXT
from tests.threats.test_dump import dumped
from weerbaar.accounts.endorsing import end_trust, may_vouch
from weerbaar.audit.models import Event
from weerbaar.custody.services import end_membership
from weerbaar.steps import StepNotPossible
from weerbaar.stories import services
from weerbaar.stories.checklist import CODES
from weerbaar.stories.models import Edition, Parcel
from weerbaar.vault.core import NoAccess
from weerbaar.vault.models import Grant, Key, KeyKind
from weerbaar.web.refusals import NotAllowed


def test_letterbox_gives_several_at_once_or_none(stage, lotte, keyring_of) -> None:
    stage.sent()
    with pytest.raises(services.TooFew):
        services.take_out(**stage.editing)
    with pytest.raises(NotAllowed):
        services.take_out(by=lotte, keyring=keyring_of(lotte), now=stage.now)

    stage.two_more()
    assert services.can_take_out(stage.editor)
    assert services.take_out(**stage.editing) == 3
    assert not Parcel.objects.exists()


def test_every_editor_whose_key_counts_can_read_and_nobody_else(
    stage, joost, lotte, bram, keyring_of
) -> None:
    _story, edition = stage.received()

    assert services.read(edition, keyring_of(joost)) == TEXT
    for stranger in (lotte, bram):
        with pytest.raises(NoAccess):
            services.read(edition, keyring_of(stranger))


def test_length_of_a_published_story_leads_to_no_case(stage) -> None:
    """Everybody knows how long it is; every sealed one is as long as a long one."""
    short = stage.sent()
    case, access = stage.another()
    text = replace(TEXT, lessons="Bel. " * 300)
    long = services.write(case, text, **stage.handling)
    services.agree(long, version=1, by=access.by, now=stage.now)
    services.send(long, **stage.handling)

    assert len(bytes(short.text)) == len(bytes(long.text))
    assert len({len(bytes(parcel.box)) for parcel in Parcel.objects.all()}) == 1


@pytest.mark.parametrize("missing", CODES)
def test_story_is_published_after_the_whole_checklist_only(stage, missing) -> None:
    edition = stage.received()[1]
    ticked = [code for code in CODES if code != missing]

    with pytest.raises(StepNotPossible):
        services.publish(edition, points=ticked, **stage.editing)
    assert not Edition.objects.published().exists()


def test_members_read_what_is_published_and_nothing_else(
    stage, lotte, chris, gijs, karim
) -> None:
    _story, edition = stage.published()

    for reader in (lotte, chris):
        assert list(Edition.objects.visible_to(reader)) == [edition]
    for nobody in (gijs, karim):
        assert not Edition.objects.visible_to(nobody).exists()
    assert services.published_for(lotte, topic="housing_building").exists()
    assert not services.published_for(lotte, office_kind="executive").exists()
    assert not Key.objects.filter(kind=KeyKind.DESK, pk=edition.key_id).exists()


@pytest.mark.parametrize("verb", ["send_back", "refuse"])
def test_reason_reaches_the_case_and_the_words_go(stage, verb) -> None:
    story, edition = stage.received()
    with pytest.raises(services.ReasonMissing):
        getattr(services, verb)(edition, reason=" ", by=stage.editor, now=stage.now)
    getattr(services, verb)(
        edition, reason="De zaal is bekend.", by=stage.editor, now=stage.now
    )

    for keyring in (stage.keyring, stage.reporter_keyring):
        network = services.open_story(story, keyring).network
        assert network.reason == "De zaal is bekend."
    edition.refresh_from_db()
    assert (edition.text, edition.key) == (None, None)


def test_editor_takes_a_published_story_off_at_once(stage, lotte) -> None:
    story, edition = stage.published()
    services.take_off(
        edition, reason="Een krant schrijft erover.", by=stage.editor, now=stage.now
    )

    assert not services.published_for(lotte).exists()
    edition.refresh_from_db()
    assert set(vars(services.published_text(edition)).values()) == {""}
    network = services.open_story(story, stage.keyring).network
    assert network.reason == "Een krant schrijft erover."


def test_database_keeps_words_of_a_published_story_only(stage) -> None:
    _story, edition = stage.received()

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(happened="In het dorp.")


def test_story_that_was_taken_back_leaves_a_line_in_the_history(stage) -> None:
    story, edition = stage.published()
    events = Event.objects.count()
    services.end(story, **stage.reporting)

    assert not Edition.objects.filter(pk=edition.pk).exists()
    assert services.was_published(edition.pk)
    # Of the copy nothing was recorded: beside the case's event it would tell whose.
    told = [event.kind for event in Event.objects.order_by("pk")[events:]]
    assert told == ["story.end"]


def test_editor_who_leaves_reads_no_more(
    stage, joost, keyring_of, network_organisation, gijs
) -> None:
    edition = stage.received()[1]
    stage.two_more()
    end_membership(
        network_organisation, joost, to=None, by=gijs, keyring=None, now=stage.now
    )

    assert not Grant.objects.filter(key=edition.key_id, holder=joost.key_id).exists()
    assert not Parcel.objects.filter(editor=joost.key_id).exists()
    assert services.read(edition, stage.editor_keyring) == TEXT


@pytest.mark.django_db(transaction=True)
def test_dump_tells_not_whose_a_published_story_is(stage) -> None:
    """No value and no moment is shared; the words lie readable where members read."""
    story, edition = stage.published()
    services.end(stage.two_more()[0], **(stage.handling | {"now": stage.now}))
    tables: dict[str, bytes] = {}
    for piece in dumped():
        tables[piece.where] = tables.get(piece.where, b"") + piece.content + b"\n"
    of_network = tables.pop("public.stories_edition")
    history = tables["public.audit_event"]
    readable = [where for where, lines in tables.items() if STRIKING.encode() in lines]

    # Nor do those of stories that wait or were taken back, in whatever form.
    assert search(["ander verhaal"], dumped()) == []
    # It could have been found: the published row has the words, in the clear.
    assert STRIKING.encode() in of_network
    assert readable == []
    ids = set(re.findall(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", of_network))
    assert str(edition.pk).encode() in ids
    of_case = b"".join(
        line for line in history.splitlines() if str(stage.case.pk).encode() in line
    )
    for where in ("public.stories_story", "public.cases_case"):
        of_case += tables[where]
    assert str(story.pk).encode() in of_case
    found = {one for one in ids if one in of_case}
    assert found <= {str(stage.editor.pk).encode(), str(stage.editor.key_id).encode()}


def test_moment_of_sending_stands_in_no_row_of_the_network(stage) -> None:
    later = stage.now + timedelta(days=40)
    stage.sent()
    stage.two_more()
    services.take_out(**(stage.editing | {"now": later}))
    edition = Edition.objects.waiting()[0]
    services.publish(edition, points=CODES, **(stage.editing | {"now": later}))

    assert edition.published_on == later.date().replace(day=1)
    told = Event.objects.filter(subject_type="stories.edition")
    assert {event.at for event in told} == {later}


def test_story_goes_to_analysts_whose_key_counts(
    stage, joost, network_organisation, now
) -> None:
    """A row that says somebody is an analyst receives nothing (docs/adr/0016)."""
    assert may_vouch(stage.editor, network_organisation)
    end_trust(joost, network_organisation, by=stage.editor, now=now)
    stage.sent()
    assert [one.editor_id for one in Parcel.objects.all()] == [stage.editor.key_id]

    end_trust(stage.editor, network_organisation, by=joost, now=now)
    case, access = stage.another()
    story = services.write(case, TEXT, **stage.handling)
    services.agree(story, version=1, by=access.by, now=now)
    with pytest.raises(services.NobodyEdits):
        services.send(story, **stage.handling)
    story.refresh_from_db()
    assert story.state == "agreed"


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_the_letterbox_take_each_story_once(
    stage, joost, keyring_of
) -> None:
    stage.sent()
    stage.two_more()
    his = {"by": joost, "keyring": keyring_of(joost), "now": stage.now}
    found = at_once(
        partial(services.take_out, **stage.editing), partial(services.take_out, **his)
    )

    assert {type(one) for one in found} == {int, services.TooFew}
    assert Edition.objects.count() == 3
