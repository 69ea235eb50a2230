"""The register of posts: how many office holders each organisation has, as data.

Public knowledge, kept by the network; never counted from incidents. It comes in as CSV
with the columns of `Posts`.
"""

import csv
import io
from collections.abc import Iterable
from typing import NamedTuple

from weerbaar import codes

OFFICE_KINDS = ("executive", "representative", "support")
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
    """A line of the register is no line of it; says which, and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line, self.why = line, why


def read_register(text: str) -> list[Posts]:
    """The posts of a CSV, with commas or semicolons. Raises RegisterUnreadable."""
    first = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    if reader.fieldnames is None or set(reader.fieldnames) != set(Posts._fields):
        raise RegisterUnreadable(1, "columns are " + ", ".join(Posts._fields))
    found: dict[tuple[str, str], Posts] = {}
    for number, row in enumerate(reader, 2):
        post = _post(number, row)
        if (post.organisation, post.office_kind) in found:
            raise RegisterUnreadable(number, "this organisation and office stand twice")
        found[post.organisation, post.office_kind] = post
    if not found:
        # Without a register no group is held to the floor.
        raise RegisterUnreadable(2, "there are no posts")
    return list(found.values())


def _post(line: int, row: dict[str | None, str]) -> Posts:
    values = {name: (row.get(name) or "").strip() for name in Posts._fields}
    known = {entry.code for entry in codes.entries("organisation_types")}
    provinces = {entry.code for entry in codes.entries("provinces")}
    if not 0 < len(values["organisation"]) <= 80:
        raise RegisterUnreadable(line, "organisation is missing or too long")
    if values["organisation_type"] not in known:
        raise RegisterUnreadable(line, "organisation_type is not in the code list")
    if values["province"] not in provinces:
        raise RegisterUnreadable(line, "province is not in the code list")
    if values["office_kind"] not in OFFICE_KINDS:
        raise RegisterUnreadable(line, "office_kind is " + ", ".join(OFFICE_KINDS))
    count = values["number"]
    if not (count.isascii() and count.isdecimal() and 0 < int(count) <= MOST):
        raise RegisterUnreadable(line, f"number is 1 to {MOST}")
    return Posts(**{**values, "number": int(count)})  # type: ignore[arg-type]


def written(posts: Iterable[Posts]) -> str:
    """The posts as the CSV that `read_register` reads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Posts._fields)
    writer.writerows(posts)
    return out.getvalue()
