"""Check the answers, send, and the receipt that is shown once."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats, timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from intake import limits, services
from intake.forms import KeptForm, StepForm, report_from
from intake.models import CookieKind
from intake.views import cookies
from intake.views.draft import Draft, cleaned_of
from intake.views.start import check_url, gone
from intake.views.steps import FILES_STEP
from weerbaar.accounts.models import Organisation, User
from weerbaar.accounts.roles import Permission
from weerbaar.web.refusals import NotAllowed


class Row(NamedTuple):
    """An answer on the check page, in the shape of `web/components/data_list.html`."""

    key: str
    value: str
    url: str
    what: str


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Check your answers (WEB-31); sending twice is one case."""
    try:
        draft = Draft.of(request)
    except services.Expired:
        return gone(request)
    if draft.sent:
        if request.method == "POST":
            services.show_again(cookies.draft_cookie(request), now=timezone.now())
        return redirect("report-done")
    forms, unfinished = draft.judged()
    if unfinished is not None:
        return redirect(check_url(unfinished))
    if request.method == "POST":
        return _send(request, draft, cleaned_of(forms))
    rows = [row for number, form in forms.items() for row in _rows(number, form)]
    if draft.files:
        rows.insert(_after_story(rows), _files_row(draft))
    return render(request, "intake/check.html", {"rows": rows})


def _send(
    request: HttpRequest, draft: Draft, cleaned: Mapping[str, Any]
) -> HttpResponse:
    organisation = draft.organisation(cleaned)
    if organisation is None:
        return redirect(check_url("1"))
    if draft.is_on_behalf and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    services.submit_draft(
        cookies.draft_cookie(request),
        report=report_from(cleaned, organisation),
        by=_taker(request, organisation) if draft.is_on_behalf else None,
        now=timezone.now(),
        slow=limits.report_is_crowding(request),
    )
    return redirect("report-done")


def _taker(request: HttpRequest, organisation: Organisation) -> User:
    """The handler who took the report on the phone."""
    user: Any = request.user
    if not user.may(Permission.HANDLE_CASES, organisation):
        raise NotAllowed
    found: User = user
    return found


def _rows(step: str, form: StepForm) -> Iterator[Row]:
    for label, names in form.summary:
        asked = [form[name] for name in names if name in form.fields]
        told = [(b, value) for b in asked if (value := _shown(b, form.cleaned_data))]
        if asked:
            lines = [value if b is asked[0] else _beside(b, value) for b, value in told]
            yield Row(str(label), "\n".join(lines), check_url(step), f"“{label}”")


def _files_row(draft: Draft) -> Row:
    """The files, by name: this is her own page."""
    names = "\n".join(piece.name for piece in draft.files)
    label = _("Files")
    return Row(label, names, check_url(FILES_STEP), f"“{label}”")


def _after_story(rows: list[Row]) -> int:
    step = check_url(FILES_STEP)
    return max((i for i, row in enumerate(rows) if row.url == step), default=0) + 1


def _beside(bound: BoundField, value: str) -> str:
    """A further answer of the same line, with its question."""
    label = str(bound.label)
    return f"{label}{'' if label.endswith('?') else ':'} {value}"


def _shown(bound: BoundField, cleaned: Mapping[str, Any]) -> str:
    """An answer in the words of the page."""
    value = cleaned.get(bound.name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return formats.date_format(value, "j F Y")
    choices = dict(_flat(getattr(bound.field, "choices", [])))
    if isinstance(value, list):
        return "\n".join(str(choices.get(v, v)) for v in value)
    return str(choices.get(value, value or "")) if value else ""


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield value, label


@require_http_methods(["GET", "POST"])
def done(request: HttpRequest) -> HttpResponse:
    """Thanks, the receipt once, and what happens next and by when (R-8, UX-27)."""
    cookie, now = cookies.draft_cookie(request), timezone.now()
    form = KeptForm(request.POST) if request.method == "POST" else KeptForm()
    try:
        if form.is_bound:
            if form.is_valid():
                return _finish(cookie)
            sent = services.sent_receipt(cookie, now=now)
        else:
            sent = services.take_receipt(cookie, now=now)
    except services.Expired:
        return gone(request)
    if sent is None:
        return redirect("report-check")
    contact_by = parse_date(sent["contact_by"]) if sent["contact_by"] else None
    context = {"sent": sent, "contact_by": contact_by, "form": form}
    return render(request, "intake/done.html", context)


def _finish(cookie: str) -> HttpResponse:
    services.drop(CookieKind.DRAFT, cookie)
    response = redirect("report-finished")
    cookies.take(response, settings.DRAFT_COOKIE_NAME)
    return response


@require_safe
def finished(request: HttpRequest) -> HttpResponse:
    """She can close the window; nothing of the report is left in this browser."""
    return render(request, "intake/finished.html")
