"""How the house speaks: calm, plain, and in words that hurt nobody (UX-24, UX-25)."""

import re
from collections.abc import Iterator
from typing import Any

import polib
import pytest
from bs4 import BeautifulSoup

from tests.intake.pages import pages
from tests.messages import CATALOGUE
from weerbaar import codes

__all__ = ["pages"]
# Words that judge, label or doubt; and words that only offices use.
HURTING = (
    *("slachtoffers?", "daders?", "waarom deed u", "bewijs(t|zen)?", "klacht"),
    *("beweerde[n]?", "beweert", "beweren", "zogenaamde?"),
)
STIFF = (
    *("teneinde", "onverwijld", "conform", "dient te", "vigerende?", "bescheiden"),
    *("derhalve", "betreffende", "inzake", "middels", "geschied(en|t)"),
    *("te allen tijde",),
)
INFORMAL = ("je", "jij", "jou", "jouw", "jullie")
# Lists of codes that a reporter chooses from or reads back.
HERS = (
    *("incident_types", "channels", "perpetrator_kinds", "office_roles", "yes_no"),
    *("wishes", "anonymity", "reporter_roles", "contact_channels"),
)
LONGEST = 22
AVERAGE = 12
EASIEST_TO_READ = 60
FEW = 5


def dutch() -> list[str]:
    """Every sentence of the catalogue."""
    found = []
    for entry in polib.pofile(str(CATALOGUE)):
        if not entry.obsolete:
            found += [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values()
    return found


def english() -> list[str]:
    return [entry.msgid for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete]


def with_any(texts: list[str], *banned: str) -> list[str]:
    pattern = re.compile(rf"\b({'|'.join(banned)})\b", re.IGNORECASE)
    return [text for text in texts if pattern.search(text)]


def labels() -> list[str]:
    """What a reporter reads of the code lists; words in quotes are somebody else's."""
    told = [code.nl for name in HERS for code in codes.entries(name)]
    return [re.sub('["“‘][^"”’]*["”’]', "", text) for text in told]


@pytest.mark.parametrize(
    "banned", [HURTING, STIFF, INFORMAL], ids=["hurting", "stiff", "informal"]
)
def test_no_banned_word_stands_in_the_catalogue_or_in_her_choices(banned) -> None:
    assert with_any(dutch(), *banned) == []
    assert with_any(labels(), *banned) == []


def test_the_search_would_have_found_them() -> None:
    assert with_any(["Het Slachtoffer."], *HURTING)
    assert with_any(["Geschiedt conform het protocol."], *STIFF)
    assert with_any(["Wat wil je?"], *INFORMAL)
    assert not with_any(["De geschiedenis, uw klachten."], *HURTING, *STIFF)
    assert len(dutch()) > 1000
    assert len(labels()) > 100


def test_nobody_is_shouted_at() -> None:
    assert [text for text in (*dutch(), *english(), *labels()) if "!" in text] == []


def sentences(page: BeautifulSoup) -> Iterator[str]:
    """The whole sentences of a page's own part; names of choices are none."""
    for block in page.main.select(
        "p, li, dd, legend, .wb-option__hint, [id$=helptext]"
    ):
        if block.select_one("p, li"):
            continue
        text = " ".join(block.get_text(" ").split())
        for part in re.split(r"(?<=[.?:])\s+(?=[A-Z“‘])", text):
            if part.endswith((".", "?")):
                yield part


def words_of(sentence: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", sentence)


def syllables(word: str) -> int:
    """How often the voice rises: groups of vowels; `ij` is one, a trema begins anew."""
    groups = re.findall(r"[aeiouyáéíóúàè]+|[äëïöü][aeiouy]*", word.lower())
    return max(1, len(groups))


def reading_ease(told: list[str]) -> float:
    """Flesch as Douma set it for Dutch: 0 to 100, the higher the easier."""
    words = [word for sentence in told for word in words_of(sentence)]
    rises = sum(map(syllables, words))
    return 206.84 - 0.93 * len(words) / len(told) - 77 * rises / len(words)


def test_a_reporter_reads_short_sentences_in_plain_words(pages) -> None:
    """None above 22 words, 12 on average, easy; a few sentences say little of ease."""
    whole: list[str] = []
    wrong: dict[str, Any] = {}
    for name, page in pages.items():
        assert page.response.status_code in {200, 404, 410}, name
        told = list(sentences(page.soup))
        whole += told
        if long := [s for s in told if len(words_of(s)) > LONGEST]:
            wrong[name] = long
        if told and len(words_of(" ".join(told))) > AVERAGE * len(told):
            wrong[f"{name}: average"] = len(told)
        if len(told) >= FEW and reading_ease(told) < EASIEST_TO_READ:
            wrong[f"{name}: ease"] = reading_ease(told)
    print(f"{len(whole)} sentences, reading ease {reading_ease(whole):.0f}")

    assert wrong == {}
    assert len(whole) > 100
    assert reading_ease(whole) > EASIEST_TO_READ


def test_the_measure_knows_plain_from_stiff() -> None:
    plain = [
        "U kunt ons bellen.",
        "Wij helpen u graag.",
        "U kiest zelf wat er gebeurt.",
    ]
    stiff = [
        "Teneinde onverwijlde behandeling te bewerkstelligen verzoeken wij "
        "belanghebbenden vertrouwelijkheidsverklaringen overeenkomstig de "
        "uitvoeringsbepalingen te retourneren."
    ]
    assert reading_ease(plain) > 80
    assert reading_ease(stiff) < 20


def test_quiet_colours_red_is_for_mistakes_alone(pages) -> None:
    """No page of hers uses the red of mistakes where nothing is wrong (UX-24)."""
    red = ".utrecht-alert--error, .utrecht-button--danger, [class*=--invalid]"
    loud = [
        name
        for name, page in pages.items()
        if "wrong" not in name and page.soup.main.select(red)
    ]

    assert loud == []
    assert pages["3 wrong"].soup.main.select(red)
