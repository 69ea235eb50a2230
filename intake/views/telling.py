"""The page on which she reads a practice story and says what may be done with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from intake import services
from intake.forms import StoryForm
from intake.services import Access
from intake.views.mailbox import posted, redirect_told, with_access
from intake.views.twice import done_once


@require_http_methods(["GET", "HEAD", "POST"])
@with_access
def story(request: HttpRequest, access: Access) -> HttpResponse:
    """The exact text: yes, no, differently; or a yes taken back."""
    opened = services.one_story(access)
    if request.method == "POST" and "take_back" in request.POST:
        with done_once(lambda: services.story_stands(access, "ended")):
            services.end_story(access, now=timezone.now())
        return redirect_told("story_back")
    form = StoryForm(posted(request), initial={"version": opened.story.version})
    if not (request.method == "POST" and form.is_valid()):
        context = {"story": opened, "form": form if opened.may_answer else None}
        return render(request, "intake/mailbox/story.html", context)
    return redirect_told(_answer(access, form))


def _answer(access: Access, form: StoryForm) -> str:
    """Keep what she chose; gives by which word the mailbox tells it."""
    given, now = form.cleaned_data, timezone.now()
    version = given["version"] or 0
    if given["choice"] == "no":
        with done_once(lambda: services.story_stands(access, "ended")):
            services.end_story(access, now=now)
        return "story_no"
    if given["choice"] == "change":
        with done_once(lambda: services.story_stands(access, "change_wanted")):
            services.want_other_story(access, given["words"], version=version, now=now)
        return "story_change"
    with done_once(lambda: services.story_stands(access, "agreed")):
        services.agree_to_story(access, version=version, now=now)
    return "story_yes"
