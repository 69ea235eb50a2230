"""Sending a story to the network: the words, two codes, and where an answer can go."""

import base64
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts.models import User
from weerbaar.steps import take_step
from weerbaar.stories.models import Parcel, Story
from weerbaar.stories.services.editors import editors
from weerbaar.stories.services.sealing import Way, open_text, seal_way
from weerbaar.vault.envelope import seal_json_to
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Key
from weerbaar.web.refusals import NotPossibleNow


class NobodyEdits(NotPossibleNow):
    """No analyst of the network can open anything yet."""

    title = _("Nobody at the network can receive the story")
    detail = _("Nothing was sent. Tell the network that it has no editor yet.")


@transaction.atomic
def send(story: Story, *, by: User, keyring: Keyring, now: datetime) -> Story:
    """Put the text into the letterbox, sealed to each editor whose key counts.

    Nothing in it tells case, organisation, handler or day, and no grant is made: a row
    that says who gave whom access would lead back here. Raises StepForbidden,
    StepNotPossible without a yes, NobodyEdits and vault errors.
    """
    today = timezone.localdate(now)
    take_step(story, "send", by=by, now=now)
    to = _keys(today)
    way = Way.new()
    content = asdict(open_text(story, keyring))
    content["reply_to"] = base64.b64encode(way.secret.public.raw).decode()
    for key in to:
        parcel = Parcel(slot=way.slot, editor=key)
        parcel.box = seal_json_to(key.public_key, content, place=parcel.place)
        parcel.save(force_insert=True)
    seal_way(story, way, keyring.open(story.case.dialogue_key_id))
    story.sent_on = today
    story.save()
    return story


def _keys(today: date) -> list[Key]:
    found = [user.key for user in editors(today) if user.key is not None]
    if not found:
        raise NobodyEdits
    return found
