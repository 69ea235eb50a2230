"""Which organisation a page is about, and the cookie of a ceremony."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from weerbaar.accounts.models import Membership, Organisation
from weerbaar.accounts.roles import Permission
from weerbaar.custody import services
from weerbaar.web.access import StaffRequest

RECEIVES = services.RECEIVES
COLLEAGUES = (*RECEIVES, Permission.KEEP_NAMES, Permission.MANAGE_ACCOUNTS)


def today() -> date:
    return timezone.localdate()


def organisations(request: StaffRequest) -> list[Organisation]:
    """Those that this person looks after: her own, or for an administrator all."""
    if request.user.may_anywhere(Permission.MANAGE_ACCOUNTS):
        return list(Organisation.objects.all())
    return services.receiving_of(request.user, Permission.KEEP_NAMES)


def chosen(request: StaffRequest, among: list[Organisation]) -> Organisation:
    """The one that the page names, else the first. Raises Http404."""
    slug = request.POST.get("organisatie") or request.GET.get("organisatie") or ""
    for place in among:
        if slug in ("", place.slug):
            return place
    raise Http404


def member(request: StaffRequest, number: int) -> Membership:
    """A member of an organisation that this person looks after. Raises Http404."""
    found = Membership.objects.current(today()).filter(
        organisation__in=organisations(request)
    )
    return get_object_or_404(
        found.select_related("organisation", "user__key"), pk=number
    )


def root_url(place: Organisation) -> str:
    """The page of the main key of this organisation."""
    return f"{reverse('root')}?organisatie={place.slug}"


def give_cookie(response: HttpResponse, cookie: str) -> None:
    """Let this browser go on with the ceremony, for an hour at most."""
    response.set_cookie(
        settings.CEREMONY_COOKIE_NAME,
        cookie,
        max_age=3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def take_cookie(response: HttpResponse) -> None:
    response.delete_cookie(settings.CEREMONY_COOKIE_NAME, samesite="Strict")


def cookie_of(request: StaffRequest) -> str:
    return request.COOKIES.get(settings.CEREMONY_COOKIE_NAME, "")
