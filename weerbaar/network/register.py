"""The register of posts: how many office holders each organisation has, as data.

Public knowledge, kept by the network; never counted from incidents. It comes in as CSV
with the columns of `Posts`.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weerbaar import codes

OFFICE_KINDS = {
    "executive": gettext_lazy("executive"),
    "representative": gettext_lazy("representative"),
    "support": gettext_lazy("support or other"),
}
# No organisation has more posts of one kind; a larger number is a slip.
MOST = 999
TWICE = gettext_lazy(
    "this organisation has this kind of office already; give two organisations of one "
    "name each a name of its own"
)
TWO_SORTS = gettext_lazy(
    "this organisation stood above with another organisation_type or province"
)


class Posts(NamedTuple):
    """The posts of one kind of office in one organisation."""

    organisation: str
    organisation_type: str
    province: str
    office_kind: str
    number: int


class RegisterUnreadable(ValueError):
    """A line of the register is no line of it; says which, and why, to who sent it."""

    def __init__(self, line: int, why: str | Promise) -> None:
        super().__init__(f"line {line}: {why}")
        self.line, self.why = line, why


def read_register(text: str) -> list[Posts]:
    """The posts of a CSV, with commas or semicolons. Raises RegisterUnreadable.

    A file without posts is half a file, and no register.
    """
    text = text.lstrip("\ufeff")
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.DictReader(
        io.StringIO(text, newline=None), delimiter=delimiter, strict=True
    )
    try:
        found = _posts(reader)
    except csv.Error as error:
        raise RegisterUnreadable(reader.reader.line_num, _("this is no CSV")) from error
    if not found:
        # Without a register no group is held to the floor.
        raise RegisterUnreadable(2, _("there is no organisation"))
    return found


def _posts(reader: "csv.DictReader[str]") -> list[Posts]:
    if sorted(reader.fieldnames or ()) != sorted(Posts._fields):
        columns = ", ".join(Posts._fields)
        raise RegisterUnreadable(1, _("the columns are %s") % columns)
    found: dict[tuple[str, str], Posts] = {}
    sorts: dict[str, tuple[str, str]] = {}
    allowed = listed()
    for row in reader:
        post, line = _post(reader.line_num, row, allowed), reader.line_num
        if (post.organisation, post.office_kind) in found:
            raise RegisterUnreadable(line, TWICE)
        sort = (post.organisation_type, post.province)
        if sorts.setdefault(post.organisation, sort) != sort:
            raise RegisterUnreadable(line, TWO_SORTS)
        found[post.organisation, post.office_kind] = post
    return list(found.values())


def _post(
    line: int, row: Mapping[Any, Any], allowed: Mapping[str, Mapping[str, Any]]
) -> Posts:
    if None in row or None in row.values():
        raise RegisterUnreadable(line, _("it has more or fewer columns than line 1"))
    values = {name: row[name].strip() for name in Posts._fields}
    organisation = values["organisation"]
    if not 0 < len(organisation) <= 80 or not organisation.isprintable():
        raise RegisterUnreadable(
            line, _("the organisation is missing or longer than 80 characters")
        )
    for name, its_codes in allowed.items():
        if values[name] not in its_codes:
            why = _("%(column)s is “%(value)s”, which is not one of its codes")
            facts = {"column": name, "value": values[name][:40]}
            raise RegisterUnreadable(line, why % facts)
    count = values["number"]
    whole = count.isascii() and count.isdecimal() and len(count) <= len(str(MOST))
    if not (whole and 0 < int(count) <= MOST):
        raise RegisterUnreadable(
            line, _("number is no whole number from 1 to %(most)d") % {"most": MOST}
        )
    return Posts(**{**values, "number": int(count)})


def listed() -> Mapping[str, Mapping[str, Any]]:
    """The columns that hold a code, each with its codes and what they mean."""
    return {
        "organisation_type": dict(codes.choices("organisation_types")),
        "province": dict(codes.choices("provinces")),
        "office_kind": OFFICE_KINDS,
    }


def written(posts: Iterable[Posts]) -> str:
    """The posts as the CSV that `read_register` reads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Posts._fields)
    writer.writerows(posts)
    return out.getvalue()
