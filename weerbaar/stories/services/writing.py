"""Writing a story in a case: the text is asked of the reporter word for word."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.permissions import may_handle
from cases.services import EditConflict, lock
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.steps import take_step
from weerbaar.stories.models.told import Story
from weerbaar.stories.services.pulling import pull_back
from weerbaar.stories.services.sealing import seal_text
from weerbaar.stories.services.words import Text
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import NotAllowed, NotPossibleNow


class AlreadyWritten(NotPossibleNow):
    """The case has its story; a reporter is asked once."""

    title = _("There is a story of this case already")
    detail = _("Change that one. After it has ended, the reporter is not asked again.")


@transaction.atomic
def write(
    case: Case, text: Text, *, by: User, keyring: Keyring, now: datetime
) -> Story:
    """Write a story of a case, open or closed; the reporter reads it in the mailbox.

    Raises NotAllowed, AlreadyWritten and vault errors.
    """
    if not may_handle(case, by):
        raise NotAllowed
    lock(case)
    if Story.objects.filter(case=case).exists():
        raise AlreadyWritten
    story = Story(case=case, written_by=by, written_on=timezone.localdate(now))
    seal_text(story, text, keyring.open(case.dialogue_key_id))
    story.save(force_insert=True)
    record(
        Kind.STORY_WRITTEN,
        story,
        by=by,
        now=now,
        organisation_id=case.organisation_id,
    )
    return story


@transaction.atomic
def revise(
    story: Story,
    text: Text,
    *,
    version: int,
    by: User,
    keyring: Keyring,
    now: datetime,
) -> Story:
    """Another text: a former yes counts no more, and the network's copy goes.

    `version` is the text that the writer changed: the second of two is told. Raises
    EditConflict, StepForbidden, StepNotPossible after the end, and vault errors.
    """
    take_step(story, "revise", by=by, now=now)
    if version != story.version:
        raise EditConflict
    pull_back(story, keyring=keyring, now=now)
    story.version += 1
    story.wish, story.way = None, None
    story.agreed_on, story.how, story.recorded_by = None, "", None
    story.sent_on = None
    seal_text(story, text, keyring.open(story.case.dialogue_key_id))
    story.save()
    return story
