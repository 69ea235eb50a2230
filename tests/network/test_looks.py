"""How the pages of the figures look and read: no finding, in every state."""

import re
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.network.agenda import name, offer, propose
from tests.network.drawn import keep, release_of
from tests.test_doors import all_patterns
from tests.visiting import Judged, take_cookies
from weerbaar.network import services
from weerbaar.network.workflow import State

# Answered with a file, or only to be posted to.
FILES = {"figures-csv", "figures-json", "figures-file", "figures-catalogue"}
FILES |= {"figures-bundle", "figures-report", "figures-pdf"}
NO_PAGE = FILES | {"figures-count"}


def test_every_page_of_the_figures_has_no_finding(
    page: Page, live: str, node: Any, femke: Any, signed_in: Any, published: Any
) -> None:
    # A year before it, once provisional and once definitive.
    keep(release_of(2025, 4, each=20, total=80, state=State.SUPERSEDED))
    keep(release_of(2025, 4, each=25, total=95, vintage=2))
    take_cookies(page, signed_in(femke), live)
    judged = Judged(page, "dark")
    judged.wander(reverse("figures"))
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
    judged.press("Keur de cijfers goed")
    judged.see("approved")

    judged.verdict()


def test_pages_of_what_went_wrong_have_no_finding(
    page: Page, live: str, node: Any, femke: Any, signed_in: Any, published: Any
) -> None:
    take_cookies(page, signed_in(femke), live)
    judged = Judged(page)
    judged.go(reverse("figures-known-add", args=["t2"]))
    judged.press("Bewaar het getal")
    judged.see("known-error")
    judged.fill({"number": "12", "source": "Kamerbrief van 1 juni"})
    page.get_by_label("Over welke periode?").select_option("2026-1")
    judged.press("Bewaar het getal")
    judged.see("known")
    judged.go(reverse("figures-withdraw", args=[published.pk]))
    judged.press("Trek de cijfers in")
    judged.see("withdraw-error")
    page.get_by_label("de cijfers vertelden te veel").check()
    judged.fill({"words": "Achter een getal stonden te weinig mensen."})
    judged.press("Trek de cijfers in")
    judged.see("withdrawn")
    judged.see("ledger", reverse("figures-ledger"))

    judged.verdict()


# The pages of the network's own work that only analysts have.
DECIDING = {"network-commit", "network-activity"}
# See tests/stories/test_looks.py.
STORIES = {"network-story", "network-story-desk", "network-story-edit"}


def test_every_page_of_a_member_has_no_finding(
    page: Page,
    live: str,
    node: Any,
    lotte: Any,
    olaf: Any,
    femke: Any,
    signed_in: Any,
    published: Any,
    august: Any,
) -> None:
    theme = name(propose(lotte, august), olaf, by=femke, now=august)
    propose(olaf, august, topic="", title="Online haat")
    card = offer(lotte, august)
    services.check_instrument(card, by=olaf, now=august)
    services.publish_instrument(card, by=femke, now=august.replace(day=5))
    offer(olaf, august, title="Checklist")
    take_cookies(page, signed_in(lotte), live)
    judged = Judged(page, "dark")
    judged.wander(reverse("network-year", args=[2026]), reverse("network"))
    judged.see("named", reverse("network-theme", args=[theme.pk]))
    judged.see("catalogue", reverse("instruments"))
    for form in ("network-propose", "network-instrument-propose"):
        judged.go(reverse(form))
        judged.press()
        expect(page).to_have_title(re.compile("^Fout: "))
        judged.see(f"{form}-error")
    judged.see("english", "/en/netwerk/2026/")

    names = {n for _path, n in all_patterns() if n.startswith("network")}
    assert names - judged.seen == DECIDING | STORIES
    judged.verdict()


def test_pages_of_who_decides_have_no_finding(
    page: Page,
    live: str,
    node: Any,
    lotte: Any,
    olaf: Any,
    femke: Any,
    signed_in: Any,
    august: Any,
) -> None:
    theme = propose(lotte, august)
    services.give_support(theme, by=olaf, now=august)
    take_cookies(page, signed_in(femke), live)
    judged = Judged(page)
    judged.see("to-name", reverse("network-theme", args=[theme.pk]))
    judged.press("Benoem het thema")
    judged.see("commit", reverse("network-commit", args=[theme.pk]))
    judged.fill({"title": "Avonden", "aim": "Oefenen.", "euros": "700.000"})
    judged.press("Zeg het geld toe")
    judged.see("over-budget")
    judged.fill({"euros": "48.000"})
    judged.press("Zeg het geld toe")
    page.get_by_role("link", name="Resultaat of annuleren").click()
    judged.see("activity")
    judged.fill({"result": "Zes avonden gehouden."})
    judged.press("Bewaar het resultaat")
    judged.see("with-result")

    assert judged.seen >= DECIDING
    judged.verdict()
