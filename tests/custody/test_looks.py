"""How the pages of custody look and read, in every state: no judge finds anything."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.cast import PASSWORD
from tests.custody import stage
from tests.test_doors import all_patterns
from tests.visiting import Judged, take_cookies
from weerbaar.accounts import endorsing, services
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import Membership
from weerbaar.vault.models import Endorsement
from weerbaar.vault.shares import join_shares, read_share

# A PDF, and a page that is only posted to.
NO_PAGE = {"root-paper", "root-stop"}
OURS = ("root", "colleague", "access-review", "vault-anew")


def number_of(user: Any) -> int:
    return Membership.objects.get(user=user).pk


def judged_as(page: Page, live: str, client: Any, language: str = "") -> Judged:
    page.context.clear_cookies()
    take_cookies(page, client, live)
    return Judged(page, *(() if language else ("dark",)), language=language)


@pytest.fixture
def everybody(lindeveen: Any, bram: Any, sanne: Any, daan: Any, noor: Any, now: Any):
    """One of each standing: confirmed, waiting, without a vault, ended."""
    services.invite(
        email="puck@lindeveen.example",
        name="Puck Prins",
        organisation=lindeveen,
        role="handler",
        office="council_clerk",
        by=SYSTEM,
        now=now,
    )
    endorsing.end_trust(daan, lindeveen, by=SYSTEM, now=now)
    stage.share_out(lindeveen, [bram, sanne, None])


def press(judged: Judged) -> None:
    """Press the button of the page's own form, not the one that stops."""
    judged.page.locator("main form.wb-form button[type=submit]").last.click()
    judged.page.wait_for_load_state()


def colleagues(judged: Judged, noor: Any, sanne: Any) -> None:
    judged.see("colleagues", reverse("colleagues"))
    judged.see("endorse", reverse("colleague-endorse", args=[number_of(noor)]))
    judged.fill({"words": stage.six_words(sanne)})
    press(judged)
    judged.see("endorse-differs")
    judged.fill({"words": "fietsbel xqzw"})
    press(judged)
    judged.see("endorse-unknown")
    judged.see("hand-cases", reverse("colleague-cases", args=[number_of(sanne)]))
    judged.see("leave", reverse("colleague-leave", args=[number_of(sanne)]))
    judged.see("review", reverse("access-review"))
    press(judged)
    judged.see("review-not-ticked")
    judged.fill({"seen": True})
    press(judged)
    judged.see("colleagues-reviewed")


def recovery(judged: Judged, noor: Any, shares: list[Any]) -> None:
    judged.see("root-in-use", reverse("root"))
    judged.see("recovery", reverse("root-recovery"))
    press(judged)
    judged.see("recovery-nobody")
    judged.fill({"member": str(number_of(noor)), "words": stage.six_words(noor)})
    press(judged)
    judged.see("shares")
    judged.fill({"share": "academic acid fiets"})
    press(judged)
    judged.see("shares-unknown")
    for share in shares[:2]:
        judged.fill({"share": share.text})
        press(judged)
        judged.see(f"shares-{share.number}")
    press(judged)
    judged.see("recovered")


def ceremony(judged: Judged) -> list[str]:
    """Choose, write down, type back; gives what stands on the papers."""
    judged.see("root-none", reverse("root"))
    press(judged)
    judged.see("root-no-size")
    judged.page.locator('main [name=size][value="2-3"]').check()
    press(judged)
    judged.see("root-holders")
    press(judged)
    judged.see("root-holders-empty")
    for number, choice in enumerate(stage.CHOICES, start=1):
        told = {"person": "-", "name": choice.name, "duty": choice.duty}
        judged.fill({f"{part}_{number}": text for part, text in told.items()})
    press(judged)
    papers = []
    for number in (1, 2, 3):
        judged.see(f"root-share-{number}")
        judged.page.locator("main a.utrecht-button").first.click()
        judged.page.wait_for_load_state()
        judged.see(f"root-share-{number}-words")
        papers.append(judged.page.locator(".ck-words li").all_inner_texts())
        judged.page.locator("main a.utrecht-button--primary-action").click()
        judged.page.wait_for_load_state()
        if number == 1:
            press(judged)
            judged.see("root-check-empty")
        judged.see(f"root-check-{number}")
        for field in judged.page.locator("main input[name^=word_]").all():
            position = int((field.get_attribute("name") or "").split("_")[1])
            field.fill(papers[-1][position - 1])
        press(judged)
    return [" ".join(paper) for paper in papers]


@pytest.mark.parametrize(
    "language", ["", pytest.param("/en", marks=pytest.mark.nightly)]
)
def test_every_page_of_custody_has_no_finding(
    page: Page,
    live: str,
    node: Any,
    language: str,
    everybody: Any,
    lindeveen: Any,
    bram: Any,
    sanne: Any,
    noor: Any,
    gijs: Any,
    signed_in: Any,
    open_report: Any,
) -> None:
    open_report()
    open_report(recused=[str(noor.pk)])
    client = signed_in(bram)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    judged = judged_as(page, live, client, language)
    colleagues(judged, noor, sanne)
    judged.see("vault-anew", reverse("vault-anew"))
    stage.Holder.objects.all().delete()
    recovery(judged, noor, stage.share_out(lindeveen, [bram, sanne, None]))
    stage.Holder.objects.all().delete()
    Endorsement.objects.all().delete()
    stage.unpin(lindeveen)
    judged.see("colleagues-unpinned", reverse("colleagues"))
    papers = ceremony(judged)
    judged.see("root-people")
    press(judged)
    judged.see("root-to-pin")
    root = join_shares([read_share(paper) for paper in papers[1:]])
    assert str(root.public.id) in page.content()
    stage.pin(lindeveen, root.public.id)
    judged.see("root-pinned", reverse("root"))

    names = {name for _path, name in all_patterns() if name.startswith(OURS)}
    assert names - judged.seen - NO_PAGE == set()
    admin = judged_as(page, live, signed_in(gijs), language)
    admin.see("admin", reverse("colleagues"))
    admin.see("closed", "/melden/", 200)
    admin.verdict()
    judged.verdict()


def test_ceremony_works_without_script(
    plain_page: Page, live: str, lindeveen: Any, bram: Any, sanne: Any, signed_in: Any
) -> None:
    Endorsement.objects.all().delete()
    stage.unpin(lindeveen)
    take_cookies(plain_page, signed_in(bram), live)
    judged = Judged(plain_page)
    judged.go(reverse("root"))
    plain_page.locator('main [name=size][value="3-5"]').check()
    press(judged)

    assert plain_page.locator("main fieldset").count() == 5
