"""The exact figures of an organisation's own cases, for who handles them there."""

from django.http import Http404, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cases import services
from cases.views.own_files import as_csv, as_xlsx, warning
from weerbaar.accounts import second_factor
from weerbaar.accounts.models import Organisation
from weerbaar.accounts.roles import Permission
from weerbaar.web.access import StaffRequest, signed_in
from weerbaar.web.files import download

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {"csv": (as_csv, "text/csv; charset=utf-8"), "xlsx": (as_xlsx, SHEET)}


@signed_in(Permission.HANDLE_CASES)
@require_safe
def own(request: StaffRequest) -> HttpResponse:
    """Count the cases of a year that she can open; nothing is kept (N-1)."""
    team, year = _chosen(request, request.GET)
    found = services.own_figures(team, year, by=request.user, keyring=request.keyring)
    context = {
        "found": found,
        "teams": request.user.organisations(Permission.HANDLE_CASES),
        "years": services.years_of(team, request.user),
        "warning": warning(),
    }
    return render(request, "cases/own_figures.html", context)


@signed_in(Permission.HANDLE_CASES)
@second_factor.fresh
@require_POST
def take(request: StaffRequest) -> HttpResponse:
    """Take the figures out as a file; the history says so."""
    kind = request.POST.get("kind", "")
    if kind not in FILES:
        raise Http404
    team, year = _chosen(request, request.POST)
    found = services.take_own_figures(
        team, year, by=request.user, keyring=request.keyring, now=timezone.now()
    )
    write, media_type = FILES[kind]
    name = f"eigen-cijfers-{year}-niet-doorgeven.{kind}"
    response = download(write(found), name=name, media_type=media_type)
    response["Cache-Control"] = "no-store"
    return response


def _chosen(request: StaffRequest, given: QueryDict) -> tuple[Organisation, int]:
    """The organisation and the year that she asks for. Raises Http404."""
    teams = request.user.organisations(Permission.HANDLE_CASES)
    slug = given.get("organisatie", teams[0].slug)
    team = next((team for team in teams if team.slug == slug), None)
    if team is None:
        raise Http404
    years = services.years_of(team, request.user)
    newest = years[0] if years else timezone.localdate().year
    year = given.get("jaar", str(newest))
    if year not in map(str, years) and year != str(newest):
        raise Http404
    return team, int(year)
