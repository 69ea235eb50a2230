"""How the pages of referrals and desk look and read: no finding, in every state."""

import re
from typing import Any

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from referrals.models import Referral
from tests.visiting import Judged, take_cookies


def test_handler_pages_have_no_finding(
    page: Page, live: str, node: Any, stage: Any, signed_in: Any
) -> None:
    take_cookies(page, signed_in(stage.handler), live)
    judged, reference = Judged(page, "dark"), stage.case.reference
    judged.see("empty", reverse("case-referrals", args=[reference]))
    judged.see("choose", reverse("case-referral-new", args=[reference]))
    for code in ("support_team_nwb", "trust_line"):
        partner = stage.find(code)
        path = reverse("case-referral-propose", args=[reference, partner.pk])
        judged.see(f"write-{code}", path)
    judged.see("partners", reverse("partners"))
    referral, _word = stage.answered()
    for code in ("sipa", "victim_support"):
        stage.consented(code)
    judged.see("list", reverse("case-referrals", args=[reference]))
    for found in [referral, *Referral.objects.exclude(pk=referral.pk)]:
        path = reverse("case-referral", args=[reference, found.pk])
        judged.see(found.partner.code, path)

    judged.verdict()


def test_errors_and_the_exact_text_have_no_finding(
    page: Page, live: str, node: Any, stage: Any, signed_in: Any
) -> None:
    take_cookies(page, signed_in(stage.handler), live)
    judged, reference = Judged(page, "dark"), stage.case.reference
    partner = stage.find("support_team_nwb")
    judged.go(reverse("case-referral-propose", args=[reference, partner.pk]))
    judged.press("Controleer de tekst")
    expect(page).to_have_title(re.compile("^Fout: "))
    judged.see("error")
    page.get_by_label("Samenvatting voor deze partner").fill("Eerste regel.\nTweede.")
    judged.press("Controleer de tekst")
    judged.see("exact-text")
    judged.press("Wijzig de tekst")
    typed = page.get_by_label("Samenvatting voor deze partner").input_value()
    assert typed == "Eerste regel.\nTweede."
    judged.press("Controleer de tekst")
    judged.press("Stel dit aan de melder voor")
    judged.see("proposed")
    judged.press("Leg vast wat de melder zei")
    judged.see("consent-error")

    judged.verdict()
    assert Referral.objects.get().proposed_on == timezone.localdate()


def test_desk_pages_have_no_finding(
    page: Page, live: str, node: Any, stage: Any, signed_in: Any
) -> None:
    take_cookies(page, signed_in(stage.desk), live)
    judged = Judged(page, "dark")
    judged.see("desk-empty", reverse("desk"))
    referral = stage.sent()
    judged.see("desk", reverse("desk"))
    judged.see("closed", reverse("desk-referral", args=[referral.pk]))
    judged.press("Open de doorverwijzing")
    judged.see("opened")
    judged.press("Wijs de doorverwijzing af")
    judged.see("decline-error")

    judged.verdict()
