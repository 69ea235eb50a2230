"""Steps with all that belongs to them: words, choice, consent, promises, figures."""

import pytest

from cases import services
from cases.models import Case, CommitmentState, StatementKind
from cases.workflow import State
from tests.cases.asking import doing
from tests.cases.test_workflow import LEGAL, ROUTES, ready
from weerbaar.accounts.actors import Reporter
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.contributions.models import Contribution
from weerbaar.contributions.services import read_year
from weerbaar.steps import StepForbidden, StepNotPossible, take_step


@pytest.fixture
def case(open_report, bram, keyring_of, now) -> Case:
    made, _words = open_report(wish="think_along")
    services.step(made, "begin_triage", **doing(bram, keyring_of, now))
    return made


def state_of(case: Case) -> str:
    return str(Case.objects.values_list("state", flat=True).get(pk=case.pk))


def test_who_begins_owns_the_case(case, bram) -> None:
    assert [a.user for a in services.people_on(case)] == [bram]


def test_words_of_a_step_reach_the_reporter(case, bram, keyring_of, now) -> None:
    who = doing(bram, keyring_of, now)

    services.step(case, "advise", words="Zet uw berichten op slot.", **who)

    assert state_of(case) == State.ADVICE
    advice = case.statements.of_kinds([StatementKind.ADVICE]).get()
    assert advice.key_id == case.dialogue_key_id
    kept = case.commitments.get(kind="first_contact")
    assert kept.state == CommitmentState.KEPT


def test_a_step_without_its_words_or_choice_does_nothing(
    case, bram, keyring_of, now
) -> None:
    who = doing(bram, keyring_of, now)

    with pytest.raises(services.StepWordsMissing):
        services.step(case, "advise", words="  ", **who)
    case.refresh_from_db()
    with pytest.raises(services.StepChoiceMissing):
        services.step(case, "dismiss", words="Uitleg.", choice="handled", **who)

    assert state_of(case) == State.TRIAGE
    assert not case.statements.of_kinds([StatementKind.ADVICE]).exists()
    assert not Event.objects.filter(kind=Kind.CASE_DISMISS).exists()


# Written out from the design: what each step leaves behind, and who reads it.
NEEDS = {
    "dismiss": ("outcome", "reporter"),
    "advise": ("advice", "reporter"),
    "respond": ("measures", "reporter"),
    "resume_response": ("reason", "handlers"),
    "close": ("lessons", "handlers"),
    "reopen": ("reason", "handlers"),
}
CHOICES = {"dismiss": "no_violation", "evaluate": "not_reached"}


@pytest.mark.parametrize("name", sorted(NEEDS.keys() | CHOICES))
def test_each_step_leaves_what_the_design_asks(
    name: str, open_report, bram, keyring_of, now
) -> None:
    case, _words = open_report()
    who = doing(bram, keyring_of, now)
    for step in ROUTES[next(iter(LEGAL[name]))]:
        take_step(ready(case), step, by=bram, now=now)
    before, choice = ready(case).state, CHOICES.get(name, "")
    kind, reader = NEEDS.get(name, ("", ""))

    if kind:
        with pytest.raises(services.StepWordsMissing):
            services.step(case, name, words=" \n", choice=choice, **who)
    if choice:
        with pytest.raises(services.StepChoiceMissing):
            services.step(case, name, words="Tekst.", choice="", **who)
    assert state_of(case) == before
    services.step(case, name, words="Tekst.", choice=choice, **who)

    assert state_of(case) == LEGAL[name][before]
    if kind:
        written = case.statements.of_kinds([kind]).get()
        told = written.key_id == case.dialogue_key_id
        assert told == (reader == "reporter")


@pytest.mark.parametrize("wish", ["record", "not_sure"])
def test_going_beyond_the_wish_needs_consent_in_words(
    wish: str, open_report, bram, keyring_of, now
) -> None:
    case, _words = open_report(wish=wish)
    who = doing(bram, keyring_of, now)
    services.step(case, "begin_triage", **who)

    with pytest.raises(services.StepConsentMissing):
        services.step(case, "respond", words="Een gesprek.", **who)
    assert state_of(case) == State.TRIAGE
    case.refresh_from_db()
    services.step(
        case, "respond", words="Een gesprek.", consent="Vandaag, telefonisch.", **who
    )

    consents = services.read_thread(case, [StatementKind.CONSENT], who["keyring"])
    assert [(o.text, o.body["consent"]) for o in consents] == [
        ("Vandaag, telefonisch.", "respond")
    ]
    assert consents[0].statement.key_id == case.case_key_id


def test_a_changed_wish_counts_from_then_on(open_report, bram, keyring_of, now) -> None:
    case, _words = open_report(wish="think_along")
    who = doing(bram, keyring_of, now)
    services.step(case, "begin_triage", **who)
    anna = Reporter(case.dialogue_key_id)
    keyring = who["keyring"]
    services.change_wish(case, "record", by=anna, keyring=keyring, now=now)

    assert services.current_wish(case, keyring) == "record"
    with pytest.raises(services.StepConsentMissing):
        services.step(case, "respond", words="Een gesprek.", **who)


def test_dismissing_lets_the_promises_go(case, bram, keyring_of, now) -> None:
    who = doing(bram, keyring_of, now)
    services.step(case, "dismiss", words="Emotie mag.", choice="no_violation", **who)

    assert not case.commitments.open().exists()
    assert services.header_of(case, who["keyring"]).outcome == "no_violation"
    assert case.closed_on == now.date()


