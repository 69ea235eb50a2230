"""The seven pages of the form, on formtools' wizard with a sealed storage."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from formtools.wizard.views import NamedUrlWizardView

from intake import services
from intake.forms import STEPS, StepForm
from intake.models import CookieKind
from intake.views.draft import Draft, cleaned_of
from intake.views.start import check_url, gone
from intake.views.storage import empty_draft
from weerbaar import codes

# Posted when only the language is switched: nothing is judged, nothing typed is lost.
ANOTHER_LANGUAGE = "taal"


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
        return self.render(self.get_form(data=self.storage.current_step_data))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the answers of this page when they are right, and go to the next."""
        step: str = kwargs["step"]
        if self.storage.data.get("sent"):
            return redirect("report-done")
        self.storage.current_step = step
        form = self.get_form(data=request.POST)
        if not form.is_valid():
            return self._ask_again(step, form)
        self._keep(step, form)
        if ANOTHER_LANGUAGE in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        following = self.get_next_step(step)
        if following is None or "wijzig" in request.GET:
            return HttpResponseRedirect(reverse("report-check"))
        return HttpResponseRedirect(self.get_step_url(following))

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
        }

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
