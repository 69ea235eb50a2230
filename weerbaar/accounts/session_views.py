"""Pages of one's own sessions: where one is signed in, and ending that."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from weerbaar.accounts import sessions as open_sessions
from weerbaar.accounts.factor_views import FactorRequest as AccountRequest
from weerbaar.accounts.second_factor import fresh
from weerbaar.web.access import signed_in


@signed_in()
@fresh
@require_GET
def sessions(request: AccountRequest) -> HttpResponse:
    """Where one is signed in; what each device is called needs the opened vault."""
    user = request.user
    secret = request.vault.secret_of(user)
    shown = open_sessions.shown(user, secret, str(request.session.session_key))
    return render(request, "accounts/sessions.html", {"sessions": shown})


@signed_in()
@fresh
@require_POST
def end_session(request: AccountRequest, pk: UUID) -> HttpResponse:
    """End one of one's own sessions."""
    user = request.user
    get_object_or_404(open_sessions.sessions_of(user), pk=pk)
    open_sessions.end(user, pk, by=user, now=timezone.now())
    return redirect("sessions")


@signed_in()
@fresh
@require_POST
def end_other_sessions(request: AccountRequest) -> HttpResponse:
    """End all of one's own sessions but this one."""
    user, this = request.user, str(request.session.session_key)
    open_sessions.end_others(user, this, by=user, now=timezone.now())
    return redirect("sessions")
