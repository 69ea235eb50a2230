"""The part of OData's `$filter` that tables need: `eq`, `and`, `or`, and brackets.

Grammar after OData 4.01 ABNF: `and` binds before `or`; text stands in single quotes,
and a quote in it is written twice.
"""

import re
from collections.abc import Callable, Collection
from typing import Any

Test = Callable[[dict[str, Any]], bool]
# Deeper, and longer, than anybody types: an answer must not take the process along.
DEEPEST = 20
LONGEST = 4000
_TOKEN = re.compile(r"\s*(?:(\(|\))|('(?:[^']|'')*')|(-?\d+)|([A-Za-z_]\w*))", re.ASCII)


class FilterRefused(ValueError):
    """A filter that this service does not understand; says what it takes."""


def read_filter(text: str, names: Collection[str]) -> Test:
    """A test of rows from a `$filter` over columns. Raises FilterRefused."""
    if len(text) > LONGEST:
        raise FilterRefused("too long")
    reader = _Reader(_tokens(text), names)
    test = reader.either(0)
    if reader.tokens:
        raise FilterRefused(reader.tokens[0])
    return test


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise FilterRefused(text[at : at + 20])
        found.append(match[0].strip())
        at = match.end()
    return found


class _Reader:
    """Reads tokens from the front, one rule of the grammar a method."""

    def __init__(self, tokens: list[str], names: Collection[str]) -> None:
        self.tokens = tokens
        self.names = names

    def either(self, depth: int) -> Test:
        tests = [self._both(depth)]
        while self._took("or"):
            tests.append(self._both(depth))
        return lambda row: any(test(row) for test in tests)

    def _both(self, depth: int) -> Test:
        tests = [self._one(depth)]
        while self._took("and"):
            tests.append(self._one(depth))
        return lambda row: all(test(row) for test in tests)

    def _one(self, depth: int) -> Test:
        if self._took("("):
            if depth == DEEPEST:
                raise FilterRefused("(")
            test = self.either(depth + 1)
            self._need(")")
            return test
        name = self._next()
        if name not in self.names:
            raise FilterRefused(name)
        self._need("eq")
        value = _value(self._next())
        return lambda row: row[name] == value

    def _took(self, token: str) -> bool:
        if self.tokens[:1] == [token]:
            del self.tokens[0]
            return True
        return False

    def _need(self, token: str) -> None:
        if not self._took(token):
            raise FilterRefused(self.tokens[0] if self.tokens else token)

    def _next(self) -> str:
        if not self.tokens:
            raise FilterRefused("")
        return self.tokens.pop(0)


def _value(literal: str) -> str | int | None:
    if literal.startswith("'"):
        return literal[1:-1].replace("''", "'")
    if literal == "null":
        return None
    if literal.lstrip("-").isdigit() and len(literal) < 12:
        return int(literal)
    raise FilterRefused(literal)
