"""What may leave for which partner: never more than the policy, whatever is asked."""

from dataclasses import dataclass, field
from itertools import chain, combinations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cases.header import Header
from referrals.disclosure import (
    MOST,
    POLICIES,
    MoreThanAllowed,
    Origin,
    Section,
    SectionEmpty,
    SectionTooLong,
    Way,
    allowed,
    entries,
    exact_text,
    package_for,
    riec_of,
)
from weerbaar import codes

ORIGIN = Origin("7F3K-22AB", "Gemeente Lindeveen", "Utrecht")
HEADER = Header(wish="call_me", occurred="2026-05-10", types=["veiled_threat"])


@dataclass
class Receiver:
    """A partner as the policy sees it."""

    way: str
    sections: list[str] = field(default_factory=list)
    name: str = "Partner"
    phone: str = "070-555 01 00"


def receiver(code: str, region: str = "") -> Receiver:
    facts = next(e.facts for e in entries() if (e.code, e.region) == (code, region))
    return Receiver(facts["way"], facts["sections"], facts["name"], facts["phone"])


def subsets() -> list[tuple[str, ...]]:
    names = Section.values
    sizes = range(len(names) + 1)
    return list(chain.from_iterable(combinations(names, n) for n in sizes))


@given(
    way=st.sampled_from(Way.values),
    own=st.lists(st.sampled_from(Section.values), unique=True),
    chosen=st.lists(st.sampled_from(Section.values), unique=True),
    words=st.dictionaries(
        st.sampled_from(Section.values), st.sampled_from(["", "geheim-woord-zeppelin"])
    ),
)
def test_nothing_leaves_beyond_the_policy_of_the_way(way, own, chosen, words) -> None:
    partner = Receiver(way, own)
    may = {str(s) for s in MOST[way]} & set(own)
    try:
        pieces = package_for(partner, HEADER, chosen, words, ORIGIN)
    except MoreThanAllowed:
        asked = set(chosen) | {name for name, text in words.items() if text}
        assert asked - may
        return
    except SectionEmpty:
        return

    assert {p.section for p in pieces} <= may
    if not may & {"summary", "wish", "contact"}:
        assert "zeppelin" not in exact_text(partner, pieces)


@pytest.mark.parametrize("code", ["trust_line", "sipa"])
def test_trust_line_and_sipa_get_nothing_at_all(code) -> None:
    partner = receiver(code)

    assert package_for(partner, HEADER, [], {}, ORIGIN) == []
    for chosen in subsets()[1:]:
        with pytest.raises(MoreThanAllowed):
            package_for(partner, HEADER, chosen, {}, ORIGIN)


def test_trust_line_stays_closed_when_its_row_says_otherwise() -> None:
    opened = Receiver(Way.WARM_HANDOVER, Section.values)

    assert allowed(opened) == frozenset()
    with pytest.raises(MoreThanAllowed):
        package_for(opened, HEADER, ["summary"], {"summary": "woorden"}, ORIGIN)


def test_riec_gets_date_region_and_reference_only() -> None:
    partner = receiver("riec", "midden_nederland")

    pieces = package_for(partner, HEADER, [], {}, ORIGIN)

    assert {str(p.section): p.text for p in pieces} == {
        "reference": "7F3K-22AB",
        "date": "10 mei 2026",
        "region": "Utrecht",
    }
    with pytest.raises(MoreThanAllowed):
        package_for(partner, HEADER, [], {"summary": "woorden"}, ORIGIN)


def test_riec_gets_no_words_in_place_of_a_date() -> None:
    told = HEADER.changed(occurred="gisteren na de raad bij café De Sluis")

    pieces = package_for(receiver("riec", "midden_nederland"), told, [], {}, ORIGIN)

    assert [p.section for p in pieces] == ["reference", "region"]


def test_support_team_gets_what_was_written_for_it() -> None:
    partner = receiver("support_team_nwb")

    pieces = package_for(
        partner, HEADER, ["summary", "wish"], {"summary": "Bel haar."}, ORIGIN
    )

    assert {str(p.section): p.text for p in pieces} == {
        "sender": "Gemeente Lindeveen",
        "reference": "7F3K-22AB",
        "summary": "Bel haar.",
        "wish": codes.get("wishes", "call_me").nl,
    }


def test_safe_contact_goes_along_only_when_chosen() -> None:
    partner = receiver("victim_support")

    without = package_for(partner, HEADER, ["summary"], {"summary": "x"}, ORIGIN)
    words = {"summary": "x", "contact": "06-12345678, na zessen"}
    along = package_for(partner, HEADER, ["summary", "contact"], words, ORIGIN)

    assert "06-12345678" not in exact_text(partner, without)
    assert "06-12345678" in exact_text(partner, along)


def test_empty_and_endless_parts_are_refused() -> None:
    partner = receiver("support_team_nwb")

    with pytest.raises(SectionEmpty):
        package_for(partner, HEADER, ["summary"], {"summary": "  "}, ORIGIN)
    with pytest.raises(SectionEmpty):
        package_for(partner, HEADER, [], {}, ORIGIN)
    with pytest.raises(SectionTooLong):
        package_for(partner, HEADER, ["summary"], {"summary": "x" * 20_001}, ORIGIN)


def test_exact_text_is_the_same_in_every_language_of_the_page() -> None:
    partner = receiver("support_team_nwb")
    pieces = package_for(partner, HEADER, ["summary"], {"summary": "Bel haar."}, ORIGIN)
    texts = set()
    for language in ("nl", "en"):
        with translation.override(language):
            texts.add(exact_text(partner, pieces, "Bewaar alles."))

    assert len(texts) == 1
    assert "Bewaar alles." in texts.pop()


def test_every_partner_of_the_code_list_has_a_policy() -> None:
    listed = {c.code for c in codes.entries("partners")}

    assert listed == set(POLICIES)
    assert len(entries()) == len(listed) + 10


@pytest.mark.parametrize(
    ("safety_region", "riec"),
    [
        ("Utrecht", "midden_nederland"),
        ("Kennemerland", "noord_holland"),
        ("Amsterdam-Amstelland", "amsterdam_amstelland"),
        ("Gooi en Vechtstreek", "midden_nederland"),
        ("noord_en_oost_gelderland", "oost_nederland"),
        ("Brabant-Noord", "oost_brabant"),
        ("Midden- en West-Brabant", "zeeland_west_brabant"),
        ("", ""),
        ("Atlantis", ""),
    ],
)
def test_riec_follows_the_safety_region_not_the_province(safety_region, riec) -> None:
    assert riec_of(safety_region) == riec
