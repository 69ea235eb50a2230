"""The promises of a case for programs."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api import inputs
from cases.api.desk import Desk, DeskList
from cases.api.outputs import CommitmentOutput
from cases.models import Commitment
from weerbaar.vault.keyring import Keyring
from weerbaar.web.openapi import NOT_NOW

TAGS = ["afspraken"]


class Commitments(DeskList):
    """The promises of a case, and a new task."""

    @extend_schema(
        operation_id="listCommitments",
        tags=TAGS,
        summary="Afspraken",
        description="De afspraken van de zaak, met hun woorden.",
        responses=CommitmentOutput(many=True),
    )
    def get(self, request: Request, reference: str) -> Response:
        case = self.looked_at(self.case(reference))
        promises = case.commitments.select_related("case")
        return self.page(CommitmentOutput, [worded(p, self.keyring) for p in promises])

    @extend_schema(
        operation_id="addCommitment",
        tags=TAGS,
        summary="Taak toevoegen",
        description="Voeg een taak toe.",
        request=inputs.TaskInput,
        responses={201: CommitmentOutput},
    )
    def post(self, request: Request, reference: str) -> Response:
        case, given = self.case(reference), self.given(inputs.TaskInput)
        made = services.make_task(case, given.pop("text"), **given, **self.doing())
        return shown(worded(made, self.keyring), status=201)


def worded(promise: Commitment, keyring: Keyring) -> Commitment:
    """A promise with its opened words beside it."""
    promise.text = services.words_of(promise, keyring)  # type: ignore[attr-defined]
    promise.reason = services.reason_of(promise, keyring)  # type: ignore[attr-defined]
    return promise


def shown(promise: Commitment, *, status: int = 200) -> Response:
    context = {"today": timezone.localdate()}
    return Response(CommitmentOutput(promise, context=context).data, status=status)


class Settling(Desk):
    """One verb on one promise."""

    def settle(self, reference: str, pk: UUID, verb: Any, **more: Any) -> Response:
        promises = self.case(reference).commitments.select_related("case")
        found = get_object_or_404(promises, pk=pk)
        done = verb(found, by=self.user, now=timezone.now(), **more)
        return shown(worded(done, self.keyring))


class Keep(Settling):
    @extend_schema(
        operation_id="keepCommitment",
        tags=TAGS,
        summary="Nagekomen",
        description="De afspraak is nagekomen.",
        request=None,
        responses={200: CommitmentOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        return self.settle(reference, pk, services.keep)


class Cancel(Settling):
    @extend_schema(
        operation_id="cancelCommitment",
        tags=TAGS,
        summary="Niet meer nodig",
        description="De afspraak is niet meer nodig.",
        request=None,
        responses={200: CommitmentOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        return self.settle(reference, pk, services.cancel)


class Miss(Settling):
    @extend_schema(
        operation_id="missCommitment",
        tags=TAGS,
        summary="Niet nagekomen",
        description="De afspraak is niet nagekomen; met de reden.",
        request=inputs.MissInput,
        responses={200: CommitmentOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        reason = self.given(inputs.MissInput)["reason"]
        return self.settle(
            reference, pk, services.miss, reason=reason, keyring=self.keyring
        )


class Move(Settling):
    @extend_schema(
        operation_id="moveCommitment",
        tags=TAGS,
        summary="Andere dag",
        description="De afspraak krijgt een andere dag.",
        request=inputs.MoveInput,
        responses={200: CommitmentOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        due_on = self.given(inputs.MoveInput)["due_on"]
        return self.settle(reference, pk, services.move, due_on=due_on)
