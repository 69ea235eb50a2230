"""Pages of this package."""

from django.urls import path

from referrals.views import desk, handling, partners

TAB = "zaken/<slug:reference>/doorverwijzingen/"

urlpatterns = [
    path(TAB, handling.referrals, name="case-referrals"),
    path(f"{TAB}nieuw/", handling.choose, name="case-referral-new"),
    path(f"{TAB}nieuw/<uuid:pk>/", handling.propose, name="case-referral-propose"),
    path(f"{TAB}<uuid:pk>/", handling.referral, name="case-referral"),
    path(f"{TAB}<uuid:pk>/tekst/", handling.revise, name="case-referral-text"),
    path("doorverwijzingen/", desk.desk, name="desk"),
    path("doorverwijzingen/<uuid:pk>/", desk.referral, name="desk-referral"),
    path("partners/", partners.partners, name="partners"),
]
