"""Sealing a case anew: under new keys after suspicion, and by a newer suite."""

import itertools

import pytest
from cryptography.cobblestone import (
    Cobblestone128Decryptor,
    Cobblestone128Encryptor,
)
from cryptography.hazmat.primitives import hpke
from django.apps import apps
from django.db import connection

from aftercare import services as aftercare
from cases import services
from cases.models import Case
from cases.services.resealing import SealedField, sealed_fields
from intake.services import enter
from referrals import services as referrals
from referrals.models import Partner, Referral
from referrals.services.sealing import open_package, open_preview
from tests.cases.asking import doing
from weerbaar.audit.models import Event
from weerbaar.vault import suite
from weerbaar.vault.core import NoAccess, Secret, Tampered
from weerbaar.vault.envelope import open_json
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Grant, Key
from weerbaar.web.refusals import NotAllowed

# Sealed to a Secret of their own, which keeps its place under the new case key.
OWN_KEY = {
    ("cases.Case", "identity"),
    ("cases.Approval", "reason"),
    ("cases.Approval", "answer"),
    ("referrals.Referral", "package"),
    ("referrals.Answer", "body"),
    ("stories.Parcel", "box"),
    ("stories.Edition", "text"),
    ("stories.Edition", "reason"),
}
ROOMS = ("cases", "referrals", "stories", "aftercare")


@pytest.fixture
def full(open_report, bram, sanne, esma, ondersteuningsteam, keyring_of, now):
    """A case with something in every field; gives it and the words of the receipt."""
    case, words = open_report(
        wish="call_me",
        rereads=True,
        anonymity="named",
        identity={"name": "Anna Bos"},
        contact={"channel": "phone", "phone": "06 12345678"},
    )
    who = doing(bram, keyring_of, now)
    services.step(case, "begin_triage", **who)
    services.send_message(case, text="Ik bel u vanavond.", **who)
    services.make_task(case, "Bel de wijkagent.", due_on=now.date(), **who)
    services.hold(case, reason="Er loopt een klacht.", **who)
    aftercare.offer(case, by=bram, now=now)
    anna = enter(words, now=now)
    as_anna = {"by": anna.by, "keyring": anna.keyring, "now": now}
    aftercare.respond_to_offer(aftercare.current_plan(case), accept=True, **as_anna)
    referrals.load_partners()
    team = Partner.objects.get(code="support_team_nwb")
    Partner.objects.filter(pk=team.pk).update(organisation=ondersteuningsteam)
    draft = referrals.Draft(["summary"], {"summary": "Zij wil praten."})
    made = referrals.propose(case, partner=team, draft=draft, **who)
    referrals.consent(made, **as_anna)
    referrals.send(made, **who)
    case.refresh_from_db()
    return case, words


def blobs(case: Case) -> dict[tuple[str, str, object], bytes]:
    """Every ciphertext of the case that a field of the register names."""
    return {
        (field.model._meta.label, field.name, row.pk): bytes(getattr(row, field.name))
        for field in sealed_fields()
        for row in field.model._default_manager.filter(**{field.of_case: case.pk})
        if getattr(row, field.name) is not None
    }


def test_every_sealed_field_of_every_room_is_in_the_register():
    named = {(f.model._meta.label, f.name) for f in sealed_fields()}
    known = {
        (model._meta.label, name)
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        for name in model.CLASSED["sealed"]
    }
    assert known - OWN_KEY == named


def everything_read(case, reader, words, now):
    """What the handler and the reporter read, of every kind."""
    anna = enter(words, now=now)
    promises = case.commitments.all()
    return (
        services.header_of(case, reader),
        services.read_safe_contact(case, reader),
        [o.body for o in services.read_thread(case, services_kinds(case), reader)],
        [services.words_of(p, reader) for p in promises],
        services.hold_reason(services.hold_of(case), reader),
        [open_preview(r, reader) for r in referral_rows(case)],
        [open_package(r, reader) for r in referral_rows(case)],
        anna.case.pk,
    )


def services_kinds(case):
    return list(case.statements.values_list("kind", flat=True).distinct())


def referral_rows(case):
    return list(Referral.objects.filter(case=case))


def test_rekeyed_case_reads_the_same_under_other_keys(
    full, bram, sanne, keyring_of, now
):
    case, words = full
    before = everything_read(case, keyring_of(sanne), words, now)
    sealed, old = blobs(case), {case.case_key_id, case.dialogue_key_id}

    services.rekey(
        case, reason="Een stagiair keek mee.", **doing(bram, keyring_of, now)
    )

    after = everything_read(case, keyring_of(sanne), words, now)
    assert after[:2] == before[:2]
    assert [b for b in after[2] if b.get("text") != "Een stagiair keek mee."] == before[
        2
    ]
    assert after[3:] == before[3:]
    assert not Key.objects.filter(pk__in=old).exists()
    fresh = blobs(case)
    assert sealed.keys() <= fresh.keys()
    assert all(fresh[place] != blob for place, blob in sealed.items())
    kinds = set(Event.objects.filter(about_id=case.pk).values_list("kind", flat=True))
    assert {"case.rekeyed", "key.granted", "key.revoked"} <= kinds


