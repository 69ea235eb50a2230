"""Endpoints of a case: each is input, one service, output."""

from typing import Any, ClassVar, cast

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from cases import services
from cases.api import serializers as s
from cases.models import DIALOGUE, Case, CaseQuerySet, Commitment
from cases.workflow import State
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.steps import offers
from weerbaar.vault.keyring import Keyring
from weerbaar.web.api import Pages, StrictQuery, etag_of, refuse_query, require_match

TAGS = ["zaken"]
NOT_NOW = OpenApiResponse(description="Dit kan nu niet.")
CHANGED = OpenApiResponse(description="Iemand anders heeft dit intussen gewijzigd.")
NO_VERSION = OpenApiResponse(description="Stuur de ETag mee als If-Match.")
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="De ETag van de versie die u las.",
)


class HandlesCases(BasePermission):
    """Who handles cases in any organisation; which ones is the queryset's business."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user = request.user
        return user.is_authenticated and user.may_anywhere(Permission.HANDLE_CASES)


class Desk(StrictQuery, APIView):
    """Finding a case, opening the vault of who asks, the moment, and answering."""

    permission_classes: tuple[type[BasePermission], ...] = (HandlesCases,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who may not know of a case learns nothing from what is said of the body."""
        super().initial(request, *args, **kwargs)
        if "reference" in kwargs:
            get_object_or_404(
                Case.objects.visible_to(self.user).only("pk"),
                reference=kwargs["reference"],
            )

    def case(self, reference: str) -> Case:
        """The case, when this person may know of it. Raises Http404."""
        visible = with_promises(Case.objects.visible_to(self.user))
        return get_object_or_404(visible, reference=reference)

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    @property
    def keyring(self) -> Keyring:
        return self.request._request.keyring  # type: ignore[attr-defined]

    def doing(self) -> dict[str, Any]:
        """What every verb asks: who, with which vault, and when."""
        return {"by": self.user, "keyring": self.keyring, "now": timezone.now()}

    def given(self, kind: type[BaseSerializer[Any]]) -> dict[str, Any]:
        """The checked body. Raises ValidationError."""
        found = kind(data=self.request.data)
        found.is_valid(raise_exception=True)
        return dict(found.validated_data)


class DeskList(Desk, GenericAPIView[Any]):
    """Many things, in pages (API-30)."""

    pagination_class = Pages

    def page(self, kind: type[BaseSerializer[Any]], found: Any) -> Response:
        shown = self.paginate_queryset(found)
        context = {"today": timezone.localdate()}
        return self.get_paginated_response(kind(shown, many=True, context=context).data)


def with_promises(cases: CaseQuerySet) -> CaseQuerySet:
    """Cases with their open promises, in a fixed number of queries."""
    return cases.select_related("organisation").prefetch_related(
        Prefetch("commitments", queryset=Commitment.objects.open(), to_attr="promised")
    )


class Cases(DeskList):
    """The worklist; nothing sealed is opened for it."""

    query_keys = ("tab",)
    TABS: ClassVar = ("new", "mine", "open", "today", "waiting", "closed", "all")

    @extend_schema(
        operation_id="listCases",
        tags=TAGS,
        description="De zaken die u mag zien. Van een lijst wordt niets geopend.",
        parameters=[
            OpenApiParameter(
                "tab", str, enum=TABS, description="Welke zaken; standaard alle."
            )
        ],
        responses=s.CaseLine(many=True),
    )
    def get(self, request: Request) -> Response:
        return self.page(s.CaseLine, with_promises(self._chosen()))

    def _chosen(self) -> CaseQuerySet:
        cases = Case.objects.visible_to(self.user)
        match self.request.query_params.get("tab", "all"):
            case "all":
                return cases
            case "new":
                return cases.new()
            case "mine":
                return cases.open().of(self.user)
            case "open":
                return cases.open()
            case "today":
                return cases.open().due(timezone.localdate())
            case "waiting":
                return cases.open().waiting()
            case "closed":
                return cases.filter(state=State.CLOSED)
        raise refuse_query("tab", _("Choose one of the possibilities."))


