"""What a reporter gets back, and what she needs to report: places, people and codes."""

from typing import ClassVar

from rest_framework import serializers

from weerbaar.accounts.models import Organisation
from weerbaar.web.shapes import DAY, Serializer, example

RECEIPT = "molen wolk haven tulp regen appel kaars"
PERSON = {"name": "Bram Visser", "office": "griffier"}


@example(
    receipt=RECEIPT,
    mailboxUrl="https://weerbaar.example/mijn-melding/",
    contactBy="2031-05-13",
)
class ReceiptOutput(Serializer):
    """The receipt of a report; shown once."""

    receipt = serializers.CharField(help_text="De meldcode: zeven woorden.")
    mailboxUrl = serializers.URLField(help_text="Waar een mens haar gebruikt.")
    contactBy = serializers.DateField(
        allow_null=True, help_text=f"Uiterlijk dan nemen wij contact op. {DAY}"
    )


@example(
    id="0e3f1c52-8d7a-4c31-9a59-0c1f6f1f2a01",
    slug="lindeveen",
    name="Gemeente Lindeveen",
    kind="municipality",
)
class OrganisationOutput(serializers.ModelSerializer[Organisation]):
    """An organisation where one can report."""

    class Meta:
        model = Organisation
        fields: ClassVar = ["id", "slug", "name", "kind"]
        extra_kwargs: ClassVar = {
            "id": {"help_text": "Id van de organisatie."},
            "slug": {"help_text": "Korte naam."},
            "name": {"help_text": "Naam."},
            "kind": {"help_text": "Soort organisatie: organisation_types."},
        }


@example(id="6a0f0c1e-2f53-4a5f-9d0a-0d7a4b2b6c11", **PERSON)
class ReceiverOutput(Serializer):
    """Somebody who receives reports."""

    id = serializers.UUIDField(help_text="Id; zo sluit u iemand uit.")
    name = serializers.CharField(help_text="Naam.")
    office = serializers.CharField(help_text="Functie.")


@example(code="record", nl="Alleen vastleggen", en="Only record it", parent=None)
class CodeOutput(Serializer):
    """A code with its names."""

    code = serializers.CharField(help_text="De code.")
    nl = serializers.CharField(help_text="De naam in het Nederlands.")
    en = serializers.CharField(help_text="De naam in het Engels.")
    parent = serializers.CharField(  # type: ignore[assignment]
        allow_null=True, help_text="De code waar deze onder valt."
    )
