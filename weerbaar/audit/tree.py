"""A Merkle tree as RFC 6962 defines it: appending, roots, and proofs of two kinds.

Pure: it knows no events. A `Node` is a whole subtree, by its level and its number in
that level: it holds the leaves from `number << level` up to `number + 1 << level`. The
hash of such a subtree never changes, so it is kept with the last of its leaves; a root
or proof needs only as many of them as the tree is high.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from hashlib import sha256

Node = tuple[int, int]
# From one leaf up to, and without, another.
Span = tuple[int, int]
Fetch = Callable[[list[Node]], list[bytes]]
SIZE = 32
EMPTY = sha256(b"").digest()


def hash_leaf(data: bytes) -> bytes:
    """The hash of a leaf (RFC 6962 section 2.1)."""
    return sha256(b"\x00" + data).digest()


def hash_children(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees beside each other; never that of a leaf."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a tree: all that is needed to append to it."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        """`peaks` are the hashes of `nodes_of(0, size)`."""
        self.size = size
        self._peaks = list(peaks)

    def append(self, leaf: bytes) -> list[bytes]:
        """Take in the hash of a leaf; gives the hashes of every subtree that it
        completes, itself first.
        """
        made, place = [leaf], self.size
        while place & 1:
            made.append(hash_children(self._peaks.pop(), made[-1]))
            place >>= 1
        self._peaks.append(made[-1])
        self.size += 1
        return made

    @property
    def root(self) -> bytes:
        """The Merkle tree hash of everything appended so far."""
        return _fold(self._peaks) if self._peaks else EMPTY


def nodes_of(start: int, end: int) -> Iterator[Node]:
    """The whole subtrees that a span consists of, the largest first.

    The span is one that RFC 6962 makes by splitting a tree, or begins at 0.
    """
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def root(size: int, fetch: Fetch) -> bytes:
    """The Merkle tree hash of the first `size` leaves."""
    return _hashes([(0, size)], fetch)[0] if size else EMPTY


def prove_inclusion(place: int, size: int, fetch: Fetch) -> list[bytes]:
    """The audit path of the leaf at `place` in a tree of `size` (section 2.1.1)."""
    path, start, end = [], 0, size
    while end - start > 1:
        middle = _split(start, end)
        if place < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return _hashes(path[::-1], fetch)


def prove_consistency(old: int, size: int, fetch: Fetch) -> list[bytes]:
    """That the tree of `size` begins with that of `old` leaves (section 2.1.2)."""
    path, start, end = [], 0, size
    while 0 < old < end:
        middle = _split(start, end)
        if old <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    if start:
        path.append((start, end))
    return _hashes(path[::-1], fetch)


def includes(
    leaf: bytes, place: int, size: int, path: Sequence[bytes], head: bytes
) -> bool:
    """Does the path lead from the leaf to this root? (RFC 9162 section 2.1.3.2)"""
    if not 0 <= place < size:
        return False
    at, last, found = place, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = hash_children(step, found)
            at, last = _up_to_right(at, last)
        else:
            found = hash_children(found, step)
        at, last = at >> 1, last >> 1
    return last == 0 and found == head


def extends(
    old: int, old_root: bytes, size: int, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Does the larger tree begin with the smaller one? (RFC 9162 section 2.1.4.2)"""
    if old in {0, size}:
        before = EMPTY if old == 0 else new_root
        return not path and old_root == before
    if not 0 < old < size or not path:
        return False
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    one = other = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            one, other = hash_children(step, one), hash_children(step, other)
            at, last = _up_to_right(at, last)
        else:
            other = hash_children(other, step)
        at, last = at >> 1, last >> 1
    return last == 0 and one == old_root and other == new_root


def _split(start: int, end: int) -> int:
    """Where the RFC splits a span: after the largest power of two that leaves some."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def _up_to_right(at: int, last: int) -> tuple[int, int]:
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last


def _fold(hashes: Sequence[bytes]) -> bytes:
    return reduce(lambda right, left: hash_children(left, right), reversed(hashes))


def _hashes(spans: list[Span], fetch: Fetch) -> list[bytes]:
    """The hash of each span, all subtrees fetched at once."""
    parts = [list(nodes_of(*span)) for span in spans]
    found = iter(fetch([node for part in parts for node in part]))
    return [_fold([next(found) for _node in part]) for part in parts]
