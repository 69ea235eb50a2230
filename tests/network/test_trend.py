"""The years side by side, and beside the Monitor."""

import re

import pytest

from tests.network.agenda import name, propose
from tests.network.drawn import keep, marks, release_of
from weerbaar.network.comparing import Comparison
from weerbaar.network.monitor import all_asked, monitor, monitor_chart
from weerbaar.network.trend import quarters_of_years, shares_of_years, vintages
from weerbaar.network.workflow import State


def drawn_cells(found: Comparison) -> list[str]:
    """What the drawing of a comparison says of its two newest columns."""
    return [
        f"{label}, {column.long}: {'nog geen aantal' if cell == '–' else cell}"
        for label, cells in found.lines
        for column, cell in list(zip(found.columns, cells, strict=True))[-2:]
    ]


def test_quarters_of_the_years_stand_side_by_side() -> None:
    """A quarter that was not counted yet is no 0; like is compared with like."""
    before = release_of(2025, 4, each=20, total=80, vintage=2)
    newest = release_of(2026, 2, each=25, total=50)

    found = quarters_of_years([before, newest])

    assert found is not None
    assert dict(found.lines) == {
        "1e kwartaal": ["20", "25"],
        "2e kwartaal": ["20", "25"],
        "3e kwartaal": ["20", "–"],
        "4e kwartaal": ["20", "–"],
    }
    assert [column.short for column in found.columns] == ["2025", "2026*"]
    assert "voorlopig" in found.columns[1].more
    assert found.sentence == (
        "Ongeveer 50 meldingen in de getelde kwartalen van 2026, en ongeveer 40 in "
        "dezelfde kwartalen van 2025."
    )
    assert marks(found.chart.drawn) == drawn_cells(found)
    # The older year has a pattern beside the colour.
    assert found.chart.drawn.count('"wb-bar--striped"') == 4


def test_year_with_a_gap_before_it_is_compared_with_nothing() -> None:
    newest = release_of(2027, 4, each=25, total=100)
    newest.snapshot["tables"][0]["columnTotals"][1] = None

    for years in ([newest], [release_of(2025, 4, each=5, total=20), newest]):
        found = quarters_of_years(years)
        assert found is not None
        assert found.sentence.startswith("Er is nog geen jaar ervoor")
        assert found.lines[1][1][-1] == "te weinig"
    assert quarters_of_years([]) is None


def test_shares_are_of_fifty_and_more_and_a_nought_has_none() -> None:
    large = release_of(2026, 4, each=20, total=80)
    rows = next(
        t for t in large.snapshot["tables"] if t["rowDimension"] == "incident_group"
    )["rowTotals"]
    rows[0], rows[1] = 0, None

    found = shares_of_years([release_of(2025, 4, each=5, total=45), large])

    assert found is not None
    assert [column.short for column in found.columns] == ["2026*"]
    assert [cells[0] for _label, cells in found.lines][:3] == [
        "0–4 meldingen",
        "te weinig",
        "25%",
    ]
    assert marks(found.chart.drawn) == drawn_cells(found)


def test_provisional_and_definitive_of_a_year_are_laid_beside_each_other() -> None:
    first = release_of(2025, 4, each=20, total=80, state=State.SUPERSEDED)
    second = release_of(2025, 4, each=25, total=85, vintage=2)
    half = release_of(2025, 2, each=10, total=40, state=State.SUPERSEDED)

    [found] = vintages([half, second, first])

    assert [column.short for column in found.columns] == ["voorlopig", "definitief"]
    assert {tuple(cells) for _label, cells in found.lines} == {("20", "25")}
    assert found.sentence == "Het totaal ging van ongeveer 80 naar ongeveer 85."
    assert marks(found.chart.drawn) == drawn_cells(found)
    assert vintages([first, half]) == []


def test_monitor_names_a_source_for_each_number() -> None:
    assert len(monitor()) > 20
    for one in monitor():
        assert one.sources
        assert one.shown
        assert one.percent is None or 0 < one.percent < 100
    assert [one.year for one in all_asked()] == [2024, 2022, 2020, 2018, 2016, 2014]


@pytest.mark.django_db
def test_monitor_stands_beside_reports_and_on_no_axis_with_them(
    signed_in, femke
) -> None:
    """T12: the warning comes first, and no drawing mixes the two."""
    keep(release_of(2025, 4, each=20, total=1240))

    page = signed_in(femke).get("/cijfers/monitor/").content.decode()

    warning = page.index("Deze cijfers kunt u niet vergelijken")
    assert warning < page.index("1240") < page.index('class="wb-drawing')
    drawn = re.findall(r'<svg xmlns[^>]*class="wb-drawing.*?</svg>', page, re.DOTALL)
    assert len(drawn) == 1
    assert marks(drawn[0]) == marks(monitor_chart().drawn)
    assert "1240" not in drawn[0]
    assert marks(drawn[0])[1] == "2016: ruim een kwart"


@pytest.mark.django_db
def test_trend_page_names_the_themes_at_their_year(
    signed_in, lotte, olaf, femke, bram, august
) -> None:
    keep(release_of(2025, 4, each=15, total=60, state=State.WITHDRAWN))
    for year, vintage, state in (
        (2025, 1, State.SUPERSEDED),
        (2025, 2, State.PUBLISHED),
        (2026, 1, State.PUBLISHED),
    ):
        keep(release_of(year, 4, each=20, total=80, vintage=vintage, state=state))
    name(propose(lotte, august), olaf, by=femke, now=august)

    page = signed_in(bram).get("/cijfers/trend/").content.decode()

    assert page.count("2025: voorlopig en definitief") >= 1
    of_2026, of_2025 = page.index("Cijfers over 2026"), page.index("Cijfers over 2025")
    theme = "bouwen, wonen, nieuwbouwplannen: ongeveer 20 van de 80 (25%)"
    assert of_2026 < page.index(theme) < of_2025
    # What was taken back is laid beside nothing.
    assert "Het totaal bleef gelijk: ongeveer 80." in page
    assert "ongeveer 60" not in page


@pytest.mark.django_db
def test_trend_without_figures_says_so(signed_in, bram, esma) -> None:
    page = signed_in(bram).get("/cijfers/trend/").content.decode()

    assert "Er zijn nog geen cijfers gepubliceerd." in page
    assert signed_in(esma).get("/cijfers/trend/").status_code == 403
