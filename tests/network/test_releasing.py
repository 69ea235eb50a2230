"""Two people publish; a finding stops them; a period is published twice at most."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from weerbaar.accounts.actors import SYSTEM, Reporter
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.network import services
from weerbaar.network.models import Release
from weerbaar.network.workflow import State
from weerbaar.notices.models import Notice
from weerbaar.steps import StepForbidden, StepNotPossible, take_step

pytestmark = pytest.mark.django_db

# Written out by hand from the design, so that the table cannot vouch for itself.
TABLE = {
    "audit": {"draft": "audited"},
    "refuse": {"draft": "refused", "audited": "refused"},
    "publish": {"audited": "published"},
    "supersede": {
        "draft": "superseded",
        "audited": "superseded",
        "published": "superseded",
    },
}
MAY = {
    "audit": {"femke", "joost"},
    "refuse": {"femke", "joost"},
    "publish": {"femke", "joost"},
    "supersede": {"femke", "joost", "the system"},
}


def outcome(release, step, by, now):
    try:
        with transaction.atomic():
            take_step(release, step, by=by, now=now)
            reached = release.state
            transaction.set_rollback(True)
    except (StepForbidden, StepNotPossible) as refused:
        return type(refused).__name__
    return reached


@pytest.mark.parametrize("state", [str(s) for s in State])
def test_every_step_from_every_state_by_everybody(
    state, draft, august, bram, chris, daan, esma, femke, joost, gijs, lindeveen
) -> None:
    release = _brought_to(state, draft, femke, joost, august)
    actors = {
        "the system": SYSTEM,
        "a reporter": Reporter(dialogue_key_id=release.pk),
        **{p.email.split("@")[0]: p for p in (bram, chris, daan, esma, femke)},
        "joost": joost,
        "gijs": gijs,
    }
    wrong = []
    for step, arrows in TABLE.items():
        for name, actor in actors.items():
            # Whoever had the figures checked never publishes them.
            checked_it = step == "publish" and release.audited_by_id == actor.pk
            if name not in MAY[step] or checked_it:
                due = "StepForbidden"
            else:
                due = arrows.get(state, "StepNotPossible")
            if (found := outcome(release, step, actor, august)) != due:
                wrong.append((step, name, found, due))

    assert wrong == []


def _brought_to(state, draft, femke, joost, august):
    if state == "refused":
        services.audit(draft, by=femke, now=august)
        return services.refuse(draft, by=femke, now=august)
    if state != "draft":
        services.audit(draft, by=femke, now=august)
    if state in {"published", "superseded"}:
        services.publish(draft, by=joost, now=august)
    if state == "superseded":
        take_step(draft, "supersede", by=SYSTEM, now=august)
    assert draft.state == state
    return draft


def test_who_had_it_checked_does_not_publish(audited, femke, august) -> None:
    with pytest.raises(StepForbidden):
        services.publish(audited, by=femke, now=august)

    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=audited.pk).update(published_by=femke)


def test_publishing_keeps_who_and_when(published, femke, joost) -> None:
    assert (published.audited_by, published.published_by) == (femke, joost)
    assert published.vintage == 1
    assert published.is_provisional
    kinds = Event.objects.filter(subject_id=str(published.pk)).values_list("kind")
    assert [k for (k,) in kinds.order_by("pk")] == [
        Kind.RELEASE_MADE,
        Kind.RELEASE_AUDIT,
        Kind.RELEASE_PUBLISH,
    ]


def test_analysts_are_told_and_nobody_else(femke, joost, bram, audited) -> None:
    told = set(Notice.objects.values_list("recipient__email", "kind"))

    assert told == {
        (femke.email, Kind.RELEASE_MADE),
        (joost.email, Kind.RELEASE_MADE),
        (joost.email, Kind.RELEASE_AUDIT),
    }


def test_finding_stops_the_draft(draft, femke, august) -> None:
    draft.snapshot["tables"][0]["cells"][0][0] = 7
    Release.objects.filter(pk=draft.pk).update(snapshot=draft.snapshot)

    with pytest.raises(StepNotPossible):
        services.audit(draft, by=femke, now=august)

    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_changed_figures_are_not_published(audited, joost, august) -> None:
    """Whoever writes the database cannot change what was checked."""
    audited.snapshot["totals"]["incident"] += 5
    Release.objects.filter(pk=audited.pk).update(snapshot=audited.snapshot)
    audited.refresh_from_db()

    with pytest.raises(StepNotPossible):
        services.publish(audited, by=joost, now=august)


def test_newer_figures_take_the_place_of_older(published, another, august) -> None:
    newer = another(august + timedelta(days=3))

    published.refresh_from_db()
    assert (published.state, newer.state) == (State.SUPERSEDED, State.PUBLISHED)
    assert newer.vintage == 2
    assert Release.objects.in_force().get() == newer
    assert set(Release.objects.once_published()) == {published, newer}


def test_third_vintage_of_a_period_is_refused(
    published, another, femke, joost, august
) -> None:
    another(august + timedelta(days=3))

    with pytest.raises(StepNotPossible):
        another(august + timedelta(days=6))


def test_whole_year_is_definitive_the_second_time(another, august) -> None:
    after = august.replace(year=2027, month=2)
    first, second = another(after), another(after + timedelta(days=90))

    assert [r.is_provisional for r in (first, second)] == [True, False]
    assert [r.status for r in (first, second)] == ["voorlopig", "definitief"]


@pytest.mark.parametrize("who", ["bram", "esma", "gijs"])
def test_draft_is_for_analysts_only(draft, published, who, request) -> None:
    user = request.getfixturevalue(who)
    seen = list(Release.objects.visible_to(user))

    assert seen == ([published] if who == "bram" else [])


def test_handler_sees_no_draft(draft, bram, femke) -> None:
    assert not Release.objects.visible_to(bram).exists()
    assert Release.objects.visible_to(femke).get() == draft
