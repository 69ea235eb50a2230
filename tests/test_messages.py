"""Every text has its Dutch, with the same placeholders, and is compiled."""

import re

import polib
import pytest

from tests.messages import CATALOGUE, untranslated, words_of_catalogue, words_of_source

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(CATALOGUE))


def test_every_text_is_in_the_catalogue(catalogue):
    source = words_of_source()
    assert len(source) > 100, "the reader of the source finds them"
    missing = sorted(
        words.text for words in source - words_of_catalogue(catalogue).keys()
    )
    assert missing == []


def test_every_text_has_its_dutch(catalogue):
    assert untranslated(catalogue) == []


def test_dutch_has_the_same_placeholders(catalogue):
    wrong = []
    for entry in catalogue:
        wanted = set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
        texts = [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values()
        for text in texts:
            found = set(PLACEHOLDER.findall(text))
            one = entry.msgid_plural and found <= wanted
            if found != wanted and not one:
                wrong.append((entry.msgid, text))
    assert wrong == []


def test_compiled_catalogue_is_current(catalogue):
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    as_compiled = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in compiled}
    as_written = {
        (e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural)
        for e in catalogue
        if not e.obsolete and e.translated()
    }
    assert as_compiled == as_written
