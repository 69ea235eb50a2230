"""Two people publish; a finding stops them; a period is published twice at most."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.at_once import at_once
from tests.network.records import year_of_reports
from weerbaar.accounts.actors import SYSTEM, Reporter
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.contributions.services import contribute
from weerbaar.contributions.waiting import UsualWaits, usual_waits
from weerbaar.network import services
from weerbaar.network.checker import Depth
from weerbaar.network.models import Release, Withdrawal, digest_of
from weerbaar.network.planning import plan_of
from weerbaar.network.snapshots import empty_snapshot
from weerbaar.network.workflow import State
from weerbaar.notices.models import Notice
from weerbaar.outbox.models import Message
from weerbaar.steps import StepForbidden, StepNotPossible, take_step

pytestmark = pytest.mark.django_db

# Written out by hand from the design, so that the table cannot vouch for itself.
WAITING = ["counted", "rounded", "audited", "approved"]
TABLE = {
    "count": {"draft": "counted"},
    "round_off": {"counted": "rounded"},
    "audit": {"rounded": "audited"},
    "approve": {"audited": "approved"},
    "refuse": {"audited": "refused", "approved": "refused"},
    "publish": {"approved": "published"},
    "supersede": {state: "superseded" for state in [*WAITING, "published"]},
    "withdraw": {"published": "withdrawn", "superseded": "withdrawn"},
}
ANALYSTS = {"femke", "joost"}
MAY = {
    "count": {"the system"},
    "round_off": {"the system"},
    "audit": {"the system"},
    "approve": ANALYSTS,
    "refuse": ANALYSTS,
    "publish": ANALYSTS,
    "supersede": {*ANALYSTS, "the system"},
    "withdraw": ANALYSTS,
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
            # Whoever approved the figures never publishes them.
            approved_it = step == "publish" and release.approved_by_id == actor.pk
            if name not in MAY[step] or approved_it:
                due = "StepForbidden"
            else:
                due = arrows.get(state, "StepNotPossible")
            if (found := outcome(release, step, actor, august)) != due:
                wrong.append((step, name, found, due))

    assert wrong == []


def _brought_to(state, draft, femke, joost, august):
    if state in {"draft", "counted", "rounded"}:
        return _half_made(state, august)
    if state == "refused":
        return services.refuse(draft, by=femke, now=august)
    if state != "audited":
        services.approve(draft, by=femke, now=august)
    if state in {"published", "superseded", "withdrawn"}:
        services.publish(draft, by=joost, now=august)
    if state == "superseded":
        take_step(draft, "supersede", by=SYSTEM, now=august)
    if state == "withdrawn":
        withdrawn(draft, femke, august)
    assert draft.state == state
    return draft


def _half_made(state, august):
    """As far as the worker came before it stopped."""
    plan = plan_of(2026)
    snapshot = empty_snapshot(plan, year=2026, quarters=2)
    release = Release.objects.create(
        year=2026,
        quarters=2,
        plan=plan.version,
        made_at=august,
        snapshot=snapshot,
        digest=digest_of(snapshot),
    )
    for step in {"draft": [], "counted": ["count"]}.get(state, ["count", "round_off"]):
        take_step(release, step, by=SYSTEM, now=august)
    return release


def withdrawn(release, by, now):
    why, words = Withdrawal.TELLS, "Te weinig mensen achter een getal."
    return services.withdraw(release, why=why, words=words, by=by, now=now)


def test_who_approved_does_not_publish(approved, femke, august) -> None:
    with pytest.raises(StepForbidden):
        services.publish(approved, by=femke, now=august)

    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=approved.pk).update(published_by=femke)


def test_publishing_keeps_who_and_when(published, femke, joost) -> None:
    assert (published.approved_by, published.published_by) == (femke, joost)
    assert published.vintage == 1
    assert published.is_provisional
    kinds = Event.objects.filter(subject_id=str(published.pk)).values_list("kind")
    assert [k for (k,) in kinds.order_by("pk")] == [
        Kind.RELEASE_MADE,
        Kind.RELEASE_ROUND,
        Kind.RELEASE_AUDIT,
        Kind.RELEASE_APPROVE,
        Kind.RELEASE_PUBLISH,
    ]


def test_analysts_are_told_and_nobody_else(femke, joost, bram, approved) -> None:
    told = set(Notice.objects.values_list("recipient__email", "kind"))

    assert told == {
        (femke.email, Kind.RELEASE_MADE),
        (joost.email, Kind.RELEASE_MADE),
        (joost.email, Kind.RELEASE_APPROVE),
    }


def test_finding_stops_the_draft(draft, femke, august) -> None:
    draft.snapshot["tables"][0]["cells"][0][0] = 7
    Release.objects.filter(pk=draft.pk).update(snapshot=draft.snapshot)

    with pytest.raises(StepNotPossible):
        services.approve(draft, by=femke, now=august)

    draft.refresh_from_db()
    assert draft.state == State.AUDITED


def test_changed_figures_are_not_published(approved, joost, august) -> None:
    """Whoever writes the database cannot change what was checked."""
    approved.snapshot["totals"]["incident"] += 5
    Release.objects.filter(pk=approved.pk).update(snapshot=approved.snapshot)
    approved.refresh_from_db()

    with pytest.raises(StepNotPossible):
        services.publish(approved, by=joost, now=august)


def test_newer_figures_take_the_place_of_older(published, another, august) -> None:
    newer = another(august + timedelta(days=100))

    published.refresh_from_db()
    assert (published.state, newer.state) == (State.SUPERSEDED, State.PUBLISHED)
    assert (newer.quarters, newer.vintage) == (3, 1)
    assert Release.objects.in_force().get() == newer
    assert set(Release.objects.once_published()) == {published, newer}


def test_published_quarter_is_not_published_once_more(published, another, august):
    """A replacement off schedule would tell what changed; the next quarter comes."""
    assert another(august + timedelta(days=3)) is None


def test_draft_from_before_the_period_settled_is_no_second_release(
    country, femke, joost, august
) -> None:
    """Counted too early and approved: publishing it waits for a count in time."""
    year_over = august.replace(year=2027, month=2)
    early, first = (_counted(country, year_over) for _i in range(2))
    services.approve(first, by=femke, now=year_over)
    services.publish(first, by=joost, now=year_over)
    Release.objects.filter(pk=early.pk).update(made_at=year_over)

    assert not Release.objects.get(pk=early.pk).is_due


def _counted(country, moment):
    for record in year_of_reports(9, seed=moment.day + Release.objects.count()):
        contribute(record)
    made = services.tabulate(2026, secret=country, now=moment, depth=Depth.QUICK)
    assert made is not None
    return made


def test_whole_year_is_definitive_the_second_time(another, august) -> None:
    after = august.replace(year=2027, month=2)
    first = another(after)
    assert another(after + timedelta(days=80)) is None
    second = another(after + timedelta(days=90))

    assert [r.is_provisional for r in (first, second)] == [True, False]
    assert [r.status for r in (first, second)] == ["voorlopig", "definitief"]
    assert another(after + timedelta(days=180)) is None


def test_year_without_corrections_becomes_definitive_with_the_same_numbers(
    country, another, femke, joost, august
) -> None:
    first = another(august.replace(year=2027, month=2))
    settled = august.replace(year=2027, month=5)
    services.count_due(now=settled)
    assert Message.objects.filter(task="network.tabulate", ref="2026").exists()

    second = services.tabulate(2026, secret=country, now=settled, depth=Depth.QUICK)
    services.approve(second, by=femke, now=settled)
    services.publish(second, by=joost, now=settled)

    assert (second.vintage, second.is_provisional) == (2, False)
    assert second.digest == first.digest
    assert second.seed_commitment != first.seed_commitment


def test_second_count_is_asked_once_also_when_it_was_refused(
    country, another, femke, august
) -> None:
    another(august.replace(year=2027, month=2))
    settled = august.replace(year=2027, month=5)
    made = services.tabulate(2026, secret=country, now=settled, depth=Depth.QUICK)
    services.refuse(made, by=femke, now=settled)

    services.count_due(now=settled + timedelta(hours=1))

    waiting = Message.objects.filter(task="network.tabulate", ref="2026")
    assert not waiting.exists()
    services.ask_count(2026, by=femke, now=settled)
    assert waiting.exists()


def test_asking_for_a_count_too_early_says_from_when(published, femke, august) -> None:
    with pytest.raises(services.NotYet, match="28 oktober 2026"):
        services.ask_count(2026, by=femke, now=august + timedelta(days=1))


def test_withdrawn_figures_leave_a_tombstone_and_no_number(
    published, femke, bram, august, signed_in
) -> None:
    total = published.snapshot["totals"]["incident"]
    reader = signed_in(bram)
    page = reverse("figures-release", args=[published.pk])
    bundle = reverse("figures-bundle", args=[published.pk])
    assert f">{total}<" in reader.get(page).content.decode()
    assert reader.get(bundle).status_code == 200

    withdrawn(published, femke, august)

    tombstone = reader.get(page).content.decode()
    assert "Te weinig mensen achter een getal." in tombstone
    assert "Ingetrokken op 4 augustus 2026" in tombstone
    assert f">{total}<" not in tombstone
    assert reader.get(bundle).status_code == 410
    for gone in ("", "t2/", "t2.csv", "t2.json", "t2.pdf", "rapport.pdf"):
        answer = reader.get(f"/cijfers/2026/{gone}")
        assert answer.status_code == 410, gone
        assert "Te weinig mensen achter een getal." in answer.content.decode()
    assert reader.get("/cijfers/2025/").status_code == 404
    newest = reader.get("/cijfers/").content.decode()
    assert "De cijfers over januari tot en met juni 2026 zijn ingetrokken" in newest
    for listed in ("/cijfers/", "/cijfers/trend/", "/cijfers/monitor/"):
        assert f">{total}<" not in reader.get(listed).content.decode(), listed
    assert reader.get("/odata/v1/Datasets").json()["value"] == []
    assert b"2026" not in reader.get("/cijfers/catalogus.jsonld").content
    assert usual_waits() == UsualWaits()
    event = Event.objects.get(kind=Kind.RELEASE_WITHDRAW)
    assert (event.facts["year"], event.facts["why"]) == (2026, "tells")


def test_nothing_comes_in_the_place_of_withdrawn_figures(
    published, another, femke, august
) -> None:
    withdrawn(published, femke, august)

    assert another(august + timedelta(days=10)) is None
    assert not Release.objects.in_force().exists()
    assert another(august + timedelta(days=100)).quarters == 3


def test_later_figures_hold_to_withdrawn_ones(published, another, femke, august):
    """Others may have kept a copy: a number that did not change does not move."""
    withdrawn(published, femke, august)

    later = another(august + timedelta(days=100))

    before, after = _quarters(published), _quarters(later)
    assert before
    assert all(
        after[code][n] >= number
        for code, line in before.items()
        for n, number in enumerate(line)
        if None not in (number, after[code][n])
    )


def _quarters(release):
    table = next(t for t in release.snapshot["tables"] if t["code"] == "T4")
    return dict(zip(table["rows"], table["cells"], strict=True))


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_the_same_moment_publish_once(
    approved, joost, august
) -> None:
    def press():
        mine = Release.objects.get(pk=approved.pk)
        return services.publish(mine, by=joost, now=august)

    came = at_once(press, press)

    assert {type(one) for one in came} == {Release, StepNotPossible}
    published = Release.objects.get()
    assert (published.state, published.vintage) == (State.PUBLISHED, 1)
    assert Message.objects.filter(task="network.sign").count() == 1


def test_analyst_withdraws_on_a_page_and_says_why(published, femke, signed_in) -> None:
    analyst = signed_in(femke)
    page = reverse("figures-withdraw", args=[published.pk])
    assert (
        page
        in analyst.get(reverse("figures-release", args=[published.pk])).content.decode()
    )

    nothing = analyst.post(page, {"why": "", "words": ""})
    assert "Kies wat er mis is" in nothing.content.decode()
    analyst.post(page, {"why": "wrong", "words": "Twee kwartalen waren verwisseld."})

    published.refresh_from_db()
    assert published.state == State.WITHDRAWN
    assert published.withdrawn_words == "Twee kwartalen waren verwisseld."


@pytest.mark.parametrize("who", ["bram", "esma", "gijs"])
def test_draft_is_for_analysts_only(draft, published, who, request) -> None:
    user = request.getfixturevalue(who)
    seen = list(Release.objects.visible_to(user))

    assert seen == ([published] if who == "bram" else [])


def test_handler_sees_no_draft(draft, bram, femke) -> None:
    assert not Release.objects.visible_to(bram).exists()
    assert Release.objects.visible_to(femke).get() == draft
