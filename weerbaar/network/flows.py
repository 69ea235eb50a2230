"""How far an unknown cell of a table can move while all known cells stand still.

A table with its sums is a circulation: total → row sum → cell → column sum → total.
What arrives at a point leaves it, so the unknown cells can only move along circles. The
largest flow round a cell is exactly how far it can rise or fall (Ford and Fulkerson).
"""

import heapq
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

Point = Hashable
UNBOUNDED = 10**9


@dataclass
class Arc:
    """A cell as a flow between two points, with its true value."""

    start: Point
    end: Point
    value: int
    is_unknown: bool = False
    may_be_hidden: bool = False


@dataclass
class Network:
    """The cells of one table."""

    arcs: dict[Hashable, Arc] = field(default_factory=dict)

    def rise(self, key: Hashable, limit: int) -> int:
        """How far a cell can rise, at most `limit`."""
        arc = self.arcs[key]
        return self._flow(key, arc.end, arc.start, limit)

    def fall(self, key: Hashable, limit: int) -> int:
        """How far a cell can fall, at most `limit` and its value."""
        arc = self.arcs[key]
        return self._flow(key, arc.start, arc.end, min(limit, arc.value))

    def cheapest(self, key: Hashable, *, up: bool, limit: int) -> list[Hashable] | None:
        """The known cells to hide so that a cell can move farther, at the least loss.

        None when hiding cells inside the table does not help.
        """
        arc = self.arcs[key]
        source, sink = (arc.end, arc.start) if up else (arc.start, arc.end)
        moved: dict[Hashable, int] = {}
        for _ in self._augment(key, source, sink, limit, moved):
            pass
        way = self._way(key, source, sink, moved, may_hide=True)
        if way is None:
            return None
        return [k for k, _up in way if not self.arcs[k].is_unknown]

    def _flow(self, key: Hashable, source: Point, sink: Point, limit: int) -> int:
        return sum(self._augment(key, source, sink, limit, {}))

    def _augment(
        self,
        key: Hashable,
        source: Point,
        sink: Point,
        limit: int,
        moved: dict[Hashable, int],
    ) -> Iterator[int]:
        left = limit
        while left > 0:
            way = self._way(key, source, sink, moved, may_hide=False)
            if way is None:
                return
            step = min(left, *(self._room(k, up, moved) for k, up in way))
            for k, up in way:
                moved[k] = moved.get(k, 0) + (step if up else -step)
            left -= step
            yield step

    def _room(self, key: Hashable, up: bool, moved: dict[Hashable, int]) -> int:
        return UNBOUNDED if up else self.arcs[key].value + moved.get(key, 0)

    def _way(
        self,
        key: Hashable,
        source: Point,
        sink: Point,
        moved: dict[Hashable, int],
        *,
        may_hide: bool,
    ) -> list[tuple[Hashable, bool]] | None:
        """The cheapest way from source to sink; hidden cells are free (Dijkstra)."""
        best: dict[Point, int] = {source: 0}
        came: dict[Point, tuple[Point, Hashable, bool]] = {}
        queue: list[tuple[int, int, Point]] = [(0, 0, source)]
        order = 0
        while queue:
            cost, _order, here = heapq.heappop(queue)
            if here == sink:
                return self._walked(came, source, sink)
            if cost > best[here]:
                continue
            for k, up, there, price in self._steps(here, key, moved, may_hide):
                if cost + price < best.get(there, UNBOUNDED):
                    best[there] = cost + price
                    came[there] = (here, k, up)
                    order += 1
                    heapq.heappush(queue, (cost + price, order, there))
        return None

    def _steps(
        self, here: Point, key: Hashable, moved: dict[Hashable, int], may_hide: bool
    ) -> Iterator[tuple[Hashable, bool, Point, int]]:
        for k, up in self._at(here):
            arc = self.arcs[k]
            if k == key or not (arc.is_unknown or (may_hide and arc.may_be_hidden)):
                continue
            if self._room(k, up, moved) > 0:
                price = 0 if arc.is_unknown else arc.value + 1
                yield k, up, (arc.end if up else arc.start), price

    def _at(self, point: Point) -> list[tuple[Hashable, bool]]:
        if not hasattr(self, "_ends"):
            self._ends: dict[Point, list[tuple[Hashable, bool]]] = {}
            for k, arc in self.arcs.items():
                self._ends.setdefault(arc.start, []).append((k, True))
                self._ends.setdefault(arc.end, []).append((k, False))
        return self._ends.get(point, [])

    @staticmethod
    def _walked(
        came: dict[Point, tuple[Point, Hashable, bool]], source: Point, sink: Point
    ) -> list[tuple[Hashable, bool]]:
        way = []
        here = sink
        while here != source:
            here, k, up = came[here]
            way.append((k, up))
        return way[::-1]
