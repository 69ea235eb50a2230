"""A year of figures begins once, and its Secret is for the worker alone."""

import stat

import pytest
from django.db import transaction

from tests.network.records import record
from weerbaar.contributions.models import FigureYear
from weerbaar.contributions.services import contribute, read_year
from weerbaar.network import services
from weerbaar.network.keys import KeyMissing, path_of, read_key, write_key
from weerbaar.vault.core import Secret

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.NETWORK_KEYS = tmp_path / "network"
    return settings.NETWORK_KEYS


def test_year_begins_and_its_key_opens_what_comes_in(folder, now) -> None:
    assert services.begin_years(write_key, now=now) == [2026]

    contribute(record(case="one"))

    assert [r.case for r in read_year(2026, read_key(2026))] == ["one"]


def test_second_run_changes_no_key(folder, now) -> None:
    services.begin_years(write_key, now=now)
    before = path_of(2026).read_bytes()

    assert services.begin_years(write_key, now=now) == []
    assert path_of(2026).read_bytes() == before


def test_december_begins_the_next_year_too(folder, now) -> None:
    december = now.replace(month=12, day=1)

    assert services.begin_years(write_key, now=december) == [2026, 2027]


def test_key_is_for_the_worker_alone(folder, now) -> None:
    services.begin_years(write_key, now=now)

    assert stat.S_IMODE(path_of(2026).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_year_whose_key_cannot_be_kept_does_not_begin(folder, now) -> None:
    def full(_year: int, _secret: Secret) -> None:
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"), transaction.atomic():
        services.begin_years(full, now=now)

    assert not FigureYear.objects.exists()
    assert services.begin_years(write_key, now=now) == [2026]


def test_missing_or_spoiled_key_is_said(folder) -> None:
    with pytest.raises(KeyMissing):
        read_key(2026)
    folder.mkdir()
    path_of(2026).write_text("geen sleutel")
    with pytest.raises(KeyMissing):
        read_key(2026)


def test_case_of_a_year_that_has_not_begun_contributes_nothing(db) -> None:
    assert contribute(record()) is None
