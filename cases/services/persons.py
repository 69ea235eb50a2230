"""Which cases are of one person, so that the figures can count persons (design 8).

Only of who gave her name to the handlers can it be known: her case opens her name
anyway. Whoever did not is a person of her own in each report.
"""

import hashlib
from typing import Any

from cases.header import Header
from cases.models import Case
from cases.services.reading import header_of
from weerbaar.vault.core import VaultError
from weerbaar.vault.keyring import Keyring


def marked(header: Header, identity: dict[str, Any]) -> Header:
    """The header with what tells her cases from those of others; no name."""
    name = " ".join(str(identity.get("name", "")).casefold().split())
    known = header.anonymity == "named" and header.reporter_role == "self"
    if not (known and name):
        return header
    return header.changed(person_mark=hashlib.sha256(name.encode()).hexdigest())


def person_token(case: Case, header: Header, keyring: Keyring) -> str:
    """The token of her first case of the year that this vault opens, or the own one."""
    if not header.person_mark:
        return header.person_token
    hers = (one for one in _others(case, keyring) if _is_same(one, header))
    return next((one.person_token for one in hers), header.person_token)


def _is_same(one: Header, other: Header) -> bool:
    return one.person_mark == other.person_mark


def _others(case: Case, keyring: Keyring) -> list[Header]:
    """The headers of the year's cases with a name, as far as they open."""
    year = Case.objects.filter(
        organisation=case.organisation_id,
        opened_on__year=case.opened_on.year,
        identity_key__isnull=False,
    )
    found = list(year.exclude(pk=case.pk).order_by("opened_on", "pk"))
    keyring.preload([one.case_key_id for one in found])
    headers = (_header(one, keyring) for one in found)
    return [header for header in headers if header is not None]


def _header(case: Case, keyring: Keyring) -> Header | None:
    try:
        return header_of(case, keyring)
    except VaultError:
        return None
