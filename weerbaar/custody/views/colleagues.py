"""Colleagues: whose key counts, confirming a key, leaving, and the access review."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from weerbaar.accounts.endorsing import NoKeyYet, endorse_colleague, may_vouch
from weerbaar.accounts.models import Organisation, User
from weerbaar.accounts.roles import DUTIES, Permission, Role
from weerbaar.accounts.trust import endorsed
from weerbaar.audit.models import Event
from weerbaar.custody import services
from weerbaar.custody.forms import (
    EndorseForm,
    LeaveForm,
    OrganisationForm,
    ReviewForm,
)
from weerbaar.custody.views import places
from weerbaar.vault.endorsing import fingerprint
from weerbaar.web.access import StaffRequest, signed_in
from weerbaar.web.refusals import NotAllowed


@signed_in(*places.COLLEAGUES)
@require_safe
def colleagues(request: StaffRequest) -> HttpResponse:
    """The people of one's organisation, and one's own six words."""
    among = places.organisations(request)
    place = places.chosen(request, among)
    context = {
        "place": place,
        "places": among,
        "form": None,
        "chooser": _chooser(place, among),
        "words": _own_words(request),
        "is_pinned": services.is_pinned(place),
        "lacks_custodian": services.lacks_custodian(place, places.today()),
        "may_vouch": may_vouch(request.user, place),
        "lines": [
            _line(request, c) for c in services.colleagues_of(place, places.today())
        ],
    }
    return render(request, "custody/colleagues.html", context)


def _chooser(place: Organisation, among: list[Organisation]) -> OrganisationForm | None:
    if len(among) < 2:
        return None
    return OrganisationForm(
        initial={"organisatie": place.slug}, organisations=among, auto_id="id_%s"
    )


def _own_words(request: StaffRequest) -> str:
    """Of the key that her own vault opens, not of the one that a row names."""
    if not services.receiving_of(request.user, Permission.KEEP_NAMES):
        return ""
    ring = request.keyring
    return fingerprint(ring.open(ring.holder_id).public)


def _lines(request: StaffRequest, place: Organisation) -> list[dict[str, Any]]:
    found = services.colleagues_of(place, places.today())
    return [_line(request, one) for one in found]


def _line(request: StaffRequest, one: services.Colleague) -> dict[str, Any]:
    place, me = one.membership.organisation, request.user
    handles = place.pk in {o.pk for o in me.organisations(Permission.HANDLE_CASES)}
    is_me = one.user.pk == me.pk
    return {
        "one": one,
        "duty": DUTIES[one.membership.role].sentence,
        "is_me": is_me,
        "may_endorse": one.standing == services.Standing.WAITS and not is_me,
        "may_hand": handles
        and one.standing == services.Standing.COUNTS
        and one.membership.role == Role.HANDLER
        and not is_me,
        "may_end": services.may_end(me, place, one.user),
    }


@signed_in(*places.RECEIVES)
@require_http_methods(["GET", "HEAD", "POST"])
def endorse(request: StaffRequest, number: int) -> HttpResponse:
    """Confirm a colleague's key: call, let the six words be read out, type them."""
    member = places.member(request, number)
    if not may_vouch(request.user, member.organisation):
        raise NotAllowed(NOT_CONFIRMED)
    if member.user.key is None:
        raise NoKeyYet
    public = member.user.key.public_key
    form = EndorseForm(request.POST or None, public=public)
    if request.method == "POST" and form.is_valid():
        endorse_colleague(
            member,
            form.cleaned_data["words"],
            by=request.user,
            keyring=request.keyring,
            now=timezone.now(),
        )
        messages.success(request, CONFIRMED % {"name": member.user.name})
        return redirect("colleagues")
    context = {"member": member, "form": form}
    return render(request, "custody/endorse.html", context)


CONFIRMED = _("The key of %(name)s is confirmed. What comes in goes there too.")
NOT_CONFIRMED = _(
    "Your own key is not confirmed yet. Ask a colleague whose key counts to do this."
)
ENDED = _("The access of %(name)s has ended.")
REVIEWED = _("The access review is signed off.")


@signed_in(*places.COLLEAGUES)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: StaffRequest, number: int) -> HttpResponse:
    """End what a colleague may, at once; her cases go on with somebody."""
    member = places.member(request, number)
    place, user = member.organisation, member.user
    if not services.may_end(request.user, place, user):
        raise NotAllowed
    form = LeaveForm(request.POST or None, people=_heirs(place, user))
    if request.method == "POST" and form.is_valid():
        handles = request.user.may(Permission.HANDLE_CASES, place)
        services.end_membership(
            place,
            user,
            to=form.heir,
            broken=form.cleaned_data["broken"],
            by=request.user,
            keyring=request.keyring if handles else None,
            now=timezone.now(),
        )
        messages.success(request, ENDED % {"name": user.name})
        return redirect("colleagues")
    held = [h for h in services.holders_of(place) if h.person_id == user.pk]
    context = {"member": member, "form": form, "held": held}
    return render(request, "custody/leave.html", context)


def _heirs(place: Organisation, leaver: User) -> list[User]:
    found = endorsed(place, Permission.HANDLE_CASES, places.today())
    return [user for user in found if user.pk != leaver.pk]


def _signer(last: Event | None) -> User | None:
    if last is None or last.actor_id is None:
        return None
    return User.objects.filter(pk=last.actor_id).first()


@signed_in(*places.COLLEAGUES)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: StaffRequest) -> HttpResponse:
    """Who may what, to be looked at twice a year and signed off (BIO2 5.18)."""
    place = places.chosen(request, places.organisations(request))
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.sign_off(place, by=request.user, now=timezone.now())
        messages.success(request, REVIEWED)
        return redirect("colleagues")
    last = services.last_review(place)
    context = {
        "place": place,
        "form": form,
        "last": last,
        "last_by": _signer(last),
        "is_due": services.is_review_due(last, places.today()),
        "may_review": services.may_review(request.user, place),
        "lines": [
            _line(request, c) for c in services.colleagues_of(place, places.today())
        ],
    }
    return render(request, "custody/review.html", context)
