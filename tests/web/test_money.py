"""Whole euros, as people write and read them."""

import pytest
from django.utils.translation import override

from weerbaar.web.money import UnreadableEuros, in_euros, read_euros


@pytest.mark.parametrize(
    "written",
    ["12500", "12.500", "12 500", "€ 12.500", "€12.500,-", "12.500,00", "12.500,--"],
)
def test_amount_is_read_however_it_is_usually_written(written) -> None:
    assert read_euros(written) == 12_500


@pytest.mark.parametrize(
    "written", ["", "12.5", "12,50", "1.25.000", "-5", "twaalf", "12k", "١٢"]
)
def test_amount_that_could_mean_two_things_is_refused(written) -> None:
    with pytest.raises(UnreadableEuros):
        read_euros(written)


def test_amount_is_written_as_the_language_does() -> None:
    with override("nl"):
        assert in_euros(600_000) == "€\u00a0600.000"
    with override("en"):
        assert in_euros(600_000) == "€600,000"
