"""What fits a case, by its codes: the scenarios of the field, and rules for all."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from cases.forms import TaskForm
from cases.guidance import (
    Guidance,
    instruments,
    offence_hints,
    proposals,
    public_instruments,
)
from cases.guidance.catalogue import AUDIENCES, PHASES, TOPICS
from cases.guidance.knowledge import ARTICLES
from cases.guidance.rules import REGIONAL_NORMS, RULES
from cases.header import Header
from cases.models import Case
from cases.workflow import State
from tests.cases.test_header import headers
from weerbaar import codes
from weerbaar.steps import steps_of


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The texts as they stand in the code."""
    with override("en"):
        yield


def propose(
    state: str = "triage", kind: str = "incident", **header: object
) -> Guidance:
    return proposals(Header(**header), kind, state)  # type: ignore[arg-type]


def steps(guidance: Guidance) -> set[str]:
    return {p.step.code for p in guidance.steps}


def partners(guidance: Guidance) -> set[str]:
    return {p.code.code for p in guidance.partners}


def tools(guidance: Guidance) -> set[str]:
    return {f.instrument.code.code for f in guidance.instruments}


def test_acute_danger_comes_first_with_112() -> None:
    found = propose(types=["threat_of_violence"], is_acute=True)

    assert found.steps[0].step.code == "call_112"
    assert found.steps[0].step.phone == "112"
    assert "VPT" in str(found.steps[0].step.text)
    assert "call_112" not in steps(propose(types=["threat_of_violence"]))


def test_a_threat_asks_for_the_vpt_code_domicile_and_the_seven_ws() -> None:
    found = propose(types=["veiled_threat"], office="councillor")

    assert {"police_vpt", "domicile", "seven_w"} <= steps(found)
    assert {"police", "support_team_nwb", "trust_line"} <= partners(found)
    assert {"ela_vpt", "step_plan_report", "factsheet_anonimiteit"} <= tools(found)


def test_a_gift_goes_back_and_only_the_chair_asks_sipa() -> None:
    found = propose(types=["gift_offer"], office="alderman")
    sipa = next(p for p in found.partners if p.code.code == "sipa")

    assert {"give_back", "chair_sipa"} <= steps(found)
    assert "police_vpt" not in steps(found)
    assert "Only the chair asks SIPA, without data" in str(sipa.prompt)
    assert "rijksrecherche" not in steps(found)


def test_bribery_points_to_the_rijksrecherche_line() -> None:
    found = propose(types=["bribery_attempt"])
    step = next(p for p in found.steps if p.step.code == "rijksrecherche")

    assert step.step.phone == "088-699 28 90"
    assert "162" in step.source
    assert {"rijksrecherche_advice", "riec"} <= partners(found)


def test_a_riec_comes_in_only_through_the_coordinator() -> None:
    shouting = propose(types=["shouting_swearing"], perpetrators=["resident"])
    crime = propose(types=["threatening_object"], perpetrators=["organised_crime"])
    riec = next(p for p in crime.partners if p.code.code == "riec")

    assert "riec" not in partners(shouting)
    assert "coordinator" in str(riec.prompt)


@pytest.mark.parametrize("office", [c.code for c in codes.entries("office_roles")])
def test_security_at_home_is_for_eligible_offices_only(office: str) -> None:
    eligible = codes.get("office_roles", office).get("home_security_scheme_eligible")
    found = propose(types=["vandalism_home"], office=office)

    assert ("home_security_scheme" in tools(found)) == bool(eligible)
    assert ("home_security" in steps(found)) == bool(eligible)
    assert "self_scan_ccv" in tools(found)


def test_conduct_among_office_holders_gets_another_handler() -> None:
    found = propose(types=["internal_transgression"])

    assert found.steps[0].step.code == "other_handler"
    assert "confidential_adviser" in partners(found)
    assert not {"police_vpt", "seven_w", "react_48h"} & steps(found)


def test_emotion_may_be_no_violation() -> None:
    angry = propose(types=["shouting_swearing"], severity="less_serious")
    grave = propose(types=["shouting_swearing"], severity="serious")

    assert "weigh_norm" in steps(angry)
    assert "weigh_norm" not in steps(grave)
    assert "weigh_norm" not in steps(propose(types=["discriminatory_remark"]))


