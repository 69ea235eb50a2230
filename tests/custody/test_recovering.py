"""Recovery: enough holders, one person endorsed, and nobody reads about himself."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from cases.services import NotVouchedFor
from tests import factories
from tests.custody import stage
from weerbaar.accounts import endorsing, trust
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import Membership
from weerbaar.accounts.roles import Permission
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.custody import services
from weerbaar.custody.models import Ceremony, Holder, Purpose
from weerbaar.notices.models import Notice
from weerbaar.vault.core import Secret, Tampered
from weerbaar.vault.models import Endorsement, Grant
from weerbaar.vault.shares import UnreadableShare, split_secret
from weerbaar.web.refusals import NotAllowed

pytestmark = pytest.mark.django_db
HANDLES = Permission.HANDLE_CASES


def member(user):
    found = Membership.objects.select_related("organisation", "user__key")
    return found.get(user=user)


def visible(user):
    return set(Case.objects.visible_to(type(user).objects.get(pk=user.pk)))


class Table:
    """The table at which the holders sit."""

    def __init__(self, by, chosen, keyring):
        self.doing = {"by": by, "keyring": keyring, "now": timezone.now()}
        words = "" if by == chosen else stage.six_words(chosen)
        self.cookie = services.begin_recovery(member(chosen), words, **self.doing)

    def hand(self):
        return services.resume(Purpose.RECOVERY, self.cookie, **self.doing)

    def enter(self, share):
        text = share if isinstance(share, str) else share.text
        return services.enter_share(*self.hand(), text, self.cookie, **self.doing)

    def recover(self):
        return services.recover(*self.hand(), **self.doing)


@pytest.fixture
def shares(lindeveen, bram, sanne):
    """Bram and Sanne hold a share, and a notary who does not sign in."""
    return stage.share_out(lindeveen, [bram, sanne, None])


@pytest.fixture
def table(noor, keyring_of):
    return Table(noor, noor, keyring_of(noor))


@pytest.mark.parametrize("order", [(0, 1), (2, 0), (1, 2)])
def test_two_of_three_give_the_cases_in_any_order(
    shares, noor, lindeveen, open_report, table, order
) -> None:
    case, _words = open_report()
    assert visible(noor) == set()

    for number in order:
        table.enter(shares[number])
    given = table.recover()

    assert (given.given, given.closed) == (1, 0)
    assert visible(noor) == {case}
    assert noor in trust.endorsed(lindeveen, HANDLES, timezone.localdate())
    assert not Ceremony.objects.exists()


def test_one_share_is_not_enough(shares, noor, open_report, table) -> None:
    open_report()
    table.enter(shares[0])

    with pytest.raises(NotAllowed):
        table.recover()
    assert visible(noor) == set()


def test_same_share_twice_is_one_share(shares, table) -> None:
    table.enter(shares[0])

    with pytest.raises(services.ShareTwice):
        table.enter(shares[0])


def test_mistyped_share_is_found_before_it_counts(shares, table) -> None:
    words = list(shares[0].words)
    words[3], words[9] = words[9], words[3]

    with pytest.raises(UnreadableShare):
        table.enter(" ".join(words))
    assert table.hand()[1]["shares"] == []


def test_shares_of_another_root_open_nothing(shares, noor, open_report, table) -> None:
    """Somebody made a root of his own, with as many shares and as many needed."""
    open_report()
    others = split_secret(Secret.new(), threshold=2, many=3)
    table.enter(others[0])
    with pytest.raises(services.ForeignShare):
        table.enter(shares[1])
    table.enter(others[1])

    with pytest.raises(services.ForeignShare):
        table.recover()
    assert visible(noor) == set()
    assert not Endorsement.objects.filter(person_id=noor.pk).exists()


def test_case_stays_closed_for_a_recused_person(
    shares, noor, open_report, table
) -> None:
    open_case, _words = open_report()
    open_report(recused=[str(noor.pk)])

    table.enter(shares[1])
    table.enter(shares[2])
    given = table.recover()

    assert (given.given, given.closed) == (1, 1)
    assert visible(noor) == {open_case}


def test_case_stays_closed_when_a_holder_at_the_table_is_recused(
    shares, noor, bram, open_report, table, keyring_of
) -> None:
    case, _words = open_report(recused=[str(bram.pk)])
    for share in shares[:2]:
        table.enter(share)
    given = table.recover()
    assert (given.given, given.closed) == (0, 1)
    assert visible(noor) == set()

    # The other two holders, of whom none is recused, may open it.
    again = Table(noor, noor, keyring_of(noor))
    for share in shares[1:]:
        again.enter(share)
    given = again.recover()
    assert (given.given, given.closed) == (1, 0)
    assert visible(noor) == {case}


def test_row_that_hides_a_recused_holder_is_refused(
    shares, noor, bram, open_report, table
) -> None:
    """Who writes the database makes Bram's share that of an outsider."""
    open_report(recused=[str(bram.pk)])
    Holder.objects.filter(number=1).update(person=None)
    for share in shares[:2]:
        table.enter(share)

    with pytest.raises(Tampered):
        table.recover()
    assert visible(noor) == set()


