"""How the pages of aftercare look and read: no finding, in every state."""

from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from aftercare import services
from tests.visiting import Judged, take_cookies


def test_aftercare_pages_have_no_finding(
    page: Page, live: str, node: Any, care: Any, signed_in: Any
) -> None:
    take_cookies(page, signed_in(care.handler), live)
    judged, reference = Judged(page, "dark"), care.case.reference
    tab = reverse("case-aftercare", args=[reference])
    judged.see("none", tab)
    plan = care.offered()
    judged.see("offered", tab)
    services.respond_to_offer(plan, accept=True, **care.reporting)
    first, second, _third = plan.check_ins.select_related("case", "plan")
    services.answer(
        first, mood="not_well", needs="talk", text="Zwaar.", **care.reporting
    )
    judged.see("active", tab)
    page.get_by_text("Wanneer is meer hulp nodig?").click()
    judged.see("signals")
    one = reverse("case-check-in", args=[reference, second.pk])
    judged.see("check-in", one)
    judged.press("Leg vast dat het niet doorging")
    judged.see("check-in-error")

    judged.verdict()
