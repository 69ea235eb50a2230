"""Grants are the only way to a key: given, taken back, walked, and never faked."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from weerbaar.vault.core import (
    NoAccess,
    PublicKey,
    Secret,
    Tampered,
    VaultError,
    context,
)
from weerbaar.vault.granting import grant, keep_key, new_key, revoke
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Grant, Key, KeyKind

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 3)


def person() -> tuple[Key, Secret]:
    return new_key(KeyKind.PERSON, holders=[], today=TODAY)


def case(*holders: Key) -> tuple[Key, Secret]:
    return new_key(KeyKind.CASE, holders=holders, today=TODAY)


def chain(length: int) -> tuple[Secret, list[Key]]:
    """A person, and keys that each hold the next."""
    holder, secret = person()
    keys = [holder]
    for _ in range(length):
        keys.append(case(keys[-1])[0])
    return secret, keys[1:]


def test_holder_opens_what_was_granted():
    (bram, bram_secret), (chris, chris_secret) = person(), person()
    key, secret = case(bram, chris, bram)

    for mine in (bram_secret, chris_secret):
        assert Keyring(mine).open(key.pk).to_bytes() == secret.to_bytes()
    assert Keyring(bram_secret).holder_id == bram.pk
    assert key.grants.count() == 2
    assert key.public_key == secret.public


def test_stranger_has_no_access():
    (bram, _), (_, gijs_secret) = person(), person()
    key, _ = case(bram)

    assert not Keyring(gijs_secret).holds(key.pk)
    with pytest.raises(NoAccess):
        Keyring(gijs_secret).open(key.pk)
    with pytest.raises(NoAccess):
        Keyring(gijs_secret).open(Secret.new().public.id)


def test_grant_is_made_once():
    (bram, _), (chris, chris_secret) = person(), person()
    key, secret = case(bram)

    first = grant(secret, key=key, to=chris, today=TODAY)
    again = grant(secret, key=key, to=chris, today=date(2027, 1, 1))

    assert first.pk == again.pk
    assert again.made_on == TODAY
    assert Keyring(chris_secret).holds(key.pk)


def test_revoked_holder_has_no_access_on_the_next_request():
    (bram, bram_secret), (chris, chris_secret) = person(), person()
    key, _ = case(bram, chris)

    assert len(revoke(key_id=key.pk, holder_id=chris.pk)) == 1
    assert revoke(key_id=key.pk, holder_id=chris.pk) == []
    assert Keyring(bram_secret).holds(key.pk)
    with pytest.raises(NoAccess):
        Keyring(chris_secret).open(key.pk)


@pytest.mark.parametrize("length", [1, 2, 3])
def test_up_to_three_grants_are_walked(length):
    secret, keys = chain(length)

    assert Keyring(secret).open(keys[-1].pk).public.id == keys[-1].pk


def test_a_fourth_grant_is_not_walked():
    secret, keys = chain(4)

    with pytest.raises(NoAccess):
        Keyring(secret).open(keys[-1].pk)


def test_shortest_way_is_taken(django_assert_num_queries):
    secret, keys = chain(3)
    grant(
        Keyring(secret).open(keys[2].pk),
        key=keys[2],
        to=Key.objects.get(pk=secret.public.id),
        today=TODAY,
    )

    ring = Keyring(secret)
    with django_assert_num_queries(1):
        ring.open(keys[2].pk)
    with django_assert_num_queries(0):
        ring.open(keys[2].pk)


def test_cycles_end():
    (_, stranger), (one, one_secret), (two, two_secret) = person(), case(), case()
    grant(one_secret, key=one, to=two, today=TODAY)
    grant(two_secret, key=two, to=one, today=TODAY)
    grant(one_secret, key=one, to=one, today=TODAY)

    for key in (one, two):
        with pytest.raises(NoAccess):
            Keyring(stranger).open(key.pk)
    assert Keyring(one_secret).holds(two.pk)


def test_preload_takes_one_query(django_assert_num_queries):
    (bram, bram_secret), (chris, _) = person(), person()
    mine = [case(bram)[0] for _ in range(5)]
    dialogue, _ = new_key(KeyKind.DIALOGUE, holders=[mine[0]], today=TODAY)
    theirs, _ = case(chris)

    ring = Keyring(bram_secret)
    with django_assert_num_queries(1):
        ring.preload([k.pk for k in (*mine, dialogue, theirs)])
    with django_assert_num_queries(0):
        assert all(ring.holds(k.pk) for k in (*mine, dialogue))
        ring.preload([k.pk for k in mine])
        ring.preload([])
    with pytest.raises(NoAccess):
        ring.open(theirs.pk)


def test_one_damaged_grant_does_not_keep_the_list_closed():
    bram, bram_secret = person()
    whole, damaged = case(bram)[0], case(bram)[0]
    Grant.objects.filter(key=damaged).update(sealed=b"\x01" + bytes(1168))

    ring = Keyring(bram_secret)
    ring.preload([whole.pk, damaged.pk])

    assert ring.holds(whole.pk)
    with pytest.raises(Tampered):
        ring.open(damaged.pk)


def test_a_secret_just_made_can_be_added(django_assert_num_queries):
    _, bram_secret = person()
    fresh = Secret.new()
    ring = Keyring(bram_secret)
    ring.add(fresh)

    with django_assert_num_queries(0):
        assert ring.open(fresh.public.id) is fresh


def test_receipts_key_is_kept_like_any_other():
    receipt = Secret.new()
    holder = keep_key(receipt, KeyKind.RECEIPT, today=TODAY)
    dialogue, _ = new_key(KeyKind.DIALOGUE, holders=[holder], today=TODAY)

    assert Keyring(receipt).holds(dialogue.pk)


def test_moved_grant_is_refused():
    bram, bram_secret = person()
    (one, _), (two, _) = case(bram), case()
    Grant.objects.filter(key=one).update(key=two)

    with pytest.raises(Tampered):
        Keyring(bram_secret).open(two.pk)


def test_grant_of_a_part_opens_nothing():
    bram, bram_secret = person()
    key, _ = case(bram)
    Grant.objects.filter(key=key).update(share=1)

    with pytest.raises(NoAccess):
        Keyring(bram_secret).open(key.pk)


def planted(key: Key, to: Key, secret: Secret) -> None:
    """What somebody with the database can do: a grant of his own Secret."""
    Grant.objects.filter(key=key, holder=to).delete()
    made = Grant(key=key, holder=to, made_on=TODAY)
    made.sealed = to.public_key.seal(secret.to_bytes(), context(*made.place))
    made.save()


@pytest.mark.parametrize("also", ["nothing", "tag", "tag and public half"])
def test_planted_secret_is_refused(also):
    bram, bram_secret = person()
    key, _ = case(bram)
    attackers = Secret.new()
    planted(key, bram, attackers)
    if also != "nothing":
        Key.objects.filter(pk=key.pk).update(check_tag=attackers.check)
    if also == "tag and public half":
        Key.objects.filter(pk=key.pk).update(public=attackers.public.raw)

    with pytest.raises(Tampered):
        Keyring(bram_secret).open(key.pk)


def test_wrong_tag_is_refused():
    bram, bram_secret = person()
    key, _ = case(bram)
    Key.objects.filter(pk=key.pk).update(check_tag=bytes(16))

    with pytest.raises(Tampered):
        Keyring(bram_secret).open(key.pk)


def test_nothing_is_granted_to_a_swapped_public_half():
    bram, _ = person()
    key, secret = case(bram)
    chris, _ = person()
    Key.objects.filter(pk=chris.pk).update(public=Secret.new().public.raw)
    chris.refresh_from_db()

    with pytest.raises(Tampered):
        grant(secret, key=key, to=chris, today=TODAY)
    with pytest.raises(Tampered):
        case(chris)
    assert not Grant.objects.filter(holder=chris).exists()
    assert Key.objects.filter(kind=KeyKind.CASE).count() == 1


def test_another_secret_cannot_be_granted_as_this_key():
    (bram, bram_secret), (chris, _) = person(), person()
    key, _ = case(bram)

    with pytest.raises(Tampered):
        grant(bram_secret, key=key, to=chris, today=TODAY)


def test_erasing_a_key_erases_its_grants_and_what_it_held():
    bram, bram_secret = person()
    key, _ = case(bram)
    dialogue, _ = new_key(KeyKind.DIALOGUE, holders=[key], today=TODAY)

    key.delete()

    assert Grant.objects.count() == 0
    with pytest.raises(NoAccess):
        Keyring(bram_secret).open(dialogue.pk)


def test_database_refuses_a_second_grant_of_the_same():
    bram, _ = person()
    key, _ = case(bram)
    first = key.grants.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(
            key=key, holder=bram, sealed=bytes(first.sealed), made_on=TODAY
        )


@pytest.mark.parametrize(
    "sealed",
    [b"", b"\x01", b"\x02" + bytes(1168), bytes(1169)],
    ids=["nothing", "version only", "unknown version", "zeroes"],
)
def test_broken_grant_raises_a_vault_error_only(sealed):
    bram, bram_secret = person()
    key, _ = case(bram)
    Grant.objects.filter(key=key).update(sealed=sealed)

    with pytest.raises(VaultError):
        Keyring(bram_secret).open(key.pk)


def test_public_half_shows_its_id_only():
    key, secret = person()

    assert str(key.public_key.id) in repr(PublicKey(secret.public.raw))
    assert repr(Keyring(secret)) == f"<Keyring of {key.pk}>"
