"""The service does what its description says, for input that nobody would think of.

Schemathesis makes the input from the description: good and bad, for each operation, in
the world of the other tests. `make fuzz` makes a hundred times as much of it.
"""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from rest_framework.serializers import CharField
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from tests.api.world import Operation, World, described, operations
from weerbaar.web.forms import LONGEST_TEXT
from weerbaar.web.refusals import InvalidInput
from weerbaar.wsgi import application

# What no schema can say: the page after the last, a day still to come, what belongs
# together.
RULES = {
    "page",
    "#/occurredDate",
    "#/name",
    "#/contact/phone",
    "#/contact/email",
    "#/organisation",
}


def taken_or_told_why(ctx: Any, response: Any, case: Any) -> None:
    """Good input is taken, or refused by a rule that is named."""
    if case.meta.generation.mode != GenerationMode.POSITIVE:
        return
    if response.status_code != 400:
        return
    told = response.json()
    # The API speaks Dutch, whatever language the test before this one left behind.
    with translation.override("nl"):
        blank = str(CharField.default_error_messages["blank"])
    about = {
        e.get("pointer", e.get("parameter"))
        for e in told.get("errors", ())
        # Which signs leave a text blank no pattern of all languages agrees on.
        if e["detail"] != blank
    }
    if told.get("errors") and not about:
        return
    is_rule = about <= RULES if about else told["title"] != str(InvalidInput.title)
    assert is_rule, f"good input refused: {told} for {case.body} {case.query}"


EXAMPLES = int(os.environ.get("WEERBAAR_FUZZ", "4"))
# Files are not made up well: tests/cases/test_evidence.py sends real ones.
ALL = [
    o for o in operations() if not o.path.startswith("/releases") and not o.takes_file
]
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    taken_or_told_why,
]


def schema_for(mode: Any) -> Any:
    """The description; good texts are kept short, or making them takes gigabytes."""
    told = json.dumps(described())
    if mode == GenerationMode.POSITIVE:
        told = told.replace(f'"maxLength": {LONGEST_TEXT}', '"maxLength": 500')
    schema = schemathesis.openapi.from_dict(json.loads(told))
    schema.app = application
    return schema


modes = pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Requests share the connection of the test, as those of Django's client do."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@modes
@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
def test_operations_do_what_is_described(mode: Any, world: World) -> None:
    schema = schema_for(mode)
    found = [fault for o in ALL if (fault := fault_of(schema, o, mode, world))]

    assert not found, "\n\n".join(found)


def told_of(fault: BaseException) -> str:
    """A failure with its reason, and what to send to see it again."""
    return f"{fault} {getattr(fault, 'message', '')} {getattr(fault, 'case_id', '')}"


def fault_of(schema: Any, operation: Operation, mode: Any, world: World) -> str:
    """The first thing that goes otherwise than described; empty when nothing does."""
    made = schema[operation.path][operation.method].as_strategy(
        mode,
        path_parameters=world.parameters(operation),
        headers=world.headers(operation),
    )

    @seed(1)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=made)
    def ask(case: Any) -> None:
        cache.clear()
        with transaction.atomic():
            answer = case.call()
            transaction.set_rollback(True)
        case.validate_response(answer, checks=CHECKS)

    try:
        ask()
    except Unsatisfiable:
        return ""  # Nothing can be wrong about a request that says nothing.
    except BaseExceptionGroup as faults:
        return "\n".join([str(operation), *map(told_of, faults.exceptions)])
    return ""
