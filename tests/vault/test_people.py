"""A person's unlockers: password, recovery code and token open; nothing else does."""

import uuid
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weerbaar.vault import people
from weerbaar.vault.core import Secret, Tampered, UnknownVersion, WrongSecret
from weerbaar.vault.models import Key, KeyKind, Unlocker, UnlockerKind

pytestmark = pytest.mark.django_db
TODAY, LATER = date(2026, 11, 3), date(2027, 2, 1)
PASSWORD = "vlinder op de dijk"


@pytest.fixture(autouse=True)
def cheap_passwords(settings):
    settings.VAULT_ARGON2_PASSWORD = {"t": 1, "m": 64}


@pytest.fixture
def vault() -> tuple[Key, Secret, str]:
    return people.make_person_key(password=PASSWORD, today=TODAY)


def test_password_and_recovery_code_open_the_same_secret(vault):
    key, secret, code = vault

    assert key.kind == KeyKind.PERSON
    assert people.open_with_password(key, PASSWORD).check == secret.check
    assert people.open_with_recovery(key, code).check == secret.check


def test_password_is_read_however_the_keyboard_composes_it():
    key, secret, _ = people.make_person_key(password="cafe\u0301 ﬁets", today=TODAY)

    assert people.open_with_password(key, "café fiets").check == secret.check


@pytest.mark.parametrize("typed", ["", PASSWORD.upper(), PASSWORD + " ", "\ud800", "x"])
def test_wrong_password_opens_nothing(vault, typed):
    with pytest.raises(WrongSecret):
        people.open_with_password(vault[0], typed)


def test_one_persons_password_does_not_open_anothers(vault):
    other, _, code = people.make_person_key(password="iets heel anders", today=TODAY)

    with pytest.raises(WrongSecret):
        people.open_with_password(other, PASSWORD)
    with pytest.raises(WrongSecret):
        people.open_with_recovery(vault[0], code)


def test_new_password_replaces_the_old_one(vault):
    key, secret, code = vault

    people.set_password(key, secret, "een nieuw wachtwoord", LATER)

    assert people.open_with_password(key, "een nieuw wachtwoord").check == secret.check
    assert people.open_with_recovery(key, code).check == secret.check
    assert key.unlockers.get(kind=UnlockerKind.PASSWORD).made_on == LATER
    with pytest.raises(WrongSecret):
        people.open_with_password(key, PASSWORD)


def test_new_recovery_code_replaces_the_old_one(vault):
    key, secret, old = vault

    fresh = people.new_recovery_code(key, secret, LATER)

    assert people.open_with_recovery(key, fresh).check == secret.check
    with pytest.raises(WrongSecret):
        people.open_with_recovery(key, old)


@pytest.mark.parametrize(
    "spoil",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " . "),
        lambda code: f"  {code.replace('-', '–')}\n",
        lambda code: code.replace("0", "O").replace("1", "l"),
        lambda code: code.replace("0", "o").replace("1", "I"),
    ],
)
def test_recovery_code_is_read_sloppily(vault, spoil):
    key, secret, code = vault

    assert people.open_with_recovery(key, spoil(code)).check == secret.check


def test_recovery_code_holds_120_bits(vault):
    groups = vault[2].split("-")

    assert [len(group) for group in groups] == [4] * 6
    assert len(set(people.RECOVERY_ALPHABET)) == 32


@pytest.mark.parametrize("code", ["", "-", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", "ĳ" * 9])
def test_wrong_recovery_code_opens_nothing(vault, code):
    with pytest.raises(WrongSecret):
        people.open_with_recovery(vault[0], code)


def test_token_opens_its_own_vault(vault):
    key, secret, _ = vault
    token = people.make_token(key, secret, label="Zaaksysteem", today=TODAY)

    found, opened, unlocker = people.open_with_token(token)

    assert (found, opened.check) == (key, secret.check)
    assert unlocker.label == "Zaaksysteem"
    assert token.startswith("weerbaar_")
    assert token[-43:] not in str(Unlocker.objects.values())


def test_withdrawn_token_opens_nothing(vault):
    key, secret, _ = vault
    kept = people.make_token(key, secret, label="Kept", today=TODAY)
    gone = people.make_token(key, secret, label="Gone", today=TODAY)

    key.unlockers.get(label="Gone").delete()

    assert people.open_with_token(kept)[0] == key
    with pytest.raises(WrongSecret):
        people.open_with_token(gone)


def test_other_texts_are_no_token(vault):
    key, secret, _ = vault
    token = people.make_token(key, secret, label="", today=TODAY)
    body = token.removeprefix("weerbaar_")
    password = key.unlockers.get(kind=UnlockerKind.PASSWORD)
    texts = [
        "",
        "weerbaar_",
        body,
        token[:-1],
        token + "A",
        token + "=",
        "weerbaar_" + body[:-1] + ("A" if body[-1] != "A" else "B"),
        "weerbaar_" + "é" * 64,
        "weerbaar_" + "A" * 64,
        people.TOKEN_PREFIX + token,
    ]
    for text in texts:
        with pytest.raises(WrongSecret):
            people.open_with_token(text)
    assert password.pk != key.unlockers.get(kind=UnlockerKind.TOKEN).pk


@given(st.text(max_size=120))
@settings(max_examples=30, deadline=None)
def test_any_text_is_no_token(text):
    with pytest.raises(WrongSecret):
        people.open_with_token("weerbaar_" + text)


def test_use_is_kept_by_the_day(vault, django_assert_num_queries):
    unlocker = vault[0].unlockers.get(kind=UnlockerKind.RECOVERY)
    with django_assert_num_queries(1):
        people.note_use(unlocker, today=LATER)
        people.note_use(unlocker, today=LATER)

    unlocker.refresh_from_db()
    assert unlocker.last_used_on == LATER


def test_without_the_setting_a_password_costs_what_was_decided(settings):
    del settings.VAULT_ARGON2_PASSWORD
    key, secret, _ = people.make_person_key(password=PASSWORD, today=TODAY)

    params = key.unlockers.get(kind=UnlockerKind.PASSWORD).params

    assert (params["kdf"], params["t"], params["m"], params["p"]) == (
        "argon2id",
        3,
        64 * 1024,
        1,
    )
    assert people.open_with_password(key, PASSWORD).check == secret.check


def test_old_parameters_still_open_after_the_setting_changes(vault, settings):
    key, secret, _ = vault
    settings.VAULT_ARGON2_PASSWORD = {"t": 2, "m": 128}

    assert people.open_with_password(key, PASSWORD).check == secret.check


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({}, Tampered),
        ([], Tampered),
        ({"kdf": "argon2id", "salt": "00"}, Tampered),
        ({"kdf": "argon2id", "salt": "zz", "t": 1, "m": 64, "p": 1}, Tampered),
        ({"kdf": "argon2id", "salt": "00" * 16, "t": 0, "m": 64, "p": 1}, Tampered),
        (
            {"kdf": "argon2id", "salt": "00" * 16, "t": 1, "m": 1 << 40, "p": 1},
            Tampered,
        ),
        (
            {"kdf": "argon2id", "salt": "00" * 16, "t": 1 << 40, "m": 64, "p": 1},
            Tampered,
        ),
        ({"kdf": "argon2id", "salt": "00" * 16, "t": 1, "m": 64, "p": 1}, WrongSecret),
        ({"kdf": "scrypt", "salt": "00" * 16}, UnknownVersion),
    ],
)
def test_changed_parameters_are_refused(vault, params, refusal):
    key, _, _ = vault
    key.unlockers.filter(kind=UnlockerKind.PASSWORD).update(params=params)

    with pytest.raises(refusal):
        people.open_with_password(key, PASSWORD)