def test_a_family_that_is_hit_gets_the_support_team() -> None:
    for fact in (
        {"family": "yes"},
        {"effects": ["family_affected"]},
        {"types": ["threat_against_family"]},
        {"reporter_role": "family"},
    ):
        assert "family" in steps(propose("response", **fact))
    assert "family" not in steps(propose("response", family="no"))


def test_advice_beforehand_gives_the_checklist_and_the_norm_of_the_province() -> None:
    found = proposals(Header(), "prevention", "reported", province="utrecht")

    assert [s.code for s in found.checklist] == [
        "house_rules",
        "usher",
        "inform_police",
        "escape_route",
        "talk_afterwards",
    ]
    assert "utrechtse_norm" in tools(found)
    assert "contact_today" not in steps(found)


@given(
    header=headers,
    kind=st.sampled_from(["incident", "prevention"]),
    state=st.sampled_from(list(State.values)),
)
def test_nothing_is_proposed_twice_or_without_a_reason(
    header: Header, kind: str, state: str
) -> None:
    found = proposals(header, kind, state)

    for listed in (found.steps, found.partners, found.instruments):
        assert all(str(entry.why) and entry.source for entry in listed)
    for named in (steps(found), partners(found), tools(found)):
        assert None not in named
    assert len(steps(found)) == len(found.steps)
    assert len(partners(found)) == len(found.partners)
    assert len(tools(found)) == len(found.instruments)
    urgent = [p.step.urgent for p in found.steps]
    assert urgent == sorted(urgent, reverse=True)
    assert all(f.instrument.fits_office(header.office) for f in found.instruments)


def test_every_step_that_is_offered_has_an_article_beside_it() -> None:
    shown = {
        name
        for name, arrows in steps_of(Case).items()
        if not arrows[0].custom["step"].hidden
    }

    assert set(ARTICLES) == shown


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_proposal_fits_a_task(language: str) -> None:
    longest = TaskForm.base_fields["text"].max_length

    with override(language):
        texts = [str(step.text) for rule in RULES for step in rule.steps]

    assert max(map(len, texts)) <= longest


def test_an_offence_is_a_hint_without_remarks() -> None:
    header = Header(types=["bribery_attempt", "doxing", "gift_offer"])

    assert offence_hints(header) == ["art. 177 Sr, 363 Sr", "art. 285d Sr"]
    assert offence_hints(Header()) == []


def test_every_number_has_the_day_of_its_check() -> None:
    found = propose(types=["threat_of_violence"], is_acute=True)

    assert {hint.code.code for hint in found.numbers} == {
        "police",
        "support_team_nwb",
        "trust_line",
    }
    assert all(hint.checked_on for hint in found.numbers)
    police = next(h for h in found.numbers if h.code.code == "police")
    assert police.phone == "112 / 0900-8844"


def test_every_rule_names_codes_that_exist() -> None:
    for rule in RULES:
        codes.check("partners", rule.partners)
        codes.check("instruments", rule.instruments)
    codes.check("provinces", REGIONAL_NORMS)
    codes.check("instruments", REGIONAL_NORMS.values())


@pytest.mark.django_db
def test_every_instrument_can_be_found_by_each_filter() -> None:
    everything = instruments()

    assert len(everything) == 41
    assert {p for i in everything for p in i.phases} == set(PHASES)
    assert all(i.phases and i.audiences for i in everything)
    assert [i.title for i in everything if not set(i.topics) <= set(TOPICS)] == []
    assert [i.title for i in everything if not i.topics] == []
    assert {a for i in everything for a in i.audiences} == set(AUDIENCES)
    found = instruments(phase="aftercare", topic="care", audience="office_holder")
    assert {"support_team", "trust_line"} <= {i.code.code for i in found}


@pytest.mark.django_db
def test_a_reporter_sees_what_is_made_for_reporters() -> None:
    public = {i.code.code for i in public_instruments()}

    assert {"support_team", "trust_line", "self_scan_ccv"} <= public
    assert not {"gir", "circulaire_bb", "aggression_protocol_format"} & public
