"""Every address of the house: pages in Dutch paths, the API under /api/v1/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

pages = [
    path("", include("weerbaar.web.urls")),
    path("", include("weerbaar.accounts.urls")),
    path("", include("intake.urls")),
    path("", include("cases.urls")),
    path("", include("referrals.urls")),
    path("", include("aftercare.urls")),
    path("", include("weerbaar.stories.urls")),
    path("", include("weerbaar.notices.urls")),
    path("", include("weerbaar.network.urls")),
    path("", include("weerbaar.custody.urls")),
]
if settings.DEMO_PAGES:
    pages.append(path("", include("weerbaar.accounts.demo_urls")))

urlpatterns = [
    path("", include("weerbaar.web.plain_urls")),
    path("", include("weerbaar.audit.urls")),
    path("api/v1/", include("weerbaar.api_urls")),
    path("odata/v1/", include("weerbaar.network.odata_urls")),
    *i18n_patterns(*pages, prefix_default_language=False),
]

handler400 = "weerbaar.web.views.bad_request"
handler403 = "weerbaar.web.views.forbidden"
handler404 = "weerbaar.web.views.not_found"
handler500 = "weerbaar.web.views.server_error"
