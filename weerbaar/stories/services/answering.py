"""The reporter's say on a story: yes, another text, no; and taking a yes back."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import RECORDED, Case, How
from cases.services import reaches_reporter
from weerbaar.accounts.models import User
from weerbaar.steps import StepNotPossible, take_step
from weerbaar.stories.models.told import Story
from weerbaar.stories.services.pulling import pull_back
from weerbaar.stories.services.sealing import seal_wish
from weerbaar.stories.services.words import LONGEST
from weerbaar.stories.workflow import State
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import Conflict, InvalidInput, NotPossibleNow


class AskedInMailbox(NotPossibleNow):
    """Who has a mailbox says yes there herself, having read the text."""

    title = _("The reporter answers this in the mailbox")
    detail = _(
        "The reporter can still read the text there. Only a reporter without a mailbox "
        "can say yes in another way."
    )


class HowMissing(InvalidInput):
    """A handler records how consent was given."""

    title = _("How consent was given is missing")
    detail = _("Choose by telephone, in person or by letter.")


class DayNotRight(InvalidInput):
    """Consent that lies in the future, or before there was anything to agree to."""

    title = _("This day cannot be right")
    detail = _("Consent is given between the day the story was written and today.")


class StoryChanged(Conflict):
    """The text became another while the reporter was reading it."""

    title = _("The text was changed in the meantime")
    detail = _("Read the newest text below. You have agreed to nothing yet.")


class WishMissing(InvalidInput):
    """Another text is wanted, and nobody knows which."""

    title = _("What has to be different is missing")
    detail = _("Write in at most 2,000 characters what has to be different.")


@transaction.atomic
def agree(
    story: Story,
    *,
    version: int,
    by: Any,
    now: datetime,
    how: str = How.MAILBOX,
    given_on: date | None = None,
) -> Story:
    """Keep that the reporter lets the network have exactly this text.

    She does it in the mailbox. Only where there is none a handler records what she
    said, with how and when. Raises AskedInMailbox, HowMissing, DayNotRight,
    StoryChanged, StepForbidden, StepNotPossible.
    """
    said = _checked(story, how, by)
    take_step(story, "agree", by=by, now=now, how=said)
    today = timezone.localdate(now)
    day = given_on or today
    if not story.written_on <= day <= today:
        raise DayNotRight
    if version != story.version:
        raise StoryChanged
    story.agreed_on, story.how = day, said
    story.recorded_by = by if isinstance(by, User) else None
    story.save()
    return story


def _checked(story: Story, how: str, by: Any) -> str:
    if not isinstance(by, User):
        return str(How.MAILBOX)
    if reaches_reporter(story.case):
        raise AskedInMailbox
    if how not in RECORDED:
        raise HowMissing
    return str(how)


@transaction.atomic
def ask_change(
    story: Story,
    words: str,
    *,
    version: int,
    by: Any,
    keyring: Keyring,
    now: datetime,
) -> Story:
    """Keep what she wants to be different before she says yes.

    Raises WishMissing, StoryChanged, StepForbidden, StepNotPossible.
    """
    if not words.strip() or len(words) > LONGEST:
        raise WishMissing
    take_step(story, "ask_change", by=by, now=now)
    if version != story.version:
        raise StoryChanged
    seal_wish(story, words.strip(), keyring.open(story.case.dialogue_key_id))
    story.save()
    return story


@transaction.atomic
def end(story: Story, *, by: Any, keyring: Keyring, now: datetime) -> Story:
    """A no, a yes taken back, or the handler's own end; also after publication.

    The network's copy goes in the same moment. Raises StepForbidden, StepNotPossible
    and vault errors.
    """
    take_step(story, "end", by=by, now=now)
    pull_back(story, keyring=keyring, now=now)
    story.way, story.wish = None, None
    story.ended_on = timezone.localdate(now)
    story.save()
    return story


def let_go(case: Case, *, by: Any, keyring: Keyring, now: datetime) -> None:
    """End the story of a case whose reporter takes the whole report back (R-10)."""
    for story in Story.objects.filter(case=case).exclude(state=State.ENDED):
        try:
            end(story, by=by, keyring=keyring, now=now)
        except StepNotPossible:
            continue  # a colleague ended it a moment ago
