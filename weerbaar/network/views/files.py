"""Taking the figures along: for members, or for everybody where that was chosen."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from weerbaar.accounts.roles import Permission
from weerbaar.network.exports import as_csv, as_json
from weerbaar.network.figures import Figure
from weerbaar.network.models import Release
from weerbaar.network.publishing import FORMATS, file_name, write
from weerbaar.network.publishing.catalogue import as_catalogue
from weerbaar.network.report import report_name, table_report, yearly_report
from weerbaar.network.views.finding import table_in_force, year_in_force
from weerbaar.web.access import signed_in
from weerbaar.web.files import download

READS = Permission.READ_FIGURES
View = Callable[..., HttpResponse]


def members_or_public(view: View) -> View:
    """The door of files: signed in as a member, unless the figures are public."""
    closed = signed_in(READS)(view)

    @wraps(closed)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = view if settings.PUBLIC_FIGURES else closed
        return chosen(request, *args, **kwargs)

    return door


@members_or_public
@require_safe
def table_csv(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The table for a spreadsheet. Raises Http404, Withdrawn."""
    release, found = _find(request, year, code)
    # The mark at the beginning tells spreadsheets that this is UTF-8.
    text = as_csv(release, found).encode("utf-8-sig")
    name = f"weerbaar-{found.code.lower()}.csv"
    return download(text, name=name, media_type="text/csv; charset=utf-8")


@members_or_public
@require_safe
def table_json(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The table for a program. Raises Http404, Withdrawn."""
    release, found = _find(request, year, code)
    text = json.dumps(as_json(release, found), ensure_ascii=False, indent=1).encode()
    name = f"weerbaar-{found.code.lower()}.json"
    return download(text, name=name, media_type="application/json")


@members_or_public
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """What there is, for catalogues elsewhere (DCAT-AP-NL 3.0)."""
    content = as_catalogue(
        Release.objects.open_to(request.user).in_force(),
        site=settings.SITE_ADDRESS,
        contact=settings.SECURITY_CONTACT,
        is_public=settings.PUBLIC_FIGURES,
    )
    return HttpResponse(content, content_type="application/ld+json")


@members_or_public
@require_safe
def report(request: HttpRequest, year: int) -> HttpResponse:
    """The year as a report to print or pass on (N-6). Raises Http404, Withdrawn."""
    release = year_in_force(Release.objects.open_to(request.user), year)
    name = report_name(release)
    return download(yearly_report(release), name=name, media_type="application/pdf")


@members_or_public
@require_safe
def table_pdf(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The table on paper, to add to a letter (N-3). Raises Http404, Withdrawn."""
    release, found = _find(request, year, code)
    name, made = report_name(release, found.code), table_report(release, found.code)
    return download(made, name=name, media_type="application/pdf")


@members_or_public
@require_safe
def table_file(request: HttpRequest, year: int, code: str, name: str) -> HttpResponse:
    """The table under the name that the file has. Raises Http404, Withdrawn."""
    release, found = _find(request, year, code)
    kinds = {file_name(release, found.code, kind): kind for kind in FORMATS}
    if name not in kinds:
        raise Http404
    kind = kinds[name]
    content = write(release, found.code, kind)
    return download(content, name=name, media_type=FORMATS[kind].media_type)


def _find(request: HttpRequest, year: int, code: str) -> tuple[Release, Figure]:
    return table_in_force(Release.objects.open_to(request.user), year, code)
