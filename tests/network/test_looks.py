"""How the pages of the figures look and read; those who analyse wander through them."""

from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from tests.judges import Judged, take_cookies
from tests.test_doors import all_patterns

# Answered with a file, or only to be posted to.
NO_PAGE = {"figures-csv", "figures-json", "figures-count", "figures-theme-drop"}


def test_figures_have_no_finding(
    page: Page, live: str, node: Any, draft: Any, femke: Any, joost: Any, signed_in: Any
) -> None:
    take_cookies(page, signed_in(femke), live)
    judged = Judged(page, "dark")
    judged.see("empty", reverse("figures"))
    judged.see("draft", reverse("figures-release", args=[draft.pk]))

    judged.verdict()


def test_every_page_of_the_figures_has_no_finding(
    page: Page, live: str, node: Any, published: Any, femke: Any, signed_in: Any
) -> None:
    take_cookies(page, signed_in(femke), live)
    judged = Judged(page, "dark")
    judged.wander(reverse("figures"), reverse("figures-themes"))
    judged.see("year", reverse("figures-year", args=[2026]))

    names = {name for _path, name in all_patterns() if name.startswith("figures")}
    assert names - judged.seen - NO_PAGE == set()
    judged.verdict()
