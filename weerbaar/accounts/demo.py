"""THE DEMO'S KNOWN SECRETS, its cast, and a sign-in that takes all real steps.

Everybody can read this file: the password and the second factor below protect nothing.
Importing it in production is refused, as is starting production with the demo sign-in.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import allauth.mfa.totp.internal.auth as totp
from allauth.account.stages import LoginStageController
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts import endorsing, services, trust
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.factor_forms import AuthenticateForm
from weerbaar.accounts.forms import LoginForm
from weerbaar.accounts.models import Organisation, OrganisationKind, User
from weerbaar.accounts.roles import Role
from weerbaar.vault.core import Secret
from weerbaar.vault.models import Key
from weerbaar.vault.private_file import write_private
from weerbaar.web.refusals import NotPossibleNow

if settings.PRODUCTION:
    raise ImproperlyConfigured("The secrets of the demo have no place in production.")

DEMO_PASSWORD = "demo-bewaak-de-brug"  # noqa: S105 - known to everybody, on purpose
DEMO_TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - likewise


@dataclass(frozen=True)
class Place:
    """An invented organisation of the demo."""

    slug: str
    name: str
    kind: str
    province: str = ""
    safety_region: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Member:
    """An invented person of the demo, and what she shows."""

    first: str
    name: str
    place: str
    role: str
    office: str
    sees: Promise
    # Other organisations where she has the same role.
    also: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.first}@{self.place}.example"


PLACES = (
    Place(
        "lindeveen",
        "Gemeente Lindeveen",
        OrganisationKind.MUNICIPALITY,
        "utrecht",
        "Utrecht",
        "030-555 01 00",
    ),
    Place(
        "kromwaard",
        "Gemeente Kromwaard",
        OrganisationKind.MUNICIPALITY,
        "gelderland",
        "Gelderland-Zuid",
        "0344-555 02 00",
    ),
    Place(
        "middelland",
        "Provincie Middelland",
        OrganisationKind.PROVINCE,
        "utrecht",
        "Utrecht",
        "030-555 03 00",
    ),
    Place(
        "lage-lanen",
        "Waterschap De Lage Lanen",
        OrganisationKind.WATER_AUTHORITY,
        "gelderland",
        "Gelderland-Zuid",
        "0344-555 04 00",
    ),
    Place("ondersteuningsteam", "Ondersteuningsteam", OrganisationKind.PARTNER),
    Place(
        "raadsleden",
        "Nederlandse Vereniging voor Raadsleden",
        OrganisationKind.PARTNER,
    ),
    Place("wethouders", "Wethoudersvereniging", OrganisationKind.PARTNER),
    Place(
        "netwerk",
        "Netwerk Weerbaar Bestuur",
        OrganisationKind.NETWORK,
        phone="070-555 05 00",
    ),
    Place("platform", "Platform Weerbaar", OrganisationKind.PLATFORM),
)
HANDLES = _("Receives the reports of the own organisation and handles the cases.")
CAST = (
    Member("bram", "Bram Visser", "lindeveen", Role.HANDLER, "council_clerk", HANDLES),
    Member(
        "sanne",
        "Sanne de Jong",
        "lindeveen",
        Role.HANDLER,
        "municipal_secretary",
        _("Second handler of the same municipality: takes over and deputises."),
    ),
    Member(
        "daan",
        "Daan Meijer",
        "lindeveen",
        Role.HANDLER,
        "mayor",
        _("Handles cases too, but does not see the case in which he is concerned."),
    ),
    Member(
        "karim",
        "Karim Haddad",
        "lindeveen",
        Role.CUSTODIAN,
        "",
        _("Answers whether a handler may see a name, and sees no case."),
        also=("kromwaard", "middelland", "lage-lanen"),
    ),
    Member(
        "chris",
        "Chris Hoekstra",
        "kromwaard",
        Role.HANDLER,
        "council_clerk",
        _("Works for another municipality, and sees nothing of the first."),
    ),
    Member(
        "hanna", "Hanna Postma", "middelland", Role.HANDLER, "provincial_clerk", HANDLES
    ),
    Member(
        "iris", "Iris Kok", "lage-lanen", Role.HANDLER, "secretary_director", HANDLES
    ),
    Member(
        "esma",
        "Esma Aydin",
        "ondersteuningsteam",
        Role.PARTNER_DESK,
        "",
        _("Sees the referrals that were sent to the support team, and nothing else."),
    ),
    Member(
        "femke",
        "Femke Bos",
        "netwerk",
        Role.ANALYST,
        "",
        _("Sees anonymised figures of the whole country, never a case."),
    ),
    Member(
        "joost",
        "Joost Peters",
        "netwerk",
        Role.ANALYST,
        "",
        _("Second analyst: figures are published by two people."),
    ),
    Member(
        "lotte",
        "Lotte Brink",
        "raadsleden",
        Role.NETWORK_MEMBER,
        "",
        _("Proposes and supports themes of the network for the councillors."),
    ),
    Member(
        "noor",
        "Noor Schouten",
        "raadsleden",
        Role.NETWORK_MEMBER,
        "",
        _("Works with Lotte: their association supports a theme once."),
    ),
    Member(
        "olaf",
        "Olaf Dijkstra",
        "wethouders",
        Role.NETWORK_MEMBER,
        "",
        _("Speaks for the aldermen: two partners name a theme together."),
    ),
    Member(
        "gijs",
        "Gijs van Dam",
        "platform",
        Role.ADMINISTRATOR,
        "",
        _("Manages the platform, and may read no case and no figure."),
    ),
)


class NotThere(NotPossibleNow):
    """The demo has not been filled, or this person is not of its cast."""

    title = _("This person is not there")
    detail = _("Fill the demo first: stop it and run make demo-reset.")


@transaction.atomic
def make_cast(*, now: datetime) -> dict[str, User]:
    """The organisations and people of the demo, each with vault and second factor.

    Made through the services, and safe to run again.
    """
    places = {place.slug: _place(place, now) for place in PLACES}
    _pin_roots(places, now)
    return {
        member.first: _person(
            member, [places[slug] for slug in (member.place, *member.also)], now
        )
        for member in CAST
    }


def demo_root(slug: str) -> Secret:
    """The root of an organisation of the demo; in life nobody has it whole."""
    return Secret.from_bytes(hashlib.sha256(f"demo root {slug}".encode()).digest())


def _pin_roots(places: dict[str, Organisation], now: datetime) -> None:
    for slug, place in places.items():
        root = demo_root(slug)
        if not Key.objects.filter(pk=root.public.id).exists():
            endorsing.found_root(place, root, by=SYSTEM, now=now)
    text = "\n".join(
        trust.pin_text(place, demo_root(slug).public.id)
        for slug, place in places.items()
    )
    write_private(Path(settings.ORGANISATION_ROOTS), text.encode())


def _place(place: Place, now: datetime) -> Organisation:
    known = Organisation.objects.filter(slug=place.slug).first()
    return known or services.add_organisation(
        slug=place.slug,
        name=place.name,
        kind=place.kind,
        province=place.province,
        safety_region=place.safety_region,
        phone=place.phone,
        by=SYSTEM,
        now=now,
    )


def _person(member: Member, works_at: list[Organisation], now: datetime) -> User:
    if known := User.objects.filter(email=member.email).first():
        return known
    for organisation in works_at:
        user = services.invite(
            email=member.email,
            name=member.name,
            organisation=organisation,
            role=member.role,
            office=member.office,
            by=SYSTEM,
            now=now,
        )
    services.reset_password(user, DEMO_PASSWORD, now=now)
    services.make_vault(user, DEMO_PASSWORD, by=user, now=now)
    services.keep_recovery_code(user, today=timezone.localdate(now))
    services.set_up_totp(user, DEMO_TOTP_SECRET)
    for membership in user.memberships.select_related("organisation", "user__key"):
        root = demo_root(membership.organisation.slug)
        endorsing.endorse(membership, secret=root, by=SYSTEM, now=now)
    return user


def sign_in(request: HttpRequest, first: str) -> HttpResponse:
    """Sign in as a member of the cast: password, second factor, opening the vault.

    The very forms and stages of the sign-in pages run, one after the other. Raises
    NotThere.
    """
    member = next((m for m in CAST if m.first == first), None)
    user = User.objects.filter(email=member.email).first() if member else None
    if user is None:
        raise NotThere
    form = LoginForm({"login": user.email, "password": DEMO_PASSWORD}, request=request)
    if not form.is_valid():
        raise NotThere
    response: HttpResponse = form.login(request)
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None:
        return response
    second = AuthenticateForm({"code": code_now(user)}, user=user)
    if not second.is_valid():
        raise NotThere
    second.save()
    answer: HttpResponse = stage.exit()
    return answer


def code_now(user: User) -> str:
    """The code that the authenticator app would show now.

    A code counts once; in the demo two visitors may sign in as the same person within
    half a minute, and a secret that everybody knows is not worth guarding.
    """
    held: Any = totp.TOTP(
        Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    )
    counter = list(totp.yield_hotp_counters_from_time())[1]
    code = totp.format_hotp_value(totp.hotp_value(DEMO_TOTP_SECRET, counter))
    cache.delete(held._get_used_cache_key(code))
    return code
