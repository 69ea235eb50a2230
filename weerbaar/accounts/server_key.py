"""The weaker mode: a key of the server opens the vault after signing in.

For an organisation that signs in with its own accounts and wants no second secret. It
stops a stolen database; it does not stop who runs the server, and every page that tells
of it says so. It needs the key's file, the organisation's name in the settings, and the
person's own choice, with her vault open.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.vault import people
from weerbaar.vault.core import Secret, WrongSecret
from weerbaar.web.refusals import NotAllowed


class NotChosen(NotAllowed):
    """An organisation of this person did not choose the weaker mode."""

    title = _("Your organisation did not choose this")
    detail = _("Your vault opens with your passphrase, a passkey or the recovery code.")


def is_offered(user: User) -> bool:
    """Did every organisation of this person choose it? One Secret opens for all."""
    slugs = {m.organisation.slug for m in user.current_memberships()}
    chosen = set(settings.SERVER_KEY_ORGANISATIONS)
    return bool(settings.SERVER_KEY and slugs) and slugs <= chosen


def is_on(user: User) -> bool:
    """Does the server's key open this vault?"""
    return user.key is not None and people.server_keys_of(user.key).exists()


@sensitive_variables("secret")
@transaction.atomic
def turn_on(user: User, secret: Secret, *, now: datetime) -> None:
    """Let the server's key open this vault. Raises NotChosen."""
    if user.key is None or not is_offered(user):
        raise NotChosen
    today = timezone.localdate(now)
    people.set_server_key(user.key, secret, settings.SERVER_KEY, today)
    record(Kind.SERVER_KEY_ON, user, by=user, now=now)


@transaction.atomic
def turn_off(user: User, *, now: datetime) -> None:
    """The server's key opens this vault no longer."""
    if user.key is not None and people.server_keys_of(user.key).delete()[0]:
        record(Kind.SERVER_KEY_OFF, user, by=user, now=now)


def open_vault(user: User, *, now: datetime) -> Secret:
    """Open the vault with the server's key. Raises WrongSecret.

    Where an organisation no longer chooses it, what was kept goes at once.
    """
    if user.key is None or not is_offered(user):
        turn_off(user, now=now)
        raise WrongSecret("The server's key opens no vault here.")
    secret = people.open_with_server_key(user.key, settings.SERVER_KEY)
    record(Kind.VAULT_OPENED, user, by=user, now=now)
    return secret
