"""What the mailbox holds, for programs: the same facts as the page, as data."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from aftercare.services import ReporterCheckIn, ReporterPlan
from cases.models import StatementKind
from cases.services import Opened
from intake import services
from intake.services import Access, Asked, Person, Promised
from referrals.services import ReporterView

ANSWERS = {"yes": True, "no": False, "": None}


def mailbox_content(access: Access, now: datetime) -> dict[str, Any]:
    """How it stands, who handles it, what was promised, and what waits for her."""
    case, today = access.case, timezone.localdate(now)
    standing = services.standing_of(case, services.last_move(case))
    handler = services.handler_of(case, today)
    offer = services.offered_plan(access)
    promised = [services.told(p, today) for p in services.promises(case)]
    return {
        "organisation": case.organisation.name,
        "state": case.state,
        "stateName": str(standing.name),
        "stateText": str(standing.text),
        "handler": _person(handler) if handler else None,
        "promises": [_promise(p) for p in promised],
        "messages": [_message(m) for m in services.thread(access)],
        "aftercareOffer": _offer(offer) if offer else None,
        "checkIns": [_check_in(c) for c in services.check_ins(access)],
        "consents": [referral_content(r) for r in services.referrals_of(access)],
        "nameLookedAt": [
            {**_person(o.person), "lookedAtDate": timezone.localdate(o.at).isoformat()}
            for o in services.identity_openings(case, today)
        ],
        "requests": [_asked(one) for one in services.requests_about(case)],
        "changes": [
            {"text": str(one.text), "onDate": one.on.isoformat()}
            for one in services.changes_about(case)
        ],
        "countAnonymously": ANSWERS[services.counting(access).answer],
        "mayChangeCounting": services.can_change_counting(access),
        "mayWithdraw": services.can_withdraw(access),
        "mayReread": services.can_reread(access),
    }


def _person(person: Person) -> dict[str, str]:
    return {"name": person.name, "office": person.office}


def _asked(one: Asked) -> dict[str, Any]:
    return {
        "purpose": one.approval.purpose,
        "state": one.approval.state,
        "answeredAs": one.approval.answered_as,
        "askedDate": one.on.isoformat(),
        "text": f"{one.text} {one.answer}",
    }


def _promise(promise: Promised) -> dict[str, Any]:
    return {
        "text": str(promise.text),
        "dueDate": promise.due_on.isoformat(),
        "isLate": promise.is_late,
        "isYours": promise.is_hers,
    }


def _message(opened: Opened) -> dict[str, Any]:
    statement = opened.statement
    return {
        "kind": statement.kind,
        "isYours": statement.kind == StatementKind.REPLY,
        "author": statement.author.name if statement.author else "",
        "writtenDate": statement.written_on.isoformat(),
        "text": opened.text,
    }


def _offer(plan: ReporterPlan) -> dict[str, Any]:
    return {
        "offeredDate": plan.offered_on.isoformat(),
        "dates": [day.isoformat() for day in plan.days],
    }


def _check_in(check_in: ReporterCheckIn) -> dict[str, Any]:
    return {
        "id": str(check_in.pk),
        "dueDate": check_in.due_on.isoformat(),
        "state": check_in.state,
        "mayAnswer": check_in.can_answer,
    }


def referral_content(referral: ReporterView) -> dict[str, Any]:
    """A referral with the exact text that she is asked to agree to."""
    return {
        "id": str(referral.pk),
        "partner": referral.partner_name,
        "state": referral.state,
        "text": referral.preview,
        "version": referral.version,
        "needsConsent": referral.needs_consent,
        "mayTakeBack": referral.may_take_back,
        "answer": referral.answer,
    }
