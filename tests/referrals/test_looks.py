"""How the pages of referrals and desk look and read: no finding, in every state.

Judged by the same judges as the other pages: light, dark, and 320 pixels wide.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from referrals.models import Referral
from tests.test_looks import judge, take_cookies

SHOTS = os.environ.get("SHOTS")


class Judged:
    """Visits pages and keeps what is wrong with each."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: dict[str, list[str]] = {}

    def see(self, name: str, path: str | None = None) -> None:
        if path is not None:
            answer = self.page.goto(path)
            assert answer, path
            assert answer.status == 200, path
        if SHOTS:
            for wide in (1280, 390):
                self.page.set_viewport_size({"width": wide, "height": 900})
                self.page.screenshot(path=f"{SHOTS}/{name}-{wide}.png", full_page=True)
        if found := judge(self.page):
            self.wrong[name] = found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_handler_pages_have_no_finding(
    visitor: Callable[..., Page],
    live: str,
    node: Path,
    scheme: str,
    stage: Any,
    signed_in: Any,
) -> None:
    page = visitor(color_scheme=scheme)
    take_cookies(page, signed_in(stage.handler), live)
    judged, reference = Judged(page), stage.case.reference
    judged.see(f"{scheme}-empty", reverse("case-referrals", args=[reference]))
    judged.see(f"{scheme}-choose", reverse("case-referral-new", args=[reference]))
    for code in ("support_team_nwb", "trust_line"):
        partner = stage.find(code)
        path = reverse("case-referral-propose", args=[reference, partner.pk])
        judged.see(f"{scheme}-write-{code}", path)
    judged.see(f"{scheme}-partners", reverse("partners"))
    referral, _word = stage.answered()
    for code in ("sipa", "victim_support"):
        stage.consented(code)
    judged.see(f"{scheme}-list", reverse("case-referrals", args=[reference]))
    for found in [referral, *Referral.objects.exclude(pk=referral.pk)]:
        path = reverse("case-referral", args=[reference, found.pk])
        judged.see(f"{scheme}-{found.partner.code}", path)

    assert judged.wrong == {}, json.dumps(judged.wrong, indent=1)


def test_errors_and_the_exact_text_have_no_finding(
    page: Page, live: str, node: Path, stage: Any, signed_in: Any
) -> None:
    take_cookies(page, signed_in(stage.handler), live)
    judged, reference = Judged(page), stage.case.reference
    partner = stage.find("support_team_nwb")
    page.goto(reverse("case-referral-propose", args=[reference, partner.pk]))
    page.get_by_role("button", name="Controleer de tekst").click()
    assert page.title().startswith("Fout: ")
    judged.see("error")
    page.get_by_label("Samenvatting voor deze partner").fill("Eerste regel.\nTweede.")
    page.get_by_role("button", name="Controleer de tekst").click()
    judged.see("exact-text")
    page.get_by_role("button", name="Wijzig de tekst").click()
    typed = page.get_by_label("Samenvatting voor deze partner").input_value()
    assert typed == "Eerste regel.\nTweede."
    page.get_by_role("button", name="Controleer de tekst").click()
    page.get_by_role("button", name="Stel dit aan de melder voor").click()
    judged.see("proposed")
    page.get_by_role("button", name="Leg vast wat de melder zei").click()
    judged.see("consent-error")

    assert judged.wrong == {}, json.dumps(judged.wrong, indent=1)
    assert Referral.objects.get().proposed_on == timezone.localdate()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_desk_pages_have_no_finding(
    visitor: Callable[..., Page],
    live: str,
    node: Path,
    scheme: str,
    stage: Any,
    signed_in: Any,
) -> None:
    page = visitor(color_scheme=scheme)
    take_cookies(page, signed_in(stage.desk), live)
    judged = Judged(page)
    judged.see(f"{scheme}-desk-empty", reverse("desk"))
    referral = stage.sent()
    judged.see(f"{scheme}-desk", reverse("desk"))
    judged.see(f"{scheme}-closed", reverse("desk-referral", args=[referral.pk]))
    page.get_by_role("button", name="Open de doorverwijzing").click()
    judged.see(f"{scheme}-opened")
    page.get_by_role("button", name="Wijs de doorverwijzing af").click()
    judged.see(f"{scheme}-decline-error")

    assert judged.wrong == {}, json.dumps(judged.wrong, indent=1)
