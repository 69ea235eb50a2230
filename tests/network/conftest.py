"""A country that contributes, and its figures in every state."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.network.records import year_of_reports
from weerbaar.contributions.services import contribute
from weerbaar.network import services
from weerbaar.network.checker import Depth
from weerbaar.network.models import Release
from weerbaar.vault.core import Secret

MANY = 240


@pytest.fixture
def august() -> datetime:
    """The first half of the year is over, and thirty days are too."""
    return datetime(2026, 8, 4, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def figure_year(figure_year: Secret, register: None) -> Secret:
    """The year has begun, and what counting it needs is there."""
    return figure_year


@pytest.fixture
def country(figure_year: Secret) -> Secret:
    """A year in which many reported; gives its Secret."""
    for record in year_of_reports(MANY):
        contribute(record)
    return figure_year


@pytest.fixture
def draft(country: Secret, august: datetime) -> Release:
    """Counted, rounded and audited, and not yet seen by anybody."""
    made = services.tabulate(2026, secret=country, now=august, depth=Depth.QUICK)
    assert made is not None
    return made


@pytest.fixture
def approved(draft: Release, femke: Any, august: datetime) -> Release:
    """Approved by Femke; waits for somebody else."""
    return services.approve(draft, by=femke, now=august)


@pytest.fixture
def published(approved: Release, joost: Any, august: datetime) -> Release:
    """Approved by Femke, published by Joost."""
    return services.publish(approved, by=joost, now=august + timedelta(hours=1))


@pytest.fixture
def another(
    country: Secret, femke: Any, joost: Any
) -> Callable[[datetime], Release | None]:
    """Counts and publishes once more, after one more report came in."""

    def again(moment: datetime) -> Release | None:
        seed = int(moment.timestamp())
        for record in year_of_reports(9, seed=seed):
            contribute(record)
        made = services.tabulate(2026, secret=country, now=moment, depth=Depth.QUICK)
        if made is not None:
            services.approve(made, by=femke, now=moment)
            services.publish(made, by=joost, now=moment)
        return made

    return again
