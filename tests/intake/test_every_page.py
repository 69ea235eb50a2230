"""Rules that hold on every page of a reporter, whichever it is."""

import re

import pytest

from tests.intake.pages import pages

__all__ = ["pages"]
pytestmark = pytest.mark.django_db


def failing(pages, holds) -> list[str]:
    """The names of the pages on which a rule does not hold."""
    return [name for name, page in pages.items() if not holds(page.soup)]


def test_all_pages_are_there(pages) -> None:
    assert len(pages) > 40
    assert {page.response.status_code for page in pages.values()} == {200, 404, 410}
    headings = {page.soup.h1.get_text() for page in pages.values()}
    assert len(headings) > 20


def test_help_and_the_way_out_are_always_there(pages) -> None:
    """R-3, R-4 and R-5: 112, day and night, leaving, and what a browser remembers."""
    assert failing(pages, lambda soup: soup.select_one('a[href="tel:112"]')) == []
    line = 'a[href="tel:0703738314"]'
    assert failing(pages, lambda soup: soup.select_one(line)) == []
    safe = 'a[href="/veilig-gebruik/"]'
    assert failing(pages, lambda soup: soup.select_one(safe)) == []
    second = [
        name
        for name, page in pages.items()
        if page.soup.body.find_all("a")[1]["href"] != "/verlaten"
    ]
    assert second == []


def test_nothing_hurries_or_leads_on_by_itself(pages) -> None:
    """UX-23: no clock in sight, no page that goes on by itself, no bar to fill."""
    hurried = "meta[http-equiv=refresh], main time, main progress, main meter"
    assert failing(pages, lambda soup: not soup.select(hurried)) == []


def test_each_page_has_one_heading_and_one_main_button(pages) -> None:
    """WEB-23: one thing per page; on the overview there may be several things to do."""
    assert failing(pages, lambda soup: len(soup.select("h1")) == 1) == []
    main = "main form .utrecht-button--primary-action"
    assert failing(pages, lambda soup: len(soup.select(main)) <= 1) == []
    asked = "main fieldset[aria-required=true]"
    several = failing(pages, lambda soup: len(soup.select(asked)) <= 1)
    assert several == ["check-in", "check-in wrong"]


def test_fields_are_labelled_and_forget_what_was_typed(pages) -> None:
    """WEB-20, 22, 25, 28 and 36, on every field of every page."""
    for name, page in pages.items():
        soup = page.soup
        content = page.response.content.decode()
        assert "placeholder=" not in content, name
        assert not soup.select("main [required], main [disabled]"), name
        assert all(
            "novalidate" in f.attrs or not f.select("textarea, [type=text]")
            for f in soup.select("main form")
        ), name
        for field in soup.select("main input:not([type=hidden]), main textarea"):
            label = soup.select_one(f'label[for="{field["id"]}"]')
            assert label, (name, field)
            assert not label.select("a"), (name, field)
            if field.name == "textarea" or field["type"] == "text":
                assert field["autocomplete"] == "off", (name, field)


def test_what_may_be_skipped_says_so(pages) -> None:
    """WEB-24: needed or "(optioneel)", and no asterisk anywhere."""
    needed, told = set(), set()
    for number in range(1, 8):
        soup = pages[str(number)].soup
        assert "*" not in soup.main.get_text()
        for question in soup.select("main legend, main .utrecht-form-field__label"):
            box = question.find_parent("fieldset") or question.parent
            if box.select("[type=file]"):
                # Who folds this question open came for it.
                continue
            names = {field["name"] for field in box.select("[name]")}
            if "(optioneel)" not in question.get_text():
                needed |= names
            if "aria-required" in box.attrs or box.select("[aria-required]"):
                told |= names

    assert needed == {"organisation", "groups", "wish", "anonymity"}
    # A group of tick boxes cannot carry `aria-required`.
    assert told == needed - {"groups"}


def test_only_the_last_button_sends(pages) -> None:
    """WEB-30: "Verder" until it is really sent."""
    button = "main form .utrecht-button--primary-action"
    said = {name: page.soup.select_one(button) for name, page in pages.items()}
    for number in range(1, 8):
        assert said[str(number)].get_text() == "Verder"
    assert said["check"].get_text() == "Melding versturen"


def test_mistakes_say_what_to_do_and_end_in_a_full_stop(pages) -> None:
    """WEB-26 and WEB-27, wherever something was wrong."""
    wrong = {name: page for name, page in pages.items() if name.endswith("wrong")}
    assert len(wrong) > 10
    for name, page in wrong.items():
        soup = page.soup
        assert soup.title.get_text().startswith("Fout: "), name
        lines = soup.select(".wb-errors li a")
        assert lines, name
        for line in lines:
            told = line.get_text()
            assert re.search(r"[.?]$", told), told
            assert not re.search("verplicht|ongeldig|onjuist|fout", told), told
            field = soup.select_one(line["href"])
            assert field, (name, line["href"])
            assert told in soup.main.get_text().replace(line.get_text(), "", 1), name


def test_nothing_may_be_stored_or_found(pages) -> None:
    """SEC-9 and the rule that no page outlives the visit."""
    found = {"/", "/veilig-gebruik/"}
    for name, page in pages.items():
        assert page.response["Cache-Control"] == "no-store", name
        assert ("X-Robots-Tag" in page.response) == (name not in found), name


def test_no_page_loads_anything_from_elsewhere(pages) -> None:
    """SEC-3 and SEC-8, in what the pages ask for."""
    for name, page in pages.items():
        soup = page.soup
        asked = [t.get("src") or t.get("href") for t in soup.select("script,link,img")]
        assert asked, name
        assert all(address.startswith("/static/") for address in asked), name
        assert not soup.select("style, [style], iframe, [rel=preconnect]"), name
