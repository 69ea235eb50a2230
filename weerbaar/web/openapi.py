"""The OpenAPI document: what drf-spectacular reads from the code, plus our manners.

Every answer names the API-Version, every refusal is a problem (RFC 9457) that says what
to do, and each operation lists the refusals it can give (NLGov REST API Design Rules
2.2, API-12 to API-19).
"""

from collections.abc import Iterator
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

# What a view says of itself besides its shapes; the words stand in REFUSALS.
NOT_NOW = OpenApiResponse(description="409")
GONE = OpenApiResponse(description="410")
CHANGED = OpenApiResponse(description="412")
NO_VERSION = OpenApiResponse(description="428")
IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="De ETag van de versie die u las.",
)
ETAG = OpenApiParameter(
    "ETag",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    response=[200],
    description="De versie; stuur haar mee als If-Match bij een wijziging.",
)
SHORTEST_KEY, LONGEST_KEY = 16, 200
IDEMPOTENCY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": SHORTEST_KEY, "maxLength": LONGEST_KEY},
    OpenApiParameter.HEADER,
    description=(
        "Willekeurige sleutel, bijvoorbeeld een UUID. Stuurt u hetzelfde nog eens met "
        "dezelfde sleutel, dan gebeurt het een keer."
    ),
)

ABOUT = """
Vertrouwelijk melden, behandelen, doorverwijzen, nazorg en cijfers.

**Wie bent u.** Melden kan iedereen. Een melder opent het eigen postvak met de
meldcode (`Authorization: Receipt <zeven woorden>`). Wie behandelt, antwoordt voor
een partner of cijfers leest, maakt op `/account/tokens/` een persoonlijk token
(`Authorization: Bearer <token>`); het opent de eigen kluis voor een verzoek.

**Weigeringen** zijn `application/problem+json` (RFC 9457) met `status`, `title` en
`detail`; bij 400 staan alle fouten tegelijk in `errors`. Een zaak die u niet mag
kennen, bestaat voor u niet: 404. Bij 429 en 503 zegt `Retry-After` wanneer het weer
kan.

**Twee schrijvers.** Een zaak en een doorverwijzing hebben een `ETag`. Stuur haar
mee als `If-Match`; wie als tweede schrijft, krijgt 412.

**Nog eens hetzelfde.** Met een `Idempotency-Key` gebeurt een melding, bericht,
notitie of adviesvraag een keer, hoe vaak u haar ook stuurt.

**Lijsten** hebben bladzijden: `page` vanaf 1, `pageSize` tot 100. In een adres
staat nooit een naam, code of woord uit een zaak.

**Tijd.** Dagen zijn `jjjj-mm-dd`, tijdstippen staan in UTC.

**Versies.** Elk antwoord noemt `API-Version`. Binnen v1 komen er alleen dingen bij;
wat er veranderde, staat in `CHANGELOG.md`. Wat verdwijnt, heet hier `deprecated` en
noemt in `Deprecation` en `Sunset` sinds wanneer en tot wanneer. Na een v2 blijft v1
nog een jaar.
"""
TAGS = {
    "melden": "Een melding doen, zonder account.",
    "mijn melding": "Het postvak van de melder, met de meldcode.",
    "zaken": "De zaken van een behandelaar.",
    "berichten en notities": "Woorden voor de melder, en woorden voor collega's.",
    "bestanden": "Wat een melding laat zien: foto's, mail, documenten, geluid, video.",
    "afspraken": "Wat is beloofd, en voor wanneer.",
    "doorverwijzingen": "Een partner erbij halen, met toestemming.",
    "partnerloket": "Wat een partner kreeg, en het antwoord.",
    "nazorg": "Vragen hoe het gaat, ook later.",
    "cijfers": "Gepubliceerde cijfers van het netwerk.",
    "openapi": "Deze beschrijving.",
}
PROBLEM = {
    "type": "object",
    "description": "Waarom het niet kan en wat u kunt doen (RFC 9457).",
    "required": ["status", "title", "detail"],
    "properties": {
        "status": {"type": "integer", "description": "De statuscode."},
        "title": {"type": "string", "description": "Wat er niet kan."},
        "detail": {"type": "string", "description": "Wat u kunt doen."},
        "errors": {
            "type": "array",
            "description": "Alle fouten in de invoer.",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "pointer": {
                        "type": "string",
                        "description": "Waar in de inhoud (RFC 6901).",
                    },
                    "parameter": {
                        "type": "string",
                        "description": "Welke sleutel in het adres.",
                    },
                    "detail": {"type": "string", "description": "Wat er mis is."},
                },
            },
        },
    },
}
WAIT = {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}}
HEADERS = {
    "ApiVersion": {
        "description": "Versie van de API.",
        "schema": {"type": "string", "examples": ["1.0.0"]},
    },
    "RetryAfter": {
        "description": "Over hoeveel seconden u het weer kunt proberen.",
        "schema": {"type": "integer", "examples": [300]},
    },
    "WwwAuthenticate": {
        "description": "Hoe u zich aanmeldt.",
        "schema": {"type": "string", "examples": ['Bearer realm="weerbaar"']},
    },
}
# Status → what it means here, what to do, and the headers that go with it.
REFUSALS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "400": ("De invoer klopt niet", "Kijk na wat u stuurde.", {}),
    "401": (
        "Meld u eerst aan",
        "Stuur een geldig token of een geldige meldcode mee.",
        {"WWW-Authenticate": {"$ref": "#/components/headers/WwwAuthenticate"}},
    ),
    "403": ("Dit mag u niet", "Dit is voor iemand anders.", {}),
    "404": ("Niet gevonden", "Op dit adres is niets.", {}),
    "406": ("Deze vorm van antwoord is er niet", "Vraag om application/json.", {}),
    "409": ("Dit kan nu niet", "Lees eerst hoe het nu staat.", {}),
    "410": ("Dit is ingetrokken", "Gebruik het niet meer.", {}),
    "412": ("Iemand anders heeft dit gewijzigd", "Lees eerst de nieuwste versie.", {}),
    "413": ("Dit is te groot", "Stuur ten hoogste een megabyte.", {}),
    "415": ("Deze vorm kunnen wij niet lezen", "Stuur application/json.", {}),
    "428": ("Zeg welke versie u las", "Stuur de ETag mee als If-Match.", {}),
    "429": ("Te veel pogingen", "Wacht een kwartier.", WAIT),
    "503": ("Weerbaar is nu niet bereikbaar", "Probeer het zo nog eens.", WAIT),
}
METHODS = ("get", "post", "put", "patch", "delete")
VERSION = {"API-Version": {"$ref": "#/components/headers/ApiVersion"}}


