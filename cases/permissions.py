"""Who may do what with a case; each predicate takes the case and the actor."""

from typing import Any

from weerbaar.accounts.actors import Reporter, System
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.vault.models import Grant


def may_handle(case: Any, by: Any) -> bool:
    """A handler of the case's organisation to whom the case was granted."""
    if not isinstance(by, User) or by.key_id is None:
        return False
    if not by.may(Permission.HANDLE_CASES, case.organisation_id):
        return False
    return Grant.objects.filter(key_id=case.case_key_id, holder_id=by.key_id).exists()


def is_reporter(case: Any, by: Any) -> bool:
    """The reporter of this very case, by receipt."""
    return isinstance(by, Reporter) and by.dialogue_key_id == case.dialogue_key_id


def asked_it(approval: Any, by: Any) -> bool:
    """Who asked for this approval."""
    return isinstance(by, User) and by.pk == approval.asked_by_id


def may_answer(approval: Any, by: Any) -> bool:
    """A custodian to whom the request was sealed; no name: also another handler.

    Never who asked.
    """
    if not isinstance(by, User) or by.key_id is None or asked_it(approval, by):
        return False
    if answers_as_custodian(approval, by):
        return True
    return approval.purpose != "identity" and may_handle(approval.case, by)


def answers_as_custodian(approval: Any, by: User) -> bool:
    """A custodian of the organisation to whom this very request was sealed."""
    if not by.may(Permission.KEEP_NAMES, approval.case.organisation_id):
        return False
    return Grant.objects.filter(key_id=approval.key_id, holder_id=by.key_id).exists()


def ends_it(approval: Any, by: Any) -> bool:
    """The clock, who asked, or the loss of the case by who asked."""
    return isinstance(by, System) or asked_it(approval, by)
