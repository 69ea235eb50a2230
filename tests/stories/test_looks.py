"""How the pages of a story look and read: no finding, in every state."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests.intake import filling
from tests.stories.stage import STRIKING, TEXT
from tests.visiting import Judged, take_cookies
from weerbaar.stories import services
from weerbaar.stories.checklist import CODES


def test_pages_of_handler_and_reporter_have_no_finding(
    page: Page, live: str, node: Any, stage: Any, signed_in: Any, client: Any
) -> None:
    filling.enter(client, stage.code)
    take_cookies(page, client, live)
    take_cookies(page, signed_in(stage.handler), live)
    judged, hers = Judged(page, "dark"), reverse("mailbox-story")
    tab = reverse("case-story", args=[stage.case.reference])
    form = reverse("case-story-write", args=[stage.case.reference])
    judged.see("none", tab)
    judged.see("list-empty", reverse("stories"))
    judged.go(form)
    judged.press()
    judged.see("write-mistakes")
    striking = TEXT.happened.replace(STRIKING, "fietsenschuur in Lindeveen")
    judged.fill(vars(TEXT) | {"happened": striking})
    judged.press()
    judged.see("check")
    judged.press("Vraag het de melder")
    judged.see("asked", tab)
    judged.see("mailbox", reverse("mailbox"))
    judged.see("hers-asked", hers)
    judged.fill({"choice": "change"})
    judged.press("Keuze versturen")
    judged.see("hers-mistake")
    judged.fill({"words": "Zonder de fietsenschuur."})
    judged.press("Keuze versturen")
    judged.see("hers-wish", hers)
    judged.see("wish", tab)
    story, stage.now = services.story_of(stage.case), timezone.now()
    assert story
    services.revise(story, TEXT, version=1, **stage.handling)
    services.send(stage.agree(story), **stage.handling)
    stage.two_more()
    services.take_out(**stage.editing)
    reason = {"reason": "De fietsenschuur is bekend.", "by": stage.editor}
    services.send_back(stage.edition(story), now=stage.now, **reason)
    judged.see("returned", tab)
    judged.see("hers-returned", hers)
    judged.see("list", reverse("stories"))
    judged.see("hers-closing", reverse("mailbox-close"))
    judged.go(hers)
    judged.press("Mijn verhaal terugnemen")
    judged.see("hers-taken-back")
    judged.see("hers-ended", hers)
    judged.see("ended", tab)

    judged.verdict()


def test_pages_of_editors_and_members_have_no_finding(
    page: Page, live: str, node: Any, stage: Any, lotte: Any, signed_in: Any
) -> None:
    take_cookies(page, signed_in(stage.editor), live)
    judged, desk = Judged(page, "dark"), reverse("network-story-desk")
    judged.see("none-published", reverse("network-stories"))
    judged.see("desk-empty", desk)
    stage.now = timezone.now()
    story = stage.sent()
    judged.see("desk-too-few", desk)
    stage.two_more()
    judged.go(desk)
    judged.press("Haal ze eruit")
    judged.see("desk")
    edition = stage.edition(story)
    edit = reverse("network-story-edit", args=[edition.pk])
    judged.see("edit", edit)
    judged.press("Verhaal publiceren")
    judged.see("edit-mistake")
    judged.fill({"points": list(CODES)})
    judged.press("Verhaal publiceren")
    judged.see("desk-published")
    one = reverse("network-story", args=[edition.pk])
    judged.see("to-take-off", one)
    take_cookies(page, signed_in(lotte), live)
    judged.see("stories", reverse("network-stories"))
    judged.see("one", one)
    services.end(story, **stage.handling)
    judged.see("gone", one, status=410)

    judged.verdict()
