"""The message catalogue, brought up to date from the source: `make messages`.

It reads what Django's makemessages reads, without the gettext programs: translatable
words of Python by its syntax tree, of templates by Django's own `templatize`.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("weerbaar", "intake", "cases", "aftercare", "referrals")
CATALOGUE = ROOT / "weerbaar" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
# What `templatize` leaves between the blotted-out rest: calls with string literals.
CALL = re.compile(
    r"\b(_|gettext|ngettext|pgettext|npgettext)\("
    r"((?:\s*u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*,?)+)",
    re.DOTALL,
)


class Words(NamedTuple):
    """One entry of the catalogue: what it means, and its form for many."""

    context: str | None
    text: str
    plural: str | None


def words_of_source() -> set[Words]:
    """Every translatable text of the house."""
    found: set[Words] = set()
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix == ".py" and "migrations" not in path.parts:
                found |= set(_in_python(path.read_text(encoding="utf-8")))
            elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
                source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
                found |= set(_in_template(source))
    return found


def _in_python(source: str) -> Iterator[Words]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        texts = [
            arg.value
            for arg in node.args
            if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        yield from _entry(str(name), texts)


def _in_template(source: str) -> Iterator[Words]:
    for name, arguments in CALL.findall(source):
        texts = ast.literal_eval(f"({arguments.rstrip().rstrip(',')},)")
        yield from _entry(name, list(texts))


def _entry(name: str, texts: list[str]) -> Iterator[Words]:
    if name in PLAIN and len(texts) == 1:
        yield Words(None, texts[0], None)
    elif name in PLURAL and len(texts) >= 2:
        yield Words(None, texts[0], texts[1])
    elif name in CONTEXT and len(texts) == 2:
        yield Words(texts[0], texts[1], None)
    elif name in CONTEXT_PLURAL and len(texts) >= 3:
        yield Words(texts[0], texts[1], texts[2])


def words_of_catalogue(catalogue: polib.POFile) -> dict[Words, polib.POEntry]:
    """The entries in use, by what they translate."""
    return {
        Words(entry.msgctxt, entry.msgid, entry.msgid_plural or None): entry
        for entry in catalogue
        if not entry.obsolete
    }


def untranslated(catalogue: polib.POFile) -> list[str]:
    """What has no Dutch yet, or a Dutch that is only guessed."""
    return [
        entry.msgid
        for entry in catalogue
        if not entry.obsolete and not entry.translated()
    ]


def update() -> str | None:
    """Add what is new, sort and compile; a sentence when Dutch is missing.

    Nothing is dropped: an entry may be our own word for a text of Django or allauth.
    """
    catalogue = polib.pofile(str(CATALOGUE), wrapwidth=88)
    source, known = words_of_source(), words_of_catalogue(catalogue)
    for words in source - known.keys():
        plural = {0: "", 1: ""} if words.plural else None
        catalogue.append(
            polib.POEntry(
                msgid=words.text,
                msgctxt=words.context,
                msgid_plural=words.plural or "",
                msgstr_plural=plural or {},
            )
        )
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    catalogue.save(str(CATALOGUE))
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    missing = untranslated(catalogue)
    if not missing:
        return None
    return "No Dutch yet for:\n" + "\n".join(f"  {text}" for text in missing)


if __name__ == "__main__":
    sys.exit(update())
