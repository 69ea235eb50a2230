"""What the tests of custody share: a newcomer whose key nobody has confirmed."""

import pytest

from tests.cast import PASSWORD
from tests.factories import SINCE
from weerbaar.accounts import services
from weerbaar.accounts.models import Membership, User
from weerbaar.vault import people


@pytest.fixture
def noor(lindeveen, bram) -> User:
    """A handler with a vault and no endorsement: rows that anybody could write."""
    key, _secret, _code = people.make_person_key(password=PASSWORD, today=SINCE)
    user = User.objects.create_user(
        "noor@lindeveen.example", PASSWORD, name="Noor Bakker", key=key
    )
    user.recovery_kept_on = SINCE
    user.save()
    services.set_up_totp(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    Membership.objects.create(
        user=user, organisation=lindeveen, role="handler", starts_on=SINCE
    )
    return user
