"""A new vault for who lost everything, and a new key for a vault that still opens."""

import pytest
from django.urls import reverse

from cases.models import Case
from cases.services import NotVouchedFor
from tests.cast import PASSWORD
from tests.custody import stage
from weerbaar.accounts import endorsing, trust
from weerbaar.accounts.models import Membership, User
from weerbaar.accounts.roles import Permission
from weerbaar.custody import services
from weerbaar.vault.core import WrongSecret
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Endorsement, Grant, Unlocker
from weerbaar.vault.people import open_with_password
from weerbaar.web.refusals import NotAllowed

pytestmark = pytest.mark.django_db
HANDLES = Permission.HANDLE_CASES


def member(user):
    found = Membership.objects.select_related("organisation", "user__key")
    return found.get(user=user)


def visible(user):
    return set(Case.objects.visible_to(User.objects.get(pk=user.pk)))


@pytest.fixture
def lost(sanne, now):
    """Sanne with a new vault, which nobody has confirmed."""
    services.start_over(sanne, PASSWORD, now=now)
    return User.objects.select_related("key").get(pk=sanne.pk)


def test_new_vault_opens_nothing_and_counts_for_nothing(
    sanne, bram, open_report, lindeveen, now
) -> None:
    open_report()
    former = sanne.key_id
    assert visible(sanne)

    services.start_over(sanne, PASSWORD, now=now)

    anew = User.objects.get(pk=sanne.pk)
    assert anew.key_id != former
    assert visible(anew) == set()
    assert not trust.counts(anew, lindeveen, HANDLES)
    assert not Grant.objects.filter(holder_id=former).exists()
    assert not Unlocker.objects.filter(key_id=former).exists()


def test_colleague_confirms_and_hands_the_cases(
    lost, bram, lindeveen, open_report, keyring_of, now
) -> None:
    case, _words = open_report()
    open_report(recused=[str(lost.pk)])
    doing = {"by": bram, "keyring": keyring_of(bram), "now": now}
    with pytest.raises(NotVouchedFor):
        services.hand_cases(member(lost), **doing)

    endorsing.endorse_colleague(member(lost), stage.six_words(lost), **doing)
    given = services.hand_cases(member(lost), **doing)

    assert (given.given, given.closed) == (1, 1)
    assert visible(lost) == {case}
    assert services.hand_cases(member(lost), **doing).given == 0


def test_colleague_gives_only_what_she_herself_opens(
    lost, bram, daan, open_report, keyring_of, now
) -> None:
    open_report(recused=[str(daan.pk)])
    doing = {"by": daan, "keyring": keyring_of(daan), "now": now}
    endorsing.endorse_colleague(member(lost), stage.six_words(lost), **doing)

    assert services.hand_cases(member(lost), **doing).given == 0
    assert visible(lost) == set()


@pytest.mark.parametrize("who", ["gijs", "chris", "esma", "noor"])
def test_nobody_else_hands_cases(lost, who, request, keyring_of, now) -> None:
    stranger = request.getfixturevalue(who)

    with pytest.raises(NotAllowed):
        services.hand_cases(
            member(lost), by=stranger, keyring=keyring_of(stranger), now=now
        )


def test_wrong_password_changes_nothing(sanne, now) -> None:
    with pytest.raises(WrongSecret):
        services.start_over(sanne, "iets anders dan dit", now=now)

    assert User.objects.get(pk=sanne.pk).key_id == sanne.key_id


def test_it_goes_through_the_pages(
    sanne, bram, open_report, signed_in, client, lindeveen
) -> None:
    case, _words = open_report()
    hers = signed_in(sanne)
    hers.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert (
        "huidige wachtwoord"
        in hers.post(
            reverse("vault-anew"), {"password": "iets anders"}
        ).content.decode()
    )
    made = hers.post(reverse("vault-anew"), {"password": PASSWORD})
    assert "Uw herstelcode" in made.content.decode()
    hers.post(reverse("recovery-code"), {"kept": "1"})
    anew = User.objects.select_related("key").get(pk=sanne.pk)
    assert stage.six_words(anew) in hers.get("/collegas/").content.decode()

    his, number = signed_in(bram), member(anew).pk
    words = {"words": stage.six_words(anew)}
    his.post(reverse("colleague-endorse", args=[number]), words)
    done = his.post(reverse("colleague-cases", args=[number]), follow=True)

    assert "1 zaak" in done.content.decode()
    assert visible(sanne) == {case}
    assert hers.get(reverse("case", args=[case.reference])).status_code == 200


