"""By keyboard alone: the order, the focus in sight, and the ways past (WEB-3).

On each kind of page, wide and on a telephone: Tab visits everything that can be pressed
in the order of the page, each is in sight and shows that it has the focus.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.visiting import take_cookies

# Everything that Tab should visit, in order; of radio buttons only one of a group.
STOPS = """() => {
  const groups = new Set();
  const stops = [...document.querySelectorAll('a[href], button, select, textarea, '
    + 'input:not([type=hidden]), summary, [tabindex="0"]'
  )].filter(tag => tag.checkVisibility({checkVisibilityCSS: true})).filter(tag => {
    if (tag.type !== 'radio') return true;
    const group = [...document.getElementsByName(tag.name)];
    const chosen = group.find(one => one.checked) || group[0];
    return tag === chosen && !groups.has(tag.name) && groups.add(tag.name);
  });
  stops.forEach((tag, i) => tag.dataset.stop = i);
  return stops.length;
}"""
# Where the focus is, and whether one sees it: uncovered, in sight, with an outline.
HERE = """async () => {
  await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const tag = document.activeElement;
  const box = tag.getClientRects()[0];
  const inside = (at, most) => Math.min(Math.max(at, 0), most - 1);
  const top = document.elementFromPoint(
    inside(box.left + Math.min(box.width, 40) / 2, innerWidth),
    inside(box.top + Math.min(box.height, 40) / 2, innerHeight));
  const style = getComputedStyle(tag);
  return {
    stop: Number(tag.dataset.stop ?? -1),
    name: `${tag.localName} ${tag.innerText || tag.name || ''}`.slice(0, 60),
    seen: !!top && (tag.contains(top) || top.contains(tag) && top !== document.body
      || [...(tag.labels || [])].some(label => label.contains(top))),
    shown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    top: top && top.outerHTML.slice(0, 90),
  };
}"""


def walk(page: Page) -> list[dict[str, Any]]:
    """Press Tab until everything was visited; tell where the focus came."""
    count = page.evaluate(STOPS)
    visited = []
    for _i in range(count):
        page.keyboard.press("Tab")
        visited.append(page.evaluate(HERE))
    return visited


def check(page: Page) -> None:
    visited = walk(page)
    numbers = [one["stop"] for one in visited]

    assert numbers == list(range(len(visited))), visited
    assert [one for one in visited if not (one["seen"] and one["shown"])] == []


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.nightly), 390])
def test_reporter_reaches_everything_in_order_and_in_sight(
    visitor: Callable[..., Page], width: int, open_report: Any, bram: Any
) -> None:
    _case, code = open_report()
    page = visitor(viewport={"width": width, "height": 700}, reduced_motion="reduce")
    for path in ("/", "/melden/", "/melden/vooraf/", "/partners/", "/mijn-melding/"):
        page.goto(path)
        check(page)
    page.fill("#id_code", code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/overzicht/")
    check(page)
    page.goto("/melden/vooraf/")
    page.locator("main button").last.click()
    check(page)


@pytest.mark.parametrize("width", [1280, pytest.param(390, marks=pytest.mark.nightly)])
def test_handler_reaches_everything_in_order_and_in_sight(
    visitor: Callable[..., Page],
    live: str,
    width: int,
    open_report: Any,
    bram: Any,
    signed_in: Any,
) -> None:
    case, _code = open_report()
    page = visitor(viewport={"width": width, "height": 700}, reduced_motion="reduce")
    take_cookies(page, signed_in(bram), live)
    for path in ("/zaken/", "/zaken/nieuw/", f"/zaken/{case.reference}/", "/account/"):
        page.goto(path)
        check(page)
    for corner in ("berichten/", "indeling/", "mensen/", "doorverwijzingen/nieuw/"):
        page.goto(f"/zaken/{case.reference}/{corner}")
        check(page)


def test_first_stop_leads_past_everything_to_the_content(
    page: Page, live: str, bram: Any, signed_in: Any
) -> None:
    take_cookies(page, signed_in(bram), live)
    for path in ("/zaken/", "/", "/inloggen/"):
        page.goto(path)
        page.keyboard.press("Tab")
        expect(page.get_by_text("Direct naar de inhoud")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()


def test_menu_opens_and_closes_by_keyboard(
    page: Page, live: str, bram: Any, signed_in: Any
) -> None:
    take_cookies(page, signed_in(bram), live)
    page.goto("/zaken/")
    menu = page.locator("details.wb-menu summary")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Uitloggen")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Uitloggen")).to_be_hidden()
    expect(menu).to_be_focused()


def test_a_hidden_focus_would_have_been_seen(page: Page) -> None:
    page.goto("/privacy/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<i id=cover></i>')")
    page.evaluate(
        "Object.assign(document.getElementById('cover').style,"
        " {position: 'fixed', inset: 0, zIndex: 99})"
    )

    assert any(not one["seen"] for one in walk(page))
