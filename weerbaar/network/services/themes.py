"""The themes that the network names for a year (jaarthema's)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.network.models import PriorityTheme
from weerbaar.network.permissions import may_name_themes
from weerbaar.web.refusals import NotAllowed, NotPossibleNow


class ThemeExists(NotPossibleNow):
    """The network named this theme for this year already."""

    title = _("This theme is named already")
    detail = _("Remove it first, or choose another topic or name.")


@transaction.atomic
def name_theme(
    *, year: int, topic: str, title: str, sentence: str, by: User, now: datetime
) -> PriorityTheme:
    """Name a theme of a year, by a policy topic or a title of its own.

    Raises NotAllowed and ThemeExists.
    """
    if not may_name_themes(by):
        raise NotAllowed
    try:
        with transaction.atomic():
            theme = PriorityTheme.objects.create(
                year=year,
                topic=topic,
                title=title,
                sentence=sentence,
                named_by=by,
                named_at=now,
            )
    except IntegrityError:
        raise ThemeExists from None
    record(Kind.THEME_NAMED, theme, by=by, now=now, year=year)
    return theme


@transaction.atomic
def drop_theme(theme: PriorityTheme, *, by: User, now: datetime) -> None:
    """Take a theme off its year. Raises NotAllowed."""
    if not may_name_themes(by):
        raise NotAllowed
    record(Kind.THEME_DROPPED, theme, by=by, now=now, year=theme.year)
    theme.delete()
