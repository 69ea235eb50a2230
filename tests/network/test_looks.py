"""How the pages of the figures look and read: no finding, in every state."""

import re
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.test_doors import all_patterns
from tests.visiting import Judged, take_cookies

# Answered with a file, or only to be posted to.
FILES = {"figures-csv", "figures-json", "figures-file", "figures-catalogue"}
NO_PAGE = FILES | {"figures-count", "figures-theme-drop"}


def test_every_page_of_the_figures_has_no_finding(
    page: Page, live: str, node: Any, femke: Any, signed_in: Any, published: Any
) -> None:
    take_cookies(page, signed_in(femke), live)
    judged = Judged(page, "dark")
    judged.wander(reverse("figures"), reverse("figures-themes"))
    judged.see("year", reverse("figures-year", args=[2026]))
    for code in ("t1", "t2", "t10", "t11", "t14", "t15"):
        judged.see(code, reverse("figures-table", args=[2026, code]))
    judged.see("english", "/en/cijfers/2026/t2/")

    names = {name for _path, name in all_patterns() if name.startswith("figures")}
    assert names - judged.seen - NO_PAGE == set()
    judged.verdict()


def test_pages_of_analysts_have_no_finding(
    page: Page, live: str, node: Any, femke: Any, signed_in: Any, draft: Any
) -> None:
    take_cookies(page, signed_in(femke), live)
    judged = Judged(page)
    judged.see("nothing-published", reverse("figures"))
    judged.see("draft", reverse("figures-release", args=[draft.pk]))
    judged.press("Laat de cijfers controleren")
    judged.see("checked")
    judged.see("themes", reverse("figures-themes"))
    judged.press("Voeg het thema toe")
    expect(page).to_have_title(re.compile("^Fout: "))
    judged.see("themes-error")
    page.get_by_label("Naam", exact=False).first.fill("Online haat")
    page.get_by_label("Waarom dit thema").fill("Veel haat komt via een scherm.")
    judged.press("Voeg het thema toe")
    judged.see("theme-named")

    judged.verdict()
