"""Who edits: analysts of the network whose key counts there."""

from datetime import date

from weerbaar.accounts.models import Organisation, OrganisationKind, User
from weerbaar.accounts.roles import Permission
from weerbaar.accounts.trust import endorsed


def editors(today: date) -> list[User]:
    """The analysts to whom a story can be sealed today. Raises PinsUnreadable."""
    networks = Organisation.objects.filter(kind=OrganisationKind.NETWORK)
    found = [
        u for n in networks for u in endorsed(n, Permission.PUBLISH_FIGURES, today)
    ]
    return list({user.pk: user for user in found}.values())
