"""What is read of a release: labels, sentences, charts and files say the same."""

import csv
import io
import json
from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from weerbaar.network.exports import as_csv, as_json, explained, notes
from weerbaar.network.figures import figure, figures, part_of, topic_total
from weerbaar.network.planning import plan_of

pytestmark = pytest.mark.django_db


def test_every_table_has_words_for_everything(published) -> None:
    for found in figures(published.snapshot):
        assert found.title
        assert found.definition.endswith(".")
        assert found.sentence.endswith(".")
        assert all(line.label for line in found.lines)
        assert all(found.columns)


def test_sentence_names_the_most_frequent_with_its_number(published) -> None:
    found = figure(published.snapshot, "T2")
    known = [n for n in found.lines if n.total is not None and n.code != "unknown"]
    most = max(known, key=lambda line: line.total)

    assert most.label in found.sentence
    assert str(most.total) in found.sentence


def test_sentence_names_all_that_share_the_first_place_and_what_it_cannot_know(
    published,
) -> None:
    table = next(t for t in published.snapshot["tables"] if t["code"] == "T2")
    at = {code: place for place, code in enumerate(table["rows"])}
    table["rowTotals"] = [10] * len(at)

    assert "Er springt niets uit" in figure(published.snapshot, "T2").sentence
    for code in ("verbal", "physical"):
        table["rowTotals"][at[code]] = 40
    assert figure(published.snapshot, "T2").sentence.startswith(
        "Het vaakst: verbale agressie en fysiek geweld, elk ongeveer 40 van "
    )
    table["rowTotals"][at["physical"]] = None
    assert figure(published.snapshot, "T2").sentence.startswith(
        "Van wat te zien is het vaakst: verbale agressie, ongeveer 40 van "
    )


def test_zero_stands_for_as_much_as_the_release_says(published) -> None:
    """A second release may have to lie further than four (statistics 4.5)."""
    published.snapshot["rule"]["bound"] = 6
    found = figure(published.snapshot, "T2")
    found.lines[0].cells[0] = 0

    read = render_to_string("network/numbers.html", {"figure": found})
    whole = {"number": 0, "release": published}
    read += render_to_string("network/total.html", whole)
    read += " ".join([found.shown(0), found.part(0), *explained(published.bound)])
    assert read.count("0–6") >= 4
    assert "0 tot en met 6" in read
    assert "0–4" not in read


@pytest.mark.parametrize(
    ("part", "total", "words"),
    [
        (35, 250, "ongeveer 35 van de 250 (14%)"),
        (5, 45, "ongeveer 5 van de 45"),
        # It may stand for up to four: no percentage of that.
        (0, 250, "ongeveer 0–4 van de 250"),
        (None, 250, "te weinig om te tonen"),
        (5, None, "te weinig om te tonen"),
    ],
)
def test_percentage_needs_fifty(part, total, words) -> None:
    assert part_of(part, total, share_from=50, bound=4) == words


def test_plan_says_of_how_many_a_percentage_is_told(published) -> None:
    found = figure(published.snapshot, "T2")
    most = max(line.total or 0 for line in found.lines)

    assert found.share_from == plan_of(2026).share_from
    assert "%" in found.part(most)
    assert "%" not in replace(found, share_from=found.total + 5).part(most)


def test_csv_holds_notes_and_the_table(published) -> None:
    found = figure(published.snapshot, "T2")
    rows = list(csv.reader(io.StringIO(as_csv(published, found)), delimiter=";"))
    gap = rows.index([])
    table = rows[gap + 1 :]

    assert {row[0] for row in rows[:gap]} >= {"Definitie", "Periode", "Licentie"}
    assert "Meer meldingen betekent niet per se" in as_csv(published, found)
    assert table[0] == [found.row_label, *found.columns, "totaal"]
    assert len(table) == len(found.lines) + 2
    for row, line in zip(table[1:], found.lines, strict=False):
        due = [*line.cells, line.total]
        assert row[1:] == ["." if n is None else str(n) for n in due]


def test_no_cell_of_a_spreadsheet_is_a_formula(published) -> None:
    for found in figures(published.snapshot):
        for row in csv.reader(io.StringIO(as_csv(published, found)), delimiter=";"):
            assert not [cell for cell in row if cell[:1] in tuple("=+-@\t")]


def test_json_and_csv_carry_the_same_numbers(published) -> None:
    for found in figures(published.snapshot):
        body = json.loads(json.dumps(as_json(published, found)))
        text = as_csv(published, found)
        for row in body["rows"]:
            numbers = [*row["values"], row["total"]]
            joined = ";".join("." if n is None else str(n) for n in numbers)
            assert joined in text


def test_table_of_some_rows_shows_no_sum_of_columns(published) -> None:
    found = figure(published.snapshot, "T11")

    assert [line.code for line in found.lines] == ["temptation", "undermining"]
    assert not found.has_all_rows
    assert as_json(published, found)["columnTotals"] == []


def test_topic_total_is_that_of_the_table_of_topics(published) -> None:
    lines = {line.code: line.total for line in figure(published.snapshot, "T4").lines}

    assert (
        topic_total(published.snapshot, "housing_building") == lines["housing_building"]
    )
    assert topic_total(published.snapshot, "") is None


def test_notes_name_the_fingerprint_and_the_day(published) -> None:
    found = dict(notes(published, figure(published.snapshot, "T1")))

    assert found["Vingerafdruk"] == published.digest
    assert found["Gepubliceerd"] == "4 augustus 2026"
    assert found["Status"] == "voorlopig"
