"""Opening a case: its Secrets, who receives it, and its first sealed words."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cases.clocks import due_on, start_of_clock
from cases.header import Header
from cases.models import Case, CommitmentKind, Kind, StatementKind
from cases.services.attaching import attach_first
from cases.services.counting import Counting, seal_counting
from cases.services.persons import marked
from cases.services.promises import made_promise
from cases.services.receiving import Piece
from cases.services.sealing import add_statement, identity_place, seal_header
from weerbaar import codes
from weerbaar.accounts.models import Organisation, User
from weerbaar.accounts.trust import in_line
from weerbaar.audit import kinds
from weerbaar.audit.services import record, record_grants
from weerbaar.vault.core import Secret
from weerbaar.vault.envelope import seal_json
from weerbaar.vault.erasing import new_erasure
from weerbaar.vault.granting import grants_of, new_key, new_split_key
from weerbaar.vault.models import ErasureKey, Key, KeyKind
from weerbaar.web.refusals import NotPossibleNow


class NobodyMayRead(NotPossibleNow):
    """Everybody who could receive this report is excluded; nothing was stored."""

    title = _("Nobody here may read your report")
    detail = format_lazy(
        _(
            "Everyone who receives reports in this organisation is someone you "
            "excluded. Nothing has been stored. Call the support team, day and night: "
            "{team}. Or call the Vertrouwenslijn: {line}."
        ),
        team=codes.get("partners", "support_team_nwb").get("phone"),
        line=codes.get("partners", "trust_line").get("phone"),
    )


@dataclass(frozen=True)
class CaseRequest:
    """What is needed to open a case; words are dictionaries that will be sealed.

    `report` is the story and its answers, `contact` how to reach the reporter safely,
    `identity` name and contact data. `receipt_key` is the public half that the
    reporter's receipt opens; empty when nobody comes back. `counted` is yes, no, or
    empty: her choice about the figures.
    """

    organisation: Organisation
    header: Header
    kind: str = Kind.INCIDENT
    report: dict[str, Any] = field(default_factory=dict)
    contact: dict[str, Any] = field(default_factory=dict)
    identity: dict[str, Any] = field(default_factory=dict)
    receipt_key: Key | None = None
    reporter_may_reread: bool = False
    counted: str = ""
    pieces: tuple[Piece, ...] = ()
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Receiving:
    """Whose keys a report is sealed to: handlers, custodians of the name, the root."""

    handlers: list[Key]
    custodians: list[Key]
    root: Key


def receivers(organisation: Organisation, recused: list[str], today: date) -> Receiving:
    """Whom a report goes to: each handler whose key counts and who is not recused.

    Fallback handlers only when no other is left. The root's holders together are the
    way back when everybody lost everything. Whoever receives the case keeps no other
    half of its name. Raises NobodyMayRead when no handler is left.
    """
    found, kept_out = in_line(organisation, today), set(recused)
    handlers = _keys(found.handlers, kept_out) or _keys(found.fallbacks, kept_out)
    if not handlers or found.root is None:
        raise NobodyMayRead
    custodians = _keys(found.custodians, kept_out)
    return Receiving(
        handlers, [key for key in custodians if key not in handlers], found.root
    )


def _keys(people: list[User], kept_out: set[str]) -> list[Key]:
    return [u.key for u in people if u.key and str(u.pk) not in kept_out]


def open_case(request: CaseRequest, *, by: Any, now: datetime) -> Case:
    """Make the case and grant it to each of the handlers who is not recused.

    Case, statements, promise, event and notices are one transaction (design 6).
    Raises NobodyMayRead before anything is stored.
    """
    today = timezone.localdate(now)
    receiving = receivers(request.organisation, request.header.recused, today)
    erasure = new_erasure(today=today)
    # Whoever could be refused was refused above: no savepoint has to take it back.
    with transaction.atomic(savepoint=False):
        return _opened(request, receiving, erasure, by=by, now=now)


def _opened(
    request: CaseRequest,
    receiving: Receiving,
    erasure: ErasureKey,
    *,
    by: Any,
    now: datetime,
) -> Case:
    today = timezone.localdate(now)
    case, secret, dialogue = _sealed(request, receiving, erasure, today)
    case.save(force_insert=True)
    _first_words(case, request, secret, dialogue, today)
    record(
        kinds.Kind.CASE_OPENED,
        case,
        by=by,
        now=now,
        organisation_id=case.organisation_id,
        digest=case.digest,
    )
    attach_first(case, request.pieces, by=by, now=now, for_reporter=_rereads(request))
    made = grants_of(case.case_key_id, case.dialogue_key_id, case.identity_key_id)
    record_grants(case, made, by=by, now=now, organisation_id=case.organisation_id)
    if case.kind == Kind.INCIDENT:
        # Nobody is on the case yet.
        made_promise(
            case,
            CommitmentKind.FIRST_CONTACT,
            due_on=due_on("first_contact", start_of_clock(timezone.localtime(now))),
            owner=None,
            by=by,
            now=now,
        )
    return case


def _sealed(
    request: CaseRequest, receiving: Receiving, erasure: ErasureKey, today: date
) -> tuple[Case, Secret, Secret]:
    """The case with its keys and all that is sealed in it, and its two Secrets.

    Those of the case and of its dialogue; only the keys are saved.
    """
    case_key, case_secret = new_key(
        KeyKind.CASE,
        holders=[*receiving.handlers, receiving.root],
        today=today,
        erasure=erasure,
    )
    dialogue_holders = [
        case_key,
        *([request.receipt_key] if request.receipt_key else []),
    ]
    dialogue_key, dialogue_secret = new_key(
        KeyKind.DIALOGUE, holders=dialogue_holders, today=today, erasure=erasure
    )
    case = Case(
        pk=request.id,
        organisation=request.organisation,
        kind=request.kind,
        opened_on=today,
        moved_on=today,
        case_key=case_key,
        dialogue_key=dialogue_key,
        is_classified=request.header.is_complete,
    )
    seal_header(case, marked(request.header, request.identity), case_secret)
    chosen = Counting(request.counted, 0, request.header.case_token)
    seal_counting(case, chosen, dialogue_secret)
    if request.identity:
        _seal_identity(case, request, receiving, erasure, today)
    return case, case_secret, dialogue_secret


def _seal_identity(
    case: Case,
    request: CaseRequest,
    receiving: Receiving,
    erasure: ErasureKey,
    today: date,
) -> None:
    # A named reporter chose that handlers know her: the case opens the identity.
    if request.header.anonymity == "named":
        identity_key, identity_secret = new_key(
            KeyKind.IDENTITY, holders=[case.case_key], today=today, erasure=erasure
        )
    # A confidential one's name takes two people; handing the case over hands over none
    # of it. Without a custodian only the root has the second half.
    else:
        identity_key, identity_secret = new_split_key(
            KeyKind.IDENTITY,
            first=receiving.handlers,
            second=receiving.custodians,
            both=[receiving.root],
            today=today,
            erasure=erasure,
        )
    case.identity_key = identity_key
    case.identity = seal_json(
        identity_secret, request.identity, place=identity_place(case)
    )


def _rereads(request: CaseRequest) -> bool:
    # The receipt opens the dialogue only; re-reading the report there is her choice.
    return request.reporter_may_reread and request.receipt_key is not None


def _first_words(
    case: Case, request: CaseRequest, secret: Secret, dialogue: Secret, today: date
) -> None:
    rereads = _rereads(request)
    first: list[tuple[StatementKind, dict[str, Any], bool]] = [
        (StatementKind.REPORT, request.report, rereads),
        (StatementKind.CONTACT, request.contact, False),
    ]
    written = [one for one in first if one[1]]
    for sequence, (kind, body, in_dialogue) in enumerate(written, start=1):
        add_statement(
            case,
            kind,
            body,
            secret=dialogue if in_dialogue else secret,
            key_id=case.dialogue_key_id if in_dialogue else case.case_key_id,
            author=None,
            today=today,
            sequence=sequence,
        )
