"""Visiting pages with one visitor, and having each judged."""

import json
import os
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, Response

from tests.judges import WIDE, axe, invalid, judge, sniffer

# A folder to look at what was judged: SHOTS=/somewhere make test ARGS=…
SHOTS = os.environ.get("SHOTS")
# What another scheme can spoil.
COLOURS = ("color-contrast", "link-in-text-block")
Scheme = Literal["dark", "light"]
# Asking for these pages ends the visit.
AWAY = {"leave", "account_logout", "mailbox-leave"}

# Links and forms to pages of ours.
WAYS = """() => [...document.querySelectorAll('a[href], form')].map(
  tag => new URL(tag.getAttribute('href') || tag.getAttribute('action') || '', location)
).filter(to => to.origin === location.origin).map(to => to.pathname)"""


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
        self.page.wait_for_load_state()

    def fill(self, answers: Mapping[str, Any]) -> None:
        """Fill in the fields of the page by name, or choose from what they offer."""
        for name, given in answers.items():
            field = self.page.locator(f"main [name={name}]")
            kind = field.first.evaluate("field => field.type")
            for value in given if isinstance(given, list) else [given]:
                if value is True:
                    field.check()
                elif kind in ("checkbox", "radio"):
                    self.page.locator(f'main [name={name}][value="{value}"]').check()
                elif kind.startswith("select"):
                    field.select_option(value)
                else:
                    field.fill(value)

    def see(self, name: str, path: str | None = None, status: int = 200) -> None:
        """Judge the page where the visitor is, or goes now."""
        if path is not None:
            self.go(path, status)
        # A click goes on once the new page is there, before its style sheet is.
        self.page.wait_for_load_state()
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
