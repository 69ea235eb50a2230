"""What the endpoints of aftercare answer; property names are camelCase."""

from rest_framework import serializers

from weerbaar.web.shapes import DAY, Serializer, example

REPLY = {"mood": "so_so", "needs": "talk", "text": "Het gaat.", "isWorrying": False}
CHECK_IN = {
    "id": "5d8f7d1e-7c2b-4d1c-9f0e-8b7a6c5d4e33",
    "kind": "72h",
    "days": 3,
    "dueDate": "2031-05-15",
    "state": "answered",
    "settledDate": "2031-05-15",
    "answer": REPLY,
    "note": "",
}


@example(**REPLY)
class CheckInReply(Serializer):
    """What the reporter answered."""

    mood = serializers.CharField(help_text="good, so_so of not_well.")
    needs = serializers.CharField(help_text="nothing, talk, practical of professional.")
    text = serializers.CharField(help_text="De eigen woorden van de melder.")
    isWorrying = serializers.BooleanField(
        source="is_worrying", help_text="De behandelaar belt de volgende dag."
    )


@example(**CHECK_IN)
class CheckInOutput(Serializer):
    """A check-in with its answer and note."""

    id = serializers.UUIDField(source="check_in.pk", help_text="Id.")
    kind = serializers.CharField(
        source="check_in.kind", help_text="72h, 2w, 6-8w of other."
    )
    days = serializers.IntegerField(
        source="check_in.days", help_text="Aantal dagen na het begin."
    )
    dueDate = serializers.DateField(source="check_in.due_on", help_text=DAY)
    state = serializers.CharField(
        source="check_in.state",
        help_text="planned, answered, held, missed of cancelled.",
    )
    settledDate = serializers.DateField(
        source="check_in.settled_on", allow_null=True, help_text=DAY
    )
    answer = CheckInReply(allow_null=True, help_text="Het antwoord van de melder.")
    note = serializers.CharField(help_text="De notitie van de behandelaar.")


@example(
    state="active",
    offeredDate="2031-05-12",
    startedDate="2031-05-12",
    endedDate=None,
    isStoppedByReporter=False,
    checkIns=[CHECK_IN],
)
class AftercareOutput(Serializer):
    """The plan of a case; without one, the state is none."""

    state = serializers.CharField(
        help_text="none, offered, active, completed of declined."
    )
    offeredDate = serializers.DateField(
        source="offered_on", allow_null=True, help_text=DAY
    )
    startedDate = serializers.DateField(
        source="started_on", allow_null=True, help_text=DAY
    )
    endedDate = serializers.DateField(source="ended_on", allow_null=True, help_text=DAY)
    isStoppedByReporter = serializers.BooleanField(
        source="stopped_by_reporter", help_text="De melder stopte de nazorg."
    )
    checkIns = CheckInOutput(many=True, help_text="De nazorgmomenten.")
