"""What the endpoints of the figures take and answer; property names are camelCase."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from weerbaar.network.figures import figures
from weerbaar.network.models import Release
from weerbaar.network.tables import INCIDENT, PREVENTION
from weerbaar.web.shapes import OfferedStep, Serializer, example

NUMBER = "Afgerond op vijf; null is een aantal dat niet wordt getoond."
RELEASE = {
    "id": "5b0c6a50-6a51-4d0a-9a53-0f0f3f0b7a11",
    "year": 2031,
    "quarters": 2,
    "period": "januari tot en met juni 2031",
    "state": "published",
    "isProvisional": True,
    "plan": "1",
    "fingerprint": "0f3d" * 16,
    "publishedTime": "2031-08-03T10:00:00+02:00",
    "withdrawnTime": None,
    "withdrawnWords": "",
}
TABLE = {
    "release": RELEASE["id"],
    "year": 2031,
    "quarters": 2,
    "provisional": True,
    "fingerprint": RELEASE["fingerprint"],
    "plan": "1",
    "base": 5,
    "bound": 4,
    "licence": "CC0-1.0",
    "rounding": "Alle aantallen zijn afgerond op vijftallen.",
    "reading": "Meer meldingen betekent niet per se meer incidenten.",
    "code": "T14",
    "title": "Invloed op besluiten",
    "definition": "Gemelde incidenten naar het antwoord op de vraag.",
    "rowLabel": "Besluit beïnvloed",
    "columnLabel": "",
    "columns": [],
    "rows": [{"label": "ja", "values": [], "total": 20}],
    "columnTotals": [],
    "total": 250,
}


@example(**RELEASE)
class ReleaseLine(Serializer):
    """A release of figures."""

    id = serializers.UUIDField(help_text="Id van de publicatie.")
    year = serializers.IntegerField(help_text="Het jaar waarover het gaat.")
    quarters = serializers.IntegerField(help_text="Tot en met dit kwartaal, 1 tot 4.")
    period = serializers.CharField(help_text="De periode in woorden.")
    state = serializers.CharField(
        help_text=(
            "draft, counted, rounded, audited, approved, published, superseded, "
            "withdrawn of refused."
        )
    )
    isProvisional = serializers.BooleanField(
        source="is_provisional", help_text="Voorlopig, of definitief."
    )
    plan = serializers.CharField(help_text="Versie van het plan van tabellen.")
    fingerprint = serializers.CharField(
        source="digest", help_text="SHA-256 over de tabellen."
    )
    publishedTime = serializers.DateTimeField(
        source="published_at", allow_null=True, help_text="Moment van publicatie."
    )
    withdrawnTime = serializers.DateTimeField(
        source="withdrawn_at", allow_null=True, help_text="Moment van intrekken."
    )
    withdrawnWords = serializers.CharField(
        source="withdrawn_words", help_text="Waarom ingetrokken; leeg als dat niet is."
    )


@example(code="T14", title="Invloed op besluiten", sentence="Ja: ongeveer 20 van 250.")
class TableLine(Serializer):
    """A table of a release, in one sentence."""

    code = serializers.CharField(help_text="Code van de tabel.")
    title = serializers.CharField(help_text="Titel.")
    sentence = serializers.CharField(help_text="De tabel in één zin.")


@example(
    **RELEASE,
    incidents=250,
    advices=25,
    tables=[{"code": "T14", "title": "Invloed op besluiten", "sentence": "…"}],
)
class ReleaseOutput(ReleaseLine):
    """A release with its totals and the tables it holds."""

    incidents = serializers.SerializerMethodField(help_text=NUMBER)
    advices = serializers.SerializerMethodField(help_text=NUMBER)
    tables = serializers.SerializerMethodField(help_text="De tabellen.")

    def get_incidents(self, release: Release) -> int | None:
        return _total(release, INCIDENT)

    def get_advices(self, release: Release) -> int | None:
        return _total(release, PREVENTION)

    @extend_schema_field(TableLine(many=True))
    def get_tables(self, release: Release) -> Any:
        shown = figures(release.snapshot) if release.has_numbers else []
        return TableLine(shown, many=True).data


def _total(release: Release, kind: str) -> int | None:
    return release.snapshot["totals"][kind] if release.has_numbers else None


@example(label="ja", values=[], total=20)
class RowOutput(Serializer):
    """A row of a table."""

    label = serializers.CharField(help_text="Wat geteld is.")  # type: ignore[assignment]
    values = serializers.ListField(
        child=serializers.IntegerField(allow_null=True), help_text=NUMBER
    )
    total = serializers.IntegerField(allow_null=True, help_text=NUMBER)


@example(**TABLE)
class TableOutput(Serializer):
    """One table, with what must be known to read it."""

    release = serializers.UUIDField(help_text="Id van de publicatie.")
    year = serializers.IntegerField(help_text="Jaar.")
    quarters = serializers.IntegerField(help_text="Tot en met dit kwartaal.")
    provisional = serializers.BooleanField(help_text="Voorlopig, of definitief.")
    fingerprint = serializers.CharField(help_text="SHA-256 over de tabellen.")
    plan = serializers.CharField(help_text="Versie van het plan van tabellen.")
    base = serializers.IntegerField(help_text="Afgerond op veelvouden hiervan.")
    bound = serializers.IntegerField(help_text="Zo ver van de waarheid, ten hoogste.")
    licence = serializers.CharField(help_text="Licentie van de cijfers.")
    rounding = serializers.CharField(help_text="Hoe is afgerond.")
    reading = serializers.CharField(help_text="Hoe de cijfers te lezen.")
    code = serializers.CharField(help_text="Code van de tabel.")
    title = serializers.CharField(help_text="Titel.")
    definition = serializers.CharField(help_text="Wat geteld is.")
    rowLabel = serializers.CharField(help_text="Wat de rijen zijn.")
    columnLabel = serializers.CharField(help_text="Wat de kolommen zijn; kan leeg.")
    columns = serializers.ListField(
        child=serializers.CharField(), help_text="Namen van de kolommen."
    )
    rows = RowOutput(many=True, help_text="De rijen.")
    columnTotals = serializers.ListField(
        child=serializers.IntegerField(allow_null=True), help_text=NUMBER
    )
    total = serializers.IntegerField(allow_null=True, help_text=NUMBER)


@example(step="approve", label="Keur de cijfers goed", isPossible=True, reasons=[])
class ReleaseStepOutput(OfferedStep):
    """A step that this person may take."""


@example(step="approve")
class ReleaseStepInput(Serializer):
    """The step to take."""

    step = serializers.ChoiceField(
        choices=["approve", "publish", "refuse"], help_text="Naam van de stap."
    )
