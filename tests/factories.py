"""Making what the tests need through the services of the house, never past them."""

import hashlib
import time
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client
from django.utils import timezone

from weerbaar.accounts import demo, services, trust
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.endorsing import endorse
from weerbaar.accounts.models import Membership, Organisation, User
from weerbaar.accounts.vault_session import END, HALF
from weerbaar.vault import people
from weerbaar.vault.core import Secret
from weerbaar.vault.granting import keep_key
from weerbaar.vault.models import Key, KeyKind
from weerbaar.vault.private_file import write_private
from weerbaar.vault.session import session_lock

PLACES = {place.slug: place for place in demo.PLACES}
# Everybody has worked here for a while: rules look at the day of a membership.
SINCE = date(2020, 1, 1)
# Made up; a word that stands nowhere else, for the test that looks for it.
STORY = "Zij stonden bij de zeppelinhal en riepen dat ze weten waar ik woon."


def organisation(slug: str) -> Organisation:
    """An organisation of the demo; the same one within a test."""
    place = PLACES[slug]
    made, _new = Organisation.objects.get_or_create(
        slug=slug,
        defaults={
            "name": place.name,
            "kind": place.kind,
            "province": place.province,
            "safety_region": place.safety_region,
            "phone": place.phone,
        },
    )
    if _new:
        found_root(made)
    return made


def root_secret(slug: str) -> Secret:
    """The root of an organisation of the tests; in life nobody has it whole."""
    return Secret.from_bytes(hashlib.sha256(f"root of {slug}".encode()).digest())


def found_root(organisation: Organisation) -> None:
    """Found the root and pin it, as a ceremony and an administrator do."""
    root = root_secret(organisation.slug)
    if not Key.objects.filter(pk=root.public.id).exists():
        keep_key(root, KeyKind.ROOT, today=SINCE)
    pinned[organisation.slug] = trust.pin_text(organisation, root.public.id)
    write_pins()


def write_pins() -> None:
    """Write the file of pins as `pinned` has it."""
    write_private(Path(settings.ORGANISATION_ROOTS), "".join(pinned.values()).encode())


# What stands in the file of pins; the newest organisation of a name counts.
pinned: dict[str, str] = {}


def member(who: demo.Member, password_hash: str) -> User:
    """A member of the cast with a membership, a vault and a second factor."""
    if known := User.objects.filter(email=who.email).first():
        return known
    key, _secret, _code = people.make_person_key(
        password=demo.DEMO_PASSWORD, today=SINCE
    )
    user = User.objects.create(
        email=who.email,
        name=who.name,
        password=password_hash,
        key=key,
        joined_on=SINCE,
        recovery_kept_on=SINCE,
    )
    EmailAddress.objects.create(
        user=user, email=user.email, primary=True, verified=True
    )
    services.set_up_totp(user, demo.DEMO_TOTP_SECRET)
    for slug in (who.place, *who.also):
        join(user, organisation(slug), who.role, office=who.office)
    return user


def join(user: User, place: Organisation, role: str, **more: Any) -> Membership:
    """Give somebody a role whose key counts by the root of the tests."""
    membership = Membership.objects.create(
        user=user, organisation=place, role=role, starts_on=SINCE, **more
    )
    root = root_secret(place.slug)
    endorse(membership, secret=root, by=SYSTEM, now=timezone.now())
    return membership


def sign_in(client: Client, user: User, password: str) -> None:
    """Sign in without the pages: the session and cookie that the pages leave behind.

    The code that locks is the real one (vault.session); what is skipped are the forms.
    """
    client.force_login(user)
    session = client.session
    assert user.key is not None
    cookie, half = session_lock(
        people.open_with_password(user.key, password),
        session_id=session.session_key,
        person=user.pk,
        expires=datetime.fromisoformat(session[END]),
    )
    session[HALF] = {
        "half": half,
        "person": str(user.pk),
        "end": session[END],
        "seen": timezone.now().isoformat(),
    }
    session.save()
    give_factor(client, user)
    client.cookies[settings.VAULT_COOKIE_NAME] = cookie


def give_factor(client: Client, user: User, seconds_ago: float = 0) -> None:
    """As if the second factor was given in this session some time ago."""
    session = client.session
    given = {"method": "mfa", "type": "totp", "at": time.time() - seconds_ago}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [given]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def report(
    *,
    organisation: Organisation,
    now: datetime,
    kind: str = "incident",
    report: dict[str, Any] | None = None,
    contact: dict[str, Any] | None = None,
    identity: dict[str, Any] | None = None,
    rereads: bool = False,
    counted: str = "yes",
    **header: Any,
) -> tuple[Any, str]:
    """A case as a reporter without an account leaves it, and the words of the receipt.

    Through the reporter's door itself; `header` are fields of the case's header.
    """
    from cases.header import Header
    from cases.services import CaseRequest
    from intake.services import submit

    filled = {"types": ["veiled_threat"], "office": "alderman"}
    told = CaseRequest(
        organisation=organisation,
        header=Header(**{**filled, **header}),
        kind=kind,
        report=report or {"text": STORY},
        contact=contact or {},
        identity=identity or {},
        reporter_may_reread=rereads,
        counted=counted,
    )
    return submit(report=Told(told), now=now)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Told:
    """A report as the form makes it: it asks for the case when its receipt is there."""

    told: Any

    def request(self, receipt_key: Any) -> Any:
        return replace(self.told, receipt_key=receipt_key)
