"""The one engine that moves any state machine; nothing else calls a transition.

A machine is a model whose `workflow` module declares body-less transitions with `step`.
`take_step` locks the row, asks whether the actor may, asks whether it is possible now,
moves, saves and records the event, all in one transaction (design 5).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_fsm import (
    GET_STATE,
    ConcurrentTransitionMixin,
    FSMFieldMixin,
    Transition,
    can_proceed,
    has_transition_perm,
    transition,
)

from weerbaar import codes
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.audit.services import record
from weerbaar.web.refusals import NotAllowed, NotPossibleNow

__all__ = [
    "GET_STATE",
    "Machine",
    "Offer",
    "Step",
    "StepForbidden",
    "StepNotPossible",
    "Words",
    "guard_sql",
    "offers",
    "pairs",
    "refusal",
    "step",
    "steps_of",
    "take_step",
]


class StepNotPossible(NotPossibleNow):
    """The machine does not allow this step from where the thing now stands."""

    title = _("This step is not possible now")
    detail = _("Somebody else may have moved it. Look at the page again.")


class StepForbidden(NotAllowed):
    """This actor may not take this step."""

    title = _("You may not take this step")
    detail = _("This step is for somebody else. Ask a colleague.")


@dataclass(frozen=True)
class Words:
    """The words that a step leaves behind as a statement."""

    kind: str
    label: Promise
    to_reporter: bool = False
    required: bool = True


@dataclass(frozen=True)
class Step:
    """What the table says of a transition besides from and to."""

    label: Promise
    event: Kind
    words: Words | None = None
    choices: tuple[str, str, Promise] | None = None  # header field, code list, label
    only: tuple[str, ...] = ()  # the codes offered, where not the whole list
    hint: Promise | None = None
    hidden: bool = (
        False  # taken by another room or by the reporter, not offered on the page
    )

    @property
    def codes(self) -> list[str]:
        """The codes to choose from; none when the step asks for no choice."""
        if self.choices is None:
            return []
        return [*self.only] or [c.code for c in codes.entries(self.choices[1])]


@dataclass(frozen=True)
class Offer:
    """A step as shown to somebody: possible now, or why not."""

    name: str
    step: Step
    possible: bool
    reasons: list[Any] = field(default_factory=list)

    @property
    def label(self) -> Promise:
        return self.step.label


def refusal(
    message: Promise, *, hides: bool = False
) -> Callable[[Callable[..., bool]], Callable[..., bool]]:
    """Gives a condition the sentence that is shown when it does not hold.

    With `hides` the step is not shown at all: it is not for this thing, now or later.
    """

    def mark(condition: Callable[..., bool]) -> Callable[..., bool]:
        condition.refusal = message  # type: ignore[attr-defined]
        condition.hides = hides  # type: ignore[attr-defined]
        return condition

    return mark


def step(
    state: Any,
    *,
    source: Sequence[str],
    target: str,
    permission: Callable[[Any, Any], bool],
    says: Step,
    conditions: Iterable[Callable[[Any], bool]] = (),
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declares a transition: a row of the table. Every row names who may take it."""
    return transition(
        field=state,
        source=list(source),
        target=target,
        permission=permission,
        conditions=list(conditions),
        custom={"step": says},
    )


class Machine(ConcurrentTransitionMixin, models.Model):
    """A model whose state each instance protects (docs/adr/0002)."""

    # The foreign key to what is locked first, where this hangs on something: two people
    # then never wait for each other.
    hangs_on: ClassVar[str] = ""

    class Meta:
        abstract = True

    def refresh_from_db(
        self, using: Any = None, fields: Any = None, from_queryset: Any = None
    ) -> None:
        # The library switches protection off on the field object, for the whole
        # process, while one row refreshes. Taking the value out of this instance first
        # needs no such switch.
        names = {
            f.attname
            for f in self._meta.concrete_fields
            if isinstance(f, FSMFieldMixin) and f.protected
        }
        saved = {n: self.__dict__.pop(n) for n in names if n in self.__dict__}
        try:
            models.Model.refresh_from_db(
                self, using=using, fields=fields, from_queryset=from_queryset
            )
        except BaseException:
            self.__dict__.update(saved)
            raise
        self._update_initial_state()


