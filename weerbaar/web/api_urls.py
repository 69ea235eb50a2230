"""The description of the API, public and readable from everywhere (API-16)."""

from django.urls import path

from weerbaar.web.describing import OpenApi

urlpatterns = [path("openapi.json", OpenApi.as_view(), name="openapi")]
