"""Addresses of the OData service, with the names that StatLine gives them."""

from django.urls import path

from weerbaar.network.api import odata

ONE = "<slug:catalog>/<slug:identifier>"

urlpatterns = [
    path("Datasets", odata.Datasets.as_view(), name="odata-datasets"),
    path(ONE, odata.Dataset.as_view()),
    path(f"{ONE}/<slug:part>", odata.Part.as_view()),
]
