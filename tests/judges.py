"""The judges of a page: how it looks, reads and is built (WEB-1, 2, 3, 5, 6).

axe and HTML_CodeSniffer find nothing; nothing scrolls sideways at 320 pixels, also with
the wider spacing of WCAG 1.4.12; nothing is inline; html-validate reads what the server
sent. `Judged` visits pages with one visitor and keeps what is wrong with each.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, Response

from tests.packages import find_node

ROOT = Path(settings.ROOT)
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8")
SNIFFER = (ROOT / "node_modules/html_codesniffer/build/HTMLCS.js").read_text("utf-8")
VALIDATE = ROOT / "node_modules/html-validate/bin/html-validate.mjs"
RULES = Path(__file__).with_name("html-validate.json")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What another scheme can spoil.
COLOURS = ("color-contrast", "link-in-text-block")
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 800}
# A folder to look at what was judged: SHOTS=/somewhere make test ARGS=…
SHOTS = os.environ.get("SHOTS")

Scheme = Literal["dark", "light"]
# Asking for these pages ends the visit.
AWAY = {"leave", "account_logout", "mailbox-leave"}

# Links and forms to pages of ours.
WAYS = """() => [...document.querySelectorAll('a[href], form')].map(
  tag => new URL(tag.getAttribute('href') || tag.getAttribute('action') || '', location)
).filter(to => to.origin === location.origin).map(to => to.pathname)"""
INLINE = """() => [...document.querySelectorAll('*')].flatMap(tag => [
  ...(tag.matches('style, script:not([src])') ? [`inline ${tag.localName}`] : []),
  ...[...tag.attributes].filter(a => a.name === 'style' || a.name.startsWith('on'))
     .map(a => `inline ${a.name} on ${tag.localName}`),
  ...(tag.tabIndex > 0 ? [`tabindex ${tag.tabIndex} on ${tag.localName}`] : []),
])"""
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
# A word that is cut off; what is hidden from sight on purpose is one pixel wide.
CUT_OFF = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(
  tag => tag.clientWidth > 1 && getComputedStyle(tag).overflowX !== 'visible'
    && !tag.matches('[tabindex="0"], textarea, input, select')
    && (tag.scrollWidth > tag.clientWidth + 1
      || tag.scrollHeight > tag.clientHeight + 1)
).map(tag => `cut off: ${tag.localName}.${tag.className}`)"""


