"""The sealed header: codes only, lasting over releases, silent to the figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.header import CODED, Header
from weerbaar import codes


def any_of(name: str) -> st.SearchStrategy:
    known = [c.code for c in codes.entries(CODED[name])]
    if isinstance(getattr(Header(), name), list):
        return st.lists(st.sampled_from(known), unique=True, max_size=4)
    return (
        st.sampled_from(["", *known]) if name not in ALWAYS else st.sampled_from(known)
    )


ALWAYS = {"anonymity", "reporter_role"}
headers = st.builds(Header, **{name: any_of(name) for name in CODED})


@given(header=headers)
def test_a_header_comes_back_as_it_was_sealed(header: Header) -> None:
    assert Header.from_dict(header.to_dict()) == header


@given(header=headers)
def test_a_field_of_a_later_release_is_left_out(header: Header) -> None:
    assert Header.from_dict({**header.to_dict(), "newer": "x"}) == header


@given(header=headers)
def test_complete_means_the_four_that_closing_needs(header: Header) -> None:
    needed = (header.types, header.office, header.severity, header.police)

    assert header.is_complete == all(needed)


@given(header=headers)
def test_what_was_no_violation_never_counts(header: Header) -> None:
    for outcome in ("no_violation", "not_for_us", "duplicate"):
        assert not header.changed(outcome=outcome).counts_in_figures


def test_conduct_among_office_holders_stays_out_of_the_figures() -> None:
    assert not Header(types=["internal_transgression"]).counts_in_figures
    assert Header(types=["veiled_threat"]).counts_in_figures
    assert Header(types=["internal_transgression", "veiled_threat"]).counts_in_figures


def test_tokens_differ_for_every_case() -> None:
    tokens = {Header().case_token for _i in range(50)}

    assert len(tokens) == 50
    assert tokens.isdisjoint({Header().person_token})


@pytest.mark.parametrize("name", sorted(CODED))
def test_an_unknown_code_is_refused(name: str) -> None:
    wrong = ["nonsense"] if isinstance(getattr(Header(), name), list) else "nonsense"

    with pytest.raises(codes.UnknownCode):
        Header(**{name: wrong})
