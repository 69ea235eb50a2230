"""The catalogue of partners: for whom, for what, how to reach them (P-4)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from referrals.models import Partner


@require_GET
def partners(request: HttpRequest) -> HttpResponse:
    """Everybody may read whom to turn to, without signing in."""
    today = timezone.localdate()
    found = [(p, p.is_stale(today)) for p in Partner.objects.proposable()]
    national = [entry for entry in found if not entry[0].region]
    staff = request.user.is_authenticated
    context = {
        "shell_template": f"web/{'staff' if staff else 'reporter'}_base.html",
        "callable": [entry for entry in national if entry[0].phone],
        "others": [entry for entry in national if not entry[0].phone],
        "regional": [entry for entry in found if entry[0].region],
    }
    return render(request, "referrals/partners.html", context)
