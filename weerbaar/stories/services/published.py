"""What members of the network read."""

from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.stories.models.edited import Edition, EditionQuerySet


def published_for(
    user: User, *, topic: str = "", office_kind: str = ""
) -> EditionQuerySet:
    """The published stories that this person may read, by topic and kind of office."""
    found = Edition.objects.visible_to(user).published()
    if topic:
        found = found.filter(topic=topic)
    return found.filter(office_kind=office_kind) if office_kind else found


def was_published(pk: object) -> bool:
    """Whether the history knows a story under this id, that is gone now or not.

    Nothing else stays of one that was taken back: no words, and not by whom or when.
    """
    told = Event.objects.filter(
        kind=Kind.EDITION_PUBLISHED,
        subject_type=Edition._meta.label_lower,
        subject_id=str(pk),
    )
    return told.exists()
