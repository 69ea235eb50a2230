"""A case, its promises and its people."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.api.inputs import Classification
from weerbaar.web.shapes import DAY, Serializer, example

PROMISE = {
    "id": "1f0c7d0a-31f5-4b2b-8a57-1f9d0e3a6c55",
    "kind": "reception_talk",
    "state": "open",
    "awaits": "us",
    "dueDate": "2031-05-15",
    "isOverdue": False,
}
LINE = {
    "reference": "7F3K-9QXM",
    "organisation": "lindeveen",
    "kind": "incident",
    "state": "triage",
    "openedDate": "2031-05-12",
    "movedDate": "2031-05-12",
    "closedDate": None,
    "nextPromise": PROMISE,
}
BRAM = {
    "id": "6a0f0c1e-2f53-4a5f-9d0a-0d7a4b2b6c11",
    "name": "Bram Visser",
    "capacity": "owner",
    "untilDate": None,
}


@example(**PROMISE)
class CasePromiseOutput(Serializer):
    """A promise; its words stand only in the case itself."""

    id = serializers.UUIDField(help_text="Id van de afspraak.")
    kind = serializers.CharField(help_text="Soort afspraak.")
    state = serializers.CharField(help_text="open, kept, missed of cancelled.")
    awaits = serializers.CharField(help_text="Wie aan zet is: us, reporter, partner.")
    dueDate = serializers.DateField(source="due_on", help_text=DAY)
    isOverdue = serializers.SerializerMethodField(help_text="De dag is voorbij.")

    @extend_schema_field(bool)
    def get_isOverdue(self, promise: Any) -> bool:
        return bool(promise.is_overdue(self.context["today"]))


@example(**PROMISE, text="", reason="")
class CommitmentOutput(CasePromiseOutput):
    """A promise inside its case, with its words."""

    text = serializers.CharField(help_text="Wat is afgesproken, in woorden.")
    reason = serializers.CharField(help_text="Waarom het niet is nagekomen.")


@example(**LINE)
class CaseLine(Serializer):
    """A case in the worklist: nothing sealed is opened for a list."""

    reference = serializers.CharField(help_text="Kenmerk van de zaak.")
    organisation = serializers.CharField(
        source="organisation.slug", help_text="Korte naam van de organisatie."
    )
    kind = serializers.CharField(help_text="incident of prevention.")
    state = serializers.CharField(help_text="Stand in de werkstroom.")
    openedDate = serializers.DateField(source="opened_on", help_text=DAY)
    movedDate = serializers.DateField(source="moved_on", help_text=DAY)
    closedDate = serializers.DateField(
        source="closed_on", allow_null=True, help_text=DAY
    )
    nextPromise = serializers.SerializerMethodField(
        help_text="De eerste afspraak die openstaat."
    )

    @extend_schema_field(CasePromiseOutput(allow_null=True))
    def get_nextPromise(self, case: Any) -> Any:
        promised = case.promised
        return (
            CasePromiseOutput(promised[0], context=self.context).data
            if promised
            else None
        )


@example(**BRAM)
class AssignmentOutput(Serializer):
    """Somebody who is on the case."""

    id = serializers.UUIDField(source="user.pk", help_text="Id van de collega.")
    name = serializers.CharField(source="user.name", help_text="Naam.")
    capacity = serializers.CharField(help_text="owner of deputy.")
    untilDate = serializers.DateField(source="until", allow_null=True, help_text=DAY)


@example(id=BRAM["id"], name=BRAM["name"])
class ColleagueOutput(Serializer):
    """Somebody who may be given the case."""

    id = serializers.UUIDField(source="pk", help_text="Id van de collega.")
    name = serializers.CharField(help_text="Naam.")


@example(
    **LINE,
    revision=3,
    wish="think_along",
    anonymity="confidential",
    countAnonymously=True,
    classification={
        "subject": "Berichten na de raadsvergadering",
        "types": ["veiled_threat"],
        "severity": "serious",
        "office": "alderman",
        "channels": ["phone"],
        "perpetrators": ["resident"],
        "motive": "",
        "topic": "asylum_reception",
        "effects": [],
        "decisionInfluenced": "no",
        "family": "yes",
        "police": "",
        "noAangifte": "",
        "measures": [],
        "isAcute": False,
    },
    people=[BRAM],
)
class CaseOutput(CaseLine):
    """One case with its header opened."""

    revision = serializers.IntegerField(help_text="Versie van de kenmerken.")
    wish = serializers.CharField(help_text="Wat de melder nu wil: wishes.")
    anonymity = serializers.CharField(help_text="Keuze van de melder: anonymity.")
    countAnonymously = serializers.BooleanField(
        allow_null=True,
        help_text="De melder laat de melding anoniem meetellen; null: niet gekozen.",
    )
    classification = Classification(help_text="Kenmerken in codes.")
    people = AssignmentOutput(many=True, help_text="Wie eraan werken.")