class OneCase(Desk):
    """A case with its header opened, and changing its classification."""

    @extend_schema(
        operation_id="getCase",
        tags=TAGS,
        description="Een zaak met haar kenmerken. Het openen staat in de tijdlijn.",
        responses=s.CaseOutput,
    )
    def get(self, request: Request, reference: str) -> Response:
        case = self.case(reference)
        services.look(case, by=self.user, now=timezone.now())
        return self._answer(case)

    @extend_schema(
        operation_id="changeCase",
        tags=TAGS,
        description="Wijzig kenmerken. Stuur de ETag mee die u las als If-Match.",
        parameters=[IF_MATCH],
        request=s.CaseChange,
        responses={200: s.CaseOutput, 409: NOT_NOW, 412: CHANGED, 428: NO_VERSION},
    )
    def patch(self, request: Request, reference: str) -> Response:
        case = self.case(reference)
        require_match(request, etag_of(case.pk, case.revision))
        changes = dict(self.given(s.CaseChange)["classification"])
        services.classify(case, changes, revision=case.revision, **self.doing())
        return self._answer(case)

    def _answer(self, case: Case) -> Response:
        header = services.header_of(case, self.keyring)
        case.classification = header  # type: ignore[attr-defined]
        case.wish = services.current_wish(case, self.keyring)  # type: ignore[attr-defined]
        case.anonymity = header.anonymity  # type: ignore[attr-defined]
        case.people = services.people_on(case)  # type: ignore[attr-defined]
        shown = s.CaseOutput(case, context={"today": timezone.localdate()})
        etag = etag_of(case.pk, case.revision)
        return Response(shown.data, headers={"ETag": etag})


class Statements(DeskList):
    """What was written in a case, and writing an internal note."""

    @extend_schema(
        operation_id="listStatements",
        tags=TAGS,
        description="Welke teksten er zijn, zonder hun woorden.",
        responses=s.StatementOutput(many=True),
    )
    def get(self, request: Request, reference: str) -> Response:
        statements = self.case(reference).statements.select_related("author")
        return self.page(s.StatementOutput, statements)

    @extend_schema(
        operation_id="writeNote",
        tags=TAGS,
        description="Schrijf een interne notitie. De melder leest haar niet.",
        request=s.NoteInput,
        responses={201: s.StatementOutput},
    )
    def post(self, request: Request, reference: str) -> Response:
        text = self.given(s.NoteInput)["text"]
        note = services.write_note(self.case(reference), text, **self.doing())
        return Response(s.StatementOutput(note).data, status=201)


class Messages(DeskList):
    """The conversation with the reporter."""

    @extend_schema(
        operation_id="listMessages",
        tags=TAGS,
        description="Het gesprek met de melder, het oudste eerst.",
        responses=s.ThreadOutput(many=True),
    )
    def get(self, request: Request, reference: str) -> Response:
        case = self.case(reference)
        services.look(case, by=self.user, now=timezone.now())
        return self.page(
            s.ThreadOutput, services.read_thread(case, DIALOGUE, self.keyring)
        )

    @extend_schema(
        operation_id="sendMessage",
        tags=TAGS,
        description="Stuur de melder een bericht. U kunt het niet terughalen.",
        request=s.ToReporterInput,
        responses={201: s.StatementOutput},
    )
    def post(self, request: Request, reference: str) -> Response:
        given = self.given(s.ToReporterInput)
        sent = services.send_message(
            self.case(reference),
            given["text"],
            answer_by=given.get("answerByDate"),
            **self.doing(),
        )
        return Response(s.StatementOutput(sent).data, status=201)


class Report(Desk):
    """The story; reading it is an event."""

    @extend_schema(
        operation_id="readReport",
        tags=TAGS,
        description="Het verhaal van de melder. Het lezen staat in de tijdlijn.",
        responses=s.ReportOutput,
    )
    def get(self, request: Request, reference: str) -> Response:
        opened = services.read_report(self.case(reference), **self.doing())
        body = opened.body if opened else {}
        content = {
            "text": body.get("text", ""),
            "answers": body.get("answers", {}),
            "writtenDate": opened.statement.written_on if opened else None,
        }
        return Response(s.ReportOutput(content).data)