def _transitions(model: type[models.Model]) -> list[Transition]:
    machine = next(f for f in model._meta.get_fields() if isinstance(f, FSMFieldMixin))
    return list(machine.get_all_transitions(model))


def steps_of(model: type[models.Model]) -> dict[str, list[Transition]]:
    """The table of a machine: step name → its arrows."""
    table: dict[str, list[Transition]] = {}
    for arrow in _transitions(model):
        table.setdefault(arrow.name, []).append(arrow)
    return table


def pairs(model: type[models.Model]) -> set[tuple[str, str]]:
    """All (from, to) pairs the machine knows."""
    return {(str(arrow.source), str(arrow.target)) for arrow in _transitions(model)}


def offers(thing: Any, *, by: Any) -> list[Offer]:
    """The steps this actor may take from here, possible or with reasons why not."""
    found = []
    for arrow in _transitions(type(thing)):
        if arrow.source != thing.state or not arrow.has_perm(thing, by):
            continue
        says: Step = arrow.custom["step"]
        if says.hidden:
            continue
        lacking = [c for c in arrow.conditions if not c(thing)]
        if any(getattr(c, "hides", False) for c in lacking):
            continue
        reasons = [
            getattr(c, "refusal", _("Something else has to be done first."))
            for c in lacking
        ]
        found.append(Offer(arrow.name, says, not reasons, reasons))
    return found


def can_take(thing: Any, name: str, *, by: Any) -> bool:
    """Whether a step may be taken from here now, also one that no list offers."""
    method = getattr(thing, name)
    return has_transition_perm(method, by) and can_proceed(method)


def take_step(thing: Any, name: str, *, by: Any, now: datetime, **facts: Any) -> Event:
    """Move `thing` by the step `name` and record it, in one transaction.

    Raises StepForbidden when `by` may not take it, and StepNotPossible when the machine
    does not allow it from the locked row's state.
    """
    model = type(thing)
    with transaction.atomic():
        _lock(thing)
        thing.refresh_from_db()
        arrows = steps_of(model).get(name, [])
        fitting = [a for a in arrows if a.source == thing.state]
        if not any(a.has_perm(thing, by) for a in (fitting or arrows)):
            raise StepForbidden
        method = getattr(thing, name)
        if not fitting or not can_proceed(method):
            raise StepNotPossible
        before = thing.state
        method()
        thing.save()
        return record(
            fitting[0].custom["step"].event,
            thing,
            by=by,
            now=now,
            organisation_id=getattr(thing, "organisation_id", None),
            from_state=before,
            to_state=thing.state,
            **facts,
        )


def _lock(thing: Any) -> None:
    """Lock the row, and before it the one that it hangs on."""
    model = type(thing)
    if model.hangs_on:
        link = model._meta.get_field(model.hangs_on)
        above = link.related_model._base_manager.select_for_update()
        above.get(pk=getattr(thing, link.attname))
    model._base_manager.select_for_update().get(pk=thing.pk)


def guard_sql(table: str, allowed: Iterable[tuple[str, str]], initial: str) -> str:
    """A trigger that refuses any state pair outside the table, also for raw SQL."""
    listed = ", ".join(f"('{old}', '{new}')" for old, new in sorted(allowed))
    return f"""
CREATE OR REPLACE FUNCTION {table}_state_guard() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> '{initial}' THEN
      RAISE EXCEPTION 'a new row of {table} begins as {initial}'
        USING ERRCODE = 'check_violation';
    END IF;
  ELSIF OLD.state <> NEW.state
    AND (OLD.state, NEW.state) NOT IN (VALUES {listed}) THEN
    RAISE EXCEPTION 'no step leads from % to % in {table}', OLD.state, NEW.state
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER {table}_state_guard BEFORE INSERT OR UPDATE OF state
  ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_state_guard();
"""
