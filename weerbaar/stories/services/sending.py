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
from weerbaar.stories.services.words import LENGTH, Text
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
    take_step(story, "send", by=by, now=now)
    way = Way.new()
    post(open_text(story, keyring), way=way, now=now)
    seal_way(story, way, keyring.open(story.case.dialogue_key_id))
    story.sent_on = timezone.localdate(now)
    story.save()
    return story


def post(text: Text, *, way: Way, now: datetime) -> None:
    """The words into the letterbox, and nothing else. Raises NobodyEdits."""
    content = asdict(text)
    content["reply_to"] = base64.b64encode(way.secret.public.raw).decode()
    for key in _keys(timezone.localdate(now)):
        parcel = Parcel(slot=way.slot, editor=key)
        public, place = key.public_key, parcel.place
        parcel.box = seal_json_to(public, content, place=place, least=LENGTH)
        parcel.save(force_insert=True)


def _keys(today: date) -> list[Key]:
    found = [user.key for user in editors(today) if user.key is not None]
    if not found:
        raise NobodyEdits
    return found
