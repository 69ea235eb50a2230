"""Being counted anonymously is the reporter's choice: sealed, hers, without a trace."""

import pytest
from django.urls import reverse

from cases import services
from cases.models import Case
from cases.services.figures import contribute_case
from tests.cases.asking import doing
from weerbaar import codes
from weerbaar.accounts.actors import Reporter
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.contributions.models import Contribution
from weerbaar.contributions.services import Record, make_final, read_year
from weerbaar.network.counting import newest
from weerbaar.web.refusals import NotAllowed


@pytest.fixture
def assessed(open_report, bram, keyring_of, now, figure_year):
    """Reports of which Bram has ended the assessment."""

    def assess(**facts) -> Case:
        case, _words = open_report(**facts)
        who = doing(bram, keyring_of, now)
        services.step(case, "begin_triage", **who)
        services.step(case, "advise", words="Zet uw berichten op slot.", **who)
        return Case.objects.get(pk=case.pk)

    return assess


@pytest.fixture
def choose(bram, keyring_of, now):
    """The reporter chooses in her mailbox, with the Secret that her receipt opens."""

    def choose_(case: Case, counted: bool) -> None:
        services.change_counting(
            case,
            counted=counted,
            by=Reporter(case.dialogue_key_id),
            keyring=keyring_of(bram),
            now=now,
        )

    return choose_


def counted(secret) -> int:
    return len(newest(r for r in read_year(2026, secret) if r))


def by_age(secret) -> list[Record]:
    return sorted(read_year(2026, secret), key=lambda r: (r.said, r.revision))


def empty(told: Record) -> bool:
    """Whether it says that a case is out, and not a word of it."""
    known = Record(
        case=told.case,
        person="",
        revision=told.revision,
        organisation="",
        organisation_type="",
        province="",
        year=2026,
        month=5,
        kind="incident",
        withdrawn=True,
        said=told.said,
    )
    return told == known


def test_only_a_yes_is_counted_and_no_row_says_so(assessed, figure_year) -> None:
    cases = [assessed(counted=answer) for answer in ("no", "", "yes")]

    assert counted(figure_year) == Contribution.objects.count() == 1
    assert len({len(bytes(case.figures)) for case in cases}) == 1


@pytest.mark.parametrize(
    "facts",
    [{"types": ["internal_transgression"]}, {"outcome": "no_violation"}],
)
def test_what_stays_out_stays_out_with_a_yes_too(assessed, facts) -> None:
    assessed(counted="yes", **facts)

    assert not Contribution.objects.exists()


def test_case_that_turns_out_to_be_among_colleagues_goes_out_at_once(
    assessed, bram, keyring_of, now, figure_year
) -> None:
    """Not when it is closed: a quarter may be published before."""
    case = assessed(counted="yes", types=["veiled_threat"])
    who = doing(bram, keyring_of, now)
    assert counted(figure_year) == 1

    for types, many in ((["internal_transgression"], 0), (["veiled_threat"], 1)):
        case.refresh_from_db()
        services.classify(case, {"types": types}, revision=case.revision, **who)
        assert counted(figure_year) == many
    first, second, third = by_age(figure_year)
    assert (empty(first), empty(second), empty(third)) == (False, True, False)


def test_reports_of_one_named_person_are_of_one_person_and_others_are_not(
    assessed, figure_year, bram
) -> None:
    def report(name: str, anonymity: str = "named", **facts) -> None:
        facts |= {"identity": {"name": name}, "anonymity": anonymity}
        assessed(counted="yes", **facts)

    for name in ("Merel Oosterink", "  merel  OOSTERINK "):
        report(name)
    report("Joris Haverkamp")
    report("Merel Oosterink", anonymity="confidential")
    report("Merel Oosterink", reporter_role="on_behalf")
    assessed(counted="yes")

    records = [one for one in read_year(2026, figure_year) if one]
    persons = [one.person for one in records]
    assert len(records) == 6
    assert len(set(persons)) == 5
    assert "merel" not in str(records).casefold()


def test_report_that_was_taken_back_is_counted_by_nobody(
    open_report, bram, keyring_of, now, figure_year, lindeveen
) -> None:
    """Nor when a handler tidies up the closed case, or she changes her choice."""
    case, _words = open_report(counted="yes", types=["veiled_threat"])
    services.withdraw(case, by=Reporter(case.dialogue_key_id), now=now)
    who = doing(bram, keyring_of, now)

    case.refresh_from_db()
    services.classify(case, {"severity": "serious"}, revision=case.revision, **who)

    assert not Contribution.objects.exists()
    own = services.own_figures(lindeveen, 2026, by=bram, keyring=who["keyring"])
    assert (own.counted, own.waiting) == (0, 1)


def test_no_ends_it_at_once_and_yes_when_a_handler_comes(
    assessed, choose, bram, keyring_of, now, figure_year, signed_in
) -> None:
    case = assessed(counted="yes")
    assert counted(figure_year) == 1

    choose(case, False)
    choose(case, False)
    assert counted(figure_year) == 0
    # A handler's later revision does not undo her word.
    services.step(case, "respond", words="Een gesprek.", **doing(bram, keyring_of, now))
    contribute_case(case, keyring=keyring_of(bram))
    assert counted(figure_year) == 0
    told, *later = by_age(figure_year)
    assert told.organisation
    assert later
    assert all(empty(one) for one in later)

    choose(case, True)
    assert counted(figure_year) == 0
    page = reverse("case", args=[case.reference])
    signed_in(bram).get(page)
    rows = Contribution.objects.count()
    signed_in(bram).get(page)
    assert (counted(figure_year), Contribution.objects.count()) == (1, rows)


def test_length_of_a_row_tells_nothing(assessed, choose) -> None:
    """A no, an advice, an incident of few codes and one of many: all alike."""
    many = [entry.code for entry in codes.entries("channels")]
    choose(assessed(counted="yes", channels=many, perpetrators=["resident"]), False)
    assessed(counted="yes")

    rows = Contribution.objects.values_list("record", flat=True)
    assert len(rows) == 3
    assert len({len(bytes(row)) for row in rows}) == 1


def test_history_tells_that_she_chose_and_not_what(assessed, choose) -> None:
    for case, answer in (
        (assessed(counted="yes"), False),
        (assessed(counted=""), True),
    ):
        choose(case, answer)

    told = Event.objects.filter(kind=Kind.COUNTING_CHOSEN)
    assert [event.facts for event in told] == [{}, {}]


def test_handler_sees_the_choice_and_cannot_make_it(
    assessed, bram, keyring_of, now, signed_in
) -> None:
    case = assessed(counted="no")

    with pytest.raises(NotAllowed):
        services.change_counting(case, counted=True, **doing(bram, keyring_of, now))

    page = signed_in(bram).get(reverse("case", args=[case.reference])).content.decode()
    assert "Anoniem in de cijfers" in page
    assert "alleen de melder kan dit wijzigen" in page


def test_final_figures_are_said_to_be_final(assessed, choose, now, figure_year) -> None:
    case = assessed(counted="yes")
    make_final(2026, today=now.date())

    with pytest.raises(services.FiguresFinal):
        choose(case, False)

    assert counted(figure_year) == 1
