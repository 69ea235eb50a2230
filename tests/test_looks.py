"""How pages look: axe and HTML_CodeSniffer find nothing, nothing scrolls sideways.

Each page is judged light and dark, and at 320 pixels wide (WEB-1, WEB-2, WEB-6).
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

ROOT = Path(settings.ROOT)
AXE = ROOT / "node_modules/axe-core/axe.min.js"
SNIFFER = ROOT / "node_modules/html_codesniffer/build/HTMLCS.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

PUBLIC = (
    "/",
    "/melden/",
    "/melden/vooraf/",
    "/mijn-melding/",
    "/veilig-gebruik/",
    "/toegankelijkheid/",
    "/privacy/",
    "/instrumenten/",
    "/inloggen/",
    "/demo/",
    "/bestaat-niet/",
)
HANDLER = (
    "/zaken/",
    "/zaken/?tab=team",
    "/zaken/nieuw/",
    "/zaken/{reference}/",
    "/zaken/{reference}/berichten/",
    "/zaken/{reference}/tijdlijn/",
    "/zaken/{reference}/stap/begin_triage/",
    "/instrumenten/",
)


def axe(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS
    )
    return [
        f"{v['id']}: {n['target']} {n['failureSummary'][:120]}"
        for v in found["violations"]
        for n in v["nodes"][:3]
    ]


def sniffer(page: Page) -> list[str]:
    # This release stumbles over `autocomplete`; axe has judged that attribute by now.
    page.evaluate(
        "document.querySelectorAll('[autocomplete]')"
        ".forEach(field => field.removeAttribute('autocomplete'))"
    )
    page.evaluate(SNIFFER.read_text("utf-8"))
    found = page.evaluate(
        """() => new Promise(done => HTMLCS.process('WCAG2AA', document, () => done(
             HTMLCS.getMessages().filter(m => m.type === 1).map(
               m => m.code + ' ' + (m.element.outerHTML || '').slice(0, 120)))))"""
    )
    return list(found)


def judge(page: Page) -> list[str]:
    """Everything that is wrong with the page as it stands."""
    wrong = axe(page) + sniffer(page)
    page.set_viewport_size({"width": 320, "height": 800})
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    return [*wrong, *([f"scrolls sideways by {over} px"] if over > 0 else [])]


def take_cookies(page: Page, client: Client, live: str) -> None:
    page.context.add_cookies(
        [
            {"name": name, "value": morsel.value, "url": live}
            for name, morsel in client.cookies.items()
        ]
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_public_pages_have_no_finding(
    visitor: Callable[..., Page], node: Path, scheme: str, lindeveen: Any, bram: Any
) -> None:
    page = visitor(color_scheme=scheme)
    wrong = {}
    for path in PUBLIC:
        answer = page.goto(path)
        assert answer
        assert answer.status == (404 if "niet/" in path else 200), path
        if found := judge(page):
            wrong[path] = found

    assert wrong == {}, json.dumps(wrong, indent=1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_case_pages_have_no_finding(
    visitor: Callable[..., Page],
    live: str,
    node: Path,
    scheme: str,
    bram: Any,
    signed_in: Any,
    open_report: Any,
) -> None:
    case, _code = open_report()
    page = visitor(color_scheme=scheme)
    take_cookies(page, signed_in(bram), live)
    wrong = {}
    for path in HANDLER:
        answer = page.goto(path.format(reference=case.reference))
        assert answer
        assert answer.status == 200, path
        if found := judge(page):
            wrong[path] = found

    assert wrong == {}, json.dumps(wrong, indent=1)


def test_form_steps_have_no_finding_empty_and_with_errors(
    page: Page, node: Path, lindeveen: Any, bram: Any
) -> None:
    page.goto("/melden/vooraf/")
    page.locator("main form button").first.click()
    wrong = {}
    wrong["empty"] = judge(page)
    page.locator("main form button[type=submit]").last.click()
    assert page.title().startswith("Fout: ")
    wrong["error"] = judge(page)

    assert wrong == {"empty": [], "error": []}, json.dumps(wrong, indent=1)


def test_the_judges_see_a_fault(page: Page, node: Path) -> None:
    page.goto("/")
    page.evaluate("document.querySelector('main').innerHTML = '<input><img src=x>'")

    assert axe(page)
    assert sniffer(page)


def test_nothing_is_loaded_from_elsewhere(page: Page, live: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    for path in ("/", "/melden/", "/mijn-melding/", "/account/login/"):
        page.goto(path)

    assert len(asked) > 4
    assert [url for url in asked if not url.startswith(live)] == []