def test_moved_unlocker_is_refused(vault):
    key, _, _ = vault
    other, _, _ = people.make_person_key(password="iets heel anders", today=TODAY)
    other.unlockers.all().delete()
    key.unlockers.filter(kind=UnlockerKind.PASSWORD).update(key=other)

    with pytest.raises(WrongSecret):
        people.open_with_password(other, PASSWORD)
    with pytest.raises(WrongSecret):
        people.open_with_password(key, PASSWORD)


def test_copied_unlocker_row_is_refused(vault):
    key, secret, _ = vault
    token = people.make_token(key, secret, label="", today=TODAY)
    row = key.unlockers.get(kind=UnlockerKind.TOKEN)
    Unlocker.objects.filter(pk=row.pk).update(id=uuid.uuid4())

    with pytest.raises(WrongSecret):
        people.open_with_token(token)


def test_another_secret_gets_no_unlocker_of_this_vault(vault):
    key, secret, _ = vault
    with pytest.raises(Tampered):
        people.set_password(key, Secret.new(), "een nieuw wachtwoord", TODAY)
    with pytest.raises(Tampered):
        people.make_token(key, Secret.new(), label="", today=TODAY)

    assert people.open_with_password(key, PASSWORD).check == secret.check


PRF, CREDENTIAL = bytes(range(32)), b"a credential of some device"


@pytest.fixture
def passkey(vault):
    key, secret, _code = vault
    return people.set_passkey(
        key, secret, credential=CREDENTIAL, prf=PRF, label="Werklaptop", today=TODAY
    )


def test_passkey_opens_beside_password_and_code(vault, passkey):
    key, secret, code = vault

    opened = people.open_with_passkey(key, credential=CREDENTIAL, prf=PRF)

    assert opened.check == secret.check
    assert people.open_with_password(key, PASSWORD).check == secret.check
    assert people.open_with_recovery(key, code).check == secret.check
    assert PRF not in bytes(passkey.wrapped)
    assert PRF.hex() not in str(passkey.params)


@pytest.mark.parametrize(
    ("credential", "prf"),
    [
        (CREDENTIAL, bytes(32)),
        (CREDENTIAL, b""),
        (CREDENTIAL, PRF + b"\0"),
        (b"another device", PRF),
    ],
)
def test_another_device_or_another_answer_opens_nothing(
    vault, passkey, credential, prf
):
    with pytest.raises(WrongSecret):
        people.open_with_passkey(vault[0], credential=credential, prf=prf)


def test_wrapping_moved_to_another_passkey_opens_nothing(vault, passkey):
    passkey.params["credential"] = b"another device".hex()
    passkey.save()

    with pytest.raises(WrongSecret):
        people.open_with_passkey(vault[0], credential=b"another device", prf=PRF)


def test_two_passkeys_and_one_that_is_removed(vault, passkey):
    key, secret, _code = vault
    second = {"credential": b"key on the key ring", "prf": bytes(reversed(PRF))}
    people.set_passkey(key, secret, **second, label="Sleutelbos", today=TODAY)

    people.remove_passkey(key, CREDENTIAL)

    assert people.open_with_passkey(key, **second).check == secret.check
    with pytest.raises(WrongSecret):
        people.open_with_passkey(key, credential=CREDENTIAL, prf=PRF)


def test_each_vault_asks_the_device_something_else(vault):
    other, _secret, _code = people.make_person_key(password=PASSWORD, today=TODAY)

    assert people.passkey_input(vault[0]) == people.passkey_input(vault[0])
    assert people.passkey_input(vault[0]) != people.passkey_input(other)
