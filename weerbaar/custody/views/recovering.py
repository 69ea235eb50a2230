"""Recovery: enough holders type their shares, and one person gets the cases anew."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import (
    sensitive_post_parameters,
    sensitive_variables,
)
from django.views.decorators.http import require_http_methods

from weerbaar.custody import services
from weerbaar.custody.forms import RecoverForm, ShareForm, share_mistakes
from weerbaar.custody.models import Ceremony, Purpose
from weerbaar.custody.views import places
from weerbaar.vault.shares import UnreadableShare
from weerbaar.web.access import StaffRequest, signed_in

door = signed_in(*places.RECEIVES)


@door
@require_http_methods(["GET", "HEAD", "POST"])
def recovery(request: StaffRequest) -> HttpResponse:
    """What recovery is, who holds the shares, and who is to get the cases."""
    place = places.chosen(request, services.receiving_of(request.user))
    holders = services.holders_of(place)
    if not holders or not services.is_pinned(place):
        raise services.NothingToRecover
    form = RecoverForm(
        request.POST or None,
        members=services.members_with_vault(place, places.today()),
        by=request.user,
    )
    if request.method == "POST" and form.is_valid():
        cookie = services.begin_recovery(
            form.chosen,
            form.cleaned_data["words"],
            by=request.user,
            keyring=request.keyring,
            now=timezone.now(),
        )
        response = redirect("root-shares")
        places.give_cookie(response, cookie)
        return response
    context = {"place": place, "form": form, "holders": holders}
    return render(request, "custody/recovery.html", context)


@door
@sensitive_post_parameters("share")
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def shares(request: StaffRequest) -> HttpResponse:
    """Enter shares in any order; with enough of them, recover."""
    ceremony, state = services.resume(
        Purpose.RECOVERY,
        places.cookie_of(request),
        by=request.user,
        keyring=request.keyring,
        now=timezone.now(),
    )
    if request.method == "POST" and not services.shares_wanted(ceremony, state):
        return _recover(request, ceremony, state)
    form = ShareForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and _enter(request, form, ceremony, state)
    ):
        return redirect("root-shares")
    context = {
        "form": form,
        "place": ceremony.organisation,
        "wanted": services.shares_wanted(ceremony, state),
        "entered": services.took_part(ceremony, state),
        "member": services.member_of(ceremony, state, now=timezone.now()),
    }
    return render(request, "custody/shares.html", context)


def _enter(
    request: StaffRequest, form: ShareForm, ceremony: Ceremony, state: dict[str, Any]
) -> bool:
    try:
        services.enter_share(
            ceremony,
            state,
            form.cleaned_data["share"],
            places.cookie_of(request),
            by=request.user,
            keyring=request.keyring,
            now=timezone.now(),
        )
    except UnreadableShare as unclear:
        for mistake in share_mistakes(unclear):
            form.add_error("share", mistake)
    except (services.ShareTwice, services.ForeignShare) as refusal:
        form.add_error("share", str(refusal.title) + ". " + str(refusal.detail))
    else:
        return True
    return False


def _recover(
    request: StaffRequest, ceremony: Ceremony, state: dict[str, Any]
) -> HttpResponse:
    member = services.member_of(ceremony, state, now=timezone.now())
    given = services.recover(
        ceremony, state, by=request.user, keyring=request.keyring, now=timezone.now()
    )
    context = {"member": member, "given": given, "place": ceremony.organisation}
    response = render(request, "custody/recovered.html", context)
    places.take_cookie(response)
    return response