def test_share_without_a_row_of_its_holder_is_refused(shares, table) -> None:
    Holder.objects.filter(number=1).delete()

    with pytest.raises(services.ForeignShare):
        table.enter(shares[0])


def test_key_that_was_ended_is_not_revived(
    shares, sanne, lindeveen, open_report, keyring_of, now
) -> None:
    """Who left by a handler's hand comes back with a new vault, or not at all."""
    endorsing.end_trust(sanne, lindeveen, by=SYSTEM, now=now)
    table = Table(sanne, sanne, keyring_of(sanne))
    for share in shares[:2]:
        table.enter(share)

    with pytest.raises(NotVouchedFor):
        table.recover()
    assert Endorsement.objects.filter(person_id=sanne.pk).count() == 1


def test_key_that_changed_between_comparing_and_recovering_gets_nothing(
    shares, noor, bram, table
) -> None:
    for share in shares[:2]:
        table.enter(share)
    other = member(bram).user.key
    type(bram).objects.filter(pk=bram.pk).update(key=None)
    type(noor).objects.filter(pk=noor.pk).update(key=other)

    with pytest.raises(services.MemberChanged):
        table.recover()


def test_six_words_of_another_begin_nothing(
    shares, noor, bram, sanne, keyring_of, now
) -> None:
    with pytest.raises(endorsing.FingerprintDiffers):
        services.begin_recovery(
            member(noor),
            stage.six_words(sanne),
            by=bram,
            keyring=keyring_of(bram),
            now=now,
        )
    assert not Ceremony.objects.exists()


def test_everything_is_an_event_and_every_colleague_is_told(
    shares, noor, bram, sanne, open_report, table
) -> None:
    case, _words = open_report()
    for share in shares[:2]:
        table.enter(share)
    table.recover()

    events = Event.objects.filter(actor_id=noor.pk)
    found = list(events.order_by("pk").values_list("kind", flat=True))
    assert found == [
        Kind.SHARE_ENTERED,
        Kind.SHARE_ENTERED,
        Kind.PERSON_ENDORSED,
        Kind.CASE_GRANTED,
        Kind.KEY_GRANTED,
        Kind.ROOT_RECOVERED,
    ]
    assert events.get(kind=Kind.CASE_GRANTED).about_id == case.pk
    for kind in (Kind.SHARE_ENTERED, Kind.PERSON_ENDORSED, Kind.ROOT_RECOVERED):
        told = Notice.objects.filter(kind=kind).values_list("recipient", flat=True)
        assert set(told) == {bram.pk, sanne.pk}


def test_administrator_alone_can_do_nothing_of_it(
    shares, gijs, noor, lindeveen, keyring_of, open_report, now
) -> None:
    """Also not when he writes himself into the organisation as a handler."""
    case, _words = open_report()
    asked = {"by": gijs, "keyring": keyring_of(gijs), "now": now}
    with pytest.raises(NotAllowed):
        services.begin_recovery(member(noor), stage.six_words(noor), **asked)
    with pytest.raises(NotAllowed):
        services.hand_cases(member(noor), **asked)

    Membership.objects.create(
        user=gijs, organisation=lindeveen, role="handler", starts_on=factories.SINCE
    )
    admin = type(gijs).objects.get(pk=gijs.pk)
    mine = Membership.objects.get(user=gijs, organisation=lindeveen)
    cookie = services.begin_recovery(mine, "", **{**asked, "by": admin})
    hand = services.resume(Purpose.RECOVERY, cookie, **{**asked, "by": admin})
    own = split_secret(Secret.new(), threshold=2, many=3)
    for share in own[:2]:
        services.enter_share(*hand, share.text, cookie, **{**asked, "by": admin})
    with pytest.raises(services.ForeignShare):
        services.recover(*hand, **{**asked, "by": admin})
    with pytest.raises(NotAllowed):
        services.hand_cases(member(noor), **{**asked, "by": admin})

    assert not Grant.objects.filter(
        key_id=case.case_key_id, holder__in=[gijs.key_id, noor.key_id]
    ).exists()


def test_without_a_pinned_root_there_is_nothing_to_recover(
    shares, noor, lindeveen, keyring_of, now
) -> None:
    stage.unpin(lindeveen)

    with pytest.raises(services.NothingToRecover):
        Table(noor, noor, keyring_of(noor))


def test_recovery_through_the_pages(shares, noor, bram, open_report, signed_in) -> None:
    case, _words = open_report()
    open_report(recused=[str(noor.pk)])
    client = signed_in(bram)
    number = member(noor).pk

    start = client.get(reverse("root")).content.decode()
    assert reverse("root-recovery") in start
    refused = client.post(reverse("root-recovery"), {"member": number, "words": ""})
    assert refused.status_code == 200
    begun = client.post(
        reverse("root-recovery"), {"member": number, "words": stage.six_words(noor)}
    )
    assert begun.url == reverse("root-shares")
    wrong = client.post(begun.url, {"share": "academic acid fiets"})
    assert "Woord 3" in wrong.content.decode()
    for share in shares[1:]:
        assert client.post(begun.url, {"share": share.text}).status_code == 302
    assert noor.name in client.get(begun.url).content.decode()

    done = client.post(begun.url).content.decode()

    assert "1 zaak blijft gesloten voor deze bewaarders" in done
    assert visible(noor) == {case}
