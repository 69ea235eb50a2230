"""What was published is signed by the worker, and only what the worker made itself."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.urls import reverse

from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.audit.notes import Forged, Signer, Verifier, open_note
from weerbaar.audit.signers import KeyMissing
from weerbaar.network import keys, services
from weerbaar.network.bundles import bundle_of
from weerbaar.network.models import Attestation, Release, Withdrawal, digest_of
from weerbaar.network.services.signing import NotMade
from weerbaar.outbox.models import Message
from weerbaar.vault.core import Secret

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.NETWORK_KEYS = tmp_path / "network"
    return settings.NETWORK_KEYS


def signed(release, now):
    return services.sign(
        release.pk,
        keys.read_figures_signer,
        was_made=keys.was_made,
        now=now,
    )


def test_publication_is_signed_in_words_that_fit_it(folder, published, august) -> None:
    assert Message.objects.filter(task="network.sign", ref=str(published.pk)).exists()
    keys.remember_made(published.digest)

    [made] = signed(published, august)

    text = open_note(made.note, Verifier.read(made.verifier))
    assert text.splitlines()[1:] == [
        "act published",
        "period 2026 Q1-Q2",
        "vintage 1",
        "status provisional",
        f"release {published.digest}",
        f"plan {published.snapshot['planDigest']}",
        f"seed {published.seed_commitment}",
        "day 2026-08-04",
    ]
    assert Event.objects.filter(kind=Kind.RELEASE_SIGNED).count() == 1
    assert signed(published, august) == []


def test_withdrawal_is_signed_beside_the_publication(
    folder, published, femke, august
) -> None:
    keys.remember_made(published.digest)
    signed(published, august)
    services.withdraw(
        published, why=Withdrawal.WRONG, words="Verwisseld.", by=femke, now=august
    )

    [made] = signed(published, august + timedelta(minutes=1))

    assert "act withdrawn" in open_note(made.note, Verifier.read(made.verifier))
    assert [a.act for a in published.attestations.all()] == ["published", "withdrawn"]


def test_lost_key_is_not_replaced_unseen_and_the_signature_waits(
    folder, published, another, august
) -> None:
    keys.remember_made(published.digest)
    [first] = signed(published, august)
    kept = (folder / "signing.key").rename(folder / "elsewhere")
    newer = another(august + timedelta(days=100))
    keys.remember_made(newer.digest)

    for lost in (lambda: signed(newer, august), lambda: call_command("figures_key")):
        with pytest.raises((KeyMissing, CommandError)):
            lost()
    assert not newer.attestations.exists()

    call_command("figures_key", "--begin")
    [other] = signed(newer, august)
    assert other.verifier != first.verifier
    with pytest.raises(CommandError, match="There is a key already"):
        call_command("figures_key", "--begin")
    assert kept.exists()


def test_figures_that_this_worker_did_not_make_are_not_signed(
    folder, published, august
) -> None:
    """Who writes the database puts in a release of his own, whole and fitting."""
    keys.remember_made(published.digest)
    published.snapshot["totals"]["incident"] += 5
    Release.objects.filter(pk=published.pk).update(
        snapshot=published.snapshot, digest=digest_of(published.snapshot)
    )

    with pytest.raises(NotMade):
        signed(published, august)
    assert not Attestation.objects.exists()


def test_note_of_another_key_is_forged(folder, published, august) -> None:
    keys.remember_made(published.digest)
    [made] = signed(published, august)
    changed = made.note.replace("vintage 1", "vintage 2")

    with pytest.raises(Forged):
        open_note(changed, Verifier.read(made.verifier))


def test_signature_is_not_changed_afterwards(folder, published, august) -> None:
    keys.remember_made(published.digest)
    [made] = signed(published, august)

    with pytest.raises(DatabaseError), transaction.atomic():
        Attestation.objects.filter(pk=made.pk).update(note="iets anders")


def test_log_of_publications_shows_what_was_sworn_to(
    folder, published, bram, august, signed_in
) -> None:
    page = reverse("figures-ledger")
    assert "Nog niet ondertekend" in signed_in(bram).get(page).content.decode()
    keys.remember_made(published.digest)
    [made] = signed(published, august)

    shown = signed_in(bram).get(page).content.decode()

    for said in (published.digest, published.seed_commitment, "vintage 1"):
        assert said in shown
    assert made.verifier in shown


def test_bundle_carries_the_signature_and_the_checker_holds_it_to_a_known_key(
    folder, published, bram, august, signed_in, tmp_path, capsys
) -> None:
    keys.remember_made(published.digest)
    [made] = signed(published, august)
    page = reverse("figures-bundle", args=[published.pk])
    file = tmp_path / "bundle.zip"
    file.write_bytes(signed_in(bram).get(page).content)
    ours, other = made.verifier, str(Signer("elders/cijfers", Secret.new()).verifier)

    def told(*more: str) -> str:
        with suppress(SystemExit):
            call_command("check_release", str(file), "--language", "en", *more)
        return capsys.readouterr().out

    assert "The signature is of the key" in told("--key", ours)
    assert "[signature]" in told("--key", other)
    assert "signature" not in told()
    # A bundle of other figures under the same signature.
    note = published.signed_note
    published.snapshot["totals"]["incident"] = None
    file.write_bytes(bundle_of(published, note))
    assert "Nothing was found" not in told("--key", ours)
