"""Who lost everything: a new vault, a new endorsement, the cases from colleagues."""

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
from weerbaar.vault.models import Grant, Unlocker
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
