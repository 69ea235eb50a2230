"""Playing the scenarios: each act through the services, at the day it happened."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from aftercare import services as aftercare
from aftercare.models import CheckIn, Plan
from cases import services as cases
from cases.models import Case
from intake.services import Access, Contact, Report, enter, submit
from referrals import services as referrals
from referrals.disclosure import RIEC, Way
from weerbaar.accounts.demo import DEMO_PASSWORD
from weerbaar.accounts.models import Organisation, User
from weerbaar.accounts.services import open_vault
from weerbaar.demo.evidence import taken_in
from weerbaar.demo.scenarios import Act, Scenario
from weerbaar.vault.keyring import Keyring

AGREED = "Telefonisch besproken; de melder is akkoord."
# What a handler finds out later than the reporter tells.
CLASSIFIED_LATER = ("severity", "topic", "police", "no_aangifte")


class NobodyReported(Exception):
    """The scenario lets a reporter act in a case that a handler opened."""


@dataclass
class Stage:
    """One scenario while it is played: its case, handler and receipt."""

    case: Case
    handler: User
    keyring: Keyring
    began: datetime
    receipt: Access | None = None

    def moment(self, day: int) -> datetime:
        return min(self.began + timedelta(days=day), timezone.now())

    def reporter(self) -> dict[str, Any]:
        """Who acts, with what keys, when the reporter acts; raises NobodyReported."""
        if self.receipt is None:
            raise NobodyReported(self.case.reference)
        return {"by": self.receipt.by, "keyring": self.receipt.keyring}


def play(
    scenario: Scenario, people: dict[str, User], *, now: datetime
) -> tuple[Case, str]:
    """Report, classify and act; gives the case and the receipt, if there is one."""
    began = (timezone.localtime(now) - timedelta(days=scenario.days_ago)).replace(
        hour=9, minute=30
    )
    handler = people[scenario.handler]
    keyring = Keyring(open_vault(handler, DEMO_PASSWORD, now=began))
    if scenario.kind == "prevention":
        case, code = _ask_beforehand(scenario, handler, keyring, began), ""
        stage = Stage(case, handler, keyring, began)
    else:
        pieces = [taken_in(name, now=began) for name in scenario.files]
        report = _report(scenario, people, began)
        case, code = submit(report=report, now=began, pieces=pieces)
        access = enter(code, now=began)
        stage = Stage(case, handler, keyring, began, access)
    for act in scenario.acts:
        case.refresh_from_db()
        VERBS[act.verb](stage, act)
        if act.code == "begin_triage":
            _classify(stage, scenario, act.day)
    return case, code


def _ask_beforehand(
    scenario: Scenario, handler: User, keyring: Keyring, began: datetime
) -> Case:
    request = cases.PreventionRequest(
        organisation=Organisation.objects.get(slug=scenario.organisation),
        subject=scenario.subject,
        meeting_on=began.date() + timedelta(days=12),
        expected=scenario.story,
        before=["Bel de wijkagent over de vergadering", "Spreek af wie de bode is"],
        after=["Bel de raadsleden na afloop"],
    )
    return cases.open_prevention(request, by=handler, keyring=keyring, now=began)


def _report(scenario: Scenario, people: dict[str, User], began: datetime) -> Report:
    told = {k: v for k, v in scenario.header.items() if k not in CLASSIFIED_LATER}
    return Report(
        organisation=Organisation.objects.get(slug=scenario.organisation),
        recused=[str(people[code].pk) for code in scenario.recuses],
        story=scenario.story,
        occurred=began.date(),
        name=scenario.name,
        contact=Contact(**scenario.contact),
        counted="yes",
        **told,
    )


def _classify(stage: Stage, scenario: Scenario, day: int) -> None:
    later = {k: v for k, v in scenario.header.items() if k in CLASSIFIED_LATER}
    cases.classify(
        stage.case,
        {**later, "subject": scenario.subject},
        revision=stage.case.revision,
        by=stage.handler,
        keyring=stage.keyring,
        now=stage.moment(day),
    )


def _step(stage: Stage, act: Act) -> None:
    name, _colon, choice = act.code.partition(":")
    wish = cases.current_wish(stage.case, stage.keyring)
    cases.step(
        stage.case,
        name,
        by=stage.handler,
        keyring=stage.keyring,
        now=stage.moment(act.day),
        words=act.words,
        choice=choice,
        consent=AGREED if cases.needs_consent(name, wish) else "",
    )


def _message(stage: Stage, act: Act) -> None:
    cases.send_message(
        stage.case,
        act.words,
        by=stage.handler,
        keyring=stage.keyring,
        now=stage.moment(act.day),
    )


def _note(stage: Stage, act: Act) -> None:
    cases.write_note(
        stage.case,
        act.words,
        by=stage.handler,
        keyring=stage.keyring,
        now=stage.moment(act.day),
    )


def _reply(stage: Stage, act: Act) -> None:
    cases.reply(stage.case, act.words, **stage.reporter(), now=stage.moment(act.day))


def _keep(stage: Stage, act: Act) -> None:
    for commitment in stage.case.commitments.open().filter(kind=act.code):
        cases.keep(commitment, by=stage.handler, now=stage.moment(act.day))


def _settle_all(stage: Stage, act: Act) -> None:
    for commitment in stage.case.commitments.open():
        cases.keep(commitment, by=stage.handler, now=stage.moment(act.day))


def _refer(stage: Stage, act: Act) -> None:
    now = stage.moment(act.day)
    header = cases.header_of(stage.case, stage.keyring)
    partner = next(
        choice.partner
        for choice in referrals.choices_for(stage.case, header)
        if choice.partner.code == act.code
    )
    draft = referrals.Draft(advice=act.words)
    if partner.way == Way.PACKAGE:
        draft = referrals.Draft(chosen=["summary"], words={"summary": act.words})
    elif partner.way == Way.REFERENCE_ONLY or partner.code == RIEC:
        draft = referrals.Draft(
            chosen=["reference", "date", "region"], advice=act.words
        )
    referral = referrals.propose(
        stage.case,
        partner,
        draft=draft,
        by=stage.handler,
        keyring=stage.keyring,
        now=now,
    )
    referrals.consent(referral, **stage.reporter(), now=now)
    referrals.send(referral, by=stage.handler, keyring=stage.keyring, now=now)


def _offer(stage: Stage, act: Act) -> None:
    aftercare.offer(stage.case, by=stage.handler, now=stage.moment(act.day))


def _respond(accept: bool) -> Callable[[Stage, Act], None]:
    def act_(stage: Stage, act: Act) -> None:
        aftercare.respond_to_offer(
            Plan.objects.get(case=stage.case),
            accept=accept,
            **stage.reporter(),
            now=stage.moment(act.day),
        )

    return act_


def _next_check_in(stage: Stage) -> CheckIn:
    return CheckIn.objects.filter(plan__case=stage.case, state="planned").order_by(
        "due_on"
    )[0]


def _hold(stage: Stage, act: Act) -> None:
    aftercare.hold(
        _next_check_in(stage),
        note=act.words,
        by=stage.handler,
        keyring=stage.keyring,
        now=stage.moment(act.day),
    )


def _answer(stage: Stage, act: Act) -> None:
    aftercare.answer(
        _next_check_in(stage),
        mood=act.code,
        needs="talk" if act.code == "not_well" else "nothing",
        text=act.words,
        stop=False,
        **stage.reporter(),
        now=stage.moment(act.day),
    )


def _finish(stage: Stage, act: Act) -> None:
    aftercare.conclude(
        Plan.objects.get(case=stage.case),
        outcome=act.code,
        by=stage.handler,
        keyring=stage.keyring,
        now=stage.moment(act.day),
    )


def _ask_name(stage: Stage, act: Act) -> None:
    cases.ask(
        stage.case,
        "identity",
        act.words,
        by=stage.handler,
        keyring=stage.keyring,
        now=stage.moment(act.day),
    )


VERBS: dict[str, Callable[[Stage, Act], Any]] = {
    "step": _step,
    "message": _message,
    "note": _note,
    "ask_name": _ask_name,
    "reply": _reply,
    "keep": _keep,
    "settle_all": _settle_all,
    "refer": _refer,
    "offer_aftercare": _offer,
    "accept_aftercare": _respond(True),
    "decline_aftercare": _respond(False),
    "hold_check_in": _hold,
    "answer_check_in": _answer,
    "finish_aftercare": _finish,
}
