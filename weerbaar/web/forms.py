"""Forms in NL Design System markup, with our own words for every mistake.

Rules kept (standards-ux 2.2): label above, description tied by aria-describedby, no
placeholder, "(optioneel)" after optional labels, aria-required in place of required,
an error summary, and a message of its own for each field that says what to do.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, NamedTuple, cast

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.core.validators import MaxLengthValidator
from django.forms import renderers
from django.forms.widgets import Input
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from weerbaar.web.dates import UnreadableDate, read_date

LONGEST_TEXT = 20_000
# What was lost on its way comes as a replacement character, and so is a NUL shown.
LOST = _(
    "Some characters did not come through. They stand in your text as �. Type them "
    "again and go on."
)
# For mistakes other than leaving empty, which each field must word itself.
OWN_MESSAGES: dict[str, Any] = {
    "invalid": _("We cannot read this. Check what you filled in."),
    "invalid_choice": _("Choose one of the options."),
    "invalid_list": _("Choose one or more of the options."),
    "invalid_pk_value": _("Choose one of the options."),
    "max_length": _(
        "Use at most %(limit_value)d characters. You used %(show_value)d characters."
    ),
    "null_characters_not_allowed": LOST,
    "max_value": _("Fill in %(limit_value)s or less."),
    "min_value": _("Fill in %(limit_value)s or more."),
}
# Where a browser would remember what was typed.
REMEMBERED = (
    forms.TextInput,
    forms.EmailInput,
    forms.NumberInput,
    forms.PasswordInput,
    forms.Textarea,
    forms.Select,
)


class Mistake(NamedTuple):
    """One line of the error summary: where to go and what to do there."""

    target: str
    message: str


class BoundField(forms.BoundField):
    """A field on a page: the classes and aria attributes of the design system."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        built.pop("required", None)
        if self.use_fieldset:
            # The group says that something is wrong, not each of its options.
            built.pop("aria-invalid", None)
        elif self.field.required and not widget.is_hidden:
            built["aria-required"] = "true"
        if name := css_class(widget):
            extra = f" {name.split()[0]}--invalid" if self.errors else ""
            own = widget.attrs.get("class", "")
            built["class"] = f"{name}{extra} {own}".strip()
        if self.maximum:
            # Cutting off what is pasted would lose words without a word (WEB-33).
            built["maxlength"] = False
            built["data-maximum"] = str(self.maximum)
        return built

    @property
    def maximum(self) -> int | None:
        """Of a text that may grow long; a line of text is simply held to its length."""
        is_long = isinstance(self.field.widget, forms.Textarea)
        return getattr(self.field, "max_length", None) if is_long else None

    @property
    def is_single_box(self) -> bool:
        """A lone checkbox: its label stands beside it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_optional(self) -> bool:
        # Where files are all that a form asks, nothing is optional about them.
        asked = self.field.required or getattr(self.field, "is_asked", False)
        return not asked and not self.is_single_box

    @property
    def is_radio(self) -> bool:
        # Django's list of checkboxes is a kind of its radio buttons.
        return css_class(self.field.widget).startswith("utrecht-radio")

    @property
    def is_heading(self) -> bool:
        """The one question of a page: its label is the heading (WEB-23)."""
        return getattr(self.form, "heading_field", None) == self.name

    @property
    def first_id(self) -> str:
        """Where a line of the error summary leads: the field, or its first option."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.auto_id


class Renderer(renderers.TemplatesSetting):
    """Renders every form of the house, also those of allauth, with our templates."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    formset_template_name = "web/forms/formset.html"
    bound_field_class = BoundField


def css_class(widget: forms.Widget) -> str:
    """The design system's classes for a widget; empty for what needs none."""
    match widget:
        case forms.Textarea():
            return "utrecht-textarea utrecht-textarea--html-textarea"
        case forms.CheckboxInput() | forms.CheckboxSelectMultiple():
            return (
                "utrecht-checkbox utrecht-checkbox--html-input utrecht-checkbox--custom"
            )
        case forms.RadioSelect():
            return "utrecht-radio-button utrecht-radio-button--html-input"
        case forms.Select():
            return "utrecht-select utrecht-select--html-select"
        case Input() if widget.input_type not in {"hidden", "file"}:
            return "utrecht-textbox utrecht-textbox--html-input"
    return ""


class FormMixin:
    """What makes a Django form ours; use `Form`, or mix this into a ModelForm."""

    use_required_attribute = False
    # The field whose label is the heading of the page.
    heading_field: ClassVar[str | None] = None
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            prepare(f"{type(self).__name__}.{name}", field)


