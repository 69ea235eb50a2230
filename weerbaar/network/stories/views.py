"""Pages of the practice stories at the network: reading, and the editors' desk."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from weerbaar.accounts.models import Organisation, OrganisationKind
from weerbaar.accounts.roles import Permission
from weerbaar.network.services import posts_behind
from weerbaar.network.stories.forms import ChecklistForm, ReasonForm, SearchForm
from weerbaar.stories import services
from weerbaar.stories.clues import clues
from weerbaar.stories.models import Edition
from weerbaar.web.access import StaffRequest, signed_in
from weerbaar.web.forms import Form
from weerbaar.web.refusals import InvalidInput

READS, EDITS = Permission.READ_FIGURES, Permission.PUBLISH_FIGURES
SAID = {
    "publish": _("The story is published. Members can read it now."),
    "send_back": _("The story went back with your reason."),
    "refuse": _("The story is not published. The handler reads why."),
}


@signed_in(READS)
@require_safe
def stories(request: StaffRequest) -> HttpResponse:
    """What is published, by topic and kind of office."""
    form = SearchForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    context = {
        "form": form,
        "is_narrowed": any(chosen.values()),
        "stories": [
            (one, services.published_text(one))
            for one in services.published_for(request.user, **chosen)
        ],
        "edits": request.user.may_anywhere(EDITS),
        "takes_part": request.user.may_anywhere(Permission.TAKE_PART),
    }
    return render(request, "network/stories.html", context)


@signed_in(READS)
@require_http_methods(["GET", "HEAD", "POST"])
def story(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One published story; of one that is gone, only that. Raises Http404."""
    found = services.published_for(request.user).filter(pk=pk).first()
    if found is None:
        return _gone(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        services.take_off(found, reason=reason, by=request.user, now=timezone.now())
        messages.success(request, _("The story is off every page."))
        return redirect("network-stories")
    context = {
        "story": found,
        "text": services.published_text(found),
        "form": form,
        "edits": request.user.may_anywhere(EDITS),
        "phone": _phone(),
    }
    return render(request, "network/story.html", context)


def _phone() -> str:
    """Where who recognises somebody can say so; empty when the network gave none."""
    networks = Organisation.objects.filter(kind=OrganisationKind.NETWORK)
    return networks.exclude(phone="").values_list("phone", flat=True).first() or ""


def _gone(request: StaffRequest, pk: UUID) -> HttpResponse:
    if not services.was_published(pk):
        raise Http404
    return render(request, "network/story_gone.html", status=410)


@signed_in(EDITS)
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: StaffRequest) -> HttpResponse:
    """The letterbox, and what waits for an editor."""
    if request.method == "POST":
        now = timezone.now()
        services.take_out(by=request.user, keyring=request.keyring, now=now)
        messages.success(request, _("The stories lie here now, in no order."))
        return redirect("network-story-desk")
    waiting = Edition.objects.visible_to(request.user).waiting()
    context = {
        "lying": services.lying(request.user),
        "can_take_out": services.can_take_out(request.user),
        "together": services.together(),
        "waiting": services.read_all(waiting, request.keyring),
    }
    return render(request, "network/story_desk.html", context)


@signed_in(EDITS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One story that waits: read it, go through the checklist, decide."""
    visible = Edition.objects.visible_to(request.user).waiting()
    found = get_object_or_404(visible, pk=pk)
    step = request.POST.get("step", "") if request.method == "POST" else ""
    forms: dict[str, Form] = {
        "checklist": ChecklistForm(request.POST if step == "publish" else None),
        "reason": ReasonForm(request.POST if step in REASONED else None),
    }
    form = forms["checklist" if step == "publish" else "reason"]
    if step and form.is_valid():
        _do(request, found, step, form)
        messages.success(request, SAID[step])
        return redirect("network-story-desk")
    if step and step not in SAID:
        raise InvalidInput
    context = _opened(request, found) | forms | {"form": form if step else None}
    return render(request, "network/story_edit.html", context)


REASONED = {"send_back": services.send_back, "refuse": services.refuse}


def _do(request: StaffRequest, found: Edition, step: str, form: Form) -> None:
    by, now, given = request.user, timezone.now(), form.cleaned_data
    if step == "publish":
        services.publish(found, **given, by=by, keyring=request.keyring, now=now)
    else:
        REASONED[step](found, **given, by=by, now=now)


def _opened(request: StaffRequest, found: Edition) -> dict[str, Any]:
    now = timezone.now()
    text = services.read_to_edit(
        found, by=request.user, keyring=request.keyring, now=now
    )
    return {
        "story": found,
        "text": text,
        "clues": clues(text.whole),
        "behind": posts_behind(text.office_kind, timezone.localdate(now).year),
    }