def renewed(user, keyring_of, now, *, suspected=False):
    """The person with a new key, and the keyring that the new one opens."""
    secret, _code = services.renew_vault(
        user, PASSWORD, suspected=suspected, keyring=keyring_of(user), now=now
    )
    return User.objects.select_related("key").get(pk=user.pk), Keyring(secret)


def test_new_key_keeps_every_case_and_receives_the_next(
    bram, sanne, daan, open_report, keyring_of, now, lindeveen
) -> None:
    case, _words = open_report(anonymity="confidential", identity={"name": "Anna"})
    closed, _words = open_report(recused=[str(sanne.pk)])
    before, old, had = sanne.key, keyring_of(sanne), set(grants(sanne.key))

    anew, ring = renewed(sanne, keyring_of, now)

    assert anew.key_id != before.pk
    assert set(grants(anew.key)) == had
    assert not grants(before)
    assert ring.holds(case.case_key_id)
    assert not ring.holds(closed.case_key_id)
    assert not old.holds(case.case_key_id), "the former key opens nothing"
    with pytest.raises(WrongSecret):
        open_with_password(before, PASSWORD)
    assert trust.counts(anew, lindeveen, Permission.HANDLE_CASES)
    later, _words = open_report()
    assert visible(anew) == {case, later}


def test_new_key_after_suspicion_waits_for_a_colleague(
    bram, sanne, open_report, keyring_of, now, lindeveen
) -> None:
    case, _words = open_report()
    anew, ring = renewed(sanne, keyring_of, now, suspected=True)

    assert ring.holds(case.case_key_id), "what she had, she keeps"
    assert not trust.counts(anew, lindeveen, Permission.HANDLE_CASES)
    later, _words = open_report()
    assert visible(anew) == {case}
    endorsing.endorse_colleague(
        member(anew), stage.six_words(anew), by=bram, keyring=keyring_of(bram), now=now
    )
    assert trust.counts(anew, lindeveen, Permission.HANDLE_CASES)
    assert not ring.holds(later.case_key_id)


def test_stolen_former_key_vouches_for_nobody_after_suspicion(
    bram, sanne, noor, keyring_of, now, lindeveen
) -> None:
    stolen = keyring_of(sanne).open(sanne.key_id)
    endorsing.endorse(member(noor), secret=stolen, by=sanne, now=now)
    assert trust.counts(noor, lindeveen, Permission.HANDLE_CASES), "until she says so"

    renewed(sanne, keyring_of, now, suspected=True)
    Endorsement.objects.filter(person_id=noor.pk).delete()
    endorsing.endorse(member(noor), secret=stolen, by=sanne, now=now)

    assert not trust.counts(noor, lindeveen, Permission.HANDLE_CASES)


def test_new_key_for_another_password_changes_nothing(sanne, keyring_of, now) -> None:
    with pytest.raises(WrongSecret):
        services.renew_vault(
            sanne, "iets anders", suspected=False, keyring=keyring_of(sanne), now=now
        )
    assert keyring_of(User.objects.get(pk=sanne.pk))


def test_key_is_renewed_on_the_page_and_the_session_goes_on(
    sanne, bram, open_report, signed_in
) -> None:
    case, _words = open_report()
    hers, page = signed_in(sanne), reverse("vault-renew")
    wrong = hers.post(page, {"password": "iets anders"}).content.decode()
    assert "huidige wachtwoord" in wrong
    made = hers.post(page, {"password": PASSWORD})
    assert "Uw herstelcode" in made.content.decode()
    hers.post(reverse("recovery-code"), {"kept": "1"})
    assert hers.get(reverse("case", args=[case.reference])).status_code == 200


def grants(key) -> list[tuple[object, int]]:
    return list(Grant.objects.filter(holder=key).values_list("key_id", "share"))
