"""Who may do what with a case; each predicate takes the case and the actor."""

from typing import Any

from weerbaar.accounts.actors import Reporter
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
