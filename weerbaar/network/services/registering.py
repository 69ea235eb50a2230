"""Keeping the register of posts: a year's register is replaced as a whole."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts.actors import System
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.network.models import RegisterPost
from weerbaar.network.permissions import may_check
from weerbaar.network.register import Posts, RegisterUnreadable, read_register
from weerbaar.web.refusals import InvalidInput, NotAllowed

YEARS = range(2000, 2101)


class RegisterRefused(InvalidInput):
    """The register that was sent cannot be read."""

    title = _("The register cannot be read")
    detail = _("Nothing was changed.")


class Kept(NamedTuple):
    """What an import came to: its lines, and which organisations came and went."""

    lines: int
    organisations: int
    came: int
    went: int


@transaction.atomic
def import_register(year: int, text: str, *, by: Any, now: datetime) -> Kept:
    """Put the posts of a year in place of those that stood there.

    The same register twice changes nothing. What came and went is beside the register
    that counted for the year until now, so that half a file is seen. Raises NotAllowed,
    and RegisterRefused with the line that is wrong, or where there is none.
    """
    if not (isinstance(by, System) or may_check(None, by)):
        raise NotAllowed
    posts, before = _read(year, text), posts_of(year)
    # Of this very year: another one that is the same now may be corrected later.
    if set(posts) != set(_kept(year)):
        RegisterPost.objects.filter(year=year).delete()
        made = RegisterPost.objects.bulk_create(
            RegisterPost(year=year, **post._asdict()) for post in posts
        )
        record(Kind.REGISTER_KEPT, made[0], by=by, now=now, year=year)
    names = [{post.organisation for post in some} for some in (before, posts)]
    came, went = len(names[1] - names[0]), len(names[0] - names[1])
    return Kept(len(posts), len(names[1]), came, went)


def _read(year: int, text: str) -> list[Posts]:
    if year not in YEARS:
        raise RegisterRefused(
            _("Nothing was changed. A register is of a year from 2000 to 2100.")
        )
    try:
        return read_register(text)
    except RegisterUnreadable as error:
        raise RegisterRefused(
            _("Nothing was changed. In line %(line)d: %(why)s.")
            % {"line": error.line, "why": error.why}
        ) from error


class Behind(NamedTuple):
    """How many office holders a kind of office has, in how many organisations."""

    posts: int
    organisations: int


def posts_behind(office_kind: str, year: int) -> Behind | None:
    """Who can be meant by a kind of office; None when the register does not know."""
    found = [p for p in posts_of(year) if p.office_kind == office_kind]
    if not found:
        return None
    return Behind(sum(p.number for p in found), len(found))


def posts_of(year: int) -> Sequence[Posts]:
    """The register of a year, or of the newest year before it; empty without any."""
    years = RegisterPost.objects.filter(year__lte=year).order_by("-year")
    newest = years.values_list("year", flat=True).first()
    return [] if newest is None else _kept(newest)


def _kept(year: int) -> Sequence[Posts]:
    rows = RegisterPost.objects.filter(year=year).values_list(*Posts._fields)
    return [Posts(*row) for row in rows]