def axe(page: Page, *rules: str) -> list[str]:
    """What axe finds, with the place of each; all its rules, or only these."""
    page.evaluate(AXE)
    only = (
        {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    )
    found = page.evaluate(
        "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", only
    )
    return [
        f"{v['id']}: {n['target']} {n['failureSummary'][:120]}"
        for v in found["violations"]
        for n in v["nodes"][:3]
    ]


def sniffer(page: Page) -> list[str]:
    """What HTML_CodeSniffer counts as an error of WCAG 2 AA."""
    # This release stumbles over `autocomplete`; axe has judged that attribute by now.
    page.evaluate(
        "document.querySelectorAll('[autocomplete]')"
        ".forEach(field => field.removeAttribute('autocomplete'))"
    )
    page.evaluate(SNIFFER)
    found = page.evaluate(
        """() => new Promise(done => HTMLCS.process('WCAG2AA', document, () => done(
             HTMLCS.getMessages().filter(m => m.type === 1).map(
               m => m.code + ' ' + (m.element.outerHTML || '').slice(0, 120)))))"""
    )
    return list(found)


def sideways(page: Page) -> list[str]:
    """By how much the page is too wide for a small screen, also with more spacing."""
    width = page.viewport_size or WIDE
    page.set_viewport_size(NARROW)
    over = "document.documentElement.scrollWidth - window.innerWidth"
    wrong = [f"scrolls sideways by {px} px" for px in [page.evaluate(over)] if px > 0]
    page.evaluate(SPACED)
    wrong += [f"spaced: {px} px too wide" for px in [page.evaluate(over)] if px > 0]
    wrong += page.evaluate(CUT_OFF)
    page.evaluate("document.adoptedStyleSheets = []")
    page.set_viewport_size(width)
    return wrong


def judge(page: Page) -> list[str]:
    """Everything that is wrong with the page as it stands in the browser."""
    return page.evaluate(INLINE) + axe(page) + sniffer(page) + sideways(page)


def invalid(sources: dict[str, str]) -> dict[str, list[str]]:
    """What html-validate says about the pages as the server sent them (WEB-5)."""
    with tempfile.TemporaryDirectory() as folder:
        names = {f"{n}.html": name for n, name in enumerate(sources)}
        for file, name in names.items():
            Path(folder, file).write_text(sources[name], "utf-8")
        told = Path(folder, "told.json")
        options = ["--config", str(RULES), "--formatter", f"json={told}"]
        command = [str(find_node()), str(VALIDATE), *options, folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert told.exists(), done.stderr
        pages = json.loads(told.read_text("utf-8"))
    return {
        names[Path(page["filePath"]).name]: [
            f"{m['ruleId']}: {m['message']} ({m['selector']})" for m in page["messages"]
        ]
        for page in pages
        if page["messages"]
    }


def take_cookies(page: Page, client: Client, live: str) -> None:
    """Let the browser be where the test client is: signed in, say."""
    page.context.add_cookies(
        [
            {"name": name, "value": morsel.value, "url": live}
            for name, morsel in client.cookies.items()
        ]
    )


class Judged:
    """Visits pages, keeps what is wrong with each, and knows which routes it saw.

    Every page is judged light; `schemes` adds dark. `language` is put before each path.
    """

    def __init__(self, page: Page, *schemes: Scheme, language: str = "") -> None:
        self.page = page
        self.schemes = schemes
        self.language = language
        self.seen: set[str] = set()
        self.wrong: dict[str, list[str]] = {}
        self.sources: dict[str, str] = {}
        self._last: Response | None = None
        page.on("response", self._keep)

    def _keep(self, answer: Response) -> None:
        if answer.request.is_navigation_request():
            self._last = answer

    def go(self, path: str, status: int = 200) -> None:
        """Visit a page without judging it."""
        answer = self.page.goto(self._said(path))
        assert answer, path
        assert answer.status == status, f"{path}: {answer.status}"

    def _said(self, path: str) -> str:
        return self.language + plain(path) if self.language else path

    def press(self, words: str = "") -> None:
        """Press the last button of the page, or the one with these words."""
        main = self.page.locator("main")
        if words:
            main.get_by_role("button", name=words).click()
        else:
            main.locator("form button[type=submit]").last.click()

    def see(self, name: str, path: str | None = None, status: int = 200) -> None:
        """Judge the page where the visitor is, or goes now."""
        if path is not None:
            self.go(path, status)
        self._picture(name)
        # Kept first: the judges change the page a little.
        if self._last and self._last.url == self.page.url.split("#")[0]:
            self.sources[name] = self._last.text()
        found = judge(self.page)
        for scheme in self.schemes:
            self.page.emulate_media(color_scheme=scheme)
            dark = axe(self.page, *COLOURS) + sniffer(self.page)
            found += [f"{scheme}: {wrong}" for wrong in dark]
            self.page.emulate_media(color_scheme="light")
        if found:
            self.wrong[name] = found
        self.seen.add(route_of(self.page.url))

    def _picture(self, name: str) -> None:
        for width in (1280, 390) if SHOTS else ():
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
        self.page.set_viewport_size(WIDE)

    def wander(self, *starts: str) -> None:
        """From here follow links and forms to one page of each route not yet seen."""
        waiting, known = list(starts), set(self.seen)
        while waiting:
            path = waiting.pop(0)
            known.add(route_of(path))
            answer = self.page.request.get(self._said(path), max_redirects=0)
            # Elsewhere, or only to be posted to.
            if 300 <= answer.status < 400 or answer.status == 405:
                continue
            assert answer.ok, f"{path} is linked to, and answers {answer.status}"
            if "text/html" in answer.headers["content-type"]:
                self.see(route_of(path), path)
                waiting += self._ways_on(known)

    def _ways_on(self, known: set[str]) -> list[str]:
        ways = {route_of(path): path for path in self.page.evaluate(WAYS)}
        fresh = [path for name, path in ways.items() if name and name not in known]
        known |= set(ways)
        return [path for path in fresh if route_of(path) not in AWAY]

    def verdict(self) -> None:
        """Fail with everything that is wrong, by page."""
        wrong = dict(self.wrong)
        for name, found in invalid(self.sources).items():
            wrong[name] = [*wrong.get(name, []), *found]
        assert wrong == {}, json.dumps(wrong, indent=1, ensure_ascii=False)


def plain(path: str) -> str:
    """A path without its language; the first language has none."""
    return path.removeprefix("/en") if path.startswith("/en/") else path


def route_of(url: str) -> str:
    """The name of the route of an address; empty for what is no route."""
    try:
        return resolve(plain(urlsplit(url).path)).url_name or ""
    except Resolver404:
        return ""
