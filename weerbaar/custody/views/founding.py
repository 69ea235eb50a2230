"""The ceremony: an organisation makes its main key, in one room, within the hour."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from weerbaar.accounts.models import Membership, Organisation, User
from weerbaar.accounts.trust import pin_text
from weerbaar.custody import services
from weerbaar.custody.forms import CheckForm, HoldersForm, PresentForm, SizeForm
from weerbaar.custody.models import Ceremony, Purpose
from weerbaar.custody.paper import share_paper
from weerbaar.custody.views import places
from weerbaar.vault.endorsing import fingerprint
from weerbaar.web.access import StaffRequest, signed_in

door = signed_in(*places.RECEIVES)
NOT_RIGHT = _("One of the words is not right. Look at your paper and at the screen.")


@door
@require_safe
def root(request: StaffRequest) -> HttpResponse:
    """Where the main key stands: to be made, to be pinned, or in use."""
    among = services.receiving_of(request.user)
    without = [o for o in among if not services.is_pinned(o)]
    named = "organisatie" in request.GET
    place = places.chosen(request, among if named else without or among)
    waiting = services.unpinned_root(place)
    context = {
        "place": place,
        "is_pinned": services.is_pinned(place),
        "pin": pin_text(place, waiting.pk) if waiting else "",
        "holders": services.holders_of(place),
        "size_form": SizeForm(),
    }
    return render(request, "custody/root.html", context)


@door
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: StaffRequest) -> HttpResponse:
    """Who holds which share; then the key is made."""
    place = places.chosen(request, services.receiving_of(request.user))
    size = request.POST.get("size") or request.GET.get("size") or ""
    if size not in services.SETS:
        return redirect(places.root_url(place))
    many = services.SETS[size][1]
    form = HoldersForm(
        request.POST or None,
        many=many,
        colleagues=_people(place),
    )
    if request.method == "POST" and form.is_valid():
        cookie = services.begin_founding(
            place,
            size,
            form.choices,
            by=request.user,
            keyring=request.keyring,
            now=timezone.now(),
        )
        response = redirect("root-share")
        places.give_cookie(response, cookie)
        return response
    waiting = services.unpinned_root(place)
    context = {"place": place, "form": form, "size": size, "waiting": waiting}
    return render(request, "custody/root_begin.html", context)


def _people(place: Organisation) -> list[User]:
    members = Membership.objects.current(places.today()).filter(organisation=place)
    people = User.objects.filter(pk__in=members.values("user"), is_active=True)
    return list(people.order_by("name"))


def _resume(request: StaffRequest) -> tuple[Ceremony, dict[str, Any]]:
    return services.resume(
        Purpose.FOUNDING,
        places.cookie_of(request),
        by=request.user,
        keyring=request.keyring,
        now=timezone.now(),
    )


@door
@sensitive_variables()
@require_safe
def share(request: StaffRequest) -> HttpResponse:
    """The words of the holder whose turn it is; first the screen is hers alone."""
    ceremony, state = _resume(request)
    turn = services.in_hand(state)
    if turn is None:
        return redirect("root-people")
    shown = "toon" in request.GET
    context = {
        "turn": turn,
        "place": ceremony.organisation,
        "columns": _numbered(turn.words) if shown else [],
    }
    return render(request, "custody/root_share.html", context)


def _numbered(words: tuple[str, ...]) -> list[tuple[int, str]]:
    return list(enumerate(words, start=1))


@door
@sensitive_variables()
@require_safe
def paper(request: StaffRequest) -> HttpResponse:
    """The same words as a PDF to print; made in memory, never kept."""
    ceremony, state = _resume(request)
    turn = services.in_hand(state)
    if turn is None:
        return redirect("root-people")
    made = share_paper(ceremony.organisation.name, turn, places.today())
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="deel-{turn.number}.pdf"'
    return response


@door
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: StaffRequest) -> HttpResponse:
    """The holder types three words back from paper; then the next one comes."""
    ceremony, state = _resume(request)
    turn = services.in_hand(state)
    if turn is None:
        return redirect("root-people")
    form = CheckForm(request.POST or None, asked=turn.asked)
    if request.method == "POST" and form.is_valid():
        try:
            services.check_back(
                ceremony,
                state,
                form.typed,
                places.cookie_of(request),
                keyring=request.keyring,
            )
        except services.WordsDiffer:
            form.add_error(f"word_{turn.asked[0]}", NOT_RIGHT)
        else:
            return redirect("root-share")
    context = {"turn": turn, "form": form, "place": ceremony.organisation}
    return render(request, "custody/root_check.html", context)


@door
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: StaffRequest) -> HttpResponse:
    """Who is in the room reads out six words; then the main key is gone."""
    ceremony, state = _resume(request)
    if services.in_hand(state) is not None:
        return redirect("root-share")
    others = [
        m
        for m in services.members_with_vault(ceremony.organisation, places.today())
        if m.user_id != request.user.pk
    ]
    form = PresentForm(request.POST or None, members=others)
    if request.method == "POST" and form.is_valid():
        services.finish_founding(
            ceremony,
            state,
            form.present,
            by=request.user,
            keyring=request.keyring,
            now=timezone.now(),
        )
        response = redirect(places.root_url(ceremony.organisation))
        places.take_cookie(response)
        return response
    ring = request.keyring
    context = {
        "form": form,
        "others": others,
        "place": ceremony.organisation,
        "words": fingerprint(ring.open(ring.holder_id).public),
    }
    return render(request, "custody/root_people.html", context)


@door
@require_POST
def stop(request: StaffRequest) -> HttpResponse:
    """Break off: what was in hand is gone."""
    services.end(request.user)
    response = redirect("root")
    places.take_cookie(response)
    return response
