"""Endpoints of the figures: what was published, and for analysts what waits."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.network import services
from weerbaar.network.api import outputs
from weerbaar.network.exports import as_json
from weerbaar.network.figures import figure
from weerbaar.network.models import Release
from weerbaar.network.publishing import file_name, write
from weerbaar.steps import offers
from weerbaar.web.api import Pages, StrictQuery
from weerbaar.web.file_shapes import BYTES, GivesBytes
from weerbaar.web.files import download
from weerbaar.web.openapi import GONE, NOT_NOW

TAGS = ["cijfers"]
# Small, and given whole.
BYTES_WHOLE = {kind: told for kind, told in BYTES.items() if kind[0] == 200}
VERBS = {
    "approve": services.approve,
    "publish": services.publish,
    "refuse": services.refuse,
}


class ReadsFigures(BasePermission):
    """Members of the network; what each may see is the queryset's business."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user = request.user
        return user.is_authenticated and user.may_anywhere(Permission.READ_FIGURES)


class Figures(StrictQuery, APIView):
    """Finding a release for who asks."""

    permission_classes: tuple[type[BasePermission], ...] = (ReadsFigures,)

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def release(self, pk: UUID) -> Release:
        """The release, when this person may know of it. Raises Http404."""
        return get_object_or_404(Release.objects.visible_to(self.user), pk=pk)

    def shown(self, pk: UUID) -> Release:
        """The release, when its numbers may be shown. Raises Http404, Withdrawn."""
        found = self.release(pk)
        found.check_shown()
        return found


class Releases(Figures, GenericAPIView[Any]):
    """All releases that this person may read."""

    pagination_class = Pages

    @extend_schema(
        operation_id="listReleases",
        tags=TAGS,
        summary="Publicaties",
        description="Wat ooit is gepubliceerd, ook wat is vervangen; nieuwste eerst.",
        responses=outputs.ReleaseLine(many=True),
    )
    def get(self, request: Request) -> Response:
        shown = self.paginate_queryset(Release.objects.visible_to(self.user))
        return self.get_paginated_response(outputs.ReleaseLine(shown, many=True).data)


class OneRelease(Figures):
    """One release: its totals and which tables it holds."""

    @extend_schema(
        operation_id="getRelease",
        tags=TAGS,
        summary="Publicatie",
        description="Een publicatie met haar totalen en tabellen.",
        responses=outputs.ReleaseOutput,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        return Response(outputs.ReleaseOutput(self.release(pk)).data)


class OneTable(Figures):
    """One table of a release."""

    @extend_schema(
        operation_id="getTable",
        tags=TAGS,
        summary="Tabel",
        description="Een tabel, met wat u moet weten om haar te lezen.",
        responses={200: outputs.TableOutput, 410: GONE},
    )
    def get(self, request: Request, pk: UUID, code: str) -> Response:
        release = self.shown(pk)
        try:
            found = figure(release.snapshot, code.upper())
        except KeyError:
            raise Http404 from None
        return Response(as_json(release, found))


class OneFile(GivesBytes, Figures):
    """A table of a release in one of its formats."""

    @extend_schema(
        operation_id="getTableFile",
        tags=TAGS,
        summary="Tabel als bestand",
        description=(
            "Een tabel als bestand: xlsx, csv, csv_metadata, json_stat of parquet. "
            "Alle vormen hebben dezelfde getallen."
        ),
        responses=BYTES_WHOLE | {410: GONE},
    )
    def get(self, request: Request, pk: UUID, code: str, name: str) -> HttpResponse:
        release = self.shown(pk)
        try:
            content = write(release, code, name)
        except KeyError:
            raise Http404 from None
        named = file_name(release, code, name)
        return download(content, name=named, media_type="application/octet-stream")


class ReleaseSteps(Figures):
    """What the workflow offers the analyst, and taking a step."""

    @extend_schema(
        operation_id="listReleaseSteps",
        tags=TAGS,
        summary="Mogelijke stappen",
        description="De stappen die u nu kunt zetten, of waarom nog niet.",
        responses=outputs.ReleaseStepOutput(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found = offers(self.release(pk), by=self.user)
        return Response(outputs.ReleaseStepOutput(found, many=True).data)

    @extend_schema(
        operation_id="takeReleaseStep",
        tags=TAGS,
        summary="Stap zetten",
        description="Keur goed, publiceer of leg opzij. Daar zijn twee mensen voor.",
        request=outputs.ReleaseStepInput,
        responses={
            200: outputs.ReleaseOutput,
            409: NOT_NOW,
        },
    )
    def post(self, request: Request, pk: UUID) -> Response:
        release, given = self.release(pk), self.given(outputs.ReleaseStepInput)
        VERBS[given["step"]](release, by=self.user, now=timezone.now())
        return Response(outputs.ReleaseOutput(release).data)
