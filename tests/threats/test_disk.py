"""Who has the database and the server's disk: every secret that lies in a file."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.cast import PASSWORD
from tests.network.records import year_of_reports
from weerbaar.accounts import adapter
from weerbaar.audit import keys as audit_keys
from weerbaar.contributions.services import contribute, read_year
from weerbaar.network import keys as network_keys
from weerbaar.vault.core import Secret, VaultError, context
from weerbaar.vault.models import Grant, Unlocker
from weerbaar.vault.people import open_with_password

pytestmark = pytest.mark.django_db


def on_disk(*folders: Path) -> Iterator[Secret]:
    """Every Secret that the files and settings of a server give."""
    written = b"\n".join(f.read_bytes() for d in folders for f in d.rglob("*.*"))
    for text in re.findall(rb"[A-Za-z0-9+/]{43}=", written):
        yield Secret.from_bytes(base64.b64decode(text))
    for raw in (settings.SECRET_KEY.encode(), settings.RECEIPT_PEPPER):
        yield Secret.from_bytes(raw[:32])
        yield Secret.from_bytes(hashlib.sha256(raw).digest())
    yield adapter._server_secret()


def opens(secret: Secret, blob: bytes, *place: object) -> bool:
    try:
        secret.open(blob, context(*place))
    except VaultError:
        return False
    return True


def test_what_lies_on_the_disk_opens_figures_and_no_case(
    tmp_path, settings, open_report, figure_year, bram, sanne
):
    settings.AUDIT_KEYS, settings.NETWORK_KEYS = (
        tmp_path / "audit",
        tmp_path / "network",
    )
    audit_keys.read_log_key(make=True)
    network_keys.write_key(2026, figure_year)
    for record in year_of_reports(3):
        contribute(record)
    open_report(identity={"name": "Anna Bos"}, anonymity="confidential")

    found = list(on_disk(tmp_path))

    # What does open, as docs/threat-model.md says: figures, and second factors.
    assert [s for s in found if s.public.id == figure_year.public.id]
    assert len([r for r in read_year(2026, figure_year) if r]) == 3
    assert len(found) >= 6
    grants = list(Grant.objects.select_related("key"))
    assert {grant.key.kind for grant in grants} >= {"case", "dialogue", "identity"}
    hers = open_with_password(bram.key, PASSWORD)
    assert [g for g in grants if opens(hers, bytes(g.sealed), *g.place)]
    for secret in found:
        assert not [g for g in grants if opens(secret, bytes(g.sealed), *g.place)]
        for unlocker in Unlocker.objects.all():
            with pytest.raises(VaultError):
                secret.decrypt(bytes(unlocker.wrapped), context(*unlocker.place))