def complete(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """Post-processing hook: problems, version headers, and the document itself."""
    result["info"]["description"] = ABOUT.strip()
    result["tags"] = [{"name": n, "description": text} for n, text in TAGS.items()]
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["headers"] = HEADERS
    components["responses"] = {f"Problem{s}": _refusal(s) for s in REFUSALS}
    _tidy(result)
    _close(result)
    result["paths"]["/openapi.json"] = {"get": _own_operation()}
    for path, methods in result["paths"].items():
        for method in METHODS:
            if operation := methods.get(method):
                _complete_operation(operation, has_id="{" in path)
    return result


def _tidy(part: Any) -> None:
    """Leave out what only the library reads, and say "may be empty" in one way."""
    if isinstance(part, list):
        for item in part:
            _tidy(item)
    if not isinstance(part, dict):
        return
    part.pop("x-spec-enum-id", None)
    match part.get("oneOf"):
        case [{"pattern": _} as words, {"maxLength": 0}]:
            del part["oneOf"]
            part.update(words)
    for item in part.values():
        _tidy(item)


def _close(result: dict[str, Any]) -> None:
    """Say that what is sent holds no other properties than those named.

    The sentences of the shapes are for who reads the code, and English.
    """
    schemas = result["components"]["schemas"]
    for name, schema in schemas.items():
        if name != "Problem":
            schema.pop("description", None)
    waiting = [
        operation["requestBody"]
        for methods in result["paths"].values()
        for operation in methods.values()
        if "requestBody" in operation
    ]
    for part in waiting:
        for name in _named(part):
            if "additionalProperties" not in schemas[name]:
                schemas[name]["additionalProperties"] = False
                waiting.append(schemas[name])


def _named(part: Any) -> Iterator[str]:
    """The shapes that a part of the document refers to."""
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"].rsplit("/", 1)[1]
        part = list(part.values())
    if isinstance(part, list):
        for item in part:
            yield from _named(item)


def _refusal(status: str) -> dict[str, Any]:
    title, detail, headers = REFUSALS[status]
    shown = {"status": int(status), "title": title, "detail": detail}
    return {
        "description": f"{title}. {detail}",
        "headers": VERSION | headers,
        "content": {
            "application/problem+json": {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {"Voorbeeld": {"value": shown}},
            }
        },
    }


def _own_operation() -> dict[str, Any]:
    return {
        "operationId": "readDescription",
        "summary": "Beschrijving",
        "description": "Deze beschrijving van de API.",
        "tags": ["openapi"],
        "security": [{}],
        "responses": {
            "200": {
                "description": "De beschrijving in OpenAPI 3.1.",
                "content": {"application/json": {"schema": {"type": "object"}}},
            }
        },
    }


def _complete_operation(operation: dict[str, Any], *, has_id: bool) -> None:
    security = operation.setdefault("security", [{}])
    responses = operation.setdefault("responses", {})
    for status, response in responses.items():
        if int(status) < 400:
            response["headers"] = VERSION | response.get("headers", {})
            response["description"] = response.get("description") or "Gelukt."
    for status in _possible(operation, security, has_id=has_id) | set(responses):
        if int(status) >= 400:
            responses[status] = {"$ref": f"#/components/responses/Problem{status}"}


def _possible(
    operation: dict[str, Any], security: list[Any], *, has_id: bool
) -> set[str]:
    """The refusals that follow from what an operation asks."""
    found = {"400", "406", "503"}
    if "requestBody" in operation:
        found |= {"413", "415"}
    if has_id:
        found.add("404")
    if {} not in security:
        found |= {"401", "403"}
    if any("receipt" in scheme for scheme in security):
        found.add("429")
    return found
