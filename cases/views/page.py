"""The frame of a case's pages: finding the case, opening its header, its tabs."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases import services
from cases.models import Case, Kind
from weerbaar.web.access import StaffRequest

# Tab → label and page; two of them belong to rooms above this one.
TABS = (
    ("overview", _("Overview"), "case"),
    ("messages", _("Messages"), "case-messages"),
    ("referrals", _("Referrals"), "case-referrals"),
    ("aftercare", _("Aftercare"), "case-aftercare"),
    ("timeline", _("Timeline"), "case-timeline"),
)
# Advice beforehand is handed to nobody and followed by no talks.
INCIDENT_ONLY = {"referrals", "aftercare"}


def find_case(request: StaffRequest, reference: str) -> Case:
    """The case, when this person may know of it. Raises Http404."""
    cases = Case.objects.visible_to(request.user).select_related("organisation")
    return get_object_or_404(cases, reference=reference.upper())


def case_page_context(
    request: StaffRequest, reference: str, tab: str
) -> dict[str, Any]:
    """What every page of a case needs: case, header, tabs, people. Raises Http404.

    Opening a page is a look, and a look is an event (H-12); also by sending a form,
    which would otherwise be a way to read without a trace.
    """
    case = find_case(request, reference)
    # The vault first: who cannot open the case has not looked at it.
    header = services.header_of(case, request.keyring)
    services.renew(case, keyring=request.keyring)
    services.follow_choice(case, keyring=request.keyring)
    if request.method != "HEAD":
        services.look(case, by=request.user, now=timezone.now())
    return {
        "case": case,
        "header": header,
        "tab": tab,
        "tabs": [
            _tab(case, *entry, current=tab) for entry in TABS if _fits(case, entry)
        ],
        "people": services.people_on(case),
        "today": today(),
    }


def today() -> date:
    return timezone.localdate()


def _fits(case: Case, entry: tuple[str, Any, str]) -> bool:
    return case.kind == Kind.INCIDENT or entry[0] not in INCIDENT_ONLY


def _tab(
    case: Case, name: str, label: Any, page: str, *, current: str
) -> dict[str, Any]:
    try:
        url = reverse(page, args=[case.reference])
    except NoReverseMatch:
        url = ""
    return {"url": url, "label": label, "is_current": name == current}
