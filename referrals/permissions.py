"""Who may do what with a referral: handlers, reporter, and the partner's desk."""

from typing import Any

from cases.permissions import is_reporter, may_handle
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.vault.models import Grant


def handles(referral: Any, by: Any) -> bool:
    """A handler to whom the case was granted."""
    return may_handle(referral.case, by)


def is_hers(referral: Any, by: Any) -> bool:
    """The reporter of the case, by receipt."""
    return is_reporter(referral.case, by)


def is_hers_or_handles(referral: Any, by: Any) -> bool:
    """The reporter herself, or a handler who records what she said."""
    return is_hers(referral, by) or handles(referral, by)


def at_desk(referral: Any, by: Any) -> bool:
    """Somebody at this partner's desk, to whom this very package was granted."""
    if not isinstance(by, User) or by.key_id is None or referral.package_key_id is None:
        return False
    desk = referral.partner.organisation_id
    if desk is None or not by.may(Permission.ANSWER_REFERRALS, desk):
        return False
    return Grant.objects.filter(
        key_id=referral.package_key_id, holder_id=by.key_id
    ).exists()


def at_desk_or_handles(referral: Any, by: Any) -> bool:
    """The partner, or the handler who hears from the partner that it is done."""
    return at_desk(referral, by) or handles(referral, by)
