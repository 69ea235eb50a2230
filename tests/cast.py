"""The cast, everywhere the same: who they are, their opened vaults, and their reports.

Anna (alderman) reports and has no account. Bram and Sanne handle, Chris handles in
another municipality, Daan is the mayor and concerned in one case, Esma answers for a
partner, Femke reads figures, Lotte and Noor speak in the network for the councillors
and Olaf for the aldermen, Gijs administers the platform and may read nothing. Karim
keeps half of each confidential name, where a test asks for him.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests import factories
from weerbaar.accounts import demo
from weerbaar.accounts.models import Organisation, User
from weerbaar.vault.core import Secret
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.people import open_with_password

PASSWORD = demo.DEMO_PASSWORD
TOTP_SECRET = demo.DEMO_TOTP_SECRET
MEMBERS = {member.first: member for member in demo.CAST}


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    """No test inherits another's rate limits and used codes."""
    cache.clear()


@pytest.fixture(scope="session")
def password_hash() -> str:
    """The hash of the cast's password, made once: the real hasher takes its time."""
    return make_password(PASSWORD)


@pytest.fixture
def now() -> datetime:
    """A Tuesday morning in the office."""
    return datetime(2026, 5, 12, 10, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def organisation(db: None) -> Callable[[str], Organisation]:
    """An organisation of the demo by its short name."""
    return factories.organisation


@pytest.fixture
def lindeveen(organisation: Callable[[str], Organisation]) -> Organisation:
    return organisation("lindeveen")


@pytest.fixture
def kromwaard(organisation: Callable[[str], Organisation]) -> Organisation:
    return organisation("kromwaard")


@pytest.fixture
def province(organisation: Callable[[str], Organisation]) -> Organisation:
    return organisation("middelland")


@pytest.fixture
def water_authority(organisation: Callable[[str], Organisation]) -> Organisation:
    return organisation("lage-lanen")


@pytest.fixture
def ondersteuningsteam(organisation: Callable[[str], Organisation]) -> Organisation:
    return organisation("ondersteuningsteam")


@pytest.fixture
def network_organisation(organisation: Callable[[str], Organisation]) -> Organisation:
    return organisation("netwerk")


@pytest.fixture
def person(db: None, password_hash: str) -> Callable[[str], User]:
    """A member of the cast by first name, with a vault and a second factor."""

    def arrive(first: str) -> User:
        return factories.member(MEMBERS[first], password_hash)

    return arrive


@pytest.fixture
def bram(person: Callable[[str], User]) -> User:
    """Griffier of Lindeveen; handles."""
    return person("bram")


@pytest.fixture
def sanne(person: Callable[[str], User]) -> User:
    """Municipal secretary of Lindeveen; the second handler."""
    return person("sanne")


@pytest.fixture
def daan(person: Callable[[str], User]) -> User:
    """Mayor of Lindeveen; handles, and is concerned in one case."""
    return person("daan")


@pytest.fixture
def karim(person: Callable[[str], User]) -> User:
    """Keeps half of each confidential name of Lindeveen and others; sees no case."""
    return person("karim")


@pytest.fixture
def chris(person: Callable[[str], User]) -> User:
    """Griffier of Kromwaard."""
    return person("chris")


@pytest.fixture
def hanna(person: Callable[[str], User]) -> User:
    """Clerk of the province."""
    return person("hanna")


@pytest.fixture
def iris(person: Callable[[str], User]) -> User:
    """Director of the water authority."""
    return person("iris")


@pytest.fixture
def esma(person: Callable[[str], User]) -> User:
    """Answers referrals for the support team."""
    return person("esma")


@pytest.fixture
def femke(person: Callable[[str], User]) -> User:
    """Reads and publishes figures for the network."""
    return person("femke")


@pytest.fixture
def joost(person: Callable[[str], User]) -> User:
    """The network's second analyst."""
    return person("joost")


@pytest.fixture
def lotte(person: Callable[[str], User]) -> User:
    """Speaks in the network for the councillors."""
    return person("lotte")


@pytest.fixture
def noor(person: Callable[[str], User]) -> User:
    """A colleague of Lotte at the same partner."""
    return person("noor")


@pytest.fixture
def olaf(person: Callable[[str], User]) -> User:
    """Speaks in the network for the aldermen."""
    return person("olaf")


@pytest.fixture
def gijs(person: Callable[[str], User]) -> User:
    """Administers the platform; may read nothing."""
    return person("gijs")


@pytest.fixture
def keyring_of() -> Callable[[User], Keyring]:
    """The opened vault of a person, as a request of hers would have it."""

    def open_(user: User) -> Keyring:
        assert user.key is not None
        return Keyring(open_with_password(user.key, PASSWORD))

    return open_


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """A browser in which a person is signed in, with her vault open."""

    def enter(user: User, **options: Any) -> Client:
        client = Client(**options)
        factories.sign_in(client, user, PASSWORD)
        return client

    return enter


@pytest.fixture
def open_report(
    db: None, lindeveen: Organisation, bram: User, now: datetime
) -> Callable[..., Any]:
    """Anna reports; gives the case and the words of her receipt.

    Keyword arguments go into the header of the case (`recused=[str(daan.pk)]`), or are
    `kind`, `report`, `contact`, `identity`, `organisation`, `when`, `rereads`.
    """

    def report(**facts: Any) -> tuple[Any, str]:
        return factories.report(
            organisation=facts.pop("organisation", lindeveen),
            now=facts.pop("when", now),
            **facts,
        )

    return report


@pytest.fixture
def register(db: None) -> None:
    """The network keeps a register of posts, by which groups are large enough."""
    from weerbaar.network.country import posts
    from weerbaar.network.models import RegisterPost

    RegisterPost.objects.bulk_create(
        RegisterPost(year=2025, **post._asdict()) for post in posts()
    )


@pytest.fixture
def figure_year(db: None, now: datetime) -> Secret:
    """The year 2026 of figures has begun; gives its Secret, which the worker keeps."""
    from weerbaar.contributions.services import open_year

    return open_year(2026, today=timezone.localdate(now))
