"""Views of the worklist that somebody keeps: for herself, or for the team (H-2)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases.models import View
from weerbaar.accounts.models import Organisation, User
from weerbaar.accounts.roles import Permission
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.web.refusals import NotAllowed


@transaction.atomic
def keep_view(
    tab: str,
    narrowing: Mapping[str, str],
    *,
    by: User,
    now: datetime,
    team: Organisation | None = None,
) -> View:
    """Keep a view for oneself or a team; the same view is kept once.

    Raises NotAllowed for a team that one is not in.
    """
    if not by.may_anywhere(Permission.HANDLE_CASES):
        raise NotAllowed
    if team is not None and not by.may(Permission.HANDLE_CASES, team):
        raise NotAllowed
    same = {"tab": tab, "organisation": team, **narrowing}
    found = View.objects.filter(**same)
    if present := (found if team else found.filter(owner=by)).first():
        return present
    view = View.objects.create(owner=by, made_on=timezone.localdate(now), **same)
    _record(Kind.VIEW_KEPT, view, by=by, now=now)
    return view


@transaction.atomic
def drop_view(view: View, *, by: User, now: datetime) -> None:
    """Remove a view: one's own, or one of the team. Raises NotAllowed."""
    if not View.objects.visible_to(by).filter(pk=view.pk).exists():
        raise NotAllowed
    _record(Kind.VIEW_DROPPED, view, by=by, now=now)
    view.delete()


def _record(kind: Kind, view: View, *, by: User, now: datetime) -> None:
    record(kind, view, by=by, now=now, organisation_id=view.organisation_id)
