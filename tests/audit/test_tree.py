"""The Merkle tree: published answers, the definition itself, and proofs that refuse."""

from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from weerbaar.audit.tree import (
    EMPTY,
    Fetch,
    Frontier,
    Node,
    extends,
    hash_children,
    hash_leaf,
    includes,
    nodes_of,
    prove_consistency,
    prove_inclusion,
    root,
)

# The leaves and roots of the reference implementation of Certificate Transparency.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
sizes = st.integers(1, 260)


def grown(leaves: list[bytes]) -> tuple[Frontier, Fetch]:
    """A tree made by appending, and a reader of the hashes that each append gave."""
    frontier, kept = Frontier(), []
    for leaf in leaves:
        kept.append(frontier.append(hash_leaf(leaf)))

    def fetch(nodes: list[Node]) -> list[bytes]:
        return [kept[(number + 1 << level) - 1][level] for level, number in nodes]

    return frontier, fetch


def numbered(size: int) -> list[bytes]:
    return [str(i).encode() for i in range(size)]


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962 section 2.1, as it is written there."""
    if not leaves:
        return EMPTY
    if len(leaves) == 1:
        return hash_leaf(leaves[0])
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hash_children(by_definition(leaves[:half]), by_definition(leaves[half:]))


@pytest.mark.parametrize("size", range(9))
def test_root_is_the_published_one(size: int) -> None:
    frontier, fetch = grown(LEAVES[:size])

    assert frontier.root.hex() == ROOTS[size]
    assert root(size, fetch).hex() == ROOTS[size]


def test_proofs_are_the_published_ones() -> None:
    _frontier, fetch = grown(LEAVES)

    assert [h.hex() for h in prove_inclusion(0, 8, fetch)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert [h.hex() for h in prove_consistency(6, 8, fetch)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_proofs_of_seven_leaves_are_those_of_the_rfc() -> None:
    """The example of RFC 9162 section 2.1.5, with its letters."""
    names = {
        **{(0, i): letter for i, letter in enumerate("abcdef")},
        (0, 6): "j",
        **{(1, i): letter for i, letter in enumerate("ghi")},
        (2, 0): "k",
    }
    _frontier, fetch = grown(numbered(7))

    def told(prove: Callable[[Fetch], list[bytes]]) -> list[list[str]]:
        """Every hash of a proof, as the letters of the nodes that make it up."""
        asked: list[list[str]] = []

        def listen(nodes: list[Node]) -> list[bytes]:
            asked.extend([names[node]] for node in nodes)
            return fetch(nodes)

        prove(listen)
        return asked

    assert told(lambda f: prove_inclusion(0, 7, f)) == [["b"], ["h"], ["i"], ["j"]]
    assert told(lambda f: prove_inclusion(3, 7, f)) == [["c"], ["g"], ["i"], ["j"]]
    assert told(lambda f: prove_inclusion(4, 7, f)) == [["f"], ["j"], ["k"]]
    assert told(lambda f: prove_inclusion(6, 7, f)) == [["i"], ["k"]]
    assert told(lambda f: prove_consistency(3, 7, f)) == [
        *(["c"], ["d"], ["g"]),
        *(["i"], ["j"]),
    ]
    assert told(lambda f: prove_consistency(4, 7, f)) == [["i"], ["j"]]
    assert told(lambda f: prove_consistency(6, 7, f)) == [["i"], ["j"], ["k"]]


@settings(deadline=None)
@given(sizes)
def test_root_is_the_one_of_the_definition(size: int) -> None:
    frontier, fetch = grown(numbered(size))

    assert frontier.root == root(size, fetch) == by_definition(numbered(size))


@settings(deadline=None)
@given(sizes, st.integers(0, 260))
def test_appending_goes_on_from_what_was_kept(before: int, more: int) -> None:
    _frontier, fetch = grown(numbered(before))

    resumed = Frontier(before, fetch(list(nodes_of(0, before))))
    for leaf in numbered(before + more)[before:]:
        resumed.append(hash_leaf(leaf))

    assert resumed.root == by_definition(numbered(before + more))


@settings(deadline=None)
@given(sizes, st.data())
def test_every_leaf_is_proved_and_no_other(size: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1))
    frontier, fetch = grown(numbered(size))
    path = prove_inclusion(place, size, fetch)

    assert len(path) <= size.bit_length()
    assert includes(hash_leaf(b"%d" % place), place, size, path, frontier.root)
    assert not includes(hash_leaf(b"another"), place, size, path, frontier.root)
    assert not includes(hash_leaf(b"%d" % place), place, size, path, EMPTY)
    if other != place:
        leaf = hash_leaf(b"%d" % place)
        assert not includes(leaf, other, size, path, frontier.root)


@settings(deadline=None)
@given(sizes, st.data())
def test_every_earlier_tree_is_proved_and_no_other(
    size: int, data: st.DataObject
) -> None:
    old = data.draw(st.integers(0, size))
    frontier, fetch = grown(numbered(size))
    before = root(old, fetch)
    path = prove_consistency(old, size, fetch)

    assert extends(old, before, size, frontier.root, path)
    assert not extends(old, hash_leaf(b"another"), size, frontier.root, path)
    assert old in {0, size} or not extends(old, before, size, EMPTY, path)


@settings(deadline=None)
@given(sizes, st.data())
def test_rewritten_history_is_never_proved_to_be_an_extension(
    size: int, data: st.DataObject
) -> None:
    old = data.draw(st.integers(1, size))
    changed = data.draw(st.integers(0, old - 1))
    leaves = numbered(size)
    before = by_definition(leaves[:old])
    leaves[changed] = b"rewritten"
    frontier, fetch = grown(leaves)

    path = prove_consistency(old, size, fetch)

    assert not extends(old, before, size, frontier.root, path)


@settings(deadline=None)
@given(sizes, st.data())
def test_changed_proof_is_refused(size: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    frontier, fetch = grown(numbered(size))
    leaf = hash_leaf(b"%d" % place)
    inclusion = prove_inclusion(place, size, fetch)
    consistency = prove_consistency(old, size, fetch)

    for path in _spoiled(inclusion, data):
        assert not includes(leaf, place, size, path, frontier.root)
    for path in _spoiled(consistency, data):
        assert not extends(old, root(old, fetch), size, frontier.root, path)


def _spoiled(path: list[bytes], data: st.DataObject) -> list[list[bytes]]:
    """The proof with a hash too many, one too few, and one changed."""
    longer = [*path, hash_leaf(b"more")]
    if not path:
        return [longer]
    at = data.draw(st.integers(0, len(path) - 1))
    changed = [*path[:at], hash_leaf(b"changed"), *path[at + 1 :]]
    return [longer, path[:-1], path[1:], changed]


@settings(deadline=None)
@given(st.lists(st.binary(max_size=8), min_size=2, max_size=40, unique=True), st.data())
def test_order_of_leaves_decides_the_root(
    leaves: list[bytes], data: st.DataObject
) -> None:
    other = data.draw(st.permutations(leaves))
    assume(other != leaves)

    assert grown(leaves)[0].root != grown(other)[0].root


def test_leaf_is_never_taken_for_a_node() -> None:
    one, other = hash_leaf(b"one"), hash_leaf(b"other")

    assert hash_leaf(one + other) != hash_children(one, other)


def test_place_outside_the_tree_is_refused() -> None:
    frontier, fetch = grown(numbered(3))
    path = prove_inclusion(2, 3, fetch)

    assert not includes(hash_leaf(b"2"), 3, 3, path, frontier.root)
    assert not includes(hash_leaf(b"2"), -1, 3, path, frontier.root)
    assert not extends(4, frontier.root, 3, frontier.root, [])
