"""Exact numbers that are known elsewhere: analysts enter them, the release obeys."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.network.records import record
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.contributions.services import contribute
from weerbaar.network import services
from weerbaar.network.checker import Depth
from weerbaar.network.counting import Cell
from weerbaar.network.models import KnownFact
from weerbaar.network.planning import adopted_plans
from weerbaar.network.services.knowing import known_facts, told_facts
from weerbaar.network.snapshots import cells_of
from weerbaar.network.workflow import State
from weerbaar.web.refusals import NotAllowed

pytestmark = pytest.mark.django_db

UTRECHT = Cell("incident", frozenset({("province", "utrecht")}))


def known(cell, number, by, now, quarters=2):
    return services.keep_fact(
        cell,
        number,
        year=2026,
        quarters=quarters,
        source="Kamerbrief van 1 juni 2026",
        by=by,
        now=now,
    )


def test_known_number_is_exact_for_its_period_and_the_least_of_a_longer_one(
    femke, august
) -> None:
    known(Cell("incident"), 120, femke, august)

    assert known_facts(2026, 1) == {}
    assert told_facts(2026, 2) == [{"kind": "incident", "at": {}, "number": 120}]
    [later] = told_facts(2026, 3)
    assert later["least"] is True


def test_number_taken_out_is_reckoned_with_no_more(femke, august) -> None:
    fact = known(Cell("incident"), 120, femke, august)
    services.end_fact(fact, by=femke, now=august)

    assert told_facts(2026, 2) == []
    told = Event.objects.filter(kind__in=[Kind.FACT_KEPT, Kind.FACT_ENDED])
    assert told.count() == 2


def test_handler_enters_no_number(bram, august) -> None:
    with pytest.raises(NotAllowed):
        known(Cell("incident"), 120, bram, august)


@pytest.mark.parametrize(
    "cell",
    [
        Cell("incident", frozenset({("province", "atlantis")})),
        Cell("incident", frozenset({("province", "utrecht"), ("topic", "x")})),
        Cell("rumour"),
    ],
)
def test_number_of_no_cell_is_refused(femke, august, cell) -> None:
    with pytest.raises(services.FactRefused):
        known(cell, 3, femke, august)


def test_number_of_a_year_without_a_plan_is_refused(femke, august, signed_in) -> None:
    with pytest.raises(services.FactRefused):
        services.keep_fact(
            Cell("incident"),
            3,
            year=1999,
            quarters=4,
            source="De krant",
            by=femke,
            now=august,
        )
    form = signed_in(femke).get(reverse("figures-known-add", args=["t10"]))
    asked = [code for code, _label in form.context["form"].fields["period"].choices]
    assert min(int(code[:4]) for code in asked) >= adopted_plans()[0].from_year


def test_number_that_contradicts_what_was_published_is_refused(
    published, femke, august
) -> None:
    total = published.snapshot["totals"]["incident"]

    with pytest.raises(services.FactRefused):
        known(Cell("incident"), total + 5, femke, august)
    assert known(Cell("incident"), total + 4, femke, august)


def test_number_that_follows_from_known_ones_becomes_a_dot(
    figure_year, femke, joost, august
) -> None:
    """Somebody told parliament of all other kinds of office, exactly."""
    for number in range(60):
        office = "executive" if number < 3 else "representative"
        contribute(
            record(case=f"c{number}", organisation=f"o{number}", office_kind=office)
        )
    executive = of_office("executive")
    before = services.tabulate(2026, secret=figure_year, now=august, depth=Depth.QUICK)
    assert cells_of(before.snapshot)[executive] is not None
    services.approve(before, by=femke, now=august)

    known(Cell("incident"), 60, femke, august)
    known(of_office("representative"), 57, femke, august)
    for nobody in ("support", "unknown"):
        known(of_office(nobody), 0, femke, august)

    # What was approved before it was known cannot be published any more, and says why.
    with pytest.raises(services.CheckFailed):
        services.publish(before, by=joost, now=august)
    before.refresh_from_db()
    assert before.state == State.APPROVED
    assert {finding["code"] for finding in before.findings} == {"outside"}
    later = august + timedelta(days=1)
    made = services.tabulate(2026, secret=figure_year, now=later, depth=Depth.QUICK)
    assert cells_of(made.snapshot)[executive] is None
    assert made.findings == []


def of_office(kind):
    return Cell("incident", frozenset({("office_kind", kind)}))


def test_analyst_enters_a_number_on_the_page_and_takes_it_out(
    femke, bram, signed_in
) -> None:
    page = reverse("figures-known-add", args=["t10"])
    assert signed_in(bram).get(page).status_code == 403
    analyst = signed_in(femke)
    assert analyst.get(reverse("figures-known-add", args=["t99"])).status_code == 404
    assert ">Noord-Holland<" in analyst.get(page).content.decode()
    nothing = analyst.post(page, {"period": "2026-2", "row": "utrecht"})
    assert "Vul het getal in" in nothing.content.decode()

    filled = {
        "period": "2026-2",
        "row": "utrecht",
        "number": "12",
        "source": "De krant",
    }
    # A year without a plan has no figures that it could be laid beside.
    without_plan = analyst.post(page, filled | {"period": "2024-4"})
    assert "Kies de periode" in without_plan.content.decode()
    analyst.post(page, filled | {"period": "2026-1", "number": "1.000"})
    assert KnownFact.objects.get().number == 1000
    KnownFact.objects.all().delete()
    analyst.post(page, filled)

    fact = KnownFact.objects.get()
    assert (fact.cell, fact.number, fact.quarters) == (UTRECHT, 12, 2)
    overview = reverse("figures-known")
    assert "De krant" in analyst.get(overview).content.decode()
    analyst.post(overview, {"fact": str(fact.pk)})
    assert "De krant" not in analyst.get(overview).content.decode()
