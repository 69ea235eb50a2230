"""Signed notes: published ones open, and nothing else does."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weerbaar.audit.notes import (
    Forged,
    Head,
    NotANote,
    NoVerifier,
    Signer,
    Verifier,
    open_head,
    open_note,
)
from weerbaar.vault.core import Secret

# Of golang.org/x/mod/sumdb/note, where the format comes from.
PUBLISHED = [
    (
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
        "\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZ"
        "SNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
    ),
    (
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "This is an example message.\n"
        "\n"
        "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ER"
        "YNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
    ),
]
# The example of c2sp.org/tlog-checkpoint.
BODY = (
    "example.com/behind-the-sofa\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
)
NAME = "weerbaar.example/logboek"
OURS, OTHER = Secret.from_bytes(b"o" * 32), Secret.from_bytes(b"x" * 32)
VERIFIER = Signer(NAME, OURS).verifier
HEAD = Head(NAME, 7, b"r" * 32)


def signed(head: Head = HEAD, by: Secret = OURS, name: str = NAME) -> str:
    return Signer(name, by).sign(head.text)


@pytest.mark.parametrize(("key", "note"), PUBLISHED)
def test_published_note_opens(key: str, note: str) -> None:
    verifier = Verifier.read(key)

    assert str(verifier) == key
    assert open_note(note, verifier) == note[: note.index("\n\n") + 1]


def test_published_checkpoint_is_read() -> None:
    head = Head.read(BODY)

    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
    assert head.text == BODY


@settings(deadline=None)
@given(st.integers(0, 1 << 60), st.binary(min_size=32, max_size=32))
def test_signed_checkpoint_opens(size: int, root: bytes) -> None:
    head = Head(NAME, size, root)

    assert open_head(signed(head), VERIFIER) == head


@settings(deadline=None)
@given(st.data())
def test_changed_checkpoint_does_not_open(data: st.DataObject) -> None:
    note = signed()
    at = data.draw(st.integers(0, len(note) - 1))
    sign = data.draw(st.characters(codec="utf-8").filter(lambda c: c != note[at]))

    with pytest.raises((Forged, NotANote)):
        open_head(note[:at] + sign + note[at + 1 :], VERIFIER)
    with pytest.raises((Forged, NotANote)):
        open_head(note[:at], VERIFIER)


def test_checkpoint_by_another_key_does_not_open() -> None:
    with pytest.raises(Forged):
        open_head(signed(by=OTHER), VERIFIER)


def test_signature_under_our_key_id_by_another_does_not_open() -> None:
    """Four bytes of id are found by trying; they prove nothing."""
    signature = base64.b64encode(VERIFIER.key_id + OTHER.sign(HEAD.text.encode()))
    note = f"{HEAD.text}\n— {NAME} {signature.decode()}\n"

    with pytest.raises(Forged):
        open_head(note, VERIFIER)


def test_checkpoint_of_another_log_does_not_open() -> None:
    with pytest.raises(Forged):
        open_head(signed(Head("other.example/logboek", 7, b"r" * 32)), VERIFIER)


def test_signature_of_a_witness_is_let_be() -> None:
    witness = Signer("witness.example", OTHER)
    cosigned = witness.sign(HEAD.text)
    note = signed() + cosigned[cosigned.index("\n\n") + 2 :]

    assert open_head(note, VERIFIER) == HEAD
    assert open_note(note, witness.verifier) == HEAD.text


def test_extension_line_is_let_be() -> None:
    note = Signer(NAME, OURS).sign(f"{HEAD.text}more\n")

    assert open_head(note, VERIFIER) == HEAD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name\n7\n",
        f"\n7\n{'A' * 43}=\n",
        f"name\n07\n{'A' * 43}=\n",
        f"name\n-7\n{'A' * 43}=\n",
        f"name\n{'7' * 5000}\n{'A' * 43}=\n",
        f"name\n٧\n{'A' * 43}=\n",
        "name\n7\nAAAA\n",
        f"name\n7\n{'A' * 42}B=\n",
        f"name\n7\n{'A' * 43}=\n\nmore\n",
    ],
)
def test_what_is_no_checkpoint_is_not_read(text: str) -> None:
    with pytest.raises(NotANote):
        Head.read(text)


@pytest.mark.parametrize("note", ["", "text\n", "text\n\n", "a\n\nb\n", "x" * 20_000])
def test_what_is_no_note_is_not_read(note: str) -> None:
    with pytest.raises((NotANote, Forged)):
        open_note(note, VERIFIER)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "name",
        "name+00000000+",
        "name+00000000+" + base64.b64encode(b"\x01" + b"k" * 32).decode(),
        "name+00000000+" + base64.b64encode(b"\x02" + b"k" * 32).decode(),
        str(VERIFIER)[:-4],
        str(VERIFIER).replace("weerbaar", "weerbar"),
    ],
)
def test_what_is_no_verifier_key_is_not_read(key: str) -> None:
    with pytest.raises(NoVerifier):
        Verifier.read(key)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nbreak"])
def test_name_of_a_log_is_one_word(name: str) -> None:
    with pytest.raises(NoVerifier):
        Verifier.of(name, OURS.public)
