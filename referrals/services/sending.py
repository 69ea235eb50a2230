"""Sending: only with consent to exactly this text, and only what may leave."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.services import CaseClosed, lock, note_referral, settle_origin
from cases.workflow import State as CaseState
from referrals.disclosure import MoreThanAllowed, Piece, allowed
from referrals.models import Partner, Referral
from referrals.permissions import handles
from referrals.services.sealing import (
    Text,
    open_consent,
    open_preview,
    seal_package,
)
from referrals.workflow import State
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.accounts.trust import endorsed
from weerbaar.audit.services import record_grants
from weerbaar.steps import StepForbidden, StepNotPossible, take_step
from weerbaar.vault.erasing import erasure_of
from weerbaar.vault.granting import grants_of, new_key
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Key, KeyKind
from weerbaar.web.refusals import NotPossibleNow


class ConsentMissing(NotPossibleNow):
    """There is no consent to exactly this text."""

    title = _("There is no consent to this text")
    detail = _("First ask the reporter to agree to exactly this text.")


class NobodyAtDesk(NotPossibleNow):
    """The partner has a desk here, and nobody there can open anything."""

    title = _("Nobody at this partner can receive the referral")
    detail = _("Call the partner. Their desk has no one with an open vault yet.")


@transaction.atomic
def send(referral: Referral, *, by: User, keyring: Keyring, now: datetime) -> Referral:
    """Seal a copy of the permitted sections to the partner's desk (design 6.6, H-10).

    For a partner that takes nothing from here, or has no desk, it records that the
    hand-over was made. Raises StepForbidden, ConsentMissing, StepNotPossible,
    CaseClosed, NobodyAtDesk, and MoreThanAllowed when the policy became narrower.
    """
    case = lock(referral.case)
    Referral.objects.select_for_update().get(pk=referral.pk)
    referral.refresh_from_db()
    if not handles(referral, by):
        raise StepForbidden
    text = open_preview(referral, keyring)
    if not has_consent(referral, text, keyring):
        raise ConsentMissing
    if referral.state != State.CONSENTED:
        raise StepNotPossible
    if case.state == CaseState.CLOSED:
        raise CaseClosed
    today = timezone.localdate(now)
    packed = referral.partner.takes_package
    if packed:
        _pack(referral, text.pieces, by=by, keyring=keyring, now=now)
    referral.sent_on = today
    referral.save(update_fields=["sent_on", "package_key", "package"])
    # Last, so that whoever hears of the step finds the package of the desk.
    take_step(referral, "send", by=by, now=now)
    settle_origin(referral.case, referral.pk, by=by, now=now)
    note_referral(
        referral.case,
        referral.partner.code,
        by=by,
        keyring=keyring,
        now=now,
        origin=referral.pk,
        answer_expected=packed,
    )
    return referral


def has_consent(referral: Referral, text: Text, keyring: Keyring) -> bool:
    """Whether the newest consent is for this version and, word for word, this text."""
    agreed = referral.consents.filter(version=referral.version).first()
    if agreed is None:
        return False
    secret = keyring.open(referral.case.dialogue_key_id)
    return open_consent(agreed, secret) == text.text


def _desk(partner: Partner, today: date) -> list[Key]:
    """The keys at the partner's desk that count there (crypto 3a)."""
    if partner.organisation is None:
        return []
    people = endorsed(partner.organisation, Permission.ANSWER_REFERRALS, today)
    return [u.key for u in people if u.key is not None]


def _pack(
    referral: Referral,
    pieces: list[Piece],
    *,
    by: User,
    keyring: Keyring,
    now: datetime,
) -> None:
    today = timezone.localdate(now)
    if {p.section for p in pieces} - {str(s) for s in allowed(referral.partner)}:
        raise MoreThanAllowed
    desk = _desk(referral.partner, today)
    if not desk:
        raise NobodyAtDesk
    # The case keeps a way in, so that its handlers can read the partner's answer.
    case_key = Key.objects.get(pk=referral.case.case_key_id)
    # What was handed on goes when the case goes.
    key, secret = new_key(
        KeyKind.REFERRAL,
        holders=[case_key, *desk],
        today=today,
        erasure=erasure_of(case_key),
    )
    keyring.add(secret)
    referral.package_key = key
    record_grants(
        referral,
        grants_of(key.pk),
        by=by,
        now=now,
        organisation_id=referral.organisation_id,
    )
    seal_package(referral, pieces, secret)
