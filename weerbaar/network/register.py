"""The register of posts: how many office holders each organisation has, as data.

Public knowledge, kept by the network; never counted from incidents. It comes in as CSV
with the columns of `Posts`.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

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


class Posts(NamedTuple):
    """The posts of one kind of office in one organisation."""

    organisation: str
    organisation_type: str
    province: str
    office_kind: str
    number: int


class RegisterUnreadable(ValueError):
    """A line of the register is no line of it; says which, and why, to who sent it."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line, self.why = line, why


def read_register(text: str) -> list[Posts]:
    """The posts of a CSV, with commas or semicolons. Raises RegisterUnreadable."""
    first = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    if reader.fieldnames is None or set(reader.fieldnames) != set(Posts._fields):
        columns = ", ".join(Posts._fields)
        raise RegisterUnreadable(1, _("the columns are %s") % columns)
    found: dict[tuple[str, str], Posts] = {}
    allowed = listed()
    for number, row in enumerate(reader, 2):
        post = _post(number, row, allowed)
        if (post.organisation, post.office_kind) in found:
            why = _("this organisation has this kind of office already")
            raise RegisterUnreadable(number, why)
        found[post.organisation, post.office_kind] = post
    if not found:
        # Without a register no group is held to the floor.
        raise RegisterUnreadable(2, _("there is no organisation"))
    return list(found.values())


def _post(
    line: int, row: Mapping[str | None, str], allowed: Mapping[str, Mapping[str, Any]]
) -> Posts:
    values = {name: (row.get(name) or "").strip() for name in Posts._fields}
    if not 0 < len(values["organisation"]) <= 80:
        raise RegisterUnreadable(
            line, _("the organisation is missing or longer than 80 characters")
        )
    for name, its_codes in allowed.items():
        if values[name] not in its_codes:
            why = _("%(column)s is “%(value)s”, which is not one of its codes")
            facts = {"column": name, "value": values[name][:40]}
            raise RegisterUnreadable(line, why % facts)
    count = values["number"]
    if not (count.isascii() and count.isdecimal() and 0 < int(count) <= MOST):
        raise RegisterUnreadable(
            line, _("number is no whole number from 1 to %(most)d") % {"most": MOST}
        )
    return Posts(**{**values, "number": int(count)})  # type: ignore[arg-type]


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
