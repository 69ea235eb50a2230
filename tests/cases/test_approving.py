"""The name of a reporter takes two people; so do an export and early destruction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from cases import services
from cases.models import Approval, Case, Purpose, StatementKind
from cases.workflow import ApprovalState
from tests import factories
from tests.cases.asking import doing
from weerbaar.accounts.endorsing import end_trust
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.vault.core import NoAccess
from weerbaar.vault.granting import grant, revoke
from weerbaar.vault.halves import FIRST, SECOND
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Grant, Key
from weerbaar.web.refusals import NotAllowed

WEEK, DAY = timedelta(days=7), timedelta(days=1)


@dataclass
class Two:
    """A case with a confidential name, who asks and who answers."""

    case: Case
    bram: dict[str, Any]
    sanne: dict[str, Any]
    karim: dict[str, Any]
    now: datetime

    def ask(self, purpose: Purpose = Purpose.IDENTITY, **by: Any) -> Approval:
        who = by or self.bram
        return services.ask(self.case, purpose, "De politie vraagt het.", **who)

    def opens(self, who: dict[str, Any], later: timedelta = timedelta()) -> Any:
        return services.open_identity(self.case, **{**who, "now": self.now + later})


@pytest.fixture
def two(karim, bram, sanne, open_report, keyring_of, now) -> Two:
    case, _words = open_report(anonymity="confidential", identity={"name": "Anna"})
    people = (doing(who, keyring_of, now) for who in (bram, sanne, karim))
    return Two(case, *people, now)


def shares(case: Case, holder: Any) -> set[int]:
    found = Grant.objects.filter(key=case.identity_key_id, holder=holder)
    return set(found.values_list("share", flat=True))


def test_a_confidential_name_is_sealed_in_halves(two: Two, bram, sanne, karim) -> None:
    root = factories.root_secret("lindeveen")

    held = {who.name: shares(two.case, who.key_id) for who in (bram, sanne, karim)}

    assert held == {bram.name: {FIRST}, sanne.name: {FIRST}, karim.name: {SECOND}}
    assert shares(two.case, root.public.id) == {FIRST, SECOND}
    for one in (two.bram, two.karim):
        with pytest.raises(NoAccess):
            one["keyring"].open(two.case.identity_key_id)
    assert Keyring(root).open(two.case.identity_key_id)


def test_a_name_opens_after_a_yes_for_a_day_and_only_for_who_asked(two: Two) -> None:
    with pytest.raises(services.IdentityNeedsTwo):
        two.opens(two.bram)
    approval = two.ask()
    assert services.reason_asked(approval, two.karim["keyring"]).startswith("De pol")

    services.approve(approval, "Akkoord.", **two.karim)

    assert two.opens(two.bram) == {"name": "Anna"}
    with pytest.raises(services.IdentityNeedsTwo):
        two.opens(two.sanne)
    # Past its time it is refused, also before the clock has been round.
    with pytest.raises(services.IdentityNeedsTwo):
        two.opens(two.bram, later=DAY)
    assert services.answer_given(approval, two.bram["keyring"]) == "Akkoord."
    told = list(Event.objects.about(two.case.pk).values_list("kind", flat=True))
    assert [k for k in told if k.startswith(("approval", "identity"))] == [
        Kind.APPROVAL_ASKED,
        Kind.APPROVAL_GRANTED,
        Kind.IDENTITY_OPENED,
    ]


def test_the_clock_takes_the_lent_half_back_and_may_run_twice(two: Two, bram) -> None:
    approval, unanswered = two.ask(), two.ask(**two.sanne)
    services.approve(approval, **two.karim)

    early = services.expire_approvals(now=two.now + DAY - timedelta(seconds=1))
    over = [services.expire_approvals(now=two.now + WEEK) for _twice in range(2)]

    assert (early, over) == (0, [2, 0])
    approval.refresh_from_db()
    unanswered.refresh_from_db()
    assert approval.state == ApprovalState.ENDED
    assert unanswered.state == ApprovalState.LAPSED
    assert shares(two.case, bram.key_id) == {FIRST}


def test_nobody_answers_her_own_request_nor_too_late(two: Two, bram) -> None:
    approval = two.ask()
    factories.join(bram, two.case.organisation, "custodian")

    with pytest.raises(NotAllowed):
        services.approve(approval, **two.bram)
    with pytest.raises(services.ApprovalOver):
        services.approve(approval, **{**two.karim, "now": two.now + WEEK})
    assert approval.state == ApprovalState.ASKED


def test_a_second_handler_answers_an_export_but_no_name(two: Two) -> None:
    name, export = two.ask(), two.ask(Purpose.EXPORT)

    with pytest.raises(NotAllowed):
        services.approve(name, **two.sanne)
    services.approve(export, **two.sanne)

    assert export.answered_as == "handler"
    found = services.approved(two.case, Purpose.EXPORT, by=two.bram["by"], now=two.now)
    assert found == export


def test_a_no_needs_a_word_and_lends_nothing(two: Two, bram) -> None:
    approval = two.ask()

    with pytest.raises(services.RefusalReasonMissing):
        services.refuse(approval, " ", **two.karim)
    services.refuse(approval, "Bel eerst met haar.", **two.karim)

    assert services.answer_given(approval, two.bram["keyring"]) == "Bel eerst met haar."
    assert shares(two.case, bram.key_id) == {FIRST}
    # After a no she may ask again, with a better reason.
    assert two.ask().state == ApprovalState.ASKED


def test_a_request_is_asked_once_and_taken_back_by_who_asked(two: Two) -> None:
    approval = two.ask()
    with pytest.raises(services.AlreadyAsked):
        two.ask()
    with pytest.raises(NotAllowed):
        services.withdraw_request(approval, by=two.sanne["by"], now=two.now)

    services.withdraw_request(approval, by=two.bram["by"], now=two.now)

    assert approval.state == ApprovalState.WITHDRAWN


def test_a_custodian_who_no_longer_counts_answers_nothing(two: Two, karim) -> None:
    approval = two.ask()
    end_trust(karim, two.case.organisation, by=two.bram["by"], now=two.now)

    with pytest.raises(NotAllowed):
        services.approve(approval, **two.karim)


def test_a_custodian_sees_no_case_and_who_is_kept_out_no_request(
    two: Two, karim, open_report
) -> None:
    kept_out, _words = open_report(
        anonymity="confidential", identity={"name": "Anna"}, recused=[str(karim.pk)]
    )
    two.ask()

    assert not Case.objects.visible_to(karim).exists()
    assert Approval.objects.awaiting(karim).count() == 1
    assert shares(kept_out, karim.key_id) == set()
    with pytest.raises(services.NobodyToAnswer):
        services.ask(kept_out, Purpose.IDENTITY, "x", **two.bram)


def test_who_receives_the_case_keeps_no_other_half(
    bram, karim, open_report, lindeveen
) -> None:
    factories.join(bram, lindeveen, "custodian")

    case, _words = open_report(anonymity="confidential", identity={"name": "Anna"})

    assert shares(case, bram.key_id) == {FIRST}


def test_without_a_custodian_a_name_opens_for_the_root_only(
    open_report, bram, keyring_of, now
) -> None:
    case, _words = open_report(anonymity="confidential", identity={"name": "Anna"})
    who = doing(bram, keyring_of, now)

    standing = services.standing_of(case, by=bram, named=False, now=now)

    assert standing == services.Standing.ALONE
    with pytest.raises(services.NobodyToAnswer):
        services.ask(case, Purpose.IDENTITY, "De politie vraagt het.", **who)
    root = factories.root_secret("lindeveen")
    assert Keyring(root).open(case.identity_key_id)


def test_handing_the_case_over_hands_over_no_half_of_the_name(two: Two, sanne) -> None:
    revoke(key_id=two.case.identity_key_id, holder_id=sanne.key_id)

    with pytest.raises(services.IdentityNotYours):
        two.opens(two.sanne)
    with pytest.raises(services.IdentityNotYours):
        two.ask(**two.sanne)


def test_a_name_of_before_opens_with_a_reason_as_it_did(two: Two, bram) -> None:
    """Names that were granted whole, before this release, still open for one."""
    root, today = Keyring(factories.root_secret("lindeveen")), two.now.date()
    key = Key.objects.get(pk=two.case.identity_key_id)
    revoke(key_id=key.pk, holder_id=bram.key_id)
    grant(root.open(key.pk), key=key, to=bram.key, today=today)

    with pytest.raises(services.IdentityReasonMissing):
        two.opens(two.bram)
    opened = services.open_identity(two.case, reason="Om te bellen.", **two.bram)

    assert opened == {"name": "Anna"}
    kept = services.read_thread(two.case, [StatementKind.REASON], two.bram["keyring"])
    assert [one.text for one in kept] == ["Om te bellen."]
