"""Addresses of the OData service, with the names that StatLine gives them."""

from django.urls import path

from weerbaar.network.api import odata

ONE = "<slug:catalog>/<slug:identifier>"

urlpatterns = [
    path("", odata.Service.as_view(), name="odata"),
    path("$metadata", odata.Metadata.as_view()),
    path("Datasets", odata.Datasets.as_view(), name="odata-datasets"),
    path(ONE, odata.Dataset.as_view()),
    path(f"{ONE}/", odata.Dataset.as_view()),
    path(f"{ONE}/$metadata", odata.Metadata.as_view()),
    path(f"{ONE}/<slug:part>", odata.Part.as_view()),
]
