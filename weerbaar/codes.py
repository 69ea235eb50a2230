"""The code lists of the field, read once, with labels in two languages.

A code is stored and exchanged; its label is shown. Sources stand with each code.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.utils.translation import get_language

FILE = Path(__file__).with_name("codelists.json")


class UnknownCode(KeyError):
    """A list or code that does not exist in the code lists."""


@dataclass(frozen=True)
class Code:
    """One entry of a code list: its code, both labels and what else is known of it."""

    code: str
    nl: str
    en: str
    facts: MappingProxyType[str, Any] = field(repr=False)

    @property
    def label(self) -> str:
        """The label in the language of the page."""
        return self.en if (get_language() or "nl").startswith("en") else self.nl

    def get(self, fact: str, default: Any = None) -> Any:
        return self.facts.get(fact, default)


@cache
def _lists() -> dict[str, dict[str, Code]]:
    raw = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: {
            entry["code"]: Code(
                entry["code"], entry["nl"], entry["en"], MappingProxyType(entry)
            )
            for entry in entries
        }
        for name, entries in raw.items()
    }


def names() -> list[str]:
    """The names of all code lists."""
    return list(_lists())


def entries(name: str) -> list[Code]:
    """All codes of a list, in its own order. Raises UnknownCode."""
    try:
        return list(_lists()[name].values())
    except KeyError:
        raise UnknownCode(name) from None


def get(name: str, code: str) -> Code:
    """One code of a list. Raises UnknownCode."""
    try:
        return _lists()[name][code]
    except KeyError:
        raise UnknownCode(f"{name}: {code}") from None


def label(name: str, code: str) -> str:
    """The label of a code in the language of the page; empty for no code."""
    return get(name, code).label if code else ""


def labels(name: str, codes: Iterable[str]) -> list[str]:
    """The labels of several codes, in the order given."""
    return [label(name, code) for code in codes]


def choices(name: str, only: Sequence[str] | None = None) -> list[tuple[str, Any]]:
    """Choices for a form field: codes with labels that follow the page's language."""
    chosen = entries(name) if only is None else [get(name, code) for code in only]
    return [(c.code, _Label(c)) for c in chosen]


class _Label:
    """A label that is read in the language of the moment it is shown."""

    def __init__(self, code: Code) -> None:
        self._code = code

    def __str__(self) -> str:
        return self._code.label

    def __deepcopy__(self, memo: object) -> "_Label":
        # A form copies its fields; what never changes need not be copied.
        return self


def check(name: str, codes: Iterable[str]) -> list[str]:
    """The codes as a list, each known to the list. Raises UnknownCode."""
    return [get(name, code).code for code in codes]


def children(parent: str) -> list[Code]:
    """The incident types below a parent type."""
    return [c for c in entries("incident_types") if c.get("parent") == parent]


def incident_groups() -> list[Code]:
    """The ten incident types that have no parent."""
    return [c for c in entries("incident_types") if c.get("parent") is None]
