"""An organisation's own figures: exact, hers to see, kept nowhere, told to nobody."""

import csv
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from cases import services
from cases.models import Case
from tests.cases.asking import doing
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.contributions.models import Contribution
from weerbaar.network.planning import plan_of
from weerbaar.vault.models import Grant

PAGE = "/zaken/cijfers/"
FILE = "/zaken/cijfers/bestand/"


@pytest.fixture
def assessed(open_report: Any, bram: Any, keyring_of: Any, now: Any) -> Any:
    """Reports of which Bram has ended the assessment."""

    def assess(**facts: Any) -> Case:
        case, _words = open_report(**facts)
        who = doing(bram, keyring_of, now)
        services.step(case, "begin_triage", **who)
        services.step(case, "advise", words="Zet uw berichten op slot.", **who)
        return case

    return assess


def numbers(client: Any, code: str, query: str = "?jaar=2026") -> dict[str, int]:
    """The totals of a table of the page by row, zeroes left out."""
    soup = BeautifulSoup(client.get(PAGE + query).content, "html.parser")
    table = soup.find(id=code).find_parent("section").table
    rows = {
        tr.th.text: int(tr.find_all("td")[-1].text) for tr in table.find_all("tr")[1:]
    }
    return {label: number for label, number in rows.items() if number}


def test_own_cases_are_counted_exactly_whatever_was_chosen_for_the_network(
    assessed, open_report, bram, signed_in
) -> None:
    assessed(counted="yes", severity="serious")
    assessed(counted="no", severity="serious", types=["physical_violence"])
    assessed(types=["internal_transgression"])
    open_report()
    client = signed_in(bram)

    assert numbers(client, "t13") == {"Ernstig": 2, "Totaal": 2}
    assert numbers(client, "t8a") == {"Op de dag zelf": 2, "Totaal": 2}
    text = client.get(PAGE).content.decode()
    assert "2 zaken tellen mee" in text
    assert "2 zaken tellen niet mee" in text
    assert "Geef deze cijfers niet door" in text


def test_page_has_every_table_of_the_plan(assessed, bram, signed_in) -> None:
    assessed()
    soup = BeautifulSoup(signed_in(bram).get(PAGE).content, "html.parser")

    shown = [h2["id"] for h2 in soup.main.find_all("h2", class_="utrecht-heading-3")]
    assert shown == [table.code.lower() for table in plan_of(2026).tables]
    # No landmark is called as another: the part of a table and what scrolls in it.
    regions = [one.get("aria-label", "") for one in soup.main.select("[tabindex]")]
    assert regions
    assert not {*regions} & {h2.text for h2 in soup.main.find_all("h2")}


def test_nothing_is_kept_and_the_letterbox_gets_nothing(
    assessed, bram, signed_in, figure_year
) -> None:
    assessed(counted="no")
    client = signed_in(bram)
    before = Event.objects.count()

    assert numbers(client, "t1")["Totaal"] == 1

    assert not Contribution.objects.exists()
    assert Event.objects.count() == before


def test_who_is_recused_sees_no_trace_of_the_case(
    assessed, bram, daan, signed_in
) -> None:
    """Not even as a number of cases that she cannot open: that would tell of it."""
    assessed()
    page = shown(signed_in(daan))
    assessed(recused=[str(daan.pk)])

    assert shown(signed_in(daan)) == page
    assert numbers(signed_in(bram), "t1")["Totaal"] == 2


def shown(client: Any) -> str:
    return BeautifulSoup(client.get(PAGE).content, "html.parser").main.get_text()


def test_case_that_does_not_open_is_told_and_left_out(
    assessed, bram, signed_in
) -> None:
    assessed()
    broken = assessed()
    sealed = Grant.objects.filter(key=broken.case_key, holder=bram.key)
    sealed.update(sealed=bytes(sealed.get().sealed)[:-1] + b"x")
    client = signed_in(bram)

    assert numbers(client, "t1")["Totaal"] == 1
    assert "1 zaak is met u gedeeld, maar gaat niet open" in shown(client)


def test_organisation_of_others_and_unknown_years_are_not_there(
    assessed, bram, kromwaard, signed_in
) -> None:
    assessed()
    client = signed_in(bram)

    for query in (f"?organisatie={kromwaard.slug}", "?jaar=2019", "?jaar=x"):
        assert client.get(PAGE + query).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_file_warns_first_and_the_history_says_who_took_it(
    kind, assessed, bram, signed_in, lindeveen
) -> None:
    assessed(severity="serious")
    answer = signed_in(bram).post(FILE, {"kind": kind, "jaar": "2026"})

    rows = read(kind, answer.content)
    assert rows[0] == ["Geef deze cijfers niet door"]
    assert "aftrekken" in rows[1][0]
    assert ["Ernstig", "1", "0", "0", "0", "1"] in [
        [cell.capitalize() for cell in row] for row in rows
    ]
    assert "niet-doorgeven" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    event = Event.objects.get(kind=Kind.OWN_FIGURES_TAKEN)
    assert (event.actor_id, event.organisation_id) == (bram.pk, lindeveen.pk)
    assert event.facts == {"year": 2026}


def read(kind: str, content: bytes) -> list[list[str]]:
    """All rows of a file as text."""
    if kind == "csv":
        lines = io.StringIO(content.decode("utf-8-sig"))
        return [row for row in csv.reader(lines, delimiter=";") if row]
    book = load_workbook(io.BytesIO(content))
    assert not [c for s in book for row in s for c in row if c.data_type == "f"]
    return [
        [str(value) for value in row if value is not None]
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
    ]


def test_file_needs_a_fresh_second_factor(assessed, bram, signed_in) -> None:
    assessed()
    client = signed_in(bram)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()

    assert client.post(FILE, {"kind": "csv"}).status_code == 302
    assert not Event.objects.filter(kind=Kind.OWN_FIGURES_TAKEN).exists()