def test_withdrawing_is_for_the_reporter_and_lets_go(case, bram, now) -> None:
    with pytest.raises(StepForbidden):
        services.withdraw(case, by=bram, now=now)  # type: ignore[arg-type]

    services.withdraw(case, by=Reporter(case.dialogue_key_id), now=now)

    assert state_of(case) == State.CLOSED
    assert not case.commitments.open().exists()
    assert Event.objects.get(kind=Kind.CASE_WITHDRAW).actor_id is None


def test_closing_needs_every_promise_settled_and_tells_the_figures(
    figure_year, case, bram, keyring_of, now
) -> None:
    who = doing(bram, keyring_of, now)
    services.step(case, "respond", words="Een gesprek.", **who)
    services.arrange_aftercare(case)
    services.step(case, "begin_aftercare", **who)
    services.step(case, "evaluate", choice="given", **who)
    with pytest.raises(StepNotPossible):
        services.step(case, "close", words="Eerder bellen.", **who)
    for promise in case.commitments.open():
        services.keep(promise, by=bram, now=now)
    services.classify(
        case,
        {"severity": "serious", "police": "melding"},
        revision=case.revision,
        **who,
    )
    case.refresh_from_db()
    services.step(case, "close", words="Eerder bellen.", **who)

    records = sorted(read_year(2026, figure_year), key=lambda r: r.revision)
    assert [r.revision for r in records] == [1, 2]
    assert [r.closed for r in records] == [False, True]
    assert {r.case for r in records} == {
        services.header_of(case, who["keyring"]).case_token
    }
    assert records[-1].outcome == "handled"
    assert records[-1].aftercare == "given"


def test_what_never_counted_sends_nothing(
    figure_year, case, bram, keyring_of, now
) -> None:
    services.step(
        case,
        "dismiss",
        words="Emotie mag.",
        choice="no_violation",
        **doing(bram, keyring_of, now),
    )

    assert not Contribution.objects.exists()


@pytest.fixture
def counted(figure_year, case, bram, keyring_of, now):
    """A case that was assessed and closed, so that the network counts it."""
    who = doing(bram, keyring_of, now)
    services.step(case, "respond", words="Een gesprek.", **who)
    services.arrange_aftercare(case)
    services.step(case, "begin_aftercare", **who)
    services.step(case, "evaluate", choice="given", **who)
    for promise in case.commitments.open():
        services.keep(promise, by=bram, now=now)
    codes = {"severity": "serious", "police": "melding"}
    services.classify(case, codes, revision=case.revision, **who)
    case.refresh_from_db()
    services.step(case, "close", words="Eerder bellen.", **who)
    return case


def last_record(figure_year, case):
    """What the network counts of a case: its last revision."""
    records = list(read_year(2026, figure_year))
    assert len({r.case for r in records}) == 1
    return max(records, key=lambda r: r.revision)


def test_a_correction_after_closing_replaces_what_was_counted(
    figure_year, counted, bram, keyring_of, now
) -> None:
    before = last_record(figure_year, counted)

    services.classify(
        counted,
        {"severity": "very_serious"},
        revision=counted.revision,
        **doing(bram, keyring_of, now),
    )

    after = last_record(figure_year, counted)
    assert (before.severity, after.severity) == ("serious", "very_serious")
    assert after.revision == before.revision + 1
    assert not after.withdrawn


def test_opened_again_it_counts_when_it_was_assessed_again(
    figure_year, counted, bram, keyring_of, now
) -> None:
    who = doing(bram, keyring_of, now)
    services.step(counted, "reopen", words="Toch meer.", **who)
    reopened = last_record(figure_year, counted)
    services.step(counted, "respond", words="Nog een gesprek.", **who)

    again = last_record(figure_year, counted)
    assert (reopened.withdrawn, reopened.outcome) == (True, "")
    assert (again.withdrawn, again.outcome, again.closed) == (False, "", False)


def test_what_turns_out_a_duplicate_is_taken_out_of_the_figures(
    figure_year, counted, bram, keyring_of, now
) -> None:
    who = doing(bram, keyring_of, now)
    services.step(counted, "reopen", words="Stond er al.", **who)
    services.step(counted, "dismiss", words="Dubbel.", choice="duplicate", **who)

    assert last_record(figure_year, counted).withdrawn


def test_what_the_reporter_takes_back_does_not_count(
    figure_year, counted, bram, keyring_of, now
) -> None:
    """Opened again it can be taken back again, and was counted before."""
    who = doing(bram, keyring_of, now)
    services.step(counted, "reopen", words="Op verzoek.", **who)

    services.withdraw(counted, by=Reporter(counted.dialogue_key_id), now=now)

    assert last_record(figure_year, counted).withdrawn


def test_hidden_and_unknown_steps_are_no_steps(case, bram, keyring_of, now) -> None:
    for name in ("withdraw", "nonsense"):
        with pytest.raises(StepNotPossible):
            services.step(case, name, **doing(bram, keyring_of, now))


def test_a_stranger_takes_no_step(case, chris, daan, keyring_of, now) -> None:
    with pytest.raises(StepForbidden):
        services.step(case, "advise", words="Advies.", **doing(chris, keyring_of, now))