def mistakes(form: forms.BaseForm) -> list[Mistake]:
    """The error summary of any form: of the whole first, then field by field."""
    lines = [Mistake("form-errors", str(e)) for e in form.non_field_errors()]
    # The renderer of the house makes each of them ours.
    for bound in cast(Iterable[BoundField], form):
        lines += [Mistake(bound.first_id, str(e)) for e in bound.errors]
    return lines


def prepare(name: str, field: forms.Field) -> None:
    """Give a field our words. Raises ImproperlyConfigured without one of its own."""
    if field.required and says_default(field, "required"):
        raise ImproperlyConfigured(
            f"{name} needs error_messages['required']: say what to do (WEB-27)."
        )
    for code, message in OWN_MESSAGES.items():
        if says_default(field, code):
            field.error_messages[code] = message
    if isinstance(field.widget, REMEMBERED):
        # A shared device may not offer one person's words to the next (WEB-36).
        field.widget.attrs.setdefault("autocomplete", "off")


def says_default(field: forms.Field, code: str) -> bool:
    """Whether this mistake would be told in Django's words."""
    given = field.error_messages.get(code)
    defaults = [
        cls.__dict__.get("default_error_messages", {}).get(code)
        for cls in type(field).__mro__
        if cls.__module__.startswith("django.")
    ]
    return given is None or any(given is default for default in defaults)


class Form(FormMixin, forms.Form):
    """The form that every page of ours starts from."""


class TextField(forms.CharField):
    """One line of text."""

    def __init__(
        self, *, max_length: int = 200, width: str = "", **kwargs: Any
    ) -> None:
        super().__init__(max_length=max_length, **kwargs)
        if width:
            self.widget.attrs["class"] = f"wb-width-{width}"


class LongTextField(forms.CharField):
    """A story or note that will be sealed: free in length up to 20,000 characters."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 8, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_TEXT)
        super().__init__(**kwargs)
        self.widget.attrs["rows"] = rows

    def to_python(self, value: Any) -> str:
        """Line ends as one character, so that the counter and the limit agree."""
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class DateField(forms.CharField):
    """A date in one text field; cleaned to a `date`, or to None when left empty."""

    default_error_messages: ClassVar = {
        "unreadable": _("Fill in a day, month and year, for example 1 May 2026."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example: 1 May 2026 or 1-5-2026."))
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("class", "wb-width-short")

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]
        if isinstance(value, date):
            return value
        typed = super().to_python(value)
        if not typed:
            return None
        try:
            return read_date(typed, today=timezone.localdate())
        except UnreadableDate:
            raise forms.ValidationError(
                self.error_messages["unreadable"], code="unreadable"
            ) from None

    def run_validators(self, value: Any) -> None:
        """A date needs none of the validators of text."""

    def prepare_value(self, value: Any) -> Any:
        return formats.date_format(value, "j F Y") if isinstance(value, date) else value


class _Options:
    """Choices shown in full, each with a sentence of explanation where that helps."""

    widget: Any

    def __init__(
        self, *, hints: Mapping[str, str | Promise] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.widget.hints = dict(hints or {})


class _HintedWidget:
    """Hands the explanation of an option to its template."""

    hints: Mapping[str, str | Promise] = {}

    def create_option(
        self, name: str, value: Any, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        option["hint"] = self.hints.get(str(value), "")
        if option["hint"] and option["attrs"].get("id"):
            option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_hint"
        return dict(option)


class Radios(_HintedWidget, forms.RadioSelect):
    """Radio buttons in a fieldset."""


class Boxes(_HintedWidget, forms.CheckboxSelectMultiple):
    """Checkboxes in a fieldset."""


class ChoiceField(_Options, forms.ChoiceField):
    """One of a few: radio buttons. An optional one may stay unanswered."""

    widget = Radios


class ChoicesField(_Options, forms.MultipleChoiceField):
    """Any of a few: checkboxes."""

    widget = Boxes


class EmailField(forms.EmailField):
    """An e-mail address."""

    default_error_messages: ClassVar = {
        "invalid": _("Fill in an e-mail address, for example name@example.nl."),
    }


class TickField(forms.BooleanField):
    """One sentence to tick, such as a consent."""


def default_messages(form: forms.BaseForm) -> list[str]:
    """Fields that would speak in Django's own words; for the test of all forms."""
    return [
        f"{type(form).__name__}.{name}: {code}"
        for name, field in form.fields.items()
        for code in _codes(field)
        if says_default(field, code)
    ]


def _codes(field: forms.Field) -> Iterable[str]:
    """The mistakes that this field can report."""
    codes = set(field.error_messages) - ({"required"} if not field.required else set())
    limited = any(isinstance(v, MaxLengthValidator) for v in field.validators)
    return sorted(codes | ({"max_length"} if limited else set()))
