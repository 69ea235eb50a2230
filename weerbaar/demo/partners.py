"""The partners of the demo: real public contact data, and one desk that answers."""

from datetime import date

from referrals.models import Partner
from referrals.services import load_partners
from weerbaar.accounts.models import Organisation

DESK = "ondersteuningsteam"


def make_partners(*, today: date) -> None:
    """Load all partners and give the support team its desk."""
    load_partners(checked_on=today)
    desk = Organisation.objects.get(slug=DESK)
    Partner.objects.filter(code="support_team_nwb").update(organisation=desk)
