"""How things are named at the programs' door: codes, ids and collections."""

import json
import re
from collections.abc import Iterator
from typing import Any

from weerbaar.web.management.commands.openapi import document

DESCRIPTION = json.loads(document())
# What is one of its kind for whoever asks.
SINGLE = {
    "mailbox",
    "identity",
    "report",
    "safe-contact",
    "timeline",
    "aftercare",
    "desk",
    # The bytes of one file.
    "content",
    "original",
}


def values(tree: Any, name: str) -> Iterator[Any]:
    """Every value under this key, however deep."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key == name:
                yield value
            yield from values(value, name)
    elif isinstance(tree, list):
        for value in tree:
            yield from values(value, name)


def test_codes_are_lower_case_words() -> None:
    """API-31: enumerations as lower-case codes; an empty one is no answer."""
    found = {code for codes in values(DESCRIPTION, "enum") for code in codes}
    words = {code for code in found if isinstance(code, str)}

    assert len(words) > 100
    assert {c for c in words if not re.fullmatch(r"[a-z0-9_]*", c)} == set()


def test_ids_in_paths_are_uuids() -> None:
    """API-31: nothing can be counted or guessed by its id."""
    parameters = [
        parameter
        for listed in values(DESCRIPTION["paths"], "parameters")
        for parameter in listed
        if parameter.get("in") == "path" and parameter["name"] in {"id", "answer"}
    ]

    assert len(parameters) > 20
    assert {p["schema"].get("format") for p in parameters} == {"uuid"}


def test_collections_are_plural_nouns() -> None:
    """API-4; what begins with an underscore is a verb on one thing."""
    names = {
        part
        for path in DESCRIPTION["paths"]
        for part in path.strip("/").split("/")
        if part and not part.startswith(("{", "_")) and "." not in part
    }

    assert len(names) > 10
    assert {n for n in names - SINGLE if not n.endswith(("s", "people"))} == set()
