"""A year of figures begins once, and its Secret is for the worker alone."""

import stat
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from tests.network.records import record
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.contributions.models import Contribution, FigureYear
from weerbaar.contributions.services import contribute, make_final, read_year
from weerbaar.network import services
from weerbaar.network.keys import (
    KeyMissing,
    destroy_key,
    path_of,
    read_key,
    write_key,
)
from weerbaar.outbox.models import Message
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


def test_definitive_figures_end_the_year(folder, another, femke, august) -> None:
    """The second release of a whole year; the one before it ends nothing."""
    another(august)
    year_over = august.replace(year=2027, month=2)
    another(year_over)
    assert contribute(record(case="late")) is not None

    definitive = another(year_over + timedelta(days=120))

    assert not definitive.is_provisional
    assert contribute(record(case="too late")) is None
    before = Contribution.objects.count()
    with pytest.raises(services.NotYet):
        services.ask_count(2026, by=femke, now=year_over + timedelta(days=121))
    assert not Message.objects.filter(task="network.tabulate").exists()
    assert Contribution.objects.count() == before


def test_secret_of_a_final_year_goes_after_some_days(folder, now, settings) -> None:
    services.begin_years(write_key, now=now)
    contribute(record())
    secret, key_bytes = read_key(2026), path_of(2026).read_bytes()
    copy = folder / "held open"
    copy.hardlink_to(path_of(2026))
    make_final(2026, today=now.date())
    last = now + timedelta(days=settings.FIGURES_GRACE_DAYS)

    assert services.destroy_keys(destroy_key, now=last - timedelta(days=1)) == []
    assert [r.case for r in read_year(2026, secret)] == ["case-1"]
    assert services.destroy_keys(destroy_key, now=last) == [2026]
    assert services.destroy_keys(destroy_key, now=last) == []

    with pytest.raises(KeyMissing):
        read_key(2026)
    # Whoever held the file open finds it overwritten.
    assert key_bytes.strip() not in copy.read_bytes()
    told = Event.objects.get(kind=Kind.FIGURES_KEY_DESTROYED)
    assert told.facts == {"year": 2026}
    assert FigureYear.objects.get(pk=2026).key_gone_on == last.date()


def test_key_that_cannot_be_destroyed_is_tried_again(folder, now) -> None:
    services.begin_years(write_key, now=now)
    make_final(2026, today=now.date())
    later = now + timedelta(days=30)

    def stuck(_year: int) -> None:
        raise OSError("read-only file system")

    with pytest.raises(OSError, match="read-only"):
        services.destroy_keys(stuck, now=later)

    assert not Event.objects.filter(kind=Kind.FIGURES_KEY_DESTROYED).exists()
    assert services.destroy_keys(destroy_key, now=later) == [2026]


def test_analysts_read_when_the_key_of_a_year_goes(
    folder, now, femke, signed_in
) -> None:
    services.begin_years(write_key, now=now)
    page = reverse("figures-releases")
    assert "De sleutel gaat" not in signed_in(femke).get(page).content.decode()
    today = timezone.localdate()
    make_final(2026, today=today)

    told = signed_in(femke).get(page).content.decode()
    day = date_format(today + timedelta(days=14), "j F Y")
    assert f"De sleutel gaat weg op {day}" in told
    assert "Reservekopieën van de sleutel moeten mee weg" in told

    # Its day went by, and the key is still there.
    FigureYear.objects.update(final_on=now.date() - timedelta(days=365))
    told = signed_in(femke).get(page).content.decode()
    assert "De sleutel had op 26 mei 2025 weg moeten zijn, en is er nog" in told
    services.destroy_keys(destroy_key, now=now + timedelta(days=14))
    told = signed_in(femke).get(page).content.decode()
    assert "De sleutel is vernietigd op 26 mei 2026" in told
