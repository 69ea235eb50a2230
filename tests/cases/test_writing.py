"""Words and codes: sealed to the right readers, never lost to a second one."""

from datetime import date
from uuid import uuid4

import pytest

from cases import services
from cases.models import DIALOGUE, INTERNAL, Case, CommitmentState, StatementKind
from cases.services.sealing import open_statement
from tests.cases.asking import doing
from weerbaar import codes
from weerbaar.accounts.actors import Reporter
from weerbaar.vault.core import NoAccess, VaultError
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import NotAllowed


@pytest.fixture
def case(open_report) -> Case:
    made, _words = open_report()
    return made


def test_a_note_stays_inside_and_a_message_goes_to_the_dialogue(
    case, bram, keyring_of, now
) -> None:
    who = doing(bram, keyring_of, now)
    note = services.write_note(case, "Let op.", **who)
    message = services.send_message(case, "Dank u.", **who)

    assert note.key_id == case.case_key_id
    assert message.key_id == case.dialogue_key_id
    # The reporter's own vault opens the dialogue, and nothing else.
    hers = Keyring(who["keyring"].open(case.dialogue_key_id))
    assert [o.text for o in services.read_thread(case, DIALOGUE, hers)] == ["Dank u."]
    with pytest.raises(NoAccess):
        services.read_thread(case, INTERNAL, hers)


def test_a_message_keeps_the_first_contact_and_may_ask_for_an_answer(
    case, bram, keyring_of, now
) -> None:
    services.send_message(
        case, "Dank u.", answer_by=date(2026, 5, 19), **doing(bram, keyring_of, now)
    )
    anna = Reporter(case.dialogue_key_id)
    awaited = case.commitments.get(kind="reply")
    assert case.commitments.get(kind="first_contact").state == CommitmentState.KEPT
    assert awaited.awaits == "reporter"

    services.reply(case, "Graag.", by=anna, keyring=keyring_of(bram), now=now)

    awaited.refresh_from_db()
    assert awaited.state == CommitmentState.KEPT


def test_the_same_words_twice_are_once_and_other_words_are_not_lost(
    case, bram, keyring_of, now
) -> None:
    """Somebody goes back after sending, changes a word and sends again."""
    who, once = doing(bram, keyring_of, now), uuid4()
    day = date(2026, 5, 19)

    def send(text: str) -> None:
        services.send_message(case, text, answer_by=day, once=once, **who)

    for text in ("Ik bel om 10 uur.", "Ik bel om 10 uur.", "Ik bel om 11 uur."):
        send(text)

    thread = services.read_thread(case, DIALOGUE, who["keyring"])
    assert [o.text for o in thread] == ["Ik bel om 10 uur.", "Ik bel om 11 uur."]
    assert case.commitments.filter(kind="reply").count() == 2


def test_empty_and_endless_words_are_refused(case, bram, keyring_of, now) -> None:
    who = doing(bram, keyring_of, now)

    with pytest.raises(services.WordsMissing):
        services.write_note(case, " \n", **who)
    with pytest.raises(services.TooLong):
        services.write_note(case, "a" * 20_001, **who)

    assert not case.statements.of_kinds([StatementKind.NOTE]).exists()


def test_the_second_writer_is_told_and_overwrites_nothing(
    case, bram, sanne, open_report, keyring_of, now
) -> None:
    case, _words = open_report()
    services.classify(
        case, {"severity": "serious"}, revision=1, **doing(bram, keyring_of, now)
    )

    with pytest.raises(services.EditConflict):
        services.classify(
            case,
            {"severity": "less_serious"},
            revision=1,
            **doing(sanne, keyring_of, now),
        )

    case.refresh_from_db()
    assert case.revision == 2
    assert services.header_of(case, keyring_of(bram)).severity == "serious"


def test_complete_codes_are_known_without_opening(case, bram, keyring_of, now) -> None:
    who = doing(bram, keyring_of, now)
    services.classify(case, {"severity": "serious"}, revision=1, **who)
    assert not Case.objects.get().is_classified

    services.classify(case, {"police": "melding"}, revision=2, **who)

    assert Case.objects.get().is_classified


def test_an_old_header_does_not_open_in_the_place_of_a_new_one(
    case, bram, keyring_of, now
) -> None:
    old = bytes(case.header)
    services.classify(
        case, {"severity": "serious"}, revision=1, **doing(bram, keyring_of, now)
    )
    Case.objects.update(header=old)

    with pytest.raises(VaultError):
        services.header_of(Case.objects.get(), keyring_of(bram))


def test_words_do_not_open_in_another_case(
    case, open_report, bram, keyring_of, now
) -> None:
    other, _words = open_report()
    note = services.write_note(case, "Let op.", **doing(bram, keyring_of, now))
    note.case = other

    with pytest.raises(VaultError):
        open_statement(note, keyring_of(bram).open(note.key_id))


def test_an_unknown_wish_or_code_is_refused(case, bram, keyring_of, now) -> None:
    anna = Reporter(case.dialogue_key_id)

    with pytest.raises(codes.UnknownCode):
        services.change_wish(case, "boos", by=anna, keyring=keyring_of(bram), now=now)
    with pytest.raises(codes.UnknownCode):
        services.classify(
            case, {"types": ["x"]}, revision=1, **doing(bram, keyring_of, now)
        )


def test_only_the_own_reporter_replies(
    case, open_report, bram, keyring_of, now
) -> None:
    other, _words = open_report()
    stranger = Reporter(other.dialogue_key_id)

    for verb in (services.reply, services.change_wish):
        with pytest.raises(NotAllowed):
            verb(case, "record", by=stranger, keyring=keyring_of(bram), now=now)


def test_a_stranger_writes_nothing(case, chris, daan, keyring_of, now) -> None:
    who = doing(chris, keyring_of, now)

    with pytest.raises(NotAllowed):
        services.write_note(case, "Let op.", **who)
    with pytest.raises(NotAllowed):
        services.send_message(case, "Dank u.", **who)
    with pytest.raises(NotAllowed):
        services.classify(case, {"severity": "serious"}, revision=1, **who)
