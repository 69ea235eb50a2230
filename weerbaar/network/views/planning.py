"""The release plan and the register of posts: what is published, and why it may be."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from weerbaar.accounts.roles import Permission
from weerbaar.network import services
from weerbaar.network.floor import below_floor
from weerbaar.network.forms import RegisterForm
from weerbaar.network.permissions import may_check
from weerbaar.network.planning import plan_of
from weerbaar.network.register import MOST, listed
from weerbaar.web.access import StaffRequest, signed_in

KEPT = _(
    "The register is kept. Organisations: %(organisations)d. New: %(came)d. No longer "
    "in it: %(went)d."
)


@signed_in(Permission.READ_FIGURES)
@require_safe
def plan(request: StaffRequest) -> HttpResponse:
    """The plan of this year, its rules, and whether the register allows it."""
    year = timezone.localdate().year
    found, posts = plan_of(year), services.posts_of(year)
    context = {
        "plan": found,
        "year": year,
        "has_register": bool(posts),
        "admitted": services.admission_holds(found),
        "below": below_floor(found, posts) if posts else [],
        "is_analyst": may_check(None, request.user),
    }
    return render(request, "network/plan.html", context)


@signed_in(Permission.READ_FIGURES)
@require_safe
def safety(request: StaffRequest) -> HttpResponse:
    """How the figures are made safe, in plain words."""
    plan = plan_of(timezone.localdate().year)
    return render(request, "network/safety.html", {"plan": plan})


@signed_in(Permission.PUBLISH_FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: StaffRequest) -> HttpResponse:
    """Put a year's register of posts in place."""
    year = timezone.localdate().year
    form = RegisterForm(request.POST or None, initial={"year": year})
    if form.is_valid() and _keep(request, form):
        return redirect("figures-plan")
    posts = services.posts_of(year)
    context = {
        "form": form,
        "columns": listed(),
        "most": MOST,
        "organisations": len({post.organisation for post in posts}),
        "holders": sum(post.number for post in posts),
    }
    return render(request, "network/register.html", context)


def _keep(request: StaffRequest, form: RegisterForm) -> bool:
    """Keep the register; or say at its field which line is wrong."""
    data, by, now = form.cleaned_data, request.user, timezone.now()
    try:
        kept = services.import_register(
            int(data["year"]), data["lines"], by=by, now=now
        )
    except services.RegisterRefused as refusal:
        form.add_error("lines", str(refusal.detail))
        return False
    messages.success(request, KEPT % kept._asdict())
    return True
