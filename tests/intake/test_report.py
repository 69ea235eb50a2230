"""What becomes of the answers: types merged, fitting questions, names that stay out."""

from datetime import date

import pytest

from intake.services.report import (
    Contact,
    Report,
    asks_about_family,
    is_temptation,
    lacks_email,
    lacks_name,
    lacks_phone,
    merged_types,
    subject_of,
)
from weerbaar.accounts.models import Organisation
from weerbaar.codes import UnknownCode


@pytest.mark.parametrize(
    ("groups", "details", "merged"),
    [
        (["unknown"], [], []),
        (["temptation"], [], ["temptation"]),
        (["temptation"], ["gift_offer"], ["gift_offer"]),
        (["temptation", "stalking"], ["gift_offer"], ["stalking", "gift_offer"]),
        (["stalking"], ["gift_offer"], ["stalking"]),
        (["unknown", "stalking"], [], ["stalking"]),
    ],
)
def test_a_group_stands_for_itself_without_a_word_below_it(groups, details, merged):
    assert merged_types(groups, details) == merged


@pytest.mark.parametrize(
    ("groups", "only"),
    [
        (["temptation"], True),
        (["temptation", "unknown"], True),
        (["temptation", "stalking"], False),
        ([], False),
    ],
)
def test_only_temptation_has_its_own_words(groups, only):
    assert is_temptation(groups) is only


@pytest.mark.parametrize(
    ("types", "channels", "role", "asked"),
    [
        (["threat_against_family"], [], "self", True),
        ([], ["home"], "self", True),
        ([], [], "family", True),
        (["gift_offer"], ["phone"], "self", False),
    ],
)
def test_the_family_is_asked_about_where_it_is_touched(types, channels, role, asked):
    assert (
        asks_about_family(types=types, channels=channels, reporter_role=role) is asked
    )


def test_the_subject_is_in_the_words_of_the_code_list():
    assert subject_of(["stalking", "gift_offer"]) == (
        "stalking en belaging, aanbod van geschenk of dienst"
    )


def test_empty_answers_are_left_out_of_the_words():
    told = Report(Organisation(), occurred=date(2026, 5, 1)).words()

    assert told["text"] == ""
    assert told["answers"] == {
        "reporter_role": "self",
        "occurred": "2026-05-01",
        "wish": "not_sure",
        "anonymity": "anonymous",
    }
    assert Contact(phone="06").to_dict() == {"phone": "06"}


def test_an_anonymous_name_stays_out_of_the_case():
    given = Report(Organisation(), name="Anna", anonymity="anonymous").request(None)

    assert given.identity == {}


def test_who_gives_too_little_is_asked():
    assert lacks_phone(wish="call_me", channel="", phone="")
    assert lacks_phone(wish="record", channel="phone", phone="")
    assert not lacks_phone(wish="call_me", channel="phone", phone="06")
    assert lacks_email(channel="email", email="")
    assert lacks_email(channel="", email="anna de wit@x.nl")
    assert not lacks_email(channel="email", email="anna@voorbeeld.nl")
    assert not lacks_email(channel="", email="")
    assert lacks_name(anonymity="named", name="")
    assert not lacks_name(anonymity="anonymous", name="")


def test_a_code_that_does_not_exist_is_refused():
    with pytest.raises(UnknownCode):
        Report(Organisation(), types=["magie"]).header()
