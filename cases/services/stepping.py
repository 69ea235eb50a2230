"""Moving a case: the step with its words, promises, consent and figures."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.clocks import due_on
from cases.models import Awaits, Case, CommitmentKind, Kind, StatementKind
from cases.services.figures import contribute_case
from cases.services.people import take_ownership
from cases.services.promises import promise
from cases.services.reading import current_wish, header_of
from cases.services.retaining import begin_retention, end_retention
from cases.services.sealing import rewrite_header
from cases.services.settling import drop
from cases.services.statements import write_statement
from cases.services.timing import clock_start
from cases.services.writing import keep_first_contact
from cases.workflow import State
from weerbaar.accounts.actors import Reporter
from weerbaar.accounts.models import User
from weerbaar.audit.models import Event
from weerbaar.steps import Step, StepNotPossible, steps_of, take_step
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import InvalidInput


class StepWordsMissing(InvalidInput):
    """The step leaves words behind, and none were given."""

    title = _("The text for this step is missing")
    detail = _("Write the text that belongs to this step.")


class StepChoiceMissing(InvalidInput):
    """The step asks for a choice from a code list."""

    title = _("A choice for this step is missing")
    detail = _("Choose one of the possibilities.")


class StepConsentMissing(InvalidInput):
    """The reporter wanted less than this; going further needs her word."""

    title = _("The reporter's consent is missing")
    detail = _(
        "This goes further than the reporter asked. Ask the reporter first, and write "
        "when and how the reporter agreed."
    )


# Wish → the steps that go further: only to record, or nothing decided yet.
BEYOND: dict[str, frozenset[str]] = {
    "record": frozenset({"respond"}),
    "not_sure": frozenset({"respond"}),
}


# What a step says of how the case ended; opened again, it has not ended.
ENDS = {"close": "handled", "reopen": ""}
# Leaving one of these changes what the network counts: assessed, or once more not yet.
FIGURED = frozenset({State.TRIAGE, State.CLOSED})


@transaction.atomic
def step(
    case: Case,
    name: str,
    *,
    by: User,
    keyring: Keyring,
    now: datetime,
    words: str = "",
    choice: str = "",
    consent: str = "",
) -> Event:
    """Take a step of the workflow with all that belongs to it, in one transaction.

    Words become a statement, a choice goes into the sealed header, promises of the
    protocol are set, and the figures get their record. A step beyond the reporter's
    wish needs her consent, in words (UX-20). Raises StepForbidden, StepNotPossible,
    StepWordsMissing, StepChoiceMissing, StepConsentMissing.
    """
    arrows = steps_of(Case).get(name)
    if not arrows or arrows[0].custom["step"].hidden:
        raise StepNotPossible
    says: Step = arrows[0].custom["step"]
    event = take_step(case, name, by=by, now=now)
    _check(says, words, choice)
    _record_consent(case, name, consent, by=by, keyring=keyring, now=now)
    _mark_day(case, now)
    if says.choices and choice:
        rewrite_header(case, {says.choices[0]: choice}, keyring=keyring)
    if says.words and words.strip():
        write_statement(
            case, says.words.kind, {"text": words}, by=by, keyring=keyring, now=now
        )
        if says.words.to_reporter:
            keep_first_contact(case, by=by, now=now)
    if name == "begin_triage":
        _promise_protocol(case, by=by, now=now)
    elif name == "dismiss":
        _let_go(case, by=by, now=now)
    elif name in ENDS:
        rewrite_header(case, {"outcome": ENDS[name]}, keyring=keyring)
    if event.facts["from_state"] in FIGURED or case.state == State.CLOSED:
        contribute_case(case, keyring=keyring)
    return event


def _check(says: Step, words: str, choice: str) -> None:
    if says.words and says.words.required and not words.strip():
        raise StepWordsMissing
    if says.choices and choice not in says.codes:
        raise StepChoiceMissing


def needs_consent(name: str, wish: str) -> bool:
    """Whether a step goes further than what the reporter wanted (UX-20)."""
    return name in BEYOND.get(wish, frozenset())


def _record_consent(
    case: Case, name: str, consent: str, *, by: User, keyring: Keyring, now: datetime
) -> None:
    if not needs_consent(name, current_wish(case, keyring)):
        return
    if not consent.strip():
        raise StepConsentMissing
    body = {"text": consent, "consent": name}
    write_statement(case, StatementKind.CONSENT, body, by=by, keyring=keyring, now=now)


def _let_go(case: Case, *, by: Any, now: datetime) -> None:
    for commitment in case.commitments.open().select_related("case"):
        drop(commitment, by=by, now=now)


def _mark_day(case: Case, now: datetime) -> None:
    today = timezone.localdate(now)
    case.moved_on = today
    case.closed_on = today if case.state == State.CLOSED else None
    Case.objects.filter(pk=case.pk).update(moved_on=today, closed_on=case.closed_on)
    if case.closed_on:
        begin_retention(case, now=now)
    else:
        end_retention(case)


def _promise_protocol(case: Case, *, by: User, now: datetime) -> None:
    # Whoever begins the assessment owns the case and its promises (protocol 3.2).
    if case.assignments.filter(capacity="owner", ended_on=None).first() is None:
        take_ownership(case, by, now=now)
    if case.kind != Kind.INCIDENT or case.commitments.filter(
        kind=CommitmentKind.RECEPTION_TALK
    ):
        return
    first = case.commitments.filter(kind=CommitmentKind.FIRST_CONTACT).first()
    start = clock_start(case, first)
    for kind in (CommitmentKind.REACTION, CommitmentKind.RECEPTION_TALK):
        promise(case, kind, due_on=due_on(kind, start), by=by, now=now, owner=by)


@transaction.atomic
def withdraw(case: Case, *, by: Reporter, now: datetime) -> Event:
    """The reporter takes the report back (R-10); open promises fall away.

    Raises StepForbidden for anybody else and StepNotPossible after the assessment.
    """
    event = take_step(case, "withdraw", by=by, now=now)
    _mark_day(case, now)
    _let_go(case, by=by, now=now)
    return event


@transaction.atomic
def arrange_aftercare(
    case: Case,
    *,
    arranged: bool = True,
    outcome: str = "",
    keyring: Keyring | None = None,
) -> None:
    """Aftercare tells the case that a plan exists or was declined, and how it ended."""
    Case.objects.select_for_update().filter(pk=case.pk).update(
        is_aftercare_arranged=arranged
    )
    case.is_aftercare_arranged = arranged
    if outcome and keyring is not None:
        rewrite_header(case, {"aftercare": outcome}, keyring=keyring)


@transaction.atomic
def note_referral(
    case: Case,
    partner_code: str,
    *,
    by: User,
    keyring: Keyring,
    now: datetime,
    origin: Any = None,
    answer_expected: bool = False,
) -> None:
    """Referrals tell the case that a partner was brought in, and if we await a word."""
    Case.objects.select_for_update().get(pk=case.pk)
    known = header_of(case, keyring).referrals
    if partner_code not in known:
        rewrite_header(case, {"referrals": [*known, partner_code]}, keyring=keyring)
    if answer_expected:
        promise(
            case,
            CommitmentKind.REFERRAL_ANSWER,
            due_on=due_on("referral_answer", timezone.localdate(now)),
            awaits=Awaits.PARTNER,
            by=by,
            now=now,
            origin=origin,
        )
