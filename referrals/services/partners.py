"""The partners: loading them from the code lists, and which of them fit a case."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.functional import Promise

from cases.guidance import PartnerHint, proposals
from cases.header import Header
from cases.models import Case
from referrals.disclosure import RIEC, entries, riec_of
from referrals.models import Partner
from weerbaar.accounts.models import OrganisationKind


@transaction.atomic
def load_partners(*, checked_on: date | None = None) -> list[Partner]:
    """Put the eighteen partners and the ten RIECs into the database; safe to run again.

    What an organisation set itself stays: its desk. `checked_on` is the day on which
    somebody checked the contact data of the code list; without it, the day that stands
    there stays (P-4).
    """
    loaded = []
    for entry in entries():
        facts = dict(entry.facts)
        if checked_on is not None:
            facts["checked_on"] = checked_on
        partner, _made = Partner.objects.update_or_create(
            code=entry.code, region=entry.region, defaults=facts
        )
        loaded.append(partner)
    return loaded


@dataclass(frozen=True)
class Choice:
    """A partner that a case can be referred to, and why it is proposed, if it is."""

    partner: Partner
    why: str | Promise = ""
    prompt: str | Promise = ""

    @property
    def is_proposed(self) -> bool:
        return bool(self.why)


def choices_for(case: Case, header: Header) -> list[Choice]:
    """The partners for a case: those that fit first, each with the reason.

    Of the RIECs only the one of the municipality's safety region; where the region is
    not known, or a water authority lies in several, all ten (domain 4). A partner for
    other offices is left out.
    """
    found = proposals(
        header, case.kind, case.state, province=case.organisation.province
    )
    hints = {hint.code.code: hint for hint in found.partners}
    region = _region(case)
    partners = [
        p
        for p in Partner.objects.proposable()
        if p.is_for(header.office)
        and (p.code != RIEC or not region or p.region == region)
    ]
    order = {code: place for place, code in enumerate(hints)}
    partners.sort(key=lambda p: (order.get(p.code, len(order)), p.name))
    return [_choice(partner, hints.get(partner.code)) for partner in partners]


def _region(case: Case) -> str:
    if case.organisation.kind == OrganisationKind.WATER_AUTHORITY:
        return ""
    return riec_of(case.organisation.safety_region)


def _choice(partner: Partner, hint: PartnerHint | None) -> Choice:
    if hint is None:
        return Choice(partner)
    return Choice(partner, hint.why, hint.prompt or "")
