"""Who found the note with seven words, or has them under duress."""

import pytest

from cases import services as cases
from intake import services
from tests.intake import filling
from weerbaar.vault.core import NoAccess

pytestmark = pytest.mark.django_db


def test_seven_words_open_the_dialogue_and_not_the_report(
    open_report, bram, keyring_of, now
):
    case, code = open_report(report={"text": filling.STORY})
    cases.send_message(
        case, text="Ik bel u.", by=bram, keyring=keyring_of(bram), now=now
    )

    access = services.enter(code, now=now)

    assert access.keyring.open(case.dialogue_key_id)
    for closed in (case.case_key_id, case.identity_key_id):
        if closed is not None:
            with pytest.raises(NoAccess):
                access.keyring.open(closed)


def test_mailbox_under_duress_shows_no_story_nor_kind(client, lindeveen, bram, daan):
    """Whoever has to show it shows that there is contact, not what happened."""
    code = filling.report(
        client,
        s4={"story": filling.STORY, "types": ["veiled_threat"]},
        s7={"anonymity": "named", "name": "Anna van der Meer"},
    )
    filling.enter(client, code)

    pages = [
        client.get(f"/mijn-melding/{page}")
        for page in ("overzicht/", "intrekken/", "toegang/", "wens/")
    ]

    assert {page.status_code for page in pages} == {200}
    told = " ".join(map(filling.text_of, pages)).lower()
    for word in ("zeppelinhal", "dreiging", "bedreig", "van der meer"):
        assert word not in told
