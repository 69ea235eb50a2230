"""The worklist: the right tab, the right order, and queries that do not grow."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from cases import services
from cases.models import Case, View
from cases.views.worklist import TABS
from tests.cases.asking import doing


@pytest.fixture
def today_now():
    return timezone.now()


def lines(page) -> list[str]:
    soup = BeautifulSoup(page.content, "html5lib")
    return [a.get_text(strip=True) for a in soup.select("tbody a")]


def count_of(page, tab: str) -> int:
    soup = BeautifulSoup(page.content, "html5lib")
    link = soup.select_one(f'.wb-tabs a[href="?tab={tab}"]')
    return int(link.select_one(".wb-count").get_text())


def queries(browser, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        browser.get(address)
    return len(captured)


def test_each_case_stands_in_its_tabs(
    open_report, bram, sanne, signed_in, keyring_of, today_now
) -> None:
    now = today_now
    new, _w = open_report(when=now)
    mine, _w = open_report(when=now)
    services.step(mine, "begin_triage", **doing(bram, keyring_of, now))
    hers, _w = open_report(when=now - timedelta(days=3))
    services.step(hers, "begin_triage", **doing(sanne, keyring_of, now))
    browser = signed_in(bram)

    found = {tab: set(lines(browser.get(f"/zaken/?tab={tab}"))) for tab in TABS}

    assert found["nieuw"] == {new.reference}
    assert found["mijn"] == {mine.reference}
    assert found["team"] == {new.reference, mine.reference, hers.reference}
    assert hers.reference in found["vandaag"]
    assert found["wacht"] == found["afgesloten"] == set()
    page = browser.get("/zaken/?tab=team")
    assert {tab: count_of(page, tab) for tab in TABS} == {
        tab: len(cases) for tab, cases in found.items()
    }


def test_danger_stands_first_and_late_is_said_in_words(
    open_report, bram, signed_in, today_now
) -> None:
    now = today_now
    calm, _w = open_report(when=now)
    late, _w = open_report(when=now - timedelta(days=4))
    danger, _w = open_report(when=now, is_acute=True)

    page = signed_in(bram).get("/zaken/?tab=nieuw")

    assert lines(page) == [danger.reference, late.reference, calm.reference]
    text = BeautifulSoup(page.content, "html5lib").get_text(" ", strip=True)
    assert "Nu gevaar" in text
    assert "dagen te laat" in text


def test_a_filter_comes_by_post_and_leaves_no_trace(
    open_report, bram, signed_in
) -> None:
    serious, _w = open_report(severity="serious", types=["stalking"])
    open_report(severity="less_serious", types=["gift_offer"])
    browser = signed_in(bram)

    page = browser.post("/zaken/?tab=nieuw", {"severity": "serious"})
    by_type = browser.post("/zaken/?tab=nieuw", {"incident_type": "temptation"})

    assert lines(page) == [serious.reference]
    assert "1 van 2 zaken" in page.content.decode()
    assert len(lines(by_type)) == 1
    assert lines(by_type) != lines(page)
    addresses = [a["href"] for a in BeautifulSoup(page.content, "html5lib")("a")]
    assert not any("serious" in address for address in addresses)
    assert not any("serious" in str(v) for v in browser.session.values())


def kept(browser, **filters) -> str:
    """Keep a view from the filter; gives its address."""
    answer = browser.post("/zaken/?tab=nieuw", {"keep": "own", **filters})
    assert answer.status_code == 302
    return answer["Location"]


def test_a_view_is_kept_and_its_address_shows_the_same_cases(
    open_report, bram, signed_in
) -> None:
    grave, _w = open_report(severity="very_serious")
    open_report(severity="less_serious")
    browser = signed_in(bram)

    address = kept(browser, severity="very_serious")
    page = browser.get(address)
    again = kept(browser, severity="very_serious")

    assert lines(page) == [grave.reference]
    assert again == address
    assert "serious" not in address
    links = BeautifulSoup(page.content, "html5lib").select("main nav a[href*=weergave]")
    assert [a.get_text(strip=True) for a in links] == ["Nieuw · Zeer ernstig"]
    assert links[0]["aria-current"] == "page"


def test_a_view_of_the_team_shows_each_the_own_cases(
    open_report, bram, sanne, daan, chris, lindeveen, signed_in
) -> None:
    """Sharing a view shares no case: Daan is recused from one of the two."""
    secret, _w = open_report(severity="serious", recused=[str(daan.pk)])
    other, _w = open_report(severity="serious")
    address = kept(signed_in(bram), severity="serious", keep=str(lindeveen.pk))

    seen = {who: lines(signed_in(who).get(address)) for who in (sanne, daan)}

    assert set(seen[sanne]) == {secret.reference, other.reference}
    assert seen[daan] == [other.reference]
    assert signed_in(chris).get(address).status_code == 404


def test_a_view_of_one_s_own_is_nobody_else_s(
    open_report, bram, sanne, signed_in
) -> None:
    open_report()
    browser = signed_in(bram)
    view = View.objects.get(pk=kept(browser, state="reported").partition("=")[2])
    where = f"/zaken/weergaven/{view.pk}/"

    assert signed_in(sanne).get(f"/zaken/?weergave={view.pk}").status_code == 404
    assert signed_in(sanne).post(where).status_code == 404
    assert browser.post(where)["Location"] == "/zaken/"
    assert not View.objects.exists()
    assert browser.get(f"/zaken/?weergave={view.pk}").status_code == 404


def test_a_view_is_not_kept_for_a_team_of_others(
    open_report, bram, kromwaard, signed_in
) -> None:
    open_report()
    browser = signed_in(bram)

    for wanted in (str(kromwaard.pk), "x", ""):
        answer = browser.post("/zaken/?tab=nieuw", {"keep": wanted})
        assert answer.status_code == 400
    assert browser.get("/zaken/?weergave=x").status_code == 404
    assert not View.objects.exists()


def test_a_long_list_comes_in_pages(open_report, bram, signed_in) -> None:
    for _i in range(26):
        open_report()
    browser = signed_in(bram)

    first = lines(browser.get("/zaken/?tab=nieuw"))
    second = lines(browser.get("/zaken/?tab=nieuw&page=2"))
    narrowed = browser.post("/zaken/?tab=nieuw", {"state": "reported", "page": "2"})

    assert (len(first), len(second)) == (25, 1)
    assert set(first).isdisjoint(second)
    assert lines(narrowed) == second


def test_the_story_is_not_in_the_list(open_report, bram, signed_in) -> None:
    open_report()

    assert (
        "zeppelinhal" not in signed_in(bram).get("/zaken/?tab=nieuw").content.decode()
    )


def test_daan_sees_no_row_and_no_count_of_his_own_case(
    open_report, bram, daan, signed_in
) -> None:
    case, _w = open_report(recused=[str(daan.pk)])
    other, _w = open_report()

    page = signed_in(daan).get("/zaken/?tab=nieuw")

    assert lines(page) == [other.reference]
    assert count_of(page, "nieuw") == count_of(page, "team") == 1
    assert case.reference not in page.content.decode()


def test_others_have_no_worklist(
    open_report, chris, esma, femke, gijs, signed_in, client
) -> None:
    open_report()

    assert client.get("/zaken/").status_code == 302
    for stranger in (esma, femke, gijs):
        assert signed_in(stranger).get("/zaken/").status_code == 403
    assert lines(signed_in(chris).get("/zaken/?tab=team")) == []
    assert not Case.objects.visible_to(chris).exists()
