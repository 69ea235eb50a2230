"""The worklist: what is new, mine, of the team, due today or waiting; and new cases."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cases import services
from cases.forms import FilterForm, PreventionForm
from cases.models import Case, CaseQuerySet
from cases.views import saved
from cases.workflow import State
from weerbaar.accounts.models import Organisation
from weerbaar.accounts.roles import Permission
from weerbaar.web.access import StaffRequest, signed_in

PAGE = 25
TABS = {
    "nieuw": _("New"),
    "mijn": _("Mine"),
    "team": _("Team"),
    "vandaag": _("Today"),
    "wacht": _("Waiting"),
    "afgesloten": _("Closed"),
}


def _tab(cases: CaseQuerySet, name: str, request: StaffRequest) -> CaseQuerySet:
    """The cases of one tab."""
    today = timezone.localdate()
    match name:
        case "nieuw":
            return cases.new()
        case "mijn":
            return cases.open().of(request.user)
        case "vandaag":
            return cases.open().due(today)
        case "wacht":
            return cases.open().waiting()
        case "afgesloten":
            return cases.filter(state=State.CLOSED)
    return cases.open()


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def worklist(request: StaffRequest) -> HttpResponse:
    """The handler's cases, opened in this request only, the most urgent first (H-1).

    Filters come by POST and are applied after opening: an address, and so a history or
    a log, never says what somebody looked for (H-2).
    """
    view = saved.chosen_view(request)
    form = FilterForm(view.narrowing if view else request.POST or None)
    visible = Case.objects.visible_to(request.user)
    counts = {name: _tab(visible, name, request).count() for name in TABS}
    tab = view.tab if view else _chosen(request, counts)
    if "keep" in request.POST and form.is_valid():
        return saved.keep(request, tab, form.cleaned_data)
    rows = services.worklist(_tab(visible, tab, request), request.keyring)
    context = _lines(request, rows, form) | {
        "tabs": _links(tab, counts),
        "tab": tab,
        "tab_label": TABS[tab],
        "view": view,
        "views": saved.links(request, view, TABS),
        "teams": request.user.organisations(Permission.HANDLE_CASES),
    }
    return render(request, "cases/worklist.html", context)


def _lines(
    request: StaffRequest, rows: list[services.Row], form: FilterForm
) -> dict[str, Any]:
    """The rows that fit, the most urgent first, one page of them."""
    today = timezone.localdate()
    found = services.by_urgency(_narrowed(rows, form), today)
    asked = request.POST.get("page") or request.GET.get("page")
    page = Paginator(found, PAGE).get_page(asked)
    return {
        "form": form,
        "is_filtered": form.is_bound and any(form.data.get(n) for n in form.fields),
        "page": page,
        "lines": [_line(row, today) for row in page],
        "total": len(rows),
    }


def _chosen(request: StaffRequest, counts: dict[str, int]) -> str:
    """The tab asked for; otherwise what is new, and when nothing is, one's own."""
    asked = request.GET.get("tab", "")
    return asked if asked in TABS else "nieuw" if counts["nieuw"] else "mijn"


def _links(tab: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "url": f"?tab={name}",
            "label": label,
            "is_current": name == tab,
            "count": counts[name],
        }
        for name, label in TABS.items()
    ]


def _narrowed(rows: list[services.Row], form: FilterForm) -> list[services.Row]:
    if not form.is_bound or not form.is_valid():
        return rows
    return services.matching(rows, **form.cleaned_data)


def _line(row: services.Row, today: Any) -> dict[str, Any]:
    """What a line says; late in words and days, not in colour alone (H-5)."""
    due = row.next_promise.due_on if row.next_promise else None
    return {
        "case": row.case,
        "header": row.header,
        "more_types": len(row.header.types) - 1,
        "owner": row.owner,
        "promise": row.next_promise,
        "days_late": (today - due).days if due and due < today else 0,
        "is_today": due == today,
    }


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: StaffRequest) -> HttpResponse:
    """Ask advice before a tense meeting, or go on to record a report by phone."""
    organisations = request.user.organisations(Permission.HANDLE_CASES)
    form = PreventionForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        case = services.open_prevention(
            _wanted(form, organisations),
            by=request.user,
            keyring=request.keyring,
            now=timezone.now(),
        )
        messages.success(request, _("The case is made. The tasks stand in it."))
        return redirect("case", case.reference)
    return render(request, "cases/new.html", {"form": form})


def _wanted(
    form: PreventionForm, organisations: list[Organisation]
) -> services.PreventionRequest:
    data = form.cleaned_data
    return services.PreventionRequest(
        organisation=next(
            o for o in organisations if str(o.pk) == data["organisation"]
        ),
        subject=data["subject"],
        meeting_on=data["meeting_on"],
        expected=data["expected"],
        before=form.tasks(after=False),
        after=form.tasks(after=True),
        id=data["once"] or uuid4(),
    )
