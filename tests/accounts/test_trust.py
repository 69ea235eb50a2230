"""Nobody receives a case because a row says so: written rows do nothing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases import services as cases
from cases.models import Case
from cases.services.opening import NobodyMayRead
from tests import factories
from tests.cast import PASSWORD
from weerbaar.accounts import endorsing, trust
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import Membership, User
from weerbaar.accounts.roles import Permission
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.vault import people
from weerbaar.vault.core import Secret
from weerbaar.vault.endorsing import NotEndorsed, fingerprint
from weerbaar.vault.granting import keep_key
from weerbaar.vault.models import Endorsement, Grant, Key, KeyKind
from weerbaar.vault.receipt import UnreadableReceipt
from weerbaar.web.refusals import NotAllowed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 12)
HANDLES = Permission.HANDLE_CASES


@pytest.fixture
def newcomer(lindeveen, bram) -> User:
    """What an administrator can make by writing rows: a handler with a vault."""
    key, _secret, _code = people.make_person_key(password=PASSWORD, today=TODAY)
    user = User.objects.create(
        email="noor@lindeveen.example", name="Noor Bakker", key=key
    )
    Membership.objects.create(
        user=user, organisation=lindeveen, role="handler", starts_on=TODAY
    )
    return user


def membership(user: User) -> Membership:
    return Membership.objects.select_related("organisation", "user__key").get(user=user)


def has_grant(case: Case, user: User) -> bool:
    return Grant.objects.filter(key_id=case.case_key_id, holder_id=user.key_id).exists()


def test_row_of_a_membership_receives_no_report(newcomer, bram, open_report) -> None:
    case, _words = open_report()

    assert has_grant(case, bram)
    assert not has_grant(case, newcomer)


def test_forged_endorsement_receives_no_report(newcomer, bram, open_report) -> None:
    """Everything that somebody who writes the database could write."""
    root = factories.root_secret("lindeveen").public.id
    own = people.open_with_password(newcomer.key, PASSWORD)
    claim = trust.claim_of(membership(newcomer))
    for by, signature in (
        (root, bytes(64)),
        (root, own.sign(claim.message)),
        (newcomer.key_id, own.sign(claim.message)),
        (bram.key_id, own.sign(claim.message)),
    ):
        Endorsement.objects.create(
            key=newcomer.key,
            organisation_id=claim.organisation_id,
            person_id=newcomer.pk,
            role="handler",
            by_key_id=by,
            signature=signature,
            made_on=TODAY,
        )

    case, _words = open_report()

    assert has_grant(case, bram)
    assert not has_grant(case, newcomer)


def test_own_root_in_the_database_is_no_root(newcomer, lindeveen, open_report) -> None:
    """A second root, and a signature by it: the pinned id decides."""
    mine = Secret.new()
    keep_key(mine, KeyKind.ROOT, today=TODAY)
    endorsing.endorse(membership(newcomer), secret=mine, by=SYSTEM, now=timezone.now())

    case, _words = open_report()

    assert not has_grant(case, newcomer)


def test_root_row_with_another_public_half_is_no_root(lindeveen, bram, now) -> None:
    root = Key.objects.get(pk=factories.root_secret("lindeveen").public.id)
    root.public = Secret.new().public.raw
    root.save()

    assert trust.root_of(lindeveen) is None
    assert trust.endorsed(lindeveen, HANDLES, TODAY) == []
    with pytest.raises(NobodyMayRead):
        factories.report(organisation=lindeveen, now=now)
    assert not Case.objects.exists()


def test_signed_row_moved_to_another_person_says_nothing(newcomer, bram, open_report):
    row = Endorsement.objects.get(person_id=bram.pk)
    row.pk, row.person_id, row.key_id = None, newcomer.pk, newcomer.key_id
    row.save(force_insert=True)

    case, _words = open_report()

    assert not has_grant(case, newcomer)


def test_public_half_swapped_under_a_handler_receives_nothing(
    newcomer, bram, sanne, open_report
) -> None:
    """The row of Sanne's person now names the key of somebody else."""
    User.objects.filter(pk=newcomer.pk).update(key=None)
    User.objects.filter(pk=sanne.pk).update(key=newcomer.key_id)

    case, _words = open_report()

    assert has_grant(case, bram)
    holders = Grant.objects.filter(key_id=case.case_key_id).values("holder_id")
    assert newcomer.key_id not in {row["holder_id"] for row in holders}


def test_organisation_that_took_a_name_is_not_pinned(lindeveen, kromwaard, chris):
    """Kromwaard renames itself: the pin knows Lindeveen by its id too."""
    lindeveen.slug = "lindeveen-oud"
    lindeveen.save()
    kromwaard.slug = "lindeveen"
    kromwaard.save()

    assert trust.root_of(kromwaard) is None
    assert trust.endorsed(kromwaard, HANDLES, TODAY) == []


def test_without_a_pin_nobody_counts(lindeveen, bram, tmp_path, settings) -> None:
    assert trust.endorsed(lindeveen, HANDLES, TODAY) == [bram]
    settings.ORGANISATION_ROOTS = tmp_path / "none.toml"

    assert trust.endorsed(lindeveen, HANDLES, TODAY) == []


