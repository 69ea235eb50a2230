"""Being counted anonymously is the reporter's choice: sealed, hers, without a trace."""

import pytest
from django.urls import reverse

from cases import services
from cases.models import Case
from cases.services.figures import contribute_case
from tests.cases.asking import doing
from weerbaar.accounts.actors import Reporter
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.contributions.models import Contribution
from weerbaar.contributions.services import make_final, read_year
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

    choose(case, True)
    assert counted(figure_year) == 0
    page = reverse("case", args=[case.reference])
    signed_in(bram).get(page)
    rows = Contribution.objects.count()
    signed_in(bram).get(page)
    assert (counted(figure_year), Contribution.objects.count()) == (1, rows)


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
