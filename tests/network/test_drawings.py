"""The drawings of the figures: each mark tells its number, which the table has too."""

import json
import re

import pytest

from tests.network.drawn import marks
from tests.visiting import take_cookies
from weerbaar.network import services
from weerbaar.network.charts import charts, said
from weerbaar.network.dashboard import telling
from weerbaar.network.drawing import SOURCE, classes_of
from weerbaar.network.drawing.geometry import FILE, shapes
from weerbaar.network.figures import figure, figures
from weerbaar.network.monitor import monitor_chart
from weerbaar.network.publishing.cube import STATISTICS
from weerbaar.network.trend import quarters_of_years, shares_of_years

pytestmark = pytest.mark.django_db


@pytest.fixture
def dotted(published):
    """A number is kept back in every table, as happens in a small year."""
    for table in published.snapshot["tables"]:
        table["rowTotals"][0] = None
        if table["columns"]:
            table["columnTotals"][0] = None
    return published


def due(found, rows) -> list[str]:
    return sorted(said(found, label, number)[0] for label, number in rows)


def test_every_drawing_says_the_numbers_of_its_table_and_no_other(dotted) -> None:
    """Also what is kept back, and a 0 as what it stands for (N-1)."""
    everything = []
    for found in figures(dotted.snapshot):
        if not charts(found):
            assert not any(line.total for line in found.lines)
            continue
        rows, *quarters = charts(found)
        told = marks(rows.drawn) + list(rows.beside)
        assert sorted(told) == due(found, [(n.label, n.total) for n in found.lines])
        for one in quarters:
            pairs = zip(found.columns, found.column_totals, strict=True)
            assert sorted(marks(one.drawn)) == due(found, pairs)
        everything += told

    assert "Gemeente: te weinig om te tonen" in everything
    assert any(words.endswith(": 0–4 meldingen") for words in everything)


def test_every_mark_says_more_than_its_name(dotted) -> None:
    """A title and a description on each, also where nothing can be shown."""
    told = [one for found in figures(dotted.snapshot) for one in charts(found)]
    told += [monitor_chart()]
    trends = (quarters_of_years([dotted]), shares_of_years([dotted]))
    told += [one.chart for one in trends if one]

    assert len(told) > 20
    for chart in told:
        number = chart.drawn.count('role="img"')
        # The drawing as a whole has one of each too.
        assert chart.drawn.count("</title>") == number + 1, chart.title
        assert chart.drawn.count("</desc>") == number + 1, chart.title


def test_drawing_brings_no_style_script_or_address(published) -> None:
    """The page allows none (N-5). On paper, where no stylesheet is, it has its own."""
    for found in figures(published.snapshot):
        for chart in charts(found):
            assert not re.search(
                r"style|<script|on\w+=|href|http(?!://www.w3.org)", chart.drawn
            )
            assert chart.on_paper.count("<style>") == 1


def test_figure_with_nothing_to_show_has_no_drawing(figure_year, august) -> None:
    empty = services.tabulate(2026, secret=figure_year, now=august)

    found = figure(empty.snapshot, "T2")
    assert charts(found) == []
    assert telling(empty.snapshot) == []
    assert found.sentence == "Het waren er te weinig om te tonen."
    assert not found.has_dots


def test_dashboard_tells_what_when_how_and_where(published) -> None:
    told = telling(published.snapshot)

    assert [one.figure.row_code for one in told] == [
        "incident_group",
        "organisation_type",
        "channel",
        "province",
    ]
    assert told[1].sentence.startswith("Het meest in het ")
    assert told[3].chart.source == SOURCE


def test_dashboard_leaves_out_what_the_year_lacks(published) -> None:
    """A plan without provinces, a year of one quarter: no gap and no error."""
    snapshot = published.snapshot
    snapshot["tables"] = [
        t for t in snapshot["tables"] if t["rowDimension"] != "province"
    ]

    assert [one.title for one in telling(snapshot)] == [
        "Wat er gebeurde",
        "Meldingen per kwartaal",
        "Hoe het gebeurde",
    ]


def test_map_has_a_class_for_each_number_and_at_most_five() -> None:
    for top in (5, 20, 25, 60, 605, 12345):
        numbers = list(range(0, top + 5, 5))
        classes = classes_of(numbers, 5)

        assert len(classes) <= 4
        for number in numbers[1:]:
            assert sum(c.least <= number <= c.most for c in classes) == 1
    assert classes_of([0, None], 5) == []


def test_every_province_has_a_closed_shape_on_the_map() -> None:
    """The arcs fit together: no ring has a gap, and words stand inside the drawing."""
    topology = json.loads(FILE.read_text("utf-8"))
    arcs = [_ends(arc) for arc in topology["arcs"]]
    [collection] = topology["objects"].values()
    for geometry in collection["geometries"]:
        polygons = geometry["arcs"]
        polygons = [polygons] if geometry["type"] == "Polygon" else polygons
        for ring in [ring for polygon in polygons for ring in polygon]:
            ends = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]
            for (_start, end), (start, _end) in zip(
                ends, ends[1:] + ends[:1], strict=True
            ):
                assert end == start, geometry["id"]
    drawn, height = shapes()
    codes = {code for (axis, _name), code in STATISTICS.items() if axis == "province"}
    assert set(drawn) == codes - {"NL01"}
    for shape in drawn.values():
        assert 0 < shape.centre[0] < 330
        assert 0 < shape.centre[1] < height


def _ends(arc: list[list[int]]) -> tuple[tuple[int, int], tuple[int, int]]:
    end = sum(x for x, _y in arc), sum(y for _x, y in arc)
    return (arc[0][0], arc[0][1]), end


def test_marks_are_reached_by_key_and_can_be_skipped(
    page, live, signed_in, femke, published
) -> None:
    """Tab goes along the bars with a ring that can be seen; one link goes past them."""
    take_cookies(page, signed_in(femke), live)
    page.goto("/cijfers/2026/t2/")
    assert page.locator(".wb-drawing:visible").count() == 1
    skip = page.get_by_role("link", name="Sla de grafiek over")
    skip.focus()
    assert (skip.bounding_box() or {})["width"] > 100

    page.keyboard.press("Tab")

    focused = page.locator(".wb-mark:focus-visible")
    assert focused.locator("title").text_content().startswith("Verbale agressie: ")
    ring = "mark => getComputedStyle(mark).outlineWidth"
    assert focused.evaluate(ring) == "3px"
    assert page.get_by_role("img", name="Verbale agressie: ").count() == 1
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#numbers")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.ariaLabel") == "Wat er gebeurde"
