"""The bytes of an event: everything that its row says, in one spelling."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from weerbaar.audit.leaves import Row, leaf_of
from weerbaar.audit.models import Event

MOMENT = datetime(2026, 5, 12, 8, 30, 15, 123456, tzinfo=UTC)
ONE, OTHER = UUID(int=1), UUID(int=2)


def event(**changes: Any) -> Event:
    said: dict[str, Any] = {
        "id": 7,
        "kind": "case.assigned",
        "subject_type": "cases.case",
        "subject_id": str(ONE),
        "about_id": ONE,
        "organisation_id": ONE,
        "actor_kind": "person",
        "actor_id": ONE,
        "at": MOMENT,
        "facts": {"person": str(ONE), "due": None},
    }
    return Event(**{**said, **changes})


CHANGES: dict[str, list[Any]] = {
    "id": [8, -7],
    "kind": ["case.close", ""],
    "subject_type": ["cases.statement"],
    "subject_id": [str(OTHER)],
    "about_id": [OTHER, None],
    "organisation_id": [OTHER, None],
    "actor_kind": ["reporter"],
    "actor_id": [OTHER, None],
    "at": [MOMENT + timedelta(microseconds=1), MOMENT - timedelta(days=36500)],
    "facts": [
        {},
        {"person": str(OTHER), "due": None},
        {"person": str(ONE)},
        {"person": str(ONE), "due": False},
        {"person": str(ONE), "due": 0},
        {"person": [str(ONE)], "due": None},
    ],
}


def test_every_column_is_tried() -> None:
    """A new column fails here until it is in the bytes."""
    assert list(CHANGES) == [f.column for f in Event._meta.concrete_fields]
    assert list(CHANGES) == list(Row._fields)


@pytest.mark.parametrize("column", CHANGES)
def test_another_value_gives_other_bytes(column: str) -> None:
    changed = [leaf_of(event(**{column: value})) for value in CHANGES[column]]

    assert len({leaf_of(event()), *changed}) == len(changed) + 1


def test_value_that_moves_to_another_column_gives_other_bytes() -> None:
    one = event(about_id=ONE, organisation_id=None)
    other = event(about_id=None, organisation_id=ONE)

    assert leaf_of(one) != leaf_of(other)


@settings(deadline=None)
@given(st.text(max_size=5), st.text(max_size=5), st.text(max_size=5))
def test_no_two_rows_give_the_same_bytes(one: str, other: str, third: str) -> None:
    split = leaf_of(event(kind=one + other, subject_type=third))
    joined = leaf_of(event(kind=one, subject_type=other + third))

    assert (split == joined) == (not other)


def test_bytes_are_the_documented_ones() -> None:
    """Frozen: every later release has to give the same for a row of today."""
    assert leaf_of(event(organisation_id=None)).hex() == (
        "730000000e7765657262616172206576656e74"  # s: weerbaar event
        "690000000101"  # i: 1, the version
        "690000000107"  # i: 7
        "730000000d636173652e61737369676e6564"
        "730000000a63617365732e63617365"
        "730000002430303030303030302d303030302d303030302d303030302d303030303030303030303031"
        "750000001000000000000000000000000000000001"  # u: about_id
        "6200000000"  # b: no organisation
        "7300000006706572736f6e"
        "750000001000000000000000000000000000000001"
        "690000000706519aac241600"  # i: microseconds
        "730000003c7b22647565223a6e756c6c2c22706572736f6e223a2230303030303030302d"
        "303030302d303030302d303030302d303030303030303030303031227d"
    )


@pytest.mark.django_db
def test_row_read_back_gives_the_bytes_it_was_written_with() -> None:
    written = event(id=None, at=timezone.now())
    written.save()

    assert leaf_of(Event.objects.get()) == leaf_of(written)
    assert b'"due":null' in leaf_of(written)
