"""What incidents are told apart by in the figures, each with all its categories.

Codes are grouped so that no category names a person: never an organisation, never an
office role, nothing finer than a quarter (domain 8, a, b, e). Each record falls into
exactly one category of each dimension, so that rows and columns add up. Which there are
stands in the release plan; this reads them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from weerbaar.contributions.services import Record

UNKNOWN = "unknown"
SEVERAL = "several"
NONE = "none"


class OutsidePlan(ValueError):
    """A record with a code that no category of the plan takes in."""


@dataclass(frozen=True)
class Category:
    """A row or column of a table: its code and what it is called."""

    code: str
    label: Any


@dataclass(frozen=True)
class Dimension:
    """Something incidents are told apart by, with all its categories.

    `who_or_where` ones say something of the office holder or the organisation; `takes`
    gives for each category which codes of the register it takes in: none for one in
    which no post can be.
    """

    code: str
    label: Any
    categories: tuple[Category, ...]
    read: Callable[[Record], str]
    who_or_where: bool = False
    takes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    # The one field of a record that `read` looks at.
    source: str = ""

    @cached_property
    def codes(self) -> list[str]:
        return [category.code for category in self.categories]

    def of(self, record: Record) -> str:
        """The one category of a record. Raises OutsidePlan."""
        code = self.read(record)
        if code not in self.codes:
            raise OutsidePlan(self.code)
        return code

    def label_of(self, code: str) -> str:
        return next(str(c.label) for c in self.categories if c.code == code)


def words(text: Mapping[str, str]) -> Any:
    """A label of the plan in the language of whoever reads it."""
    return _Words(text["nl"], text["en"])


@dataclass(frozen=True)
class _Words:
    nl: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "nl").startswith("en") else self.nl


def read_dimension(entry: Mapping[str, Any]) -> Dimension:
    """A dimension of the plan file. Raises KeyError, ValueError for a wrong entry."""
    listed = entry["categories"]
    return Dimension(
        code=entry["code"],
        label=words(entry["label"]),
        categories=tuple(Category(c["code"], words(c)) for c in listed),
        read=_READERS[entry["reads"]](entry),
        who_or_where=bool(entry.get("who_or_where", False)),
        takes={c["code"]: _of_register(c) for c in listed},
        source=entry["from"],
    )


def _takes(category: Mapping[str, Any]) -> Sequence[str]:
    """The codes that fall into a category: its own, where it names no others."""
    return tuple(category.get("takes", [category["code"]]))


def _of_register(category: Mapping[str, Any]) -> Sequence[str]:
    """Those of them that a post of the register can have; none has an empty one."""
    if category.get("outside_register"):
        return ()
    return tuple(code for code in _takes(category) if code)


def _groups(entry: Mapping[str, Any]) -> dict[str, str]:
    """Which code of a record falls into which category."""
    return {
        code: category["code"]
        for category in entry["categories"]
        for code in _takes(category)
    }


def _marked(entry: Mapping[str, Any], mark: str) -> str | None:
    """The category that takes the rest, several at once, or nothing."""
    found = [c["code"] for c in entry["categories"] if c.get(mark)]
    return found[0] if found else None


def _one(entry: Mapping[str, Any]) -> Callable[[Record], str]:
    name, groups, rest = entry["from"], _groups(entry), _marked(entry, "rest")
    # What no category takes in is outside the plan, unless one takes the rest.
    return lambda record: groups.get(getattr(record, name), rest or "")


def _several(entry: Mapping[str, Any]) -> Callable[[Record], str]:
    name, groups = entry["from"], _groups(entry)
    rest = _marked(entry, "rest") or ""
    several, nothing = _marked(entry, "several"), _marked(entry, "nothing")

    def read(record: Record) -> str:
        found = getattr(record, name)
        if not found and nothing:
            return nothing
        known = {groups.get(code, rest) for code in found} - {rest}
        if len(known) > 1:
            return several or ""
        return known.pop() if known else rest

    return read


def _heaviest(entry: Mapping[str, Any]) -> Callable[[Record], str]:
    name, groups, order = entry["from"], _groups(entry), entry["order"]
    rest = _marked(entry, "rest") or ""

    def read(record: Record) -> str:
        found = {groups.get(code) for code in getattr(record, name)}
        return next((group for group in order if group in found), rest)

    return read


def _quarter(entry: Mapping[str, Any]) -> Callable[[Record], str]:
    name = entry["from"]
    return lambda record: f"q{(getattr(record, name) + 2) // 3}"


_READERS: dict[str, Callable[[Mapping[str, Any]], Callable[[Record], str]]] = {
    "one": _one,
    "several": _several,
    "heaviest": _heaviest,
    "quarter": _quarter,
}
