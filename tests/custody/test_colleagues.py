"""Colleagues: what counts and by whom, and confirming a key in a minute."""

import pytest
from django.urls import reverse

from tests.custody import stage
from weerbaar.accounts import endorsing, services
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import Membership, User
from weerbaar.audit.kinds import Kind
from weerbaar.custody.services import Standing, colleagues_of
from weerbaar.notices.models import Notice
from weerbaar.vault.models import Endorsement, Grant

pytestmark = pytest.mark.django_db


def number_of(user):
    return Membership.objects.get(user=user).pk


def standing(place, user, today):
    found = [c for c in colleagues_of(place, today) if c.user == user]
    return found[0].standing


def confirm(client, user, words):
    url = reverse("colleague-endorse", args=[number_of(user)])
    return client.post(url, {"words": words})


def test_page_tells_of_each_what_counts_and_by_whom(
    noor, bram, sanne, lindeveen, signed_in, now
) -> None:
    services.invite(
        email="puck@lindeveen.example",
        name="Puck Prins",
        organisation=lindeveen,
        role="handler",
        by=bram,
        now=now,
    )
    page = signed_in(bram).get(reverse("colleagues")).content.decode()

    assert "door de hoofdsleutel" in page
    assert "Sleutel nog niet bevestigd" in page
    assert "Nog geen kluis" in page
    assert stage.six_words(bram) in page
    assert stage.six_words(noor) not in page


def test_key_is_confirmed_by_typing_what_was_read_out(
    noor, bram, sanne, lindeveen, signed_in, open_report, now
) -> None:
    client = signed_in(bram)
    sloppy = " ".join(w[:4].upper() for w in stage.six_words(noor).split())

    assert confirm(client, noor, sloppy).url == reverse("colleagues")

    assert standing(lindeveen, noor, now.date()) == Standing.COUNTS
    assert "door Bram Visser op" in client.get("/collegas/").content.decode()
    case, _words = open_report()
    assert Grant.objects.filter(key_id=case.case_key_id, holder=noor.key_id).exists()
    told = Notice.objects.filter(kind=Kind.PERSON_ENDORSED)
    assert {n.recipient for n in told} == {sanne, noor}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Vul de zes woorden in"),
        ("zomaar", "zes woorden"),
        ("fietsbel xqzw", "staat niet in onze lijst"),
    ],
)
def test_words_that_are_none_are_pointed_out(noor, bram, signed_in, typed, said):
    answer = confirm(signed_in(bram), noor, typed)

    assert said in answer.content.decode()
    assert not Endorsement.objects.filter(person_id=noor.pk).exists()


def test_words_of_another_key_sign_nothing_and_say_whom_to_call(
    noor, bram, sanne, signed_in
) -> None:
    answer = confirm(signed_in(bram), noor, stage.six_words(sanne))

    assert "beveiligingsfunctionaris" in answer.content.decode()
    assert not Endorsement.objects.filter(person_id=noor.pk).exists()


def test_who_does_not_count_confirms_nobody(noor, sanne, signed_in) -> None:
    client = signed_in(noor)

    assert confirm(client, sanne, stage.six_words(sanne)).status_code == 403
    page = client.get(reverse("colleagues")).content.decode()
    assert reverse("colleague-endorse", args=[number_of(noor)]) not in page


def test_colleague_of_elsewhere_does_not_exist_here(noor, chris, signed_in) -> None:
    assert confirm(signed_in(chris), noor, stage.six_words(noor)).status_code == 404


def test_own_words_are_those_of_the_vault_that_is_open(
    noor, bram, signed_in, keyring_of
) -> None:
    """A row that names another key for Bram changes what others see, not this."""
    client = signed_in(bram)
    before = stage.six_words(bram)
    User.objects.filter(pk=noor.pk).update(key=None)
    User.objects.filter(pk=bram.pk).update(key=noor.key_id)

    assert before in client.get(reverse("colleagues")).content.decode()


def test_ended_key_is_shown_as_ended(sanne, bram, lindeveen, signed_in, now) -> None:
    endorsing.end_trust(sanne, lindeveen, by=bram, now=now)

    assert standing(lindeveen, sanne, now.date()) == Standing.ENDED
    assert "Sleutel beëindigd" in signed_in(bram).get("/collegas/").content.decode()
    told = Notice.objects.filter(kind=Kind.ENDORSEMENT_ENDED)
    assert [n.recipient for n in told] == [sanne]


def test_forged_row_does_not_show_as_confirmed(noor, bram, lindeveen, now) -> None:
    Endorsement.objects.create(
        key=noor.key,
        organisation_id=lindeveen.pk,
        person_id=noor.pk,
        role="handler",
        by_key=bram.key,
        signature=bytes(64),
        made_on=now.date(),
    )

    assert standing(lindeveen, noor, now.date()) == Standing.WAITS


def test_partner_desk_confirms_its_own_people(
    esma, ondersteuningsteam, signed_in, now
) -> None:
    user = services.invite(
        email="omar@ondersteuningsteam.example",
        name="Omar Haddad",
        organisation=ondersteuningsteam,
        role="partner_desk",
        by=SYSTEM,
        now=now,
    )
    services.make_vault(user, "een lang wachtwoord", by=user, now=now)

    confirm(signed_in(esma), user, stage.six_words(user))

    assert standing(ondersteuningsteam, user, now.date()) == Standing.COUNTS


def test_menu_leads_there_who_receives_something_and_administrators(
    bram, esma, gijs, femke, lotte, signed_in
) -> None:
    seen = {
        user.get_short_name(): 'href="/collegas/"'
        in signed_in(user).get("/account/").content.decode()
        for user in (bram, esma, gijs, femke, lotte)
    }

    there = dict.fromkeys(["Bram", "Esma", "Gijs", "Femke"], True)
    assert seen == there | {"Lotte": False}


def test_administrator_looks_at_any_organisation_and_confirms_nobody(
    gijs, noor, lindeveen, signed_in
) -> None:
    client = signed_in(gijs)

    page = client.get("/collegas/?organisatie=lindeveen").content.decode()

    assert noor.name in page
    assert "bevestigen/" not in page
    assert confirm(client, noor, stage.six_words(noor)).status_code == 403


def test_list_takes_as_many_queries_for_one_as_for_many(
    bram, sanne, daan, noor, lindeveen, now, django_assert_num_queries
) -> None:
    with django_assert_num_queries(4):
        colleagues_of(lindeveen, now.date())
