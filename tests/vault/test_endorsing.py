"""Whose public half counts: only a chain of signatures to the pinned root says so."""

import dataclasses
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weerbaar.vault.core import Secret
from weerbaar.vault.endorsing import (
    FINGERPRINT_WORDS,
    Chains,
    Claim,
    NotEndorsed,
    SignedClaim,
    endorse,
    fingerprint,
    is_fingerprint,
)
from weerbaar.vault.receipt import UnreadableReceipt, words

HERE, THERE = uuid.UUID(int=1), uuid.UUID(int=2)
ROOT = Secret.from_bytes(b"r" * 32)
PEOPLE = [Secret.from_bytes(bytes([n]) * 32) for n in range(1, 6)]
BRAM, SANNE, DAAN, CHRIS, GIJS = PEOPLE


def claim(secret: Secret, organisation=HERE, role="handler") -> Claim:
    number = PEOPLE.index(secret) if secret in PEOPLE else 99
    return Claim(organisation, uuid.UUID(int=number + 10), role, secret.public)


def chains(*found: SignedClaim, root: Secret = ROOT) -> Chains:
    return Chains(HERE, root.public, found)


def test_root_vouches_and_who_counts_vouches_on() -> None:
    found = chains(endorse(claim(SANNE), by=BRAM), endorse(claim(BRAM), by=ROOT))

    assert found.hold(claim(BRAM))
    assert found.hold(claim(SANNE))
    assert not found.hold(claim(DAAN))
    with pytest.raises(NotEndorsed):
        found.check(claim(DAAN))


def test_row_without_a_signature_adds_nobody() -> None:
    """What an administrator can write: a row that says so."""
    forged = SignedClaim(claim(GIJS), ROOT.public.id, b"\x00" * 64)

    assert not chains(forged).hold(claim(GIJS))


def test_nobody_vouches_for_herself() -> None:
    with pytest.raises(NotEndorsed):
        endorse(claim(GIJS), by=GIJS)
    own = SignedClaim(claim(GIJS), GIJS.public.id, GIJS.sign(claim(GIJS).message))

    assert not chains(own).hold(claim(GIJS))


def test_circle_of_strangers_adds_nobody() -> None:
    found = chains(
        endorse(claim(GIJS), by=CHRIS),
        endorse(claim(CHRIS), by=GIJS),
        endorse(claim(BRAM), by=ROOT),
    )

    assert not found.hold(claim(GIJS))
    assert not found.hold(claim(CHRIS))


def test_root_of_another_organisation_says_nothing_here() -> None:
    other = Secret.from_bytes(b"o" * 32)
    found = [endorse(claim(CHRIS, THERE), by=other), endorse(claim(GIJS), by=other)]

    assert not chains(*found).hold(claim(GIJS))
    assert not chains(*found).hold(claim(CHRIS))
    assert not chains(*found).hold(claim(CHRIS, THERE))


def test_endorsement_of_elsewhere_is_not_moved_here() -> None:
    there = endorse(claim(CHRIS, THERE), by=ROOT)
    moved = dataclasses.replace(there, claim=claim(CHRIS, HERE))

    assert not chains(there, moved).hold(claim(CHRIS, HERE))


@pytest.mark.parametrize(
    "other",
    [
        lambda c: dataclasses.replace(c, person_id=uuid.UUID(int=77)),
        lambda c: dataclasses.replace(c, role="partner_desk"),
        lambda c: dataclasses.replace(c, organisation_id=THERE),
        lambda c: dataclasses.replace(c, public=GIJS.public),
    ],
    ids=["person", "role", "organisation", "public half"],
)
def test_signature_covers_every_word_of_the_claim(other) -> None:
    signed = endorse(claim(BRAM), by=ROOT)
    changed = dataclasses.replace(signed, claim=other(signed.claim))

    assert chains(signed).hold(signed.claim)
    assert not chains(changed).hold(changed.claim)


def test_who_reads_figures_vouches_for_nobody() -> None:
    found = chains(
        endorse(claim(DAAN, role="network_member"), by=ROOT),
        endorse(claim(GIJS), by=DAAN),
    )

    assert not found.hold(claim(GIJS))


def test_who_left_receives_nothing_and_her_colleagues_stay() -> None:
    left = dataclasses.replace(endorse(claim(BRAM), by=ROOT), ended=True)
    found = chains(left, endorse(claim(SANNE), by=BRAM))

    assert not found.hold(claim(BRAM))
    assert found.hold(claim(SANNE))


def test_ended_claim_is_not_revived_by_a_second_signature() -> None:
    left = dataclasses.replace(endorse(claim(BRAM), by=ROOT), ended=True)
    again = endorse(claim(BRAM), by=SANNE)
    found = chains(left, again, endorse(claim(SANNE), by=ROOT))

    assert not found.hold(claim(BRAM))


def test_what_a_stolen_secret_signed_does_not_count() -> None:
    stolen = dataclasses.replace(endorse(claim(BRAM), by=ROOT), broken=True)
    found = chains(stolen, endorse(claim(SANNE), by=BRAM))

    assert not found.hold(claim(BRAM))
    assert not found.hold(claim(SANNE))


def test_another_root_begins_no_chain() -> None:
    found = [endorse(claim(BRAM), by=ROOT)]

    assert chains(*found).hold(claim(BRAM))
    assert not chains(*found, root=GIJS).hold(claim(BRAM))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([ROOT, *PEOPLE]), st.sampled_from(PEOPLE), st.booleans()
        ),
        max_size=12,
    )
)
def test_who_counts_equals_a_plain_walk_from_the_root(drawn) -> None:
    """Random signatures, some of them bad, against reachability in a plain graph."""
    found, edges = [], []
    for by, of, is_good in drawn:
        if by is of:
            continue
        one = endorse(claim(of), by=by)
        if is_good:
            edges.append((by, of))
        else:
            one = dataclasses.replace(one, signature=bytes(64))
        found.append(one)
    reached = {ROOT.public.id}
    for _ in PEOPLE:
        reached |= {of.public.id for by, of in edges if by.public.id in reached}

    checked = chains(*found)

    assert {p.public.id for p in PEOPLE if checked.hold(claim(p))} == reached - {
        ROOT.public.id
    }


def test_fingerprint_is_six_words_and_tells_public_halves_apart() -> None:
    told = {fingerprint(p.public) for p in PEOPLE}

    assert len(told) == len(PEOPLE)
    for one in told:
        assert len(one.split()) == FINGERPRINT_WORDS
        assert set(one.split()) <= set(words())


def test_fingerprint_is_read_as_it_is_typed() -> None:
    first = " ".join(w[:4].upper() for w in fingerprint(BRAM.public).split())

    assert is_fingerprint(first, BRAM.public)
    assert not is_fingerprint(first, SANNE.public)
    with pytest.raises(UnreadableReceipt):
        is_fingerprint("vijf woorden", BRAM.public)