def test_old_secret_reads_nothing_of_a_rekeyed_case(full, bram, keyring_of, now):
    case, _words = full
    stolen: Secret = keyring_of(bram).open(case.case_key_id)
    services.rekey(case, reason="Vermoeden.", **doing(bram, keyring_of, now))
    services.write_note(case, text="Nieuw.", **doing(bram, keyring_of, now))

    for field in sealed_fields():
        for row in field.model._default_manager.filter(**{field.of_case: case.pk}):
            blob = getattr(row, field.name)
            if blob is not None:
                assert not opens(stolen, field, row, bytes(blob))
    with pytest.raises(NoAccess):
        Keyring(stolen).open(case.dialogue_key_id)


def opens(secret: Secret, field: SealedField, row, blob: bytes) -> bool:
    try:
        open_json(secret, blob, place=field.place(row))
    except Tampered:
        return False
    return True


def test_old_secret_could_read_it_before(full, bram, keyring_of):
    case, _words = full
    secret = keyring_of(bram).open(case.case_key_id)
    opened = [
        opens(secret, field, row, bytes(getattr(row, field.name)))
        for field in sealed_fields()
        for row in field.model._default_manager.filter(**{field.of_case: case.pk})
        if getattr(row, field.name) is not None
    ]
    assert any(opened)


def test_rekeying_needs_access_and_a_reason(full, bram, chris, keyring_of, now):
    case, _words = full
    with pytest.raises(NotAllowed):
        services.rekey(case, reason="Nee.", **doing(chris, keyring_of, now))
    with pytest.raises(services.RekeyReasonMissing):
        services.rekey(case, reason=" ", **doing(bram, keyring_of, now))


def test_older_suite_still_opens_and_is_renewed_when_the_case_is_opened(
    full, bram, sanne, signed_in, keyring_of, now, monkeypatch
):
    """A second suite is made the newest: what the first wrote opens, then turns."""
    case, words = full
    before = everything_read(case, keyring_of(bram), words, now)
    second = suite.Suite(
        2,
        hpke.Suite(
            hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA512, hpke.AEAD.AES_256_GCM
        ),
        lambda key, ctx: Cobblestone128Encryptor(key[:16], ctx),
        lambda key, ctx: Cobblestone128Decryptor(key[:16], ctx),
    )
    monkeypatch.setitem(suite.SUITES, 2, second)
    monkeypatch.setattr(suite, "NEWEST", 2)
    assert everything_read(case, keyring_of(bram), words, now) == before
    assert {blob[0] for blob in blobs(case).values()} == {1}

    assert signed_in(bram).get(f"/zaken/{case.reference}/").status_code == 200

    case.refresh_from_db()
    assert {blob[0] for blob in blobs(case).values()} == {2}
    of_case = Grant.objects.filter(key__in=[case.case_key_id, case.dialogue_key_id])
    assert {bytes(g.sealed)[0] for g in of_case} == {2}
    for reader in (bram, sanne):
        assert everything_read(case, keyring_of(reader), words, now) == before
    assert services.renew(case, keyring=keyring_of(bram)) == 0


def test_page_makes_new_keys_with_a_reason(full, bram, signed_in):
    case, _words = full
    client, old = signed_in(bram), case.case_key_id
    where = f"/zaken/{case.reference}/sleutel/"
    assert "Schrijf waarom" in client.post(where, {"reason": ""}).content.decode()
    done = client.post(where, {"reason": "Een stagiair keek mee."}, follow=True)
    assert "nieuwe sleutels" in done.content.decode()
    assert Case.objects.get(pk=case.pk).case_key_id != old


def test_interrupted_rekeying_changes_nothing(full, bram, keyring_of, now):
    case, words = full
    before = everything_read(case, keyring_of(bram), words, now)
    count = itertools.count()

    def broken(execute, statement, *rest):
        if statement.startswith("UPDATE") and next(count) == 3:
            raise OSError("disk full")
        return execute(statement, *rest)

    with connection.execute_wrapper(broken), pytest.raises(OSError, match="disk"):
        services.rekey(case, reason="Vermoeden.", **doing(bram, keyring_of, now))
    assert everything_read(case, keyring_of(bram), words, now) == before
