"""A person at a browser, who does what the page offers: reads, follows, fills, presses.

Nobody in the journey makes up an address: whoever wants to go somewhere needs a link,
a button, or a mail.
"""

import re
from typing import NamedTuple, Protocol

from playwright.sync_api import Locator, Page, expect

MENU = "Hoofdmenu"
MISTAKE = ".utrecht-form-field-error-message"


class Sight(NamedTuple):
    """What is left of a page in history and tabs: who saw it, where, and its title."""

    who: str
    address: str
    title: str


class Visitor(Protocol):
    """What one can do with a page; `near` means the item of a list that says so."""

    who: str
    sights: list[Sight]

    def arrive(self, address: str = "/", *, by: str = "") -> None:
        """Type an address, or come from a mail or, `by` its address, another site."""

    def menu(self, words: str) -> None:
        """Choose from the main menu, which may be folded."""

    def follow(self, words: str, *, near: str = "") -> None:
        """Follow the link with these words."""

    def press(self, words: str, *, near: str = "") -> None:
        """Press the button with these words; what was filled in is right."""

    def errs(self, words: str, told: str) -> None:
        """Press the button too early, and be told what is missing."""

    def write(self, label: str, text: str) -> None:
        """Fill in the field with this label."""

    def attach(self, label: str, **files: bytes) -> None:
        """Choose files for the field with this label, by what they are called."""

    def choose(self, *labels: str) -> None:
        """Tick boxes and choose buttons by their words."""

    def pick(self, label: str, choice: str) -> None:
        """Choose from a list."""

    def copies(self, mark: str) -> str:
        """The words at a mark on the page, to keep on paper."""

    def tells(self, term: str) -> str:
        """What the page says beside a term."""

    def reads(self, *texts: str) -> None:
        """The page tells her this."""

    def never_reads(self, *texts: str) -> None:
        """The page does not hold it, not even where the eye does not see it."""

    def takes(self, words: str) -> bytes:
        """Download what the link with these words leads to."""

    def cookies(self) -> dict[str, str]:
        """What the browser keeps."""


class BrowserVisitor:
    """Somebody at a real browser, who goes everywhere by keyboard (WCAG 2.1.1)."""

    def __init__(self, who: str, page: Page, sights: list[Sight]) -> None:
        self.who = who
        self.page = page
        self.sights = sights

    def arrive(self, address: str = "/", *, by: str = "") -> None:
        self.page.goto(address, referer=by or None)
        self._look()

    def menu(self, words: str) -> None:
        menu = self.page.get_by_role("navigation", name=MENU)
        link = menu.get_by_role("link", name=words)
        if not link.is_visible():
            menu.locator("summary").press("Enter")
        self._go(link)

    def follow(self, words: str, *, near: str = "") -> None:
        self._go(self._part(near).get_by_role("link", name=words).first)

    def press(self, words: str, *, near: str = "") -> None:
        self._go(self._part(near).get_by_role("button", name=words).first)
        assert self.page.locator(MISTAKE).count() == 0, self.page.inner_text("main")

    def errs(self, words: str, told: str) -> None:
        self._go(self._part().get_by_role("button", name=words).first)
        expect(self.page.locator(MISTAKE)).to_contain_text(told)

    def write(self, label: str, text: str) -> None:
        self._part().get_by_label(label).first.fill(text)

    def attach(self, label: str, **files: bytes) -> None:
        field = self._part().get_by_label(label).first
        if not field.is_visible():
            field.locator("xpath=ancestor::details[1]/summary").press("Enter")
        kind = "application/octet-stream"
        field.set_input_files(
            [
                {"name": name, "mimeType": kind, "buffer": content}
                for name, content in files.items()
            ]
        )

    def choose(self, *labels: str) -> None:
        for label in labels:
            box = self._part().get_by_label(_just(label))
            if not box.is_visible():
                box.locator("xpath=ancestor::details[1]/summary").press("Enter")
            box.check()

    def pick(self, label: str, choice: str) -> None:
        field = self._part().get_by_label(label)
        option = field.locator("option").filter(has_text=_just(choice))
        field.select_option(value=option.get_attribute("value"))

    def copies(self, mark: str) -> str:
        return self.page.locator(mark).first.inner_text().strip()

    def tells(self, term: str) -> str:
        line = self._part().locator("dl > div", has_text=term)
        return line.locator("dd").inner_text().strip()

    def reads(self, *texts: str) -> None:
        for text in texts:
            expect(self._part()).to_contain_text(text, ignore_case=True)

    def never_reads(self, *texts: str) -> None:
        held = self.page.content().lower()
        for text in texts:
            assert text.lower() not in held, self.page.url

    def takes(self, words: str) -> bytes:
        with self.page.expect_download() as waited:
            self._part().get_by_role("link", name=words).first.press("Enter")
        return waited.value.path().read_bytes()

    def cookies(self) -> dict[str, str]:
        return {c["name"]: c["value"] for c in self.page.context.cookies()}

    def _part(self, near: str = "") -> Locator:
        main = self.page.locator("main")
        return main.locator("li", has_text=near).last if near else main

    def _go(self, door: Locator) -> None:
        door.press("Enter")
        self._look()

    def _look(self) -> None:
        self.page.wait_for_load_state()
        self.sights.append(Sight(self.who, self.page.url, self.page.title()))


def _just(words: str) -> re.Pattern[str]:
    """Exactly these words, with or without a capital."""
    return re.compile(rf"^\s*{re.escape(words)}\s*$", re.IGNORECASE)
