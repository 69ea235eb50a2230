"""pytest plugin: what carries the marker `nightly` runs when it is asked for.

`make nightly` runs everything. `make test` leaves the marked tests out, unless one is
named (`tests/a/test_b.py::test_c`, `-k`) or `-m` says what is wanted.
"""

import pytest


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave the tests of the night out of a run by day."""
    if config.option.markexpr or config.option.keyword:
        return
    named = tuple(name for name in config.args if "::" in name)
    kept = [item for item in items if _by_day(item) or _named(item, named)]
    if left := [item for item in items if item not in set(kept)]:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


def _by_day(item: pytest.Item) -> bool:
    return item.get_closest_marker("nightly") is None


def _named(item: pytest.Item, named: tuple[str, ...]) -> bool:
    return any(item.nodeid.startswith(name.removeprefix("./")) for name in named)
