"""The demo's sign-in page: a button for each member of the cast."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from weerbaar.accounts import demo
from weerbaar.accounts.models import Organisation, User
from weerbaar.accounts.roles import Role


@require_http_methods(["GET", "HEAD", "POST"])
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Choose who you are in the demo; signs in with all real steps."""
    if request.method == "POST":
        logout(request)
        return demo.sign_in(request, request.POST.get("person", ""))
    there = set(User.objects.values_list("email", flat=True))
    names = dict(Organisation.objects.values_list("slug", "name"))
    members = [
        {
            "member": m,
            "organisation": names.get(m.place, ""),
            "role": Role(m.role).label,
        }
        for m in demo.CAST
        if m.email in there
    ]
    return render(request, "accounts/demo.html", {"members": members})
