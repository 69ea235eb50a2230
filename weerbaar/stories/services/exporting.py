"""What a case that is taken out tells of its story."""

from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case, How
from weerbaar.stories.services.reading import open_story, story_of
from weerbaar.vault.keyring import Keyring


def tell(case: Case, keyring: Keyring) -> list[dict[str, Any]]:
    """The story with its text, and the consent to it. Raises vault errors."""
    story = story_of(case)
    if story is None:
        return []
    opened = open_story(story, keyring)
    lines: list[tuple[str, Any]] = [
        (_("State"), str(story.get_state_display())),
        (_("Written on"), story.written_on),
        (_("Text"), opened.text.whole),
    ]
    if opened.wish:
        lines.append((_("What the reporter wants to be different"), opened.wish))
    if story.agreed_on:
        how = str(How(story.how).label)
        lines.append((_("Consent"), f"{story.agreed_on:%d-%m-%Y}, {how}"))
    if story.sent_on:
        lines.append((_("Sent on"), story.sent_on))
    return [{"title": opened.text.title, "lines": lines}]
