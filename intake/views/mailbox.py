"""The mailbox: opened by seven words, it shows how things stand and what she can do."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from intake import limits, services
from intake.forms import (
    CloseForm,
    CodeForm,
    CountingForm,
    ExcludeForm,
    ReplyForm,
    WishChangeForm,
)
from intake.models import CookieKind
from intake.services import Access
from intake.views import cookies
from intake.views.overview import DONE, overview, report_rows
from intake.views.twice import done_once
from weerbaar.web.answers import page
from weerbaar.web.kept import keep
from weerbaar.web.refusals import NotAllowed

View = Callable[..., HttpResponse]


class MailboxClosed(NotAllowed):
    """Words were sent after the mailbox had closed itself."""

    title = gettext_lazy("Your report was closed")
    detail = gettext_lazy(
        "You did nothing for an hour. Your text still stands here. Open your report in "
        "a new tab with your code, come back to this page and send it again."
    )


def with_access(view: View) -> View:
    """Open the mailbox that this browser has open; otherwise the page that asks the
    code.

    Words that were typed when the time was over are shown, to be sent once more.
    """

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            access = services.resume(
                cookies.mailbox_cookie(request), now=timezone.now()
            )
        except (services.Expired, services.UnknownReceipt):
            return _closed(request)
        return view(request, access, *args, **kwargs)

    return opened


def _closed(request: HttpRequest) -> HttpResponse:
    kept = keep(request)
    if kept.texts:
        return page(
            request, MailboxClosed(), kept=kept, way_url=reverse("mailbox-open")
        )
    response: HttpResponse = redirect("mailbox-open")
    if cookies.mailbox_cookie(request):
        response = render(request, "intake/mailbox/closed.html", status=410)
        cookies.take(response, settings.MAILBOX_COOKIE_NAME)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def open_mailbox(request: HttpRequest) -> HttpResponse:
    """Seven words. A wrong code gives the same page, whatever is wrong with it."""
    form = CodeForm(request.POST) if request.method == "POST" else CodeForm()
    if form.is_bound:
        limits.check_codes(request)
        if form.is_valid() and (response := _enter(request, form)) is not None:
            return response
    elif cookies.mailbox_cookie(request) and _is_open(request):
        return redirect("mailbox")
    return render(request, "intake/mailbox/open.html", {"form": form})


def _enter(request: HttpRequest, form: CodeForm) -> HttpResponse | None:
    now = timezone.now()
    try:
        access = services.enter(
            form.cleaned_data["code"], now=now, slow=limits.codes_are_busy()
        )
    except services.UnknownReceipt:
        limits.note_wrong_code(request)
        form.add_error(
            "code",
            _("This code opens nothing. Check each word, or the order of the words."),
        )
        return None
    services.drop(CookieKind.MAILBOX, cookies.mailbox_cookie(request))
    response = redirect("mailbox")
    cookie = services.begin_session(access, now=now)
    cookies.give(response, settings.MAILBOX_COOKIE_NAME, cookie)
    return response


def _is_open(request: HttpRequest) -> bool:
    try:
        services.resume(cookies.mailbox_cookie(request), now=timezone.now())
    except (services.Expired, services.UnknownReceipt):
        return False
    return True


@require_safe
@with_access
def mailbox(request: HttpRequest, access: Access) -> HttpResponse:
    """How it stands, who handles it, what comes next and by when, and the messages."""
    done = DONE.get(request.GET.get("gedaan", ""), "")
    context = overview(access, timezone.now()) | {"form": ReplyForm(), "done": done}
    return render(request, "intake/mailbox/mailbox.html", context)


@require_safe
@with_access
def after(request: HttpRequest, access: Access) -> HttpResponse:
    """What happens after a report (R-24), for who waits; it tells nothing of hers."""
    return render(request, "intake/mailbox/after.html", {"road": services.road()})


@require_POST
@with_access
def reply(request: HttpRequest, access: Access) -> HttpResponse:
    """A message to the handlers; a mistake shows the page again with her words."""
    form = ReplyForm(request.POST)
    if not form.is_valid():
        context = overview(access, timezone.now()) | {"form": form}
        return render(request, "intake/mailbox/mailbox.html", context)
    services.reply(access, **form.cleaned_data, now=timezone.now())
    return redirect_told("message")


@require_http_methods(["GET", "HEAD", "POST"])
@with_access
def wish(request: HttpRequest, access: Access) -> HttpResponse:
    """She wants something else done (R-6)."""
    known = services.wish_of(services.thread(access))
    form = WishChangeForm(posted(request), initial={"wish": known})
    if form.is_valid():
        services.change_wish(access, form.cleaned_data["wish"], now=timezone.now())
        return redirect_told("wish")
    return render(request, "intake/mailbox/wish.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@with_access
def counting(request: HttpRequest, access: Access) -> HttpResponse:
    """She lets her report count anonymously, or not, until the figures are final."""
    known = services.counting(access).answer
    form = CountingForm(posted(request), initial={"counted": known})
    if form.is_valid():
        yes = form.cleaned_data["counted"] == "yes"
        services.change_counting(access, counted=yes, now=timezone.now())
        return redirect_told("counting")
    is_final = not services.can_change_counting(access)
    context = {"form": form, "is_final": is_final, "answer": known}
    return render(request, "intake/mailbox/counting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_access
def exclude(request: HttpRequest, access: Access) -> HttpResponse:
    """She keeps somebody out who sees her report now (R-12)."""
    now = timezone.now()
    form = ExcludeForm(posted(request), people=services.readers_of(access, now))
    if form.is_valid():
        services.exclude(access, form.cleaned_data["person"], now=now)
        return redirect_told("excluded")
    return render(request, "intake/mailbox/exclude.html", {"form": form})


@require_safe
@with_access
def own_report(request: HttpRequest, access: Access) -> HttpResponse:
    """Her own report, when she chose to be able to read it back."""
    opened = services.reread(access, now=timezone.now())
    context = {"report": opened, "rows": report_rows(opened.body.get("answers", {}))}
    return render(request, "intake/mailbox/report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_access
def withdraw(request: HttpRequest, access: Access) -> HttpResponse:
    """She takes the report back, after a page that says what that means (R-10)."""
    if request.method == "POST":
        with done_once(lambda: services.is_withdrawn(access)):
            services.withdraw(access, now=timezone.now())
        return redirect_told("withdrawn")
    context = {"can_withdraw": services.can_withdraw(access)}
    return render(request, "intake/mailbox/withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_access
def close(request: HttpRequest, access: Access) -> HttpResponse:
    """She closes her own access for good; afterwards the code is unknown (R-10)."""
    form = CloseForm(posted(request))
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "story": services.story_of(access)}
        return render(request, "intake/mailbox/close.html", context)
    services.close_access(access, now=timezone.now())
    return _let_go(request, "intake/mailbox/access_closed.html")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the mailbox in this browser; the code keeps working."""
    return _let_go(request, "intake/mailbox/left.html")


def _let_go(request: HttpRequest, template: str) -> HttpResponse:
    services.drop(CookieKind.MAILBOX, cookies.mailbox_cookie(request))
    response = render(request, template)
    cookies.take(response, settings.MAILBOX_COOKIE_NAME)
    return response


def posted(request: HttpRequest) -> Any:
    """What a form is bound to: the post, also an empty one, or nothing."""
    return request.POST if request.method == "POST" else None


def redirect_told(what: str) -> HttpResponse:
    """Back to the mailbox, which says what was done; the address holds no content."""
    response = redirect("mailbox")
    response["Location"] += f"?gedaan={what}"
    return response
