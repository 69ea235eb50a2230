"""How the pages of the figures look and read: no finding, in every state."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.referrals.test_looks import Judged
from tests.test_looks import take_cookies


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_have_no_finding(
    visitor: Callable[..., Page],
    live: str,
    node: Path,
    scheme: str,
    femke: Any,
    signed_in: Any,
    published: Any,
) -> None:
    page = visitor(color_scheme=scheme)
    take_cookies(page, signed_in(femke), live)
    judged = Judged(page)
    judged.see("figures", reverse("figures"))
    judged.see("year", reverse("figures-year", args=[2026]))
    for code in ("t1", "t2", "t10", "t11", "t14", "t15"):
        judged.see(code, reverse("figures-table", args=[2026, code]))
    judged.see("releases", reverse("figures-releases"))
    judged.see("release", reverse("figures-release", args=[published.pk]))
    judged.see("english", "/en/cijfers/2026/t2/")

    assert judged.wrong == {}, json.dumps(judged.wrong, indent=1)


def test_pages_of_analysts_have_no_finding(
    page: Page, live: str, node: Path, femke: Any, signed_in: Any, draft: Any
) -> None:
    take_cookies(page, signed_in(femke), live)
    judged = Judged(page)
    judged.see("nothing-published", reverse("figures"))
    judged.see("draft", reverse("figures-release", args=[draft.pk]))
    page.get_by_role("button", name="Laat de cijfers controleren").click()
    judged.see("checked")
    judged.see("themes", reverse("figures-themes"))
    page.get_by_role("button", name="Voeg het thema toe").click()
    assert page.title().startswith("Fout: ")
    judged.see("themes-error")
    page.get_by_label("Naam", exact=False).first.fill("Online haat")
    page.get_by_label("Waarom dit thema").fill("Veel haat komt via een scherm.")
    page.get_by_role("button", name="Voeg het thema toe").click()
    judged.see("theme-named")

    assert judged.wrong == {}, json.dumps(judged.wrong, indent=1)
