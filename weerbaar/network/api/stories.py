"""Endpoints of the practice stories: reading them, and the editors' desk."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from weerbaar import codes
from weerbaar.accounts.roles import Permission
from weerbaar.network.api import story_shapes as shapes
from weerbaar.network.api.agenda import Agenda
from weerbaar.network.api.views import TAGS
from weerbaar.stories import services
from weerbaar.stories.models import Edition
from weerbaar.stories.services import OfficeKind
from weerbaar.vault.keyring import Keyring
from weerbaar.web.api import Pages
from weerbaar.web.openapi import GONE, NOT_NOW
from weerbaar.web.refusals import Refusal


class TakenBack(Refusal):
    """There was a story, and its words are gone."""

    status = 410
    title = _("This story was taken back")
    detail = _("Its words are gone. By whom, when and why is not told here.")


class EditsStories(BasePermission):
    """Analysts, who edit for the network."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user = request.user
        return user.is_authenticated and user.may_anywhere(Permission.PUBLISH_FIGURES)


def _code(name: str, told: str, among: list[str]) -> OpenApiParameter:
    return OpenApiParameter(name, str, description=told, enum=among)


class Stories(Agenda, GenericAPIView[Any]):
    """What is published."""

    pagination_class = Pages
    query_keys = ("topic", "officeKind")

    @extend_schema(
        operation_id="listStories",
        tags=TAGS,
        summary="Praktijkverhalen",
        description="Gepubliceerde verhalen; nieuwste maand eerst.",
        parameters=[
            _code(
                "topic",
                "Alleen met dit onderwerp: policy_topics.",
                [code.code for code in codes.entries("policy_topics")],
            ),
            _code("officeKind", "Alleen met dit soort ambt.", OfficeKind.values),
        ],
        responses=shapes.StoryOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params
        found = services.published_for(
            self.user,
            topic=asked.get("topic", ""),
            office_kind=asked.get("officeKind", ""),
        )
        shown = shapes.StoryOutput(self.paginate_queryset(found), many=True)
        return self.get_paginated_response(shown.data)


class Published(Agenda):
    """Finding a published story."""

    def story(self, pk: UUID) -> Edition:
        """The story, when it is published. Raises Http404, TakenBack."""
        found = services.published_for(self.user)
        if services.was_published(pk) and not found.filter(pk=pk).exists():
            raise TakenBack
        return get_object_or_404(found, pk=pk)


class OneStory(Published):
    """One published story."""

    @extend_schema(
        operation_id="getStory",
        tags=TAGS,
        summary="Praktijkverhaal",
        description="Een verhaal. Is het teruggenomen, dan is het antwoord 410.",
        responses={200: shapes.StoryOutput, 410: GONE},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        return Response(shapes.StoryOutput(self.story(pk)).data)


class TakeOff(Published):
    """Taking a published story off every page."""

    permission_classes = (EditsStories,)

    @extend_schema(
        operation_id="takeStoryOff",
        tags=TAGS,
        summary="Verhaal weghalen",
        description="Haal een verhaal weg. De woorden worden meteen vernietigd.",
        request=shapes.TakeOffInput,
        responses={204: None, 409: NOT_NOW, 410: GONE},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, given = self.story(pk), self.given(shapes.TakeOffInput)
        services.take_off(found, **given, **self.doing())
        return Response(status=204)


class EditorsDesk(Agenda):
    """What waits for an editor, opened with the own vault."""

    permission_classes = (EditsStories,)

    @property
    def keyring(self) -> Keyring:
        return self.request._request.keyring  # type: ignore[attr-defined]

    def edition(self, pk: UUID) -> Edition:
        """A story that waits. Raises Http404."""
        visible = Edition.objects.visible_to(self.user).waiting()
        return get_object_or_404(visible, pk=pk)


def _shown(edition: Edition, text: services.Text) -> dict[str, Any]:
    return dict(shapes.EditionOutput({"id": edition.pk, **vars(text)}).data)


class Editions(EditorsDesk, GenericAPIView[Any]):
    """The stories that wait for an editor."""

    pagination_class = Pages

    @extend_schema(
        operation_id="listEditions",
        tags=TAGS,
        summary="Verhalen bij de redactie",
        description="Wat wacht op een redacteur, in willekeurige volgorde.",
        responses=shapes.EditionOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        waiting = Edition.objects.visible_to(self.user).waiting()
        opened = services.read_all(waiting, self.keyring)
        found = [_shown(one, text) for one, text in opened if text]
        return self.get_paginated_response(self.paginate_queryset(found))


class Received(EditorsDesk):
    """Taking the stories out of the letterbox."""

    @extend_schema(
        operation_id="receiveEditions",
        tags=TAGS,
        summary="Brievenbus legen",
        description="Haal alle verhalen uit de brievenbus; een paar tegelijk of geen.",
        request=None,
        responses={200: shapes.ReceivedOutput, 409: NOT_NOW},
    )
    def post(self, request: Request) -> Response:
        count = services.take_out(keyring=self.keyring, **self.doing())
        return Response(shapes.ReceivedOutput({"received": count}).data)


class OneEdition(EditorsDesk):
    """One story that waits."""

    @extend_schema(
        operation_id="getEdition",
        tags=TAGS,
        summary="Verhaal bij de redactie",
        description="De woorden van een verhaal dat wacht. Lezen wordt vastgelegd.",
        responses=shapes.EditionOutput,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found = self.edition(pk)
        text = services.read_to_edit(found, keyring=self.keyring, **self.doing())
        return Response(_shown(found, text))


class EditionSteps(EditorsDesk):
    """What an editor decides."""

    @extend_schema(
        operation_id="takeEditionStep",
        tags=TAGS,
        summary="Beslissen over een verhaal",
        description="Publiceer, stuur terug of weiger; met punten of een reden.",
        request=shapes.EditionStepInput,
        responses={204: None, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, given = self.edition(pk), self.given(shapes.EditionStepInput)
        doing = self.doing()
        if given["step"] == "publish":
            points = given.get("points", [])
            services.publish(found, points=points, keyring=self.keyring, **doing)
        else:
            verbs = {"send_back": services.send_back, "refuse": services.refuse}
            verbs[given["step"]](found, reason=given.get("reason", ""), **doing)
        return Response(status=204)
