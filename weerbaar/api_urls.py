"""The programs' door: the endpoints of each package, without trailing slashes."""

from django.urls import include, path

urlpatterns = [
    path("", include("weerbaar.web.api_urls")),
    path("", include("intake.api_urls")),
    path("", include("cases.api_urls")),
    path("", include("referrals.api_urls")),
    path("", include("aftercare.api_urls")),
    path("", include("weerbaar.network.api_urls")),
]
