"""Roles as code: what each role may do, in a sentence a griffier can check."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What somebody may do inside one organisation."""

    HANDLE_CASES = "handle_cases"
    KEEP_NAMES = "keep_names"
    ANSWER_REFERRALS = "answer_referrals"
    READ_FIGURES = "read_figures"
    PUBLISH_FIGURES = "publish_figures"
    TAKE_PART = "take_part"
    MANAGE_ACCOUNTS = "manage_accounts"


class Role(TextChoices):
    """The role of a person in an organisation."""

    HANDLER = "handler", _("handler")
    CUSTODIAN = "custodian", _("custodian of names")
    PARTNER_DESK = "partner_desk", _("partner desk")
    ANALYST = "analyst", _("network analyst")
    NETWORK_MEMBER = "network_member", _("member of the network")
    ADMINISTRATOR = "administrator", _("platform administrator")


@dataclass(frozen=True)
class Duties:
    """What a role is for, and the permissions it carries."""

    sentence: Promise
    permissions: frozenset[Permission]


DUTIES: dict[str, Duties] = {
    Role.HANDLER: Duties(
        _("Receives reports of the own organisation and handles the cases."),
        frozenset({Permission.HANDLE_CASES, Permission.READ_FIGURES}),
    ),
    Role.CUSTODIAN: Duties(
        _(
            "Answers whether a handler may see the name of a reporter, "
            "and sees no case."
        ),
        frozenset({Permission.KEEP_NAMES}),
    ),
    Role.PARTNER_DESK: Duties(
        _(
            "Answers the referrals that were sent to this partner, "
            "and sees nothing else."
        ),
        frozenset({Permission.ANSWER_REFERRALS}),
    ),
    Role.ANALYST: Duties(
        _("Reads and publishes anonymised figures for the network; never sees a case."),
        frozenset(
            {
                Permission.READ_FIGURES,
                Permission.PUBLISH_FIGURES,
                Permission.TAKE_PART,
            }
        ),
    ),
    Role.NETWORK_MEMBER: Duties(
        _(
            "Proposes and supports themes and instruments for a partner of the "
            "network; reads figures, and never sees a case."
        ),
        frozenset({Permission.READ_FIGURES, Permission.TAKE_PART}),
    ),
    Role.ADMINISTRATOR: Duties(
        _("Manages accounts and organisations; may read no case and no figure."),
        frozenset({Permission.MANAGE_ACCOUNTS}),
    ),
}


def roles_with(permission: Permission) -> list[str]:
    """The roles that carry a permission."""
    return [role for role, duties in DUTIES.items() if permission in duties.permissions]
