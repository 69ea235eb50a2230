"""Telling people: the notice in the transaction of its event, the mail afterwards."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.notices.audiences import case_of, recipients
from weerbaar.notices.catalogue import Telling, rows_of
from weerbaar.notices.models import Notice
from weerbaar.outbox.services import enqueue_all

# Pages that belong to one referral; all others belong to the case, or to nothing.
OF_REFERRAL = frozenset({"desk-referral"})
OF_NOTHING = frozenset(
    {
        *("desk", "destructions", "figures", "colleagues", "root", "approvals"),
        *("account", "factors", "sessions", "tokens"),
        *("stories", "network-story-desk"),
    }
)


def tell(sender: Any, event: Event, **_kwargs: Any) -> None:
    """The one receiver of audit's signal: write the notices of this event.

    It runs in the transaction of the event, so both stand or neither does (design 6).
    """
    if event.kind == Kind.CASE_DESTROYED:
        # What waited about the case leads nowhere any more.
        Notice.objects.filter(case_id=event.about_id).delete()
    for telling in rows_of(event.kind):
        _tell(telling, event)


def _tell(telling: Telling, event: Event) -> None:
    people = recipients(telling.audience, event)
    if not people:
        return
    argument = _argument(telling, event)
    is_of_case = telling.page not in OF_REFERRAL | OF_NOTHING
    notices = [
        Notice(
            recipient=recipient,
            kind=event.kind,
            case_id=event.about_id if is_of_case else None,
            page=telling.page,
            argument=argument,
            made_at=event.at,
        )
        for recipient in people
    ]
    Notice.objects.bulk_create(notices)
    enqueue_all("notices.mail", refs=[notice.pk for notice in notices])


def _argument(telling: Telling, event: Event) -> str:
    if telling.page in OF_NOTHING:
        return ""
    if telling.page in OF_REFERRAL:
        return event.subject_id
    case = case_of(event)
    return case.reference if case else ""


@transaction.atomic
def mail(notice_id: str, *, now: datetime) -> None:
    """Mail that something is ready, once; a mail server that is down raises.

    One mail tells of all that waits for her: each would say the same. Nothing is sent
    when it was read already, or is no longer hers to know of.
    """
    notice = Notice.objects.select_related("recipient").filter(pk=notice_id).first()
    if notice is None:
        return
    user = notice.recipient
    waiting = Notice.objects.visible_to(user).unread().filter(mailed_at=None)
    found = {n.pk for n in waiting.select_for_update(of=("self",)).order_by("pk")}
    if not user.is_active or notice.pk not in found:
        return
    with translation.override(user.language):
        address = f"{settings.SITE_ADDRESS.rstrip('/')}{reverse('notices')}"
        text = render_to_string("notices/mail.txt", {"address": address})
        send_mail(_("Weerbaar: something is ready for you"), text, None, [user.email])
    Notice.objects.filter(pk__in=found).update(mailed_at=now)


def unread_count(user: Any) -> int:
    """How many notices this person has not read; for the bell of the shell."""
    if not getattr(user, "is_authenticated", False):
        return 0
    return Notice.objects.visible_to(user).unread().count()


@transaction.atomic
def mark_read(user: User, *, now: datetime, only: Any = None) -> int:
    """Mark one's own notices as read: all, or one. Gives how many."""
    unread = Notice.objects.visible_to(user).unread()
    if only is not None:
        unread = unread.filter(pk=only)
    return unread.update(read_at=now)
