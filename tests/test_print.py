"""On paper: a case and a receipt, without what only a screen needs (WEB-7)."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.intake.filling import LEAST
from tests.visiting import Judged, take_cookies

SCREEN_ONLY = ("nav", ".wb-exit", ".wb-help", "footer", "main button", "main form")
# The rules for paper ask for a number at the foot of each page.
NUMBERED = """() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
  .filter(rule => rule.media?.mediaText === 'print')
  .flatMap(rule => [...rule.cssRules])
  .map(rule => rule.cssText)
  .some(text => text.startsWith('@page') && text.includes('counter(page'))
"""


def print_out(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    for what in SCREEN_ONLY:
        for found in page.locator(what).all():
            expect(found).to_be_hidden()
    for link in page.locator("main a:visible").all():
        expect(link).to_have_css("text-decoration-line", "none")
    assert page.evaluate(NUMBERED)
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("corner", ["", "berichten/", "tijdlijn/", "afspraken/"])
def test_case_is_printed_without_menu_and_buttons(
    page: Page, live: str, open_report: Any, bram: Any, signed_in: Any, corner: str
) -> None:
    case, _code = open_report(wish="call_me", contact={"phone": "06 12345678"})
    take_cookies(page, signed_in(bram), live)
    page.goto(f"/zaken/{case.reference}/{corner}")
    print_out(page)

    expect(page.get_by_role("heading", name=f"Zaak {case.reference}")).to_be_visible()
    if not corner:
        expect(page.get_by_text("06 12345678")).to_be_visible()
        expect(page.get_by_text("Bel mij")).to_be_visible()


def test_receipt_is_printed_without_the_story(page: Page, bram: Any) -> None:
    judged = Judged(page)
    judged.go("/melden/vooraf/")
    judged.press()
    for number, answers in LEAST.items():
        judged.fill(
            answers | ({"story": "Bij de zeppelinhal."} if number == "4" else {})
        )
        judged.press()
    judged.press()
    print_out(page)

    expect(page.locator("#code")).to_be_visible()
    assert "zeppelinhal" not in page.content()


def test_paper_is_white_also_in_the_dark(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto("/privacy/")

    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator("h1")).to_have_css("color", "rgb(0, 0, 0)")
