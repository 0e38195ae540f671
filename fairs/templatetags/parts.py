"""Icons, states, product codes and fields: the small parts every page draws the same way."""

from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fairs import languages
from fairs.actions.photos import signed
from fairs.middleware import for_importers
from fairs.second_factor import code_now

register = template.Library()

STATUS_ICONS = {
    "ok": "circle-check",
    "wait": "clock",
    "stop": "octagon-x",
    "info": "info-circle",
    "off": "circle-dashed",
}
POINT_ICONS = {
    "ok": "check",
    "wait": "arrows-exchange",
    "stop": "x",
    "info": "info-circle",
    "off": "circle-dashed",
}
NOTE_KINDS = {"success": "ok", "warning": "wait", "error": "stop", "debug": "off"}


@register.simple_tag(takes_context=True)
def page_languages(context: dict[str, Any]) -> list[tuple[str, str]]:
    """The languages that this page comes in, each with its name: more of them where importers look."""
    match = getattr(context.get("request"), "resolver_match", None)
    codes = languages.for_importers() if match and for_importers(match.func) else languages.for_everybody()
    return [(code, code) for code in codes]


@register.simple_tag
def demo_code() -> str:
    """The second factor that everybody knows, in a demonstration alone."""
    return code_now() if settings.DEMO else ""


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """One drawing of static/fairs/icons.svg; silent for a screen reader unless it has a label."""
    sprite = static("fairs/icons.svg")
    if label:
        return format_html(
            '<svg class="icon {}" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            css,
            label,
            sprite,
            name,
        )
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css,
        sprite,
        name,
    )


@register.simple_tag
def status(kind: str, label: str, icon_name: str = "") -> SafeString:
    """A state as icon, word and tint; kind is ok, wait, stop, info or off."""
    drawing = icon(icon_name or STATUS_ICONS[kind])
    return format_html('<span class="status {}">{}<span>{}</span></span>', kind, drawing, label)


@register.simple_tag
def status_icon(kind: str) -> SafeString:
    """The icon of a state alone, for where the words stand beside it."""
    return icon(STATUS_ICONS[kind])


@register.filter
def point_icon(name: str) -> str:
    """The icon of a point on a timeline, from its kind; an icon's own name stays."""
    return POINT_ICONS.get(name, name)


@register.filter
def note_kind(level: str) -> str:
    """Our kind of note for a level of Django's messages; several tags in one string are fine."""
    return next((NOTE_KINDS[tag] for tag in level.split() if tag in NOTE_KINDS), "info")


@register.filter
def share(value: Any) -> str:
    """A width between 0 and 100 for an SVG, always with a point."""
    return f"{min(100.0, max(0.0, float(value or 0))):.4g}"


@register.simple_tag
def product_code(group: Any) -> SafeString:
    """The two letters of a product group on its colour; takes the letters or anything with a `code`."""
    letters = str(getattr(group, "code", group) or "")
    if not letters:
        return SafeString("")
    return format_html('<span class="code g-{}">{}</span>', letters, letters)


# ---- forms --------------------------------------------------------------------------------------------------

AUTOCOMPLETE = {
    "full_name": "name",
    "name": "name",
    "given_name": "given-name",
    "family_name": "family-name",
    "email": "email",
    "login": "username",
    "phone": "tel",
    "country": "country",
    "company": "organization",
    "company_name": "organization",
    "job_title": "organization-title",
    "address": "street-address",
    "city": "address-level2",
    "website": "url",
    "password": "current-password",
    "password1": "new-password",
    "password2": "new-password",
    "code": "one-time-code",
}
INPUT_MODES = {"IntegerField": "numeric", "DecimalField": "decimal", "FloatField": "decimal"}


@register.filter
def field_shape(field: BoundField) -> str:
    """Which of our ways to lay out a field this one needs: check, choices, file or line."""
    widget = field.field.widget
    if getattr(widget, "input_type", "") == "checkbox" and not getattr(widget, "allow_multiple_selected", False):
        return "check"
    return "choices" if widget.use_fieldset else "file" if widget.needs_multipart_form else "line"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The field's input with our classes, its hint and error named to a screen reader, and the right keyboard."""
    attrs: dict[str, str | bool] = {**_classes(field), **_keyboard(field), **_described(field)}
    return field.as_widget(attrs=attrs)


def _classes(field: BoundField) -> dict[str, str]:
    shape = {"check": "check-input", "choices": "choice-list"}.get(field_shape(field), "input")
    given = field.field.widget.attrs.get("class", "")
    return {"class": " ".join(filter(None, [shape, given, "is-invalid" if field.errors else ""]))}


def _keyboard(field: BoundField) -> dict[str, str]:
    if field_shape(field) != "line":
        return {}
    wanted = {
        "autocomplete": AUTOCOMPLETE.get(field.name),
        "inputmode": INPUT_MODES.get(type(field.field).__name__),
    }
    return {name: value for name, value in wanted.items() if value and name not in field.field.widget.attrs}


def _described(field: BoundField) -> dict[str, str]:
    if field_shape(field) == "choices":
        return {}
    ids = [f"{field.auto_id}_hint"] if field.help_text else []
    ids += [f"{field.auto_id}_error"] if field.errors else []
    described = {"aria-describedby": " ".join(ids)} if ids else {}
    return described | ({"aria-invalid": "true"} if field.errors else {})


# ---- tables -------------------------------------------------------------------------------------------------


@register.simple_tag
def sorted_by(column: str, current: str | None) -> str:
    """The aria-sort of a column under the query value `current` ("-amount" is descending), or nothing."""
    return {column: "ascending", f"-{column}": "descending"}.get(current or "", "")


@register.filter
def other_way(column: str, current: str | None) -> str:
    """What a click on the column's head sorts by: ascending first, then descending."""
    return f"-{column}" if current == column else column


@register.simple_tag
def carried_photo(product: Any, person: Any, size: str = "small") -> str:
    """The address of a product's photo for one person, whether the public sees it or not; nothing without one."""
    name = product.photo.name if product.photo else ""
    return reverse("fairs:carried_photo", args=[signed(name, person), size]) if name else ""
