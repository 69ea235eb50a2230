"""The plan file, read with the checker's own eyes; nothing is taken from the maker.

Strict: an entry that is not known here makes the plan unreadable, because nobody can
check what he does not understand.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from typing import Any

from weerbaar.network.checker.rules import QUARTER, Grid, Rules, Split

# What a record may be told apart by. Never a person, an organisation or a day.
SOURCES = frozenset(
    {
        "organisation_type", "province", "office_kind", "incident_groups", "channels",
        "perpetrators", "topic", "severity", "police", "decision_influenced",
        "referrals", "aftercare", "outcome", "motive", "no_aangifte", "first_contact",
        "reaction", "reception_talk", "check_two_weeks", "check_six_weeks", "duration",
    }
)  # fmt: skip
READS = frozenset({"one", "several", "heaviest"})
WORDS = {"label", "title", "definition", "nl", "en"}
PLAN_KEYS = {
    "version", "from_year", "adopted_on", "base", "bound", "share_from", "floor",
    "gate", "admission", "dimension", "table",
}  # fmt: skip
DIMENSION_KEYS = {
    "code", "from", "reads", "who_or_where", "categories", "order", *WORDS,
}  # fmt: skip
CATEGORY_KEYS = {
    "code", "takes", "rest", "several", "nothing", "outside_register", *WORDS,
}  # fmt: skip
WHOLE = ("from_year", "base", "bound", "share_from")
TABLE_KEYS = {"code", "rows", "columns", "kind", "only", "share_of", *WORDS}


class Unreadable(ValueError):
    """A plan, snapshot or bundle that cannot be understood in full."""


def read_rules(text: str) -> Rules:
    """The plan in the text of its file. Raises Unreadable."""
    try:
        content = tomllib.loads(text)
        _known(content, PLAN_KEYS)
        splits = {entry["code"]: _split(entry) for entry in content["dimension"]}
        return Rules(
            version=str(content["version"]),
            digest=hashlib.sha256(text.encode()).hexdigest(),
            adopted_year=content["adopted_on"].year,
            **_numbers({name: content[name] for name in WHOLE}, set(WHOLE)),
            floor=_numbers(content["floor"], {"holders", "organisations"}),
            gate=_numbers(
                content["gate"], {"from", "persons", "organisations", "largest"}
            ),
            admission=content.get("admission"),
            grids=tuple(_grid(entry, splits) for entry in content["table"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(str(error)) from error


def _known(entry: Mapping[str, Any], keys: set[str]) -> None:
    if set(entry) - keys:
        raise Unreadable(f"unknown: {sorted(set(entry) - keys)}")


def _numbers(entry: Mapping[str, Any], keys: set[str]) -> dict[str, int]:
    if set(entry) != keys or not all(type(n) is int for n in entry.values()):
        raise Unreadable("wrong numbers")
    return dict(entry)


def _split(entry: Mapping[str, Any]) -> Split:
    _known(entry, DIMENSION_KEYS)
    for category in entry["categories"]:
        _known(category, CATEGORY_KEYS)
    source, reads = entry["from"], entry["reads"]
    if (source, reads) != ("month", QUARTER) and not (
        source in SOURCES and reads in READS
    ):
        raise Unreadable(f"told apart by {source}, {reads}")
    codes = tuple(category["code"] for category in entry["categories"])
    if len(set(codes)) != len(codes):
        raise Unreadable("a category twice")
    return Split(
        code=entry["code"],
        source=source,
        reads=reads,
        codes=codes,
        groups={
            code: category["code"]
            for category in entry["categories"]
            for code in category.get("takes", [category["code"]])
        },
        marks={
            mark: category["code"]
            for category in reversed(entry["categories"])
            for mark in ("rest", "several", "nothing")
            if category.get(mark)
        },
        order=tuple(entry.get("order", ())),
        who_or_where=bool(entry.get("who_or_where", False)),
    )


def _grid(entry: Mapping[str, Any], splits: Mapping[str, Split]) -> Grid:
    _known(entry, TABLE_KEYS)
    rows = splits[entry["rows"]]
    only = tuple(entry.get("only", ()))
    if not set(only) <= set(rows.codes):
        raise Unreadable("a row that does not exist")
    return Grid(
        code=entry["code"],
        kind=entry.get("kind", "incident"),
        rows=rows,
        columns=splits[entry["columns"]] if entry.get("columns") else None,
        shown=only or rows.codes,
        whole=not only,
        share_of=entry.get("share_of", ""),
    )