class Steps(Desk):
    """What the workflow offers now, and taking a step."""

    @extend_schema(
        operation_id="listSteps",
        tags=TAGS,
        description="De stappen die u nu kunt zetten, of waarom nog niet.",
        responses=s.StepOutput(many=True),
    )
    def get(self, request: Request, reference: str) -> Response:
        case = self.case(reference)
        wish = services.current_wish(case, self.keyring)
        context = {"needs_consent": lambda name: services.needs_consent(name, wish)}
        found = offers(case, by=self.user)
        return Response(s.StepOutput(found, many=True, context=context).data)

    @extend_schema(
        operation_id="takeStep",
        tags=TAGS,
        description="Zet een stap. Tekst voor de melder staat meteen in het postvak.",
        request=s.StepInput,
        responses={200: s.StateOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str) -> Response:
        case, given = self.case(reference), self.given(s.StepInput)
        services.step(case, given.pop("step"), **given, **self.doing())
        return Response(s.StateOutput(case).data)


class Commitments(DeskList):
    """The promises of a case, and a new task."""

    @extend_schema(
        operation_id="listCommitments",
        tags=TAGS,
        description="De afspraken van de zaak, met hun woorden.",
        responses=s.CommitmentOutput(many=True),
    )
    def get(self, request: Request, reference: str) -> Response:
        promises = self.case(reference).commitments.select_related("case")
        return self.page(
            s.CommitmentOutput, [worded(p, self.keyring) for p in promises]
        )

    @extend_schema(
        operation_id="addCommitment",
        tags=TAGS,
        description="Voeg een taak toe.",
        request=s.TaskInput,
        responses={201: s.CommitmentOutput},
    )
    def post(self, request: Request, reference: str) -> Response:
        given = self.given(s.TaskInput)
        made = services.make_task(
            self.case(reference), given["text"], due_on=given["due_on"], **self.doing()
        )
        return shown(worded(made, self.keyring), status=201)


def worded(promise: Commitment, keyring: Keyring) -> Commitment:
    """A promise with its opened words beside it."""
    promise.text = services.words_of(promise, keyring)  # type: ignore[attr-defined]
    promise.reason = services.reason_of(promise, keyring)  # type: ignore[attr-defined]
    return promise


def shown(promise: Commitment, *, status: int = 200) -> Response:
    context = {"today": timezone.localdate()}
    return Response(s.CommitmentOutput(promise, context=context).data, status=status)


class Settling(Desk):
    """One verb on one promise."""

    def settle(self, reference: str, pk: Any, verb: Any, **more: Any) -> Response:
        promises = self.case(reference).commitments.select_related("case")
        found = get_object_or_404(promises, pk=pk)
        done = verb(found, by=self.user, now=timezone.now(), **more)
        return shown(worded(done, self.keyring))


class Keep(Settling):
    @extend_schema(
        operation_id="keepCommitment",
        tags=TAGS,
        description="De afspraak is nagekomen.",
        request=None,
        responses={200: s.CommitmentOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str, pk: Any) -> Response:
        return self.settle(reference, pk, services.keep)


class Cancel(Settling):
    @extend_schema(
        operation_id="cancelCommitment",
        tags=TAGS,
        description="De afspraak is niet meer nodig.",
        request=None,
        responses={200: s.CommitmentOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str, pk: Any) -> Response:
        return self.settle(reference, pk, services.cancel)


class Miss(Settling):
    @extend_schema(
        operation_id="missCommitment",
        tags=TAGS,
        description="De afspraak is niet nagekomen; met de reden.",
        request=s.MissInput,
        responses={200: s.CommitmentOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str, pk: Any) -> Response:
        reason = self.given(s.MissInput)["reason"]
        return self.settle(
            reference, pk, services.miss, reason=reason, keyring=self.keyring
        )


class Move(Settling):
    @extend_schema(
        operation_id="moveCommitment",
        tags=TAGS,
        description="De afspraak krijgt een andere dag.",
        request=s.MoveInput,
        responses={200: s.CommitmentOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str, pk: Any) -> Response:
        due_on = self.given(s.MoveInput)["due_on"]
        return self.settle(reference, pk, services.move, due_on=due_on)


class Timeline(DeskList):
    """Everything that happened, also who looked."""

    @extend_schema(
        operation_id="listEvents",
        tags=TAGS,
        description="Alles wat er gebeurde, het oudste eerst, ook wie er keek.",
        responses=s.EventOutput(many=True),
    )
    def get(self, request: Request, reference: str) -> Response:
        return self.page(s.EventOutput, services.timeline(self.case(reference)))
