"""The yearly report: tagged, the same every time, and with the numbers of the pages."""

import re
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.utils import translation
from pypdf import PdfReader

from weerbaar.network.dashboard import telling
from weerbaar.network.figures import figures
from weerbaar.network.report import yearly_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def dotted(published):
    """A number is kept back in every table."""
    for table in published.snapshot["tables"]:
        table["rowTotals"][0] = None
    return published


def words(made: bytes) -> str:
    pages = PdfReader(BytesIO(made)).pages
    return joined(*(page.extract_text() for page in pages))


def joined(*texts: str) -> str:
    """Without spaces and hyphens, which fall where a line ends."""
    return re.sub(r"[\s\xad-]", "", "".join(texts)).lower()


def elements(node: Any) -> list[Any]:
    if isinstance(node, pikepdf.Array):
        return [one for child in node for one in elements(child)]
    if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
        return []
    return [node, *elements(node.get("/K", pikepdf.Array()))]


def test_report_holds_every_number_of_the_pages(dotted) -> None:
    """Row by row in the order of the table, with what is kept back said in words."""
    told = words(yearly_report(dotted))

    for found in figures(dotted.snapshot):
        assert joined(found.title) in told
        assert joined(found.sentence) in told
        assert joined(found.definition) in told
        for line in found.lines:
            numbers = [found.shown(n) for n in (*line.cells, line.total)]
            assert joined(line.label, *numbers) in told, (found.code, line.label)
    assert "teweinig" in told
    assert joined("Groningen", "te weinig") in told
    # And it can tell another number.
    assert joined("Groningen", "95") not in told


def test_report_says_how_to_read_it_and_what_it_is_made_of(published) -> None:
    told = words(yearly_report(published))

    for due in (
        published.digest,
        "Meer meldingen betekent niet per se meer incidenten",
        "afgerond op vijftallen",
        "Publicatieplan 1",
        "Grootste afwijking 4",
        "Cijfers over 2026, voorlopig",
        "januari tot en met juni 2026",
    ):
        assert joined(due) in told, due


def test_report_is_tagged_for_who_does_not_see_it(published) -> None:
    """PDF/UA-1: language, title, headings, header rows, and words for each drawing."""
    with pikepdf.open(BytesIO(yearly_report(published))) as made:
        catalogue = made.Root
        assert str(catalogue.Lang) == "nl-NL"
        assert bool(catalogue.MarkInfo.Marked)
        assert bool(catalogue.ViewerPreferences.DisplayDocTitle)
        assert str(made.docinfo["/Title"]) == "Cijfers over 2026, voorlopig"
        with made.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
        found = elements(catalogue.StructTreeRoot.K)
        kinds = [str(one.S) for one in found]
        assert kinds.count("/H1") == 1
        tables = [one for one in found if str(one.S) == "/Table"]
        published_tables = list(figures(published.snapshot))
        assert len(tables) == len(published_tables) + 1
        for table in tables:
            inside = [str(one.S) for one in elements(table)]
            assert {"/THead", "/TH", "/TBody", "/TD"} <= set(inside)
        drawn = [str(one.Alt) for one in found if str(one.S) == "/Figure"]
        assert len(drawn) == len(telling(published.snapshot)) > 0
        assert all(alt.startswith("Grafiek: ") for alt in drawn)


def test_same_release_makes_the_same_bytes_in_any_language(published, settings) -> None:
    with translation.override("en"):
        abroad = yearly_report(published)

    assert abroad == yearly_report(published)


def test_one_table_is_a_paper_of_its_own(signed_in, bram, published) -> None:
    """For a letter to the council: the table, its drawings, how to read it (N-3)."""
    client = signed_in(bram)
    assert 'href="/cijfers/2026/t1.pdf"' in (
        client.get("/cijfers/2026/t1/").content.decode()
    )

    answer = client.get("/cijfers/2026/t1.pdf")

    assert "weerbaar-2026-t1.pdf" in answer["Content-Disposition"]
    told = words(answer.content)
    assert joined("Meldingen per kwartaal 2026, voorlopig") in told
    assert joined("T1 Meldingen per kwartaal") in told
    assert joined(published.digest) in told
    assert joined("T2 Wat er gebeurde") not in told
    with pikepdf.open(BytesIO(answer.content)) as made:
        kinds = [str(one.S) for one in elements(made.Root.StructTreeRoot.K)]
    # By organisation and by quarter.
    assert kinds.count("/Figure") == 2
    assert client.get("/cijfers/2026/t99.pdf").status_code == 404


def test_report_is_of_what_is_in_force_only(
    signed_in, femke, bram, esma, draft
) -> None:
    """An analyst sees the draft, and yet gets no report of it."""
    assert signed_in(femke).get("/cijfers/2026/rapport.pdf").status_code == 404
    assert signed_in(esma).get("/cijfers/2026/rapport.pdf").status_code == 403


def test_member_takes_the_report_along(signed_in, bram, published) -> None:
    client = signed_in(bram)
    assert (
        'href="/cijfers/2026/rapport.pdf"' in client.get("/cijfers/").content.decode()
    )

    answer = client.get("/cijfers/2026/rapport.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert "weerbaar-2026-rapport.pdf" in answer["Content-Disposition"]
    assert answer.content == yearly_report(published)
    assert client.get("/cijfers/2024/rapport.pdf").status_code == 404
