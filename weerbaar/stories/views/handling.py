"""The handler's pages: writing, the exact text, the reporter's word, and sending."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from cases import services as cases
from cases.models import Case
from cases.views import case_page_context
from weerbaar.accounts.roles import Permission
from weerbaar.steps import offers
from weerbaar.stories import services
from weerbaar.stories.forms import ConsentForm, StoryForm
from weerbaar.stories.models import Story
from weerbaar.stories.workflow import State
from weerbaar.web.access import StaffRequest, signed_in
from weerbaar.web.refusals import InvalidInput

SAID = {
    "send": _("The story is on its way to the network."),
    "end": _("The story has ended. The network has nothing of it any more."),
    "yes": _("The consent is recorded."),
    "no": _("It is recorded that the reporter does not want this."),
}


@signed_in(Permission.HANDLE_CASES)
@require_safe
def stories(request: StaffRequest) -> HttpResponse:
    """The stories of one's cases, and what the network did with each."""
    found = services.open_all(request.user, request.keyring)
    return render(request, "stories/stories.html", {"stories": found})


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def story(request: StaffRequest, reference: str) -> HttpResponse:
    """The story of a case: how it stands, its text, and what can be done now."""
    context = case_page_context(request, reference, "overview")
    found = services.story_of(context["case"])
    if found is None:
        return render(request, "stories/none.html", context)
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    asked = request.POST if verb == "consent" else None
    form = ConsentForm(asked, initial={"version": found.version})
    if verb and (verb != "consent" or form.is_valid()):
        messages.success(request, SAID[_do(request, found, verb, form)])
        return redirect("case-story", context["case"].reference)
    return render(
        request, "stories/story.html", context | _shown(request, found) | {"form": form}
    )


def _shown(request: StaffRequest, found: Story) -> dict[str, Any]:
    reaches = cases.reaches_reporter(found.case)
    return {
        "opened": services.open_story(found, request.keyring),
        "offers": {offer.name for offer in offers(found, by=request.user)},
        "reaches": reaches,
        "may_record": found.state == State.ASKED and not reaches,
        "is_over": found.state == State.ENDED,
    }


def _do(request: StaffRequest, found: Story, verb: str, form: ConsentForm) -> str:
    doing = _doing(request)
    match verb:
        case "send":
            services.send(found, **doing)
        case "end":
            services.end(found, **doing)
        case "consent" if form.cleaned_data["said"] == "no":
            services.end(found, **doing)
            return "no"
        case "consent":
            said = form.cleaned_data
            services.agree(
                found,
                version=said["version"],
                how=said["how"],
                given_on=said["given_on"],
                by=doing["by"],
                now=doing["now"],
            )
            return "yes"
        case _:
            raise InvalidInput
    return verb


def _doing(request: StaffRequest) -> dict[str, Any]:
    return {"by": request.user, "keyring": request.keyring, "now": timezone.now()}


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: StaffRequest, reference: str) -> HttpResponse:
    """Write or change the story; the exact text is looked at before it is asked."""
    context = case_page_context(request, reference, "overview")
    case: Case = context["case"]
    found = services.story_of(case)
    form = StoryForm(request.POST or None, initial=_stands(request, found))
    context |= {"form": form, "story": found}
    if request.method != "POST" or not form.is_valid():
        return render(request, "stories/write.html", context)
    if request.POST.get("action") != "ask":
        return _check(request, context)
    try:
        _keep(request, case, found, form)
    except cases.EditConflict as conflict:
        return _both_texts(request, context, conflict)
    messages.success(request, _asked(case))
    return redirect("case-story", case.reference)


def _stands(request: StaffRequest, found: Story | None) -> dict[str, Any]:
    """What the form begins with: the text that stands now."""
    if found is None:
        return {}
    text = services.open_story(found, request.keyring).text
    return {**vars(text), "version": found.version}


def _check(request: StaffRequest, context: dict[str, Any]) -> HttpResponse:
    if request.POST.get("action") != "edit":
        text = context["form"].text
        context |= {"text": text, "clues": services.clues_in(text, context["case"])}
    return render(request, "stories/write.html", context)


def _keep(
    request: StaffRequest, case: Case, found: Story | None, form: StoryForm
) -> None:
    if found is None:
        services.write(case, form.text, **_doing(request))
    else:
        version = form.cleaned_data["version"] or 0
        services.revise(found, form.text, version=version, **_doing(request))


def _asked(case: Case) -> Any:
    if cases.reaches_reporter(case):
        return _("The reporter can now read the story in the mailbox, and decides.")
    return _("The story is saved. Ask the reporter and record the answer here.")


def _both_texts(
    request: StaffRequest, context: dict[str, Any], conflict: cases.EditConflict
) -> HttpResponse:
    """What stands now above what was typed; sending again is then a choice."""
    fresh = get_object_or_404(
        Story.objects.visible_to(request.user), case=context["case"]
    )
    again = request.POST.copy()
    again["version"] = str(fresh.version)
    context |= {
        "form": StoryForm(again),
        "conflict": conflict,
        "stands": services.open_story(fresh, request.keyring).text,
    }
    return render(request, "stories/write.html", context, status=409)
