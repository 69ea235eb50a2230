"""Who writes every row, and still gets into nobody's vault (docs/threat-model.md)."""

from datetime import date

import pyotp
import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse

from cases.models import Case
from tests.cast import TOTP_SECRET
from weerbaar.accounts import services
from weerbaar.vault import people
from weerbaar.vault.core import NoAccess, Tampered, WrongSecret
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Grant

pytestmark = pytest.mark.django_db
OWN = "Een wachtwoord van de beheerder"


def test_password_and_factor_of_an_administrator_open_no_vault(
    client, bram, open_report, now
):
    """He writes a hash and a second factor of his own, and comes through both doors."""
    case, _code = open_report()
    bram.set_password(OWN)
    bram.save()
    Authenticator.objects.filter(user=bram).delete()
    services.set_up_totp(bram, TOTP_SECRET)

    with pytest.raises(WrongSecret), transaction.atomic():
        services.open_vault(bram, OWN, now=now)
    client.post(reverse("account_login"), {"login": bram.email, "password": OWN})
    code = {"code": pyotp.TOTP(TOTP_SECRET).now()}
    signed_in = client.post(reverse("mfa_authenticate"), code)
    assert signed_in.status_code == 302, signed_in.content
    assert client.session["_auth_user_id"] == str(bram.pk)
    answer = client.get(f"/zaken/{case.reference}/")

    assert answer["Location"].startswith("/kluis/")


def test_vault_of_an_administrator_in_the_place_of_hers_opens_nothing(
    bram, open_report, keyring_of
):
    """Neither by changing whose key she has, nor by changing to whom a grant is."""
    case, _code = open_report()
    own, secret, _code = people.make_person_key(password=OWN, today=date(2026, 5, 12))
    kept = keyring_of(bram)
    theirs = Grant.objects.get(key_id=case.case_key_id, holder=bram.key)
    bram.key = own
    bram.save()

    with pytest.raises(NoAccess):
        Keyring(secret).open(case.case_key_id)
    assert not Case.objects.visible_to(bram).exists()
    Grant.objects.filter(pk=theirs.pk).update(holder=own)
    with pytest.raises(Tampered):
        Keyring(secret).open(case.case_key_id)
    Grant.objects.filter(pk=theirs.pk).update(holder=theirs.holder)
    assert kept.open(case.case_key_id)
