"""Fixtures: who takes part in the journey, with what browsers, and who else reports."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from functools import cache
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize

from referrals.models import Partner
from referrals.services import load_partners
from tests.journey.house import House
from tests.journey.plainly import PlainVisitor
from tests.journey.visiting import BrowserVisitor, Sight
from weerbaar.accounts import services
from weerbaar.accounts.models import Organisation, User
from weerbaar.contributions.services import Record, contribute
from weerbaar.vault.keyring import Keyring

TELEPHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 720}


@pytest.fixture
def journey_cast(
    person: Callable[[str], User], ondersteuningsteam: Any
) -> dict[str, User]:
    """Everybody with an account who takes part; Esma sits at the partner's desk."""
    load_partners()
    desk = Partner.objects.filter(code="support_team_nwb")
    desk.update(organisation=ondersteuningsteam)
    names = ("bram", "sanne", "daan", "karim", "esma", "femke", "joost", "lotte")
    return {name: person(name) for name in names}


@pytest.fixture
def key_of(
    journey_cast: dict[str, User], keyring_of: Callable[[User], Keyring], now: datetime
) -> Callable[[str], str]:
    """The personal token of a member of the cast, made once for each."""

    @cache
    def key(first: str) -> str:
        user = journey_cast[first]
        assert user.key_id
        secret = keyring_of(user).open(user.key_id)
        return services.make_api_token(user, secret, label="zaaksysteem", now=now)

    return key


@pytest.fixture
def others(
    house: House,
    kromwaard: Organisation,
    province: Organisation,
    water_authority: Organisation,
    register: None,
) -> Callable[[int], None]:
    """So many incidents of three other organisations, in the same quarter."""

    def contribute_some(count: int) -> None:
        house.do("network.begin_years")
        for number in range(count):
            place = (kromwaard, province, water_authority)[number % 3]
            record = Record(
                case=uuid4().hex,
                person=uuid4().hex,
                revision=1,
                organisation=str(place.pk),
                organisation_type=place.kind,
                province=place.province,
                year=2026,
                month=4 + number % 3,
                kind="incident",
                incident_groups=["threat_intimidation"],
            )
            assert contribute(record) is not None

    return contribute_some


@pytest.fixture
def browsers(
    house: House, chromium: Browser
) -> Iterator[Callable[..., Callable[[str], BrowserVisitor]]]:
    """Ways to browse with a real browser, in Dutch: Anna on a telephone, others not.

    Each has one browser; what it kept is gone when it is opened again.
    """
    with ExitStack() as opened:

        def way(**options: Any) -> Callable[[str], BrowserVisitor]:
            sights: list[Sight] = []

            @cache
            def own(who: str) -> BrowserContext:
                size = TELEPHONE if who == "Anna" else DESK
                settings = {"base_url": house.url, "locale": "nl-NL", **options}
                context = chromium.new_context(viewport=size, **settings)
                opened.callback(context.close)
                context.set_default_timeout(10_000)
                context.new_page()
                return context

            def browse(who: str) -> BrowserVisitor:
                context = own(who)
                context.clear_cookies()
                return BrowserVisitor(who, context.pages[0], sights)

            return browse

        yield way


@pytest.fixture
def plainly(house: House) -> Callable[..., Callable[[str], PlainVisitor]]:
    """Ways to browse with nothing but HTTP; `marks` are headers, for each visitor."""

    def way(marks: dict[str, dict[str, str]]) -> Callable[[str], PlainVisitor]:
        sights: list[Sight] = []
        return lambda who: PlainVisitor(who, house.url, sights, marks.get(who, {}))

    return way
