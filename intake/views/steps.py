"""The seven pages of the form, on formtools' wizard with a sealed storage."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from formtools.wizard.views import NamedUrlWizardView

from cases.services import FilesGone, file_door
from intake import services
from intake.forms import STEPS, FilesForm, StepForm
from intake.models import CookieKind
from intake.views.cookies import draft_cookie
from intake.views.draft import Draft, cleaned_of
from intake.views.start import check_url, gone
from intake.views.storage import empty_draft
from weerbaar import codes
from weerbaar.vault.upload import takes_files, turned_away

# Posted when only the language is switched: nothing is judged, nothing typed is lost.
ANOTHER_LANGUAGE = "taal"


# The step that also takes files.
FILES_STEP = "4"


def _may_add(request: HttpRequest) -> bool:
    step = request.resolver_match and request.resolver_match.kwargs.get("step")
    return step == FILES_STEP and services.takes_for_draft(
        draft_cookie(request), now=timezone.now()
    )


@takes_files(file_door(_may_add))
class StepView(NamedUrlWizardView):
    """One step: shows its questions, keeps its answers sealed, and goes on."""

    storage_name = "intake.views.storage.SealedStorage"
    template_name = "intake/step.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As the wizard does; a draft that is gone, or was sent, has its own answer."""
        if kwargs["step"] not in STEPS:
            raise Http404
        try:
            response: HttpResponse = super().dispatch(request, *args, **kwargs)
        except services.Expired:
            return self._gone(request, kwargs["step"])
        return response

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or the first one before it that still lacks a needed answer."""
        step: str = kwargs["step"]
        if self.storage.data.get("sent"):
            return redirect("report-done")
        _forms, unfinished = self.draft.judged()
        if unfinished is not None and int(step) > int(unfinished):
            return redirect(self.get_step_url(unfinished))
        self.storage.current_step = step
        form = self.get_form(data=self.storage.current_step_data)
        if step == FILES_STEP and services.forget_lost(self.storage.data):
            form.add_error(None, FilesGone.detail)
        return self.render(form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the answers of this page when they are right, and go to the next."""
        step: str = kwargs["step"]
        if self.storage.data.get("sent"):
            return redirect("report-done")
        self.storage.current_step = step
        form = self.get_form(data=request.POST)
        if step == FILES_STEP and self._handle_files(form):
            return self._stay(step, form)
        if not form.is_valid():
            return self._ask_again(step, form)
        self._keep(step, form)
        if ANOTHER_LANGUAGE in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        following = self.get_next_step(step)
        if following is None or "wijzig" in request.GET:
            return HttpResponseRedirect(reverse("report-check"))
        return HttpResponseRedirect(self.get_step_url(following))

    def _handle_files(self, form: StepForm) -> bool:
        """Add or take out files; True when she stays on this page.

        What was taken in is kept, whatever is wrong with the rest of the page.
        """
        data, given = self.storage.data, self.request.POST
        mistakes = services.add_to_draft(
            data,
            self.request.FILES.getlist("attachments"),
            turned_away(self.request),
            keep_original="keep_original" in given,
            now=timezone.now(),
        )
        for mistake in mistakes:
            form.add_error(None, mistake)
        if "remove" in given:
            services.remove_from_draft(data, given["remove"])
        return bool(mistakes) or "remove" in given or "attach" in given

    def _stay(self, step: str, form: StepForm) -> HttpResponse:
        """The same page; with mistakes at once, otherwise as after a fresh visit."""
        if any(map(any, posted(form).values())):
            self._keep(step, form)
        if not form.is_valid():
            return self.render(form)
        return HttpResponseRedirect(f"{self.request.get_full_path()}#files")

    def _ask_again(self, step: str, form: StepForm) -> HttpResponse:
        """The page with its mistakes; in another language what was filled in so far."""
        if ANOTHER_LANGUAGE not in self.request.POST:
            return self.render(form)
        if any(map(any, posted(form).values())):
            self._keep(step, form)
        return HttpResponseRedirect(self.request.get_full_path())

    def _keep(self, step: str, form: StepForm) -> None:
        known = self.storage.get_step_data(step)
        self.storage.set_step_data(step, posted(form))
        if (
            step == "1"
            and known
            and known.getlist("organisation") != posted(form).get("organisation")
        ):
            # Other people receive it now: she says anew who may not.
            self.storage.data["step_data"].pop("2", None)
        if step == "3":
            _drop_stale_types(self.storage.data["step_data"])

    @cached_property
    def draft(self) -> Draft:
        return Draft(self.storage.data["step_data"], self.storage.extra_data)

    def get_form_kwargs(self, step: str | None = None) -> dict[str, Any]:
        """Each form is told the answers of the pages before it."""
        before = {
            n: a for n, a in self.draft.answers.items() if int(n) < int(step or 1)
        }
        earlier = Draft(before, self.draft.extra)
        forms, _unfinished = earlier.judged()
        return {"context": earlier.context(cleaned_of(forms))}

    def get_form_prefix(self, step: str | None = None, form: Any = None) -> None:
        """Plain names: each page has one form."""
        return

    def get_form_initial(self, step: str) -> dict[str, Any]:
        return {"organisation": self.draft.extra.get("organisation", "")}

    def get_context_data(self, form: StepForm, **kwargs: Any) -> dict[str, Any]:
        step = int(self.storage.current_step)
        back = (
            reverse("report-before") if step == 1 else self.get_step_url(str(step - 1))
        )
        if "wijzig" in self.request.GET:
            back = reverse("report-check")
        return super().get_context_data(form=form, **kwargs) | {
            "number": step,
            "count": len(STEPS),
            "back": back,
            "role": form.context.get("reporter_role"),
            "on_behalf": self.draft.is_on_behalf,
            **self._files(step),
        }

    def _files(self, step: int) -> dict[str, Any]:
        """What the page needs that also takes files."""
        if step != int(FILES_STEP):
            return {}
        held = services.files_in(self.storage.data)
        return {"files": held, "files_form": FilesForm()}

    def _gone(self, request: HttpRequest, step: str) -> HttpResponse:
        """What was typed on this very page is kept in a new draft; the rest is gone."""
        names = STEPS[step].base_fields
        typed = {n: request.POST.getlist(n) for n in names if n in request.POST}
        if not any(map(any, typed.values())):
            return gone(request)
        draft = empty_draft(organisation="", on_behalf=False)
        draft["step_data"] = {step: typed}
        cookie = services.begin(CookieKind.DRAFT, draft, now=timezone.now())
        return gone(request, cookie)


def posted(form: StepForm) -> dict[str, list[str]]:
    """What was typed in the fields of this form, and nothing else that was posted."""
    data: Any = form.data
    return {n: data.getlist(n) for n in form.fields if n in data}


def _drop_stale_types(answers: dict[str, dict[str, list[str]]]) -> None:
    """Words below a kind that is no longer ticked fall away."""
    groups = set(answers["3"].get("groups", []))
    story = answers.get("4")
    if story and "types" in story:
        known = [
            c for c in codes.entries("incident_types") if c.get("parent") in groups
        ]
        story["types"] = [t for t in story["types"] if t in {c.code for c in known}]


__all__ = ["StepView", "check_url"]
