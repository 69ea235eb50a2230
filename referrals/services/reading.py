"""Reading referrals: the reporter's own, those of a case, and the desk's list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from cases.clocks import due_on
from cases.models import Case, How
from cases.services.sealing import open_statement
from referrals.disclosure import Section, allowed
from referrals.models import Answer, Consent, Referral
from referrals.services.sealing import (
    Text,
    open_answer,
    open_consent,
    open_preview,
)
from referrals.workflow import State
from weerbaar.accounts.models import User
from weerbaar.vault.keyring import Keyring

RETRACTABLE = frozenset({State.CONSENTED, State.SENT, State.RECEIVED})


@dataclass(frozen=True)
class ReporterView:
    """A referral as its reporter sees it in the mailbox."""

    pk: UUID
    partner_name: str
    partner_phone: str
    partner_hours: str
    partner_url: str
    state: str
    state_label: str
    preview: str
    version: int
    needs_consent: bool
    may_take_back: bool
    # Whether a text lies at the partner, or a hand-over was all.
    is_sent_text: bool
    proposed_on: date
    consented_on: date | None
    consent_how: str
    sent_on: date | None
    answer: str


@dataclass(frozen=True)
class OpenedAnswer:
    """A word of the partner, opened."""

    answer: Answer
    text: str

    @property
    def pk(self) -> UUID:
        return self.answer.pk

    @property
    def is_released(self) -> bool:
        return self.answer.released_on is not None


@dataclass(frozen=True)
class OpenedConsent:
    """A consent, and whether it is for the text as it stands now."""

    consent: Consent
    counts: bool


@dataclass(frozen=True)
class Opened:
    """A referral as its handlers see it."""

    referral: Referral
    text: Text
    consents: list[OpenedConsent]
    answers: list[OpenedAnswer]

    @property
    def has_consent(self) -> bool:
        return any(c.counts for c in self.consents)


@dataclass(frozen=True)
class DeskRow:
    """A line of the desk's list: no words, no names of people.

    The sender stands there when the partner is told who that is.
    """

    referral: Referral
    answer_by: date | None
    sender: str

    @property
    def is_open(self) -> bool:
        return self.referral.state in {State.SENT, State.RECEIVED, State.ACCEPTED}

    @property
    def waits(self) -> bool:
        """Whether the sender still waits for a yes or no."""
        return self.referral.state in {State.SENT, State.RECEIVED}

    def is_overdue(self, today: date) -> bool:
        return self.waits and self.answer_by is not None and self.answer_by < today


def _whole(referrals: Any) -> Any:
    return referrals.select_related("partner", "case", "proposed_by").prefetch_related(
        Prefetch("consents", Consent.objects.select_related("recorded_by")),
        Prefetch("answers", Answer.objects.select_related("author", "statement")),
    )


def open_for_reporter(case: Case, keyring: Keyring) -> list[ReporterView]:
    """Every referral of her case with the exact text. Raises vault errors."""
    return [
        _to_reporter(referral, keyring)
        for referral in _whole(Referral.objects.filter(case=case))
    ]


def _to_reporter(referral: Referral, keyring: Keyring) -> ReporterView:
    secret = keyring.open(referral.case.dialogue_key_id)
    released = [
        str(open_statement(a.statement, secret).get("text", ""))
        for a in referral.answers.all()
        if a.statement is not None
    ]
    given = [c for c in referral.consents.all() if c.version == referral.version]
    partner = referral.partner
    return ReporterView(
        pk=referral.pk,
        partner_name=partner.name,
        partner_phone=partner.phone,
        partner_hours=partner.hours,
        partner_url=partner.url,
        state=str(referral.state),
        state_label=referral.state_words,
        preview=open_preview(referral, keyring).text,
        version=referral.version,
        needs_consent=referral.state == State.PROPOSED,
        may_take_back=referral.state in RETRACTABLE,
        is_sent_text=referral.package_key_id is not None,
        proposed_on=referral.proposed_on,
        consented_on=referral.consented_on,
        consent_how=str(How(given[-1].how).label) if given else "",
        sent_on=referral.sent_on,
        answer="\n\n".join(released),
    )


def open_for_handler(case: Case, keyring: Keyring) -> list[Opened]:
    """The referrals of a case, opened. Raises vault errors."""
    found = list(_whole(Referral.objects.filter(case=case)))
    return _opened(found, keyring)


def open_one(referral: Referral, keyring: Keyring) -> Opened:
    """One referral, opened for its handlers. Raises vault errors."""
    return _opened(list(_whole(Referral.objects.filter(pk=referral.pk))), keyring)[0]


def _opened(found: list[Referral], keyring: Keyring) -> list[Opened]:
    wanted = {r.case.case_key_id for r in found} | {
        r.case.dialogue_key_id for r in found
    }
    wanted |= {r.package_key_id for r in found if r.package_key_id is not None}
    keyring.preload(wanted)
    return [_to_handler(referral, keyring) for referral in found]


def _to_handler(referral: Referral, keyring: Keyring) -> Opened:
    text = open_preview(referral, keyring)
    return Opened(
        referral,
        text,
        [
            OpenedConsent(c, _counts(c, referral, text, keyring))
            for c in referral.consents.all()
        ],
        open_answers(referral, referral.answers.all(), keyring),
    )


def _counts(consent: Consent, referral: Referral, text: Text, keyring: Keyring) -> bool:
    if consent.version != referral.version:
        return False
    secret = keyring.open(referral.case.dialogue_key_id)
    return open_consent(consent, secret) == text.text


def open_answers(
    referral: Referral, answers: Iterable[Answer], keyring: Keyring
) -> list[OpenedAnswer]:
    """The partner's words, for the handler and for the desk itself."""
    if referral.package_key_id is None:
        return []
    key_id = referral.package_key_id
    return [OpenedAnswer(a, open_answer(a, keyring.open(key_id))) for a in answers]


def answers_of(referral: Referral, keyring: Keyring) -> list[OpenedAnswer]:
    """What the desk itself answered, oldest first. Raises vault errors."""
    return open_answers(referral, referral.answers.select_related("author"), keyring)


def desk_list(user: User) -> list[DeskRow]:
    """The packages addressed to this desk, nothing of which is opened (P-1)."""
    addressed = Referral.objects.addressed_to(user)
    found = addressed.select_related("partner", "case__organisation")
    return [desk_row(referral) for referral in found.order_by("-sent_on", "id")]


def desk_row(referral: Referral) -> DeskRow:
    """One package with the day on which the sender hopes for an answer."""
    sent = referral.sent_on
    due = due_on("referral_answer", sent) if sent else None
    is_told = Section.SENDER in allowed(referral.partner)
    return DeskRow(referral, due, referral.case.organisation.name if is_told else "")
