"""Endpoints of the network's own work: themes with their support, and their money."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from weerbaar.network import services
from weerbaar.network.api import agenda_shapes as shapes
from weerbaar.network.api.views import TAGS, Figures
from weerbaar.network.models import Activity, PriorityTheme, Release
from weerbaar.steps import offers
from weerbaar.web.api import Pages
from weerbaar.web.openapi import NOT_NOW

VERBS = {
    "choose": services.name_theme,
    "pass_over": services.pass_over,
    "withdraw": services.take_theme_back,
}


class Agenda(Figures):
    """Finding a theme or activity for who asks."""

    def doing(self) -> dict[str, Any]:
        """Who does it, and when."""
        return {"by": self.user, "now": timezone.now()}

    def themes(self) -> Any:
        """The themes that this person may know of, with their support."""
        visible = PriorityTheme.objects.visible_to(self.user)
        return visible.select_related("organisation").prefetch_related(
            "supports__organisation"
        )

    def shown(self, found: Any, *, many: bool = False) -> Any:
        """Themes beside the figures of their year."""
        in_force = Release.objects.visible_to(self.user).in_force()
        context = {"releases": {release.year: release for release in in_force}}
        return shapes.ThemeOutput(found, many=many, context=context).data

    def theme(self, pk: UUID) -> PriorityTheme:
        """The theme, when this person may know of it. Raises Http404."""
        found: PriorityTheme = get_object_or_404(self.themes(), pk=pk)
        return found

    def activity(self, pk: UUID) -> Activity:
        """The activity, when this person may know of its theme. Raises Http404."""
        return get_object_or_404(Activity.objects.visible_to(self.user), pk=pk)


class Themes(Agenda, GenericAPIView[Any]):
    """The themes of the network, by year."""

    pagination_class = Pages

    @extend_schema(
        operation_id="listThemes",
        tags=TAGS,
        summary="Prioritaire thema's",
        description="Benoemde thema's; voor leden van het netwerk ook voorstellen.",
        responses=shapes.ThemeOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        shown = self.paginate_queryset(self.themes())
        return self.get_paginated_response(self.shown(shown, many=True))

    @extend_schema(
        operation_id="proposeTheme",
        tags=TAGS,
        summary="Thema voorstellen",
        description="Stel een thema voor. Uw partner steunt het meteen.",
        request=shapes.ThemeInput,
        responses={201: shapes.ThemeOutput, 409: NOT_NOW},
    )
    def post(self, request: Request) -> Response:
        given = self.given(shapes.ThemeInput)
        made = services.propose_theme(
            year=given["year"],
            topic=given["topic"],
            title=given.get("name", ""),
            sentence=given["sentence"],
            question=given.get("question", ""),
            **self.doing(),
        )
        return Response(self.shown(made), status=201)


class OneTheme(Agenda):
    """One theme with its support."""

    @extend_schema(
        operation_id="getTheme",
        tags=TAGS,
        summary="Thema",
        description="Een thema met de partners die het steunen.",
        responses=shapes.ThemeOutput,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        return Response(self.shown(self.theme(pk)))


class Support(Agenda):
    """The support of the own partner."""

    @extend_schema(
        operation_id="supportTheme",
        tags=TAGS,
        summary="Steunen",
        description="Steun een voorstel namens uw partner, één keer.",
        request=None,
        responses={200: shapes.ThemeOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        services.give_support(self.theme(pk), **self.doing())
        return Response(self.shown(self.theme(pk)))


class Unsupport(Agenda):
    """Taking the support of the own partner back."""

    @extend_schema(
        operation_id="unsupportTheme",
        tags=TAGS,
        summary="Steun terugnemen",
        description="Neem de steun van uw partner terug zolang het een voorstel is.",
        request=None,
        responses={200: shapes.ThemeOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        services.end_support(self.theme(pk), **self.doing())
        return Response(self.shown(self.theme(pk)))


class ThemeSteps(Agenda):
    """What the workflow offers, and taking a step."""

    @extend_schema(
        operation_id="listThemeSteps",
        tags=TAGS,
        summary="Mogelijke stappen",
        description="De stappen die u nu kunt zetten, of waarom nog niet.",
        responses=shapes.ThemeStepOutput(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found = offers(self.theme(pk), by=self.user)
        return Response(shapes.ThemeStepOutput(found, many=True).data)

    @extend_schema(
        operation_id="takeThemeStep",
        tags=TAGS,
        summary="Stap zetten",
        description="Benoem een thema, kies het niet, of neem uw voorstel terug.",
        request=shapes.ThemeStepInput,
        responses={200: shapes.ThemeOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        theme, given = self.theme(pk), self.given(shapes.ThemeStepInput)
        VERBS[given["step"]](theme, **self.doing())
        return Response(self.shown(self.theme(pk)))


class Activities(Agenda, GenericAPIView[Any]):
    """What the network does about a theme."""

    pagination_class = Pages

    @extend_schema(
        operation_id="listActivities",
        tags=TAGS,
        summary="Activiteiten",
        description="Activiteiten bij een thema, met geld en resultaat.",
        responses=shapes.ActivityOutput(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        shown = self.paginate_queryset(self.theme(pk).activities.all())
        found = shapes.ActivityOutput(shown, many=True)
        return self.get_paginated_response(found.data)

    @extend_schema(
        operation_id="commitMoney",
        tags=TAGS,
        summary="Geld toezeggen",
        description="Zeg geld toe binnen het budget van het jaar; analisten.",
        request=shapes.ActivityInput,
        responses={201: shapes.ActivityOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        theme, given = self.theme(pk), self.given(shapes.ActivityInput)
        made = services.commit_money(theme, **given, **self.doing())
        return Response(shapes.ActivityOutput(made).data, status=201)


class Result(Agenda):
    """What came of an activity."""

    @extend_schema(
        operation_id="keepResult",
        tags=TAGS,
        summary="Resultaat",
        description="Schrijf wat een activiteit heeft opgeleverd; analisten.",
        request=shapes.ResultInput,
        responses={200: shapes.ActivityOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        activity, given = self.activity(pk), self.given(shapes.ResultInput)
        services.keep_result(activity, **given, **self.doing())
        return Response(shapes.ActivityOutput(activity).data)


class Cancelled(Agenda):
    """Giving the money of an activity back."""

    @extend_schema(
        operation_id="cancelActivity",
        tags=TAGS,
        summary="Annuleren",
        description="Annuleer een activiteit; het geld is weer vrij. Analisten.",
        request=None,
        responses={200: shapes.ActivityOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        activity = self.activity(pk)
        services.cancel_activity(activity, **self.doing())
        return Response(shapes.ActivityOutput(activity).data)
