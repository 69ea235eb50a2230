"""Tags every template has without loading: icons, components, code labels, dates."""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from weerbaar import codes
from weerbaar.web import forms
from weerbaar.web.money import in_euros

register = template.Library()
ICONS = Path(__file__).resolve().parents[1] / "icons"
# Where a moment of the day is told to others, only its part is told (SEC-7).
DAY_PARTS = ((6, "night"), (12, "morning"), (18, "afternoon"), (24, "evening"))


@cache
def _paths(name: str) -> SafeString:
    """The drawing of an icon; ours, from a package, so its markup is to be trusted."""
    return mark_safe((ICONS / f"{name}.svg").read_text("utf-8").strip())  # noqa: S308


@register.simple_tag
def icon(name: str, label: str = "", *, large: bool = False) -> SafeString:
    """An icon as inline SVG; with a label it is read aloud, without one it is not."""
    said = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="wb-icon{}" {} focusable="false" viewBox="0 0 24 24" fill="none" '
        'stroke="currentColor" stroke-width="2" stroke-linecap="round" '
        'stroke-linejoin="round">{}</svg>',
        " wb-icon--large" if large else "",
        said,
        _paths(name),
    )


@register.simple_tag
def code_label(list_name: str, code: str) -> str:
    """The label of a code in the language of the page."""
    return codes.label(list_name, code)


@register.filter
def day(moment: date | datetime | None) -> str:
    """`1 mei 2026`, on the clock of the Netherlands."""
    return formats.date_format(_local(moment), "j F Y") if moment else ""


@register.filter
def moment(at: datetime | None) -> str:
    """`1 mei 2026, 14:30`."""
    return formats.date_format(_local(at), "j F Y, H:i") if at else ""


@register.filter
def day_part(at: datetime | None) -> str:
    """`1 mei 2026, in de middag`: what a reporter did is not told to the minute."""
    if not at:
        return ""
    local = _local(at)
    part = next(name for until, name in DAY_PARTS if local.hour < until)
    return f"{formats.date_format(local, 'j F Y')}, {_part_name(part)}"


def _part_name(part: str) -> str:
    return {
        "night": gettext("at night"),
        "morning": gettext("in the morning"),
        "afternoon": gettext("in the afternoon"),
        "evening": gettext("in the evening"),
    }[part]


def _local(value: Any) -> Any:
    is_aware = isinstance(value, datetime) and timezone.is_aware(value)
    return timezone.localtime(value) if is_aware else value


@register.filter
def euros(amount: int) -> str:
    """`€ 12.500`: money is in whole euros."""
    return in_euros(amount)


@register.filter
def phone_link(number: str) -> str:
    """`070-373 83 14` as it stands in a tel: link."""
    return "".join(c for c in number if c.isdigit() or c == "+")


@register.filter
def mistakes(form: BaseForm) -> list[forms.Mistake]:
    """The lines of the error summary."""
    return forms.mistakes(form)


@register.simple_tag
def phone(number: str, css: str = "wb-number") -> SafeString:
    """A telephone number as a link on one line; `112 / 0900-8844` as two of them."""
    return format_html_join(
        " / ",
        '<a class="{}" href="tel:{}">{}</a>',
        ((css, phone_link(one), one) for one in map(str.strip, number.split("/"))),
    )


@register.simple_block_tag
def alert(content: str, kind: str = "info", title: str = "", level: int = 2) -> str:
    """`{% alert "warning" title=_("…") %}…{% endalert %}`; or info, ok, error."""
    return render_to_string(
        "web/components/alert.html",
        {"kind": kind, "title": title, "level": level, "content": content},
    )


@register.simple_block_tag
def disclosure(content: str, summary: str, *, is_open: bool = False) -> str:
    """`{% disclosure _("…") %}…{% enddisclosure %}`: more for who wants it."""
    return render_to_string(
        "web/components/disclosure.html",
        {"summary": summary, "content": content, "is_open": is_open},
    )


@register.inclusion_tag("web/components/pagination.html", takes_context=True)
def pagination(
    context: template.Context, page: "Page[Any]", name: str = "page"
) -> dict[str, Any]:
    """Links to the other pages of a list; the rest of the query stays."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[name] = str(number)
        return f"?{query.urlencode()}"

    paginator = page.paginator
    return {
        "page": page,
        "numbers": [
            (number, address(number) if isinstance(number, int) else "")
            for number in paginator.get_elided_page_range(page.number, on_ends=1)
        ],
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
    }
