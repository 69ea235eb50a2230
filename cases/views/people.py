"""Who is on the case: assign, hand over with a note, deputise until a day (H-7)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cases import services
from cases.forms import DeputyForm, HandOverForm, PersonForm
from cases.models import Capacity, Case
from cases.views.page import case_page_context, today
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.web.access import StaffRequest, signed_in

FORMS: dict[str, type[PersonForm]] = {
    "assign": PersonForm,
    "hand_over": HandOverForm,
    "deputise": DeputyForm,
}
SAID = {
    "assign": _("The case has a handler."),
    "hand_over": _("The case is handed over. You no longer have access to it."),
    "deputise": _("Your colleague stands in for this case."),
    "end": _("The deputising has ended."),
}


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: StaffRequest, reference: str) -> HttpResponse:
    """The people on the case, and three ways to change them.

    A recused person is not offered; naming her anyway is refused by the service.
    """
    context = case_page_context(request, reference, "overview")
    case = context["case"]
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    may_have = services.colleagues(
        case, request.keyring, by=request.user, today=today()
    )
    forms = {
        name: form(request.POST if verb == name else None, people=may_have, prefix=name)
        for name, form in FORMS.items()
    }
    if verb == "end" or (verb in forms and forms[verb].is_valid()):
        _change(request, case, verb, forms.get(verb))
        messages.success(request, SAID[verb])
        gone = verb == "hand_over"
        return redirect("worklist") if gone else redirect("case", reference)
    context |= {
        "forms": forms,
        "form": forms.get(verb),
        "recused": _recused(request, case),
    }
    return render(request, "cases/people.html", context)


def _change(request: StaffRequest, case: Case, verb: str, form: Any) -> None:
    by, keyring, now = request.user, request.keyring, timezone.now()
    match verb:
        case "assign":
            services.assign(case, form.chosen, by=by, keyring=keyring, now=now)
        case "hand_over":
            note = form.cleaned_data["note"]
            services.hand_over(
                case, form.chosen, note=note, by=by, keyring=keyring, now=now
            )
        case "deputise":
            until = form.cleaned_data["until"]
            services.deputise(
                case, form.chosen, until=until, by=by, keyring=keyring, now=now
            )
        case "end":
            deputy = _deputy(case, request.POST.get("person", ""))
            services.end_deputy(case, deputy, by=by, now=now)


def _deputy(case: Case, posted: str) -> User:
    """Who stands in by this assignment. Raises NoDeputy when it has ended."""
    for one in services.people_on(case):
        if one.capacity == Capacity.DEPUTY and str(one.pk) == posted:
            return one.user
    raise services.NoDeputy


def _recused(request: StaffRequest, case: Case) -> Any:
    return User.objects.filter(pk__in=services.recused_in(case, request.keyring))
