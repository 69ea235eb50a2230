"""The shapes of what programs send and get: strict, whole signs, camelCase names."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import (
    OpenApiExample,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import exceptions, serializers
from rest_framework.parsers import BaseParser

from weerbaar import codes
from weerbaar.web.forms import LONGEST_TEXT

DAY = "Dag (jjjj-mm-dd)."
HIGHEST = 2**31 - 1
# No sign that was lost on the way, and no NUL; where words are needed, one of them.
WHOLE = r"^[^\x00\ufffd]*$"
SOMETHING = r"^[^\x00\ufffd]*[^\s\x00\ufffd][^\x00\ufffd]*$"
# Kind of field → the kinds of JSON value that are taken for it, and what to say. JSON
# knows one kind of number: 3.0 is whole.
KINDS: tuple[tuple[tuple[type, ...], tuple[type, ...], Promise], ...] = (
    ((serializers.BooleanField,), (bool,), _("Send true or false.")),
    ((serializers.IntegerField,), (int, float), _("Send a whole number.")),
    (
        (
            serializers.CharField,
            serializers.ChoiceField,
            serializers.DateField,
            serializers.RelatedField,
            serializers.UUIDField,
        ),
        (str,),
        _("Send a text."),
    ),
)


class TooLarge(exceptions.APIException):
    """A body beyond what the house reads into memory."""

    status_code = 413
    default_detail = _("Send at most one megabyte.")


class Json(BaseParser):
    """JSON in UTF-8, whatever charset is claimed, and never more than fits.

    Half signs, infinite numbers and endless nesting are no text that can be kept or
    answered, so they are refused here, before a field is looked at. Raises ParseError
    and TooLarge.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        raw = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(raw) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLarge
        try:
            found = json.loads(raw.decode())
            json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
        except (ValueError, RecursionError) as broken:
            message = _("The body is not JSON in UTF-8.")
            raise exceptions.ParseError(message) from broken
        return found


class StrictInput:
    """For serializers: nothing is dropped and nothing is guessed.

    A property that means nothing is refused, and so is a value of another kind: "no" is
    not false, 5 is not "5".
    """

    def to_internal_value(self, data: Any) -> Any:
        mistakes = dict(self._mistakes(data)) if isinstance(data, Mapping) else {}
        try:
            value = super().to_internal_value(data)  # type: ignore[misc]
        except exceptions.ValidationError as others:
            # All mistakes at once (API-14).
            found = others.detail if isinstance(others.detail, dict) else {}
            raise exceptions.ValidationError(mistakes | dict(found)) from others
        if mistakes:
            raise exceptions.ValidationError(mistakes)
        return value

    def _mistakes(self, data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        fields: Mapping[str, Any] = self.fields  # type: ignore[attr-defined]
        for name in sorted(data, key=str):
            if name not in fields:
                yield name, [_("This property does not exist here.")]
            elif wrong := _of_other_kind(fields[name], data[name]):
                yield name, wrong


def _of_other_kind(field: Any, value: Any) -> Any:
    """What is wrong with the kind of a JSON value, per item of a list; else nothing."""
    if isinstance(field, serializers.ListField) and isinstance(value, list):
        items = {i: _of_other_kind(field.child, item) for i, item in enumerate(value)}
        return {i: wrong for i, wrong in items.items() if wrong}
    for kinds, taken, message in KINDS:
        if isinstance(field, kinds):
            fits = value is None or type(value) in taken
            return [] if fits else [message]
    return []


class Serializer(StrictInput, serializers.Serializer[Any]):
    """What every endpoint of ours starts from; property names are camelCase."""


class OfferedStep(Serializer):
    """A step of any machine as it is offered to somebody (`weerbaar.steps.Offer`)."""

    step = serializers.CharField(source="name", help_text="Naam van de stap.")
    label = serializers.CharField(  # type: ignore[assignment]
        help_text="De stap in woorden."
    )
    isPossible = serializers.BooleanField(
        source="possible", help_text="Kan de stap nu worden gezet?"
    )
    reasons = serializers.SerializerMethodField(help_text="Waarom nog niet.")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_reasons(self, offer: Any) -> list[str]:
        return [str(reason) for reason in offer.reasons]


class Words(serializers.CharField):
    """A person's words; not required means that they may be left out or empty.

    With `default=serializers.empty` what is left out is not filled in.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_TEXT)
        pattern = SOMETHING
        if not kwargs.get("required", True):
            pattern = WHOLE
            kwargs.setdefault("allow_blank", True)
            if kwargs.setdefault("default", "") is not serializers.empty:
                del kwargs["required"]
        super().__init__(**kwargs)
        whole = RegexValidator(pattern, _("Send the text in UTF-8."), code="encoding")
        self.validators = [*self.validators, whole]


def coded(name: str, **more: Any) -> serializers.ChoiceField:
    """One code of a code list."""
    return serializers.ChoiceField(choices=_known(name), **more)


def coded_list(name: str, **more: Any) -> serializers.ListField:
    """Several codes of a code list."""
    known = _known(name)
    child = serializers.ChoiceField(choices=known)
    return serializers.ListField(child=child, max_length=len(known), **more)


def _known(name: str) -> list[tuple[str, str]]:
    return [(c.code, c.nl) for c in codes.entries(name)]


def example(**value: Any) -> Callable[[type], type]:
    """Shows a shape with one example in the description of the API."""
    shown = OpenApiExample("Voorbeeld", value=value)
    return extend_schema_serializer(examples=[shown])
