"""Leaving: access ends in the same moment, and no case stays without a handler."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from cases import services as cases
from cases.models import Case
from tests.cast import PASSWORD
from tests.custody import stage
from weerbaar.accounts import services as accounts
from weerbaar.accounts import trust
from weerbaar.accounts.models import Membership, User
from weerbaar.accounts.roles import Permission
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.custody import services
from weerbaar.notices.models import Notice
from weerbaar.vault.core import WrongSecret
from weerbaar.vault.models import Grant, Unlocker
from weerbaar.web.refusals import NotAllowed

pytestmark = pytest.mark.django_db


def owner(case):
    found = [a.user for a in cases.people_on(case) if a.capacity == "owner"]
    return found[0] if found else None


def end(user, *, by, keyring=None, to=None, **more):
    place = Membership.objects.filter(user=user).first().organisation
    return services.end_membership(
        place, user, to=to, by=by, keyring=keyring, now=timezone.now(), **more
    )


@pytest.fixture
def owned(open_report, bram, sanne, keyring_of, now):
    """A case that Sanne handles."""
    case, _words = open_report()
    cases.assign(case, sanne, by=bram, keyring=keyring_of(bram), now=now)
    return case


def test_access_ends_at_once(sanne, bram, signed_in, owned, keyring_of, now) -> None:
    client, key = signed_in(sanne), sanne.key
    token = accounts.make_api_token(
        sanne, keyring_of(sanne).open(sanne.key_id), label="zaaksysteem", now=now
    )
    assert client.get(reverse("worklist")).status_code == 200

    end(sanne, by=bram, keyring=keyring_of(bram))

    assert client.get(reverse("worklist")).status_code == 302
    assert not any(
        s.get_decoded().get("_auth_user_id") == str(sanne.pk)
        for s in Session.objects.all()
    )
    assert not Unlocker.objects.filter(key=key).exists()
    assert not Grant.objects.filter(holder=key).exists()
    gone = User.objects.get(pk=sanne.pk)
    assert not gone.is_active
    assert not gone.may_anywhere(Permission.HANDLE_CASES)
    answer = client.get("/api/v1/cases", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    with pytest.raises(WrongSecret):
        accounts.recover_vault(gone, "x", PASSWORD, now=now)


def test_new_reports_go_to_the_others(
    sanne, bram, lindeveen, open_report, keyring_of
) -> None:
    end(sanne, by=bram, keyring=keyring_of(bram))

    today = timezone.localdate()
    found = trust.endorsed(lindeveen, Permission.HANDLE_CASES, today)
    assert found == [bram]


def test_cases_go_to_the_named_colleague(sanne, bram, daan, owned, keyring_of) -> None:
    end(sanne, by=bram, keyring=keyring_of(bram), to=daan)

    assert owner(owned) == daan
    assert not owned.commitments.open().exclude(owner=daan).exists()
    told = Notice.objects.filter(kind=Kind.CASE_ASSIGNED, recipient=daan)
    assert told.exists()


def test_named_colleague_who_is_recused_gets_nothing(
    sanne, bram, daan, open_report, keyring_of, now
) -> None:
    case, _words = open_report(recused=[str(daan.pk)])
    cases.assign(case, sanne, by=bram, keyring=keyring_of(bram), now=now)

    end(sanne, by=bram, keyring=keyring_of(bram), to=daan)

    assert owner(case) == bram
    assert case not in Case.objects.visible_to(daan)


def test_administrator_ends_access_without_gaining_any(
    sanne, bram, gijs, owned
) -> None:
    end(sanne, by=gijs)

    assert owner(owned) == bram
    assert not Grant.objects.filter(
        key_id=owned.case_key_id, holder=gijs.key_id
    ).exists()


def test_deputy_comes_before_others(sanne, bram, daan, owned, keyring_of, now) -> None:
    until = timezone.localdate() + timedelta(days=9)
    cases.deputise(
        owned, daan, until=until, by=sanne, keyring=keyring_of(sanne), now=now
    )

    end(sanne, by=bram, keyring=keyring_of(bram))

    assert owner(owned) == daan


def test_case_that_nobody_else_opens_waits_for_the_root(
    sanne, bram, owned, keyring_of
) -> None:
    Grant.objects.filter(key_id=owned.case_key_id, holder=bram.key_id).delete()

    left = end(sanne, by=bram, keyring=keyring_of(bram))

    assert left.stranded == 1
    assert Grant.objects.filter(key_id=owned.case_key_id).count() == 1


def test_office_elsewhere_stays(sanne, bram, kromwaard, keyring_of, owned) -> None:
    Membership.objects.create(user=sanne, organisation=kromwaard, role="handler")

    end(sanne, by=bram, keyring=keyring_of(bram))

    still = User.objects.get(pk=sanne.pk)
    assert still.is_active
    assert [m.organisation for m in still.current_memberships()] == [kromwaard]
    assert Unlocker.objects.filter(key=sanne.key).exists()
    assert not Grant.objects.filter(key_id=owned.case_key_id, holder=sanne.key).exists()


def test_whom_she_confirmed_stays_unless_her_key_was_stolen(
    noor, sanne, bram, lindeveen, keyring_of, now
) -> None:
    from weerbaar.accounts.endorsing import endorse_colleague

    endorse_colleague(
        Membership.objects.select_related("organisation", "user__key").get(user=noor),
        stage.six_words(noor),
        by=sanne,
        keyring=keyring_of(sanne),
        now=now,
    )
    assert trust.counts(noor, lindeveen, Permission.HANDLE_CASES)

    end(sanne, by=bram, keyring=keyring_of(bram), broken=True)

    assert not trust.counts(noor, lindeveen, Permission.HANDLE_CASES)


@pytest.mark.parametrize("who", ["chris", "esma", "femke", "noor"])
def test_nobody_else_ends_a_membership(sanne, who, request) -> None:
    stranger = request.getfixturevalue(who)

    with pytest.raises(NotAllowed):
        end(sanne, by=stranger)


def test_nobody_ends_herself(sanne, gijs) -> None:
    with pytest.raises(NotAllowed):
        end(sanne, by=sanne)
    with pytest.raises(NotAllowed):
        end(gijs, by=gijs)


def test_who_comes_back_begins_with_a_new_vault(
    sanne, bram, lindeveen, keyring_of, now
) -> None:
    former = sanne.key_id
    end(sanne, by=bram, keyring=keyring_of(bram))

    again = accounts.invite(
        email=sanne.email,
        name=sanne.name,
        organisation=lindeveen,
        role="handler",
        by=bram,
        now=timezone.now(),
    )
    accounts.make_vault(again, PASSWORD, by=again, now=now)

    back = User.objects.get(pk=sanne.pk)
    assert back.is_active
    assert back.key_id != former
    assert not trust.counts(back, lindeveen, Permission.HANDLE_CASES)


def test_it_is_an_event_and_colleagues_are_told(
    sanne, bram, daan, owned, keyring_of
) -> None:
    end(sanne, by=bram, keyring=keyring_of(bram))

    kinds = Event.objects.filter(actor_id=bram.pk).values_list("kind", flat=True)
    assert {
        Kind.PERSON_LEFT,
        Kind.ENDORSEMENT_ENDED,
        Kind.CASE_LEFT,
        Kind.CASE_ASSIGNED,
    } <= set(kinds)
    told = Notice.objects.filter(kind=Kind.ENDORSEMENT_ENDED)
    assert [n.recipient for n in told] == [daan]


def test_page_asks_for_the_paper_of_a_holder(sanne, bram, lindeveen, signed_in) -> None:
    stage.share_out(lindeveen, [bram, sanne, None])
    client = signed_in(bram)
    url = reverse("colleague-leave", args=[Membership.objects.get(user=sanne).pk])

    assert "deel 2 van de hoofdsleutel" in client.get(url).content.decode()
    assert client.post(url, {"to": ""}).url == reverse("colleagues")
    assert "Sanne de Jong is beëindigd" in client.get("/collegas/").content.decode()
    assert sanne.name not in client.get("/collegas/nalopen/").content.decode()


def test_partner_who_leaves_reads_no_package_any_more(
    esma, ondersteuningsteam, gijs
) -> None:
    key = esma.key
    end(esma, by=gijs)

    assert not Grant.objects.filter(holder=key).exists()
