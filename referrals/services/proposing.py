"""Proposing a referral: the exact text is made and shown before anybody decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.clocks import due_on
from cases.models import Awaits, Case, CommitmentKind
from cases.permissions import may_handle
from cases.services import (
    EditConflict,
    drop_origin,
    header_of,
    lock_open,
    promise,
)
from referrals.disclosure import Origin, exact_text, package_for
from referrals.models import Partner, Referral
from referrals.services.sealing import Text, seal_preview
from weerbaar import codes
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.steps import take_step
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import InvalidInput, NotAllowed, NotPossibleNow


class AlreadyReferred(NotPossibleNow):
    """An open referral of this case to this partner exists."""

    title = _("This case was already referred to this partner")
    detail = _("Change the text of that referral, or withdraw it first.")


class NotThisPartner(InvalidInput):
    """The RIECs work in regions; there is no national one to refer to."""

    title = _("This partner takes no referral")
    detail = _("Choose the RIEC of your region.")


@dataclass(frozen=True)
class Draft:
    """What a handler chose and wrote for a partner."""

    chosen: Sequence[str] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    # For the reporter alone: it is shown with the proposal and never leaves.
    advice: str = ""


def compose(case: Case, partner: Partner, draft: Draft, *, keyring: Keyring) -> Text:
    """The exact text that the reporter reads and the partner gets; writes nothing.

    Raises MoreThanAllowed, SectionEmpty, SectionTooLong, NotThisPartner.
    """
    if partner not in Partner.objects.proposable():
        raise NotThisPartner
    region = case.organisation.safety_region
    if partner.region and not region:
        # A water authority may lie in several regions; the handler chose this one.
        region = codes.get("riec_regions", partner.region).nl
    origin = Origin(case.reference, case.organisation.name, region)
    pieces = package_for(
        partner, header_of(case, keyring), draft.chosen, draft.words, origin
    )
    advice = draft.advice.strip()
    return Text(exact_text(partner, pieces, advice), pieces, advice)


@transaction.atomic
def propose(
    case: Case,
    partner: Partner,
    *,
    draft: Draft,
    by: User,
    keyring: Keyring,
    now: datetime,
) -> Referral:
    """Propose a referral; the reporter sees the exact text in the mailbox (H-10).

    Raises NotAllowed, CaseClosed, AlreadyReferred and what `compose` raises.
    """
    if not may_handle(case, by):
        raise NotAllowed
    lock_open(case)
    there = Referral.objects.open().filter(case=case, partner=partner)
    if there.exists():
        raise AlreadyReferred
    text = compose(case, partner, draft, keyring=keyring)
    referral = Referral(
        case=case,
        partner=partner,
        proposed_by=by,
        proposed_on=timezone.localdate(now),
    )
    seal_preview(referral, text, keyring.open(case.dialogue_key_id))
    referral.save(force_insert=True)
    record(
        Kind.REFERRAL_PROPOSED,
        referral,
        by=by,
        now=now,
        organisation_id=case.organisation_id,
    )
    _ask(referral, by=by, now=now)
    return referral


def _ask(referral: Referral, *, by: User, now: datetime) -> None:
    """Wait for the reporter's word on this text; a case does not close meanwhile."""
    case, today = referral.case, timezone.localdate(now)
    drop_origin(case, referral.pk, by=by, now=now)
    promise(
        case,
        CommitmentKind.CONSENT,
        due_on=due_on(CommitmentKind.CONSENT, today),
        awaits=Awaits.REPORTER,
        by=by,
        now=now,
        origin=referral.pk,
    )


@transaction.atomic
def revise(
    referral: Referral,
    *,
    draft: Draft,
    by: User,
    keyring: Keyring,
    now: datetime,
    version: int | None = None,
) -> Referral:
    """Another text for the same partner; a consent to the former one no longer counts.

    `version` is the text that the writer changed: the second of two is told. Raises
    EditConflict, StepForbidden, StepNotPossible once it was sent, and what `compose`
    raises.
    """
    take_step(referral, "revise", by=by, now=now)
    if version is not None and version != referral.version:
        raise EditConflict
    text = compose(referral.case, referral.partner, draft, keyring=keyring)
    referral.version += 1
    referral.consented_on = None
    seal_preview(referral, text, keyring.open(referral.case.dialogue_key_id))
    referral.save(update_fields=["version", "consented_on", "preview"])
    _ask(referral, by=by, now=now)
    return referral
