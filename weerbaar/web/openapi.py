"""The OpenAPI document: what drf-spectacular reads from the code, plus our manners.

Every response names the API-Version, every refusal is a problem (RFC 9457), and every
operation with input can answer 400 (NLGov REST API Design Rules 2.2, API-12 to API-18).
"""

from typing import Any

PROBLEM = {
    "type": "object",
    "description": "Waarom het niet kan en wat u kunt doen (RFC 9457).",
    "required": ["status", "title", "detail"],
    "properties": {
        "type": {"type": "string"},
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string"},
                    "detail": {"type": "string"},
                    "code": {"type": "string"},
                },
            },
        },
    },
}
VERSION = {
    "description": "Versie van de API.",
    "schema": {"type": "string"},
}
REFUSALS = {
    "400": "De invoer klopt niet.",
    "401": "Meld u eerst aan.",
    "403": "Dit mag u niet.",
    "404": "Niet gevonden.",
    "406": "Deze vorm van antwoord is er niet.",
    "429": "Te veel pogingen.",
}
METHODS = ("get", "post", "put", "patch", "delete")


def complete(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """Post-processing hook: problems, version headers, and the document itself."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components.setdefault("headers", {})["ApiVersion"] = VERSION
    result["paths"]["/openapi.json"] = {"get": _own_operation()}
    for methods in result["paths"].values():
        for method in METHODS:
            if operation := methods.get(method):
                _complete_operation(operation)
    return result


def _own_operation() -> dict[str, Any]:
    return {
        "operationId": "openapiRetrieve",
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


def _complete_operation(operation: dict[str, Any]) -> None:
    responses = operation.setdefault("responses", {})
    for status, sentence in REFUSALS.items():
        responses.setdefault(status, {"description": sentence})
    for status, response in responses.items():
        response["headers"] = {
            **response.get("headers", {}),
            "API-Version": {"$ref": "#/components/headers/ApiVersion"},
        }
        response.setdefault("description", "")
        if int(status) >= 400:
            response["content"] = {
                "application/problem+json": {
                    "schema": {"$ref": "#/components/schemas/Problem"}
                }
            }
