"""Erasure keys: without them nothing opens, from no backup and with every Secret."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connections, transaction

from weerbaar.vault.core import Erased, NoAccess, Secret, Tampered, context
from weerbaar.vault.databases import ERASURE, MAIN
from weerbaar.vault.erasing import erase, erasure_of, new_erasure, sweep
from weerbaar.vault.granting import (
    grant,
    grant_half,
    new_key,
    new_split_key,
    revoke,
)
from weerbaar.vault.halves import FIRST, SECOND
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import ErasureKey, Grant, Key, KeyKind

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 3)


def person() -> tuple[Key, Secret]:
    return new_key(KeyKind.PERSON, holders=[], today=TODAY)


@pytest.fixture
def bram() -> tuple[Key, Secret]:
    return person()


@pytest.fixture
def chris() -> tuple[Key, Secret]:
    return person()


def test_erasable_key_is_granted_walked_and_listed_like_any_other(bram, chris):
    erasure = new_erasure(today=TODAY)
    case, secret = new_key(
        KeyKind.CASE, holders=[bram[0]], today=TODAY, erasure=erasure
    )
    dialogue, words = new_key(
        KeyKind.DIALOGUE, holders=[case], today=TODAY, erasure=erasure
    )
    grant(Keyring(bram[1]).open(case.pk), key=case, to=chris[0], today=TODAY)

    for mine in (bram[1], chris[1]):
        assert Keyring(mine).open(dialogue.pk).to_bytes() == words.to_bytes()
        listed = Keyring(mine)
        listed.preload([case.pk, dialogue.pk])
        assert listed.holds(case.pk)
        assert listed.open(case.pk).to_bytes() == secret.to_bytes()


def test_erased_key_opens_for_nobody_with_all_rows_restored(bram, chris):
    erasure = new_erasure(today=TODAY)
    case, secret = new_key(
        KeyKind.CASE, holders=[bram[0], chris[0]], today=TODAY, erasure=erasure
    )
    sealed = secret.encrypt(b"words", b"place")
    backup = list(Grant.objects.filter(key=case))

    assert erase([erasure.pk]) == 1
    Grant.objects.filter(key=case).delete()
    Grant.objects.bulk_create(backup)

    for mine in (bram[1], chris[1]):
        with pytest.raises(Erased):
            Keyring(mine).open(case.pk)
        assert not Keyring(mine).holds(case.pk)
        listed = Keyring(mine)
        listed.preload([case.pk])
        assert not listed.holds(case.pk)
        # What the grant does carry decrypts nothing.
        mine_of_old = next(g for g in backup if g.holder_id == mine.public.id)
        value = mine.open(bytes(mine_of_old.sealed), context(*mine_of_old.place))
        with pytest.raises(Tampered):
            Secret.from_bytes(value).decrypt(sealed, b"place")
    assert secret.decrypt(sealed, b"place") == b"words", "it could have been opened"


def test_emptied_erasure_id_fakes_nothing(bram):
    case, _secret = new_key(
        KeyKind.CASE, holders=[bram[0]], today=TODAY, erasure=new_erasure(today=TODAY)
    )
    Key.objects.filter(pk=case.pk).update(erasure_id=None)
    with pytest.raises(Tampered):
        Keyring(bram[1]).open(case.pk)


def test_another_erasure_key_opens_nothing(bram):
    case, _secret = new_key(
        KeyKind.CASE, holders=[bram[0]], today=TODAY, erasure=new_erasure(today=TODAY)
    )
    other = new_erasure(today=TODAY)
    Key.objects.filter(pk=case.pk).update(erasure_id=other.pk)
    with pytest.raises(Tampered):
        Keyring(bram[1]).open(case.pk)


def test_erasure_is_safe_to_run_twice():
    erasure = new_erasure(today=TODAY)
    assert erase([erasure.pk, None]) == 1
    assert erase([erasure.pk, None]) == 0


def test_shared_erasure_key_is_asked_of_the_case_and_refused_after_its_end(bram):
    erasure = new_erasure(today=TODAY)
    case, _ = new_key(KeyKind.CASE, holders=[bram[0]], today=TODAY, erasure=erasure)
    assert erasure_of(case) == erasure
    assert erasure_of(bram[0]) is None
    erase([erasure.pk])
    with pytest.raises(Erased):
        erasure_of(case)


def test_sweep_destroys_only_old_keys_that_nothing_was_made_with(bram):
    day = TODAY - timedelta(days=3)
    used, left, young = (new_erasure(today=d) for d in (day, day, TODAY))
    new_key(KeyKind.CASE, holders=[bram[0]], today=day, erasure=used)

    assert sweep(today=TODAY) == 1
    assert set(ErasureKey.objects.all()) == {used, young}
    assert left not in ErasureKey.objects.all()


def test_erasure_keys_stand_in_a_database_of_their_own_and_are_never_changed():
    tables = {
        alias: set(connections[alias].introspection.table_names())
        for alias in (MAIN, ERASURE)
    }
    assert tables[ERASURE] == {"vault_erasurekey", "django_migrations"}
    assert "vault_erasurekey" not in tables[MAIN]
    erasure = new_erasure(today=TODAY)
    with pytest.raises(DatabaseError), transaction.atomic(using=ERASURE):
        ErasureKey.objects.filter(pk=erasure.pk).update(made_on=TODAY)


def test_split_key_opens_for_whoever_has_both_halves_only(bram, chris):
    gijs, erasure = person(), new_erasure(today=TODAY)
    root = person()
    name, secret = new_split_key(
        KeyKind.IDENTITY,
        first=[bram[0]],
        second=[chris[0]],
        both=[root[0]],
        today=TODAY,
        erasure=erasure,
    )
    for alone in (bram, chris, gijs):
        with pytest.raises(NoAccess):
            Keyring(alone[1]).open(name.pk)
    assert Keyring(root[1]).open(name.pk).to_bytes() == secret.to_bytes()

    half = Keyring(chris[1]).half(name.pk, SECOND)
    given = grant_half(half, key=name, share=SECOND, to=bram[0], today=TODAY)
    assert Keyring(bram[1]).open(name.pk).to_bytes() == secret.to_bytes()
    assert not Keyring(chris[1]).holds(name.pk)
    with pytest.raises(NoAccess):
        Keyring(chris[1]).half(name.pk, FIRST)

    given.delete()
    assert not Keyring(bram[1]).holds(name.pk)


def test_half_of_another_key_opens_nothing(bram, chris):
    name, _ = new_split_key(
        KeyKind.IDENTITY, first=[bram[0]], second=[chris[0]], today=TODAY
    )
    other, _ = new_split_key(
        KeyKind.IDENTITY, first=[bram[0]], second=[chris[0]], today=TODAY
    )
    half = Keyring(chris[1]).half(other.pk, SECOND)
    grant_half(half, key=name, share=SECOND, to=bram[0], today=TODAY)
    with pytest.raises(Tampered):
        Keyring(bram[1]).open(name.pk)


def test_revoking_takes_halves_as_well(bram, chris):
    name, _ = new_split_key(
        KeyKind.IDENTITY, first=[bram[0]], second=[chris[0], bram[0]], today=TODAY
    )
    assert len(revoke(key_id=name.pk, holder_id=bram[0].pk)) == 2
    assert not Keyring(bram[1]).holds(name.pk)
