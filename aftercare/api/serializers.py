"""What goes in and out of the endpoints of aftercare; property names are camelCase."""

from rest_framework import serializers

from weerbaar import codes
from weerbaar.web.api import Serializer

MOST = 20_000
DAY = "Dag (jjjj-mm-dd)."
OUTCOMES = [c.code for c in codes.entries("aftercare_outcomes")]


class CheckInReply(Serializer):
    """What the reporter answered."""

    mood = serializers.CharField(help_text="good, so_so of not_well.")
    needs = serializers.CharField(help_text="nothing, talk, practical of professional.")
    text = serializers.CharField(help_text="De eigen woorden van de melder.")
    isWorrying = serializers.BooleanField(
        source="is_worrying", help_text="De behandelaar belt de volgende dag."
    )


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


class AftercareChoiceInput(Serializer):
    """What the reporter said to the offer, outside the mailbox."""

    accepts = serializers.BooleanField(help_text="De melder wil nazorg.")


class AftercareOutcomeInput(Serializer):
    """How the aftercare ended."""

    outcome = serializers.ChoiceField(OUTCOMES, help_text="Code: aftercare_outcomes.")


class CheckInHoldInput(Serializer):
    """A talk that took place."""

    note = serializers.CharField(
        max_length=MOST,
        required=False,
        allow_blank=True,
        default="",
        help_text="Notitie voor behandelaars.",
    )


class CheckInMissInput(Serializer):
    """A talk that did not take place."""

    reason = serializers.CharField(max_length=MOST, help_text="De reden.")
