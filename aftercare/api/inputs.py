"""What programs send to the endpoints of aftercare; property names are camelCase."""

from rest_framework import serializers

from weerbaar.web.shapes import DAY, Serializer, Words, coded, example


@example(accepts=True)
class AftercareChoiceInput(Serializer):
    """What the reporter said to the offer, outside the mailbox."""

    accepts = serializers.BooleanField(help_text="De melder wil nazorg.")


@example(outcome="given")
class AftercareOutcomeInput(Serializer):
    """How the aftercare ended."""

    outcome = coded("aftercare_outcomes", help_text="Code: aftercare_outcomes.")


@example(note="Zij slaapt weer. Over twee weken bel ik nog eens.")
class CheckInHoldInput(Serializer):
    """A talk that took place."""

    note = Words(required=False, help_text="Notitie voor behandelaars.")


@example(dueDate="2031-05-27")
class CheckInMoveInput(Serializer):
    """Another day for a talk."""

    dueDate = serializers.DateField(source="due_on", help_text=DAY)


@example(reason="Drie keer gebeld, geen gehoor.")
class CheckInMissInput(Serializer):
    """A talk that did not take place."""

    reason = Words(help_text="De reden.")
