"""What a case tells the network: coarse codes, sealed in the handler's request."""

from typing import Any

from django.db import transaction

from cases.header import Header
from cases.models import Case, Kind
from cases.services.counting import UNCOUNTED, Counting, counting_of, taken_back
from cases.services.locking import lock
from cases.services.persons import person_token
from cases.services.reading import header_of
from cases.services.sealing import rewrite_header
from cases.services.timing import Timing, timings
from cases.workflow import State
from weerbaar import codes
from weerbaar.contributions.services import Record, contribute
from weerbaar.vault.keyring import Keyring


def office_kind(office: str) -> str:
    """Executive, representative or support: an office itself may name a person."""
    kind = str(codes.get("office_roles", office).get("kind", "")) if office else ""
    if "executive" in kind:
        return "executive"
    return "representative" if kind == "representative" else "support" if kind else ""


def groups_of(types: list[str]) -> list[str]:
    """The incident groups of the monitor that these types belong to."""
    found = (codes.get("incident_types", t).get("monitor_group") for t in types)
    return sorted({group for group in found if group})


def record_of(
    case: Case, header: Header, chosen: Counting, revision: int, timing: Timing
) -> Record:
    """The codes of a case as the network may count them.

    Of who said no, and of what stays out, it says that it is out, and nothing else.
    """
    if not counts(case, header, chosen):
        token, said = header.case_token, chosen.said
        return taken_back(case, token, said=said, revision=revision)
    return Record(
        case=header.case_token,
        person=header.person_token,
        revision=revision,
        organisation=str(case.organisation_id),
        organisation_type=case.organisation.kind,
        province=case.organisation.province,
        year=case.opened_on.year,
        month=case.opened_on.month,
        kind=case.kind,
        office_kind=office_kind(header.office),
        incident_groups=groups_of(header.types),
        channels=list(header.channels),
        perpetrators=list(header.perpetrators),
        topic=header.topic,
        severity=header.severity,
        police=header.police,
        decision_influenced=header.decision_influenced,
        referrals=list(header.referrals),
        aftercare=header.aftercare,
        outcome=header.outcome,
        motive=header.motive,
        no_aangifte=header.no_aangifte,
        closed=case.state == State.CLOSED,
        withdrawn=False,
        said=chosen.said,
        **timing,
    )


def counts(case: Case, header: Header, chosen: Counting) -> bool:
    """Whether a case belongs in the figures: assessed, fitting, and she agreed.

    Advice beforehand is about nobody's report, so there is nobody to ask.
    """
    agreed = chosen.agreed or case.kind == Kind.PREVENTION
    return agreed and _is_assessed(case, header) and header.counts_in_figures


def _is_assessed(case: Case, header: Header) -> bool:
    """A report that she took back was never assessed: it closed without an outcome."""
    withdrawn = case.state == State.CLOSED and not header.outcome
    if case.kind == Kind.INCIDENT and withdrawn:
        return False
    return case.state not in UNCOUNTED


def contribute_case(case: Case, *, keyring: Keyring) -> None:
    """Seal the case's record for the network; a later revision replaces an earlier one.

    A case that never counted sends nothing; one that stops counting sends a withdrawal.
    """
    header, chosen = header_of(case, keyring), counting_of(case, keyring)
    if not counts(case, header, chosen) and header.figure_revision == 0:
        return
    revision = header.figure_revision + 1
    noted: dict[str, Any] = {"figure_revision": revision, "figure_said": chosen.said}
    if revision == 1:
        noted["person_token"] = person_token(case, header, keyring)
    header = rewrite_header(case, noted, keyring=keyring)
    timing = timings([(case, header)])[case.pk]
    contribute(record_of(case, header, chosen, revision, timing))


@transaction.atomic
def follow_choice(case: Case, *, keyring: Keyring) -> None:
    """Count a case whose reporter said yes since; done when a handler opens it."""
    header, chosen = header_of(case, keyring), counting_of(case, keyring)
    if chosen.said > header.figure_said and counts(case, header, chosen):
        lock(case)
        contribute_case(case, keyring=keyring)