def test_spoiled_file_of_pins_is_said(lindeveen, bram, tmp_path, settings) -> None:
    settings.ORGANISATION_ROOTS = tmp_path / "roots.toml"
    settings.ORGANISATION_ROOTS.write_text("[lindeveen\n")

    with pytest.raises(trust.PinsUnreadable):
        trust.endorsed(lindeveen, HANDLES, TODAY)


def test_colleague_is_endorsed_after_the_words_were_compared(
    newcomer, bram, keyring_of, open_report, now
) -> None:
    words = fingerprint(newcomer.key.public_key)
    sloppy = " ".join(word[:4].upper() for word in words.split())

    endorsing.endorse_colleague(
        membership(newcomer), sloppy, by=bram, keyring=keyring_of(bram), now=now
    )

    case, _words = open_report()
    assert has_grant(case, newcomer)
    event = Event.objects.filter(kind=Kind.PERSON_ENDORSED, actor_id=bram.pk).get()
    assert event.facts["person"] == str(newcomer.pk)


def test_wrong_words_sign_nothing(newcomer, bram, sanne, keyring_of, now) -> None:
    told = fingerprint(sanne.key.public_key)
    asked = {"by": bram, "keyring": keyring_of(bram), "now": now}

    with pytest.raises(endorsing.FingerprintDiffers):
        endorsing.endorse_colleague(membership(newcomer), told, **asked)
    with pytest.raises(UnreadableReceipt):
        endorsing.endorse_colleague(membership(newcomer), "zomaar wat", **asked)

    assert not Endorsement.objects.filter(person_id=newcomer.pk).exists()


@pytest.mark.parametrize("who", ["chris", "esma", "femke", "gijs"])
def test_stranger_vouches_for_nobody(newcomer, who, request, keyring_of, now) -> None:
    stranger = request.getfixturevalue(who)

    with pytest.raises(NotAllowed):
        endorsing.endorse_colleague(
            membership(newcomer),
            fingerprint(newcomer.key.public_key),
            by=stranger,
            keyring=keyring_of(stranger),
            now=now,
        )


def test_who_is_not_endorsed_vouches_for_nobody(newcomer, sanne, keyring_of, now):
    with pytest.raises(NotAllowed):
        endorsing.endorse_colleague(
            membership(sanne),
            fingerprint(sanne.key.public_key),
            by=newcomer,
            keyring=keyring_of(newcomer),
            now=now,
        )


def test_nobody_vouches_for_herself(bram, keyring_of, now) -> None:
    with pytest.raises(NotEndorsed):
        endorsing.endorse_colleague(
            membership(bram),
            fingerprint(bram.key.public_key),
            by=bram,
            keyring=keyring_of(bram),
            now=now,
        )


def test_case_is_given_to_no_colleague_without_a_signature(
    newcomer, bram, open_report, keyring_of, now
) -> None:
    case, _words = open_report()
    doing = {"by": bram, "keyring": keyring_of(bram), "now": now}

    with pytest.raises(cases.NotVouchedFor):
        cases.assign(case, newcomer, **doing)
    with pytest.raises(cases.NotVouchedFor):
        cases.hand_over(case, newcomer, note="Voor u.", **doing)
    with pytest.raises(cases.NotVouchedFor):
        cases.deputise(case, newcomer, until=now.date() + timedelta(days=2), **doing)

    assert not has_grant(case, newcomer)
    offered = cases.colleagues(case, keyring_of(bram), by=bram, today=TODAY)
    assert newcomer not in offered


def test_who_left_receives_nothing_and_her_colleagues_stay(
    newcomer, bram, sanne, lindeveen, keyring_of, open_report, now
) -> None:
    endorsing.endorse_colleague(
        membership(newcomer),
        fingerprint(newcomer.key.public_key),
        by=bram,
        keyring=keyring_of(bram),
        now=now,
    )

    endorsing.end_trust(bram, lindeveen, by=sanne, now=now)
    case, _words = open_report()

    assert [has_grant(case, who) for who in (bram, newcomer, sanne)] == [
        False,
        True,
        True,
    ]


def test_stolen_secret_takes_along_whom_it_vouched_for(
    newcomer, bram, sanne, lindeveen, keyring_of, open_report, now
) -> None:
    endorsing.endorse_colleague(
        membership(newcomer),
        fingerprint(newcomer.key.public_key),
        by=bram,
        keyring=keyring_of(bram),
        now=now,
    )

    endorsing.end_trust(bram, lindeveen, by=sanne, now=now, broken=True)
    case, _words = open_report()

    assert not has_grant(case, newcomer)
    assert has_grant(case, sanne)


def test_root_opens_every_case_of_its_organisation(open_report, bram, now) -> None:
    """What a quorum of holders has when everybody lost everything."""
    from weerbaar.vault.keyring import Keyring

    case, _words = open_report()
    root = Keyring(factories.root_secret("lindeveen"))

    assert cases.header_of(case, root).types == ["veiled_threat"]
    assert not Keyring(factories.root_secret("kromwaard")).holds(case.case_key_id)


def test_pin_names_organisation_and_root(lindeveen, bram) -> None:
    pin = trust.pins()["lindeveen"]
    root = factories.root_secret("lindeveen").public.id

    assert pin == {"id": str(lindeveen.pk), "root": str(root)}
    assert pin["root"] in trust.pin_text(lindeveen, root)
