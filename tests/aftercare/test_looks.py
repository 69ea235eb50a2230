"""How the pages of aftercare look and read: no finding, in every state."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from aftercare import services
from tests.referrals.test_looks import Judged
from tests.test_looks import take_cookies


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_aftercare_pages_have_no_finding(
    visitor: Callable[..., Page],
    live: str,
    node: Path,
    scheme: str,
    care: Any,
    signed_in: Any,
) -> None:
    page = visitor(color_scheme=scheme)
    take_cookies(page, signed_in(care.handler), live)
    judged, reference = Judged(page), care.case.reference
    tab = reverse("case-aftercare", args=[reference])
    judged.see(f"{scheme}-care-none", tab)
    plan = care.offered()
    judged.see(f"{scheme}-care-offered", tab)
    services.respond_to_offer(plan, accept=True, **care.reporting)
    first, second, _third = plan.check_ins.select_related("case", "plan")
    services.answer(
        first, mood="not_well", needs="talk", text="Zwaar.", **care.reporting
    )
    judged.see(f"{scheme}-care-active", tab)
    page.get_by_text("Wanneer is meer hulp nodig?").click()
    judged.see(f"{scheme}-care-signals")
    one = reverse("case-check-in", args=[reference, second.pk])
    judged.see(f"{scheme}-check-in", one)
    page.get_by_role("button", name="Leg vast dat het niet doorging").click()
    judged.see(f"{scheme}-check-in-error")

    assert judged.wrong == {}, json.dumps(judged.wrong, indent=1)
