"""Draw every state machine of the house into docs/workflow.md, from the code itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from weerbaar.steps import Machine, Step, steps_of

TARGET = Path("docs") / "workflow.md"
HEAD = """\
# The machines

Drawn by `manage.py draw_workflow` from each room's `workflow.py`; do not edit by hand.
`make check` fails when this page is stale. One function, `weerbaar.steps.take_step`,
calls the steps; a trigger in the database refuses every other pair of states.
"""


class Command(BaseCommand):
    help = "Draws the state machines into docs/workflow.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        page = draw()
        target = settings.ROOT / TARGET
        stands = target.read_text(encoding="utf-8") if target.exists() else ""
        if stands == page:
            return
        if check:
            raise CommandError(f"{TARGET} is stale: run manage.py draw_workflow.")
        target.write_text(page, encoding="utf-8")
        self.stdout.write(f"{TARGET} is drawn.")


def machines() -> list[type[Machine]]:
    """Every model that is a machine, the case first."""
    found = [
        cast(type[Machine], m) for m in apps.get_models() if issubclass(m, Machine)
    ]
    return sorted(found, key=lambda m: (m.__name__ != "Case", m._meta.label))


def draw() -> str:
    """The whole page, the same in every language setting."""
    with override("en"):
        return "\n".join([HEAD, *(_section(machine) for machine in machines())])


def _section(machine: type[Machine]) -> str:
    doc = (machine.__doc__ or "").strip().splitlines()[0]
    return "\n".join(
        [
            f"## {machine.__name__}",
            "",
            doc,
            "",
            *_diagram(machine),
            "",
            *_table(machine),
            "",
        ]
    )


def _diagram(machine: type[Machine]) -> Iterator[str]:
    initial = machine._meta.get_field("state").default  # type: ignore[misc]
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {initial}"
    for name, arrows in steps_of(machine).items():
        for arrow in arrows:
            yield f"    {arrow.source} --> {arrow.target}: {name}"
    yield "```"


def _table(machine: type[Machine]) -> Iterator[str]:
    yield "| Step | Says | From | To | Who | Needs |"
    yield "|---|---|---|---|---|---|"
    for name, arrows in steps_of(machine).items():
        says: Step = arrows[0].custom["step"]
        sources = ", ".join(str(arrow.source) for arrow in arrows)
        cells = (
            f"`{name}`",
            f"{says.label} ({_dutch(says.label)})",
            sources,
            arrows[0].target,
            _sentence(arrows[0].permission),
            _needs(says, arrows[0].conditions),
        )
        yield "| " + " | ".join(str(cell) for cell in cells) + " |"


def _dutch(label: Any) -> str:
    with override("nl"):
        return str(label)


def _sentence(permission: Any) -> str:
    """Who, in the words of the predicate."""
    doc = getattr(permission, "__doc__", None) or permission.__name__
    return str(doc).strip().splitlines()[0]


def _needs(says: Step, conditions: list[Any]) -> str:
    needs = [str(getattr(c, "refusal", c.__name__)) for c in conditions]
    if says.words:
        reader = "the reporter reads it" if says.words.to_reporter else "internal"
        needs.append(f"{says.words.label} ({reader})")
    if says.choices:
        needs.append(str(says.choices[2]))
    return "<br>".join(needs) or "–"
