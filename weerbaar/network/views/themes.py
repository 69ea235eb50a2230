"""The themes of the year: an analyst enters what the network chose."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from weerbaar.accounts.roles import Permission
from weerbaar.network import services
from weerbaar.network.forms import ThemeForm
from weerbaar.network.models import PriorityTheme
from weerbaar.web.access import StaffRequest, signed_in


@signed_in(Permission.PUBLISH_FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def themes(request: StaffRequest) -> HttpResponse:
    """The themes by year, and a form for one more."""
    this_year = {"year": timezone.localdate().year}
    form = ThemeForm(request.POST or None, initial=this_year)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        services.name_theme(
            year=int(data["year"]),
            topic=data["topic"],
            title=data["title"],
            sentence=data["sentence"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("The theme is named."))
        return redirect("figures-themes")
    context = {"form": form, "themes": PriorityTheme.objects.all()}
    return render(request, "network/themes.html", context)


@signed_in(Permission.PUBLISH_FIGURES)
@require_POST
def drop(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a theme off its year. Raises Http404."""
    theme = get_object_or_404(PriorityTheme, pk=pk)
    services.drop_theme(theme, by=request.user, now=timezone.now())
    messages.success(request, _("The theme is removed."))
    return redirect("figures-themes")
