"""The words, numbers and small marks that every page writes the same way."""

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel import Locale
from babel.numbers import format_decimal, get_currency_precision
from django import template
from django.conf import settings
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"

# What English readers from several countries cannot mistake; every other currency shows its ISO code.
SIGNS = {"USD": "US$", "EUR": "€", "GBP": "£", "JPY": "¥", "KRW": "₩"}

# Names that follow Viet Nam's official usage where the common locale data does not.
COUNTRY_NAMES = {
    "vi": {"TW": "Đài Loan (Trung Quốc)", "HK": "Hồng Kông (Trung Quốc)", "MO": "Ma Cao (Trung Quốc)"},
    "en": {"TW": "Taiwan (China)", "HK": "Hong Kong (China)", "MO": "Macao (China)", "VN": "Viet Nam"},
}

# Month and week are too long for a column in Vietnamese; these are the usual short forms.
SHORT_WEEKDAYS = {
    "vi": ["T2", "T3", "T4", "T5", "T6", "T7", "CN"],
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
}
WEEKDAYS = {
    "vi": ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}

SCALES = {
    "vi": [(10**9, f"{NBSP}tỷ"), (10**6, f"{NBSP}tr"), (10**3, f"{NBSP}nghìn")],
    "en": [(10**9, "bn"), (10**6, "m"), (10**3, "k")],
}

STATUS_ICONS = {
    "ok": "circle-check",
    "wait": "clock",
    "stop": "octagon-x",
    "info": "info-circle",
    "off": "circle-dashed",
}


def language() -> str:
    """The two-letter language of this page: vi, or en for every other one."""
    return "vi" if (get_language() or settings.LANGUAGE_CODE).startswith("vi") else "en"


# ---- numbers and money --------------------------------------------------------------------------------------


@register.filter
def number(value: Any, decimals: int = 0) -> str:
    """8494 -> "8.494" in Vietnamese, "8,494" in English; nothing for an empty value."""
    if value in (None, ""):
        return ""
    return _digits(Decimal(str(value)), int(decimals))


@register.filter
def percent(share: Any, decimals: int = 1) -> str:
    """A share of one: 0.982 -> "98,2%" or "98.2%"; whole percentages without decimals."""
    if share in (None, ""):
        return ""
    return _digits(Decimal(str(share)) * 100, int(decimals), trim=True) + "%"


@register.filter
def money(value: Any, currency: str = "VND") -> str:
    """An amount with its currency: "27.000.000 đ", "46.210 USD"; in English "VND 27,000,000", "US$46,210".

    Cents show only where the amount has them, and never for a currency without any.
    """
    if value in (None, ""):
        return ""
    amount = Decimal(str(value))
    whole = amount == amount.to_integral_value()
    return _with_currency(amount < 0, _digits(abs(amount), 0 if whole else get_currency_precision(currency)), currency)


@register.filter
def money_short(value: Any, currency: str = "VND") -> str:
    """An amount to three figures: "1,74 tr USD", "27 tr đ", "US$1.74m", "VND 1.5bn"."""
    if value in (None, ""):
        return ""
    amount = Decimal(str(value))
    return _with_currency(amount < 0, number_short(abs(amount)), currency)


@register.filter
def number_short(value: Any) -> str:
    """A count to three figures: 1742500 -> "1,74 tr" or "1.74m"."""
    amount = Decimal(str(value))
    for scale, word in SCALES[language()]:
        if abs(amount) >= scale:
            scaled = amount / scale
            decimals = max(0, 2 - scaled.copy_abs().adjusted())
            return _digits(scaled, decimals, trim=True) + word
    return _digits(amount, 2, trim=True)


def _digits(amount: Decimal, decimals: int, *, trim: bool = False) -> str:
    rounded = amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    pattern = "#,##0" + ("." + ("#" if trim else "0") * decimals if decimals else "")
    return str(format_decimal(rounded, format=pattern, locale=language())).replace("-", MINUS)


def _with_currency(negative: bool, digits: str, currency: str) -> str:
    sign = MINUS if negative else ""
    if language() == "vi":
        return f"{sign}{digits}{NBSP}{'đ' if currency == 'VND' else currency}"
    return sign + (SIGNS[currency] + digits if currency in SIGNS else f"{currency}{NBSP}{digits}")


# ---- days and hours -----------------------------------------------------------------------------------------


@register.filter
def day(value: date | datetime | None, form: str = "") -> str:
    """15/10/2027 or 15 Oct 2027; "short" leaves out the year, "long" adds the weekday and the whole month."""
    if not value:
        return ""
    local_day = _local(value)
    if form == "long":
        month = "j/n/Y" if language() == "vi" else "j F Y"
        return f"{weekday(local_day)} {date_format(local_day, month)}"
    return date_format(local_day, "MONTH_DAY_FORMAT" if form == "short" else "DATE_FORMAT")


@register.filter
def day_range(first: date | None, last: date | None) -> str:
    """14-17/10/2027 or 14-17 Oct 2027, with an en dash; only what differs is written twice."""
    if not first or not last or first == last:
        return day(first or last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{DASH}{day(last)}"
    dash = DASH if language() == "vi" else f" {DASH} "
    return day(first, "short" if first.year == last.year else "") + dash + day(last)


@register.filter
def clock(value: datetime | time | None) -> str:
    """14:21, at the place of the fair."""
    if not value:
        return ""
    return _local(value).strftime("%H:%M")


@register.filter
def moment(value: datetime | None, form: str = "") -> str:
    """15/10/2027 14:21 or 15 Oct 2027 14:21; "short" leaves out the year."""
    return f"{day(value, form)} {clock(value)}" if value else ""


@register.filter
def weekday(value: date | datetime | None, form: str = "") -> str:
    """Thứ Sáu or Friday; "short" gives T6 or Fri."""
    if not value:
        return ""
    return (SHORT_WEEKDAYS if form == "short" else WEEKDAYS)[language()][_local(value).weekday()]


@register.filter
def iso(value: date | datetime | None) -> str:
    """The machine's form, for the datetime attribute of a <time>."""
    return value.isoformat() if value else ""


def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


# ---- names --------------------------------------------------------------------------------------------------


@register.filter
def country(code: str | None) -> str:
    """The country's name in the page's language; an unknown code is shown as it is."""
    if not code:
        return ""
    ours = COUNTRY_NAMES[language()] | getattr(settings, "COUNTRY_NAMES", {}).get(language(), {})
    return ours.get(code) or Locale(language()).territories.get(code, code)


@register.filter
def language_name(code: str | None) -> str:
    """The language's name in the page's language: ja -> "Tiếng Nhật" or "Japanese"."""
    if not code:
        return ""
    name = Locale(language()).languages.get(code, code)
    return name[:1].upper() + name[1:]


@register.filter
def local(thing: Any, field: str) -> str:
    """`hall|local:"name"` is hall.name_vi or hall.name_en; the other language where this one is empty."""
    if not thing:
        return ""
    other = "en" if language() == "vi" else "vi"
    return getattr(thing, f"{field}_{language()}", "") or getattr(thing, f"{field}_{other}", "")


@register.filter
def initials(name: str | None) -> str:
    """Trần Văn Lực -> TL: the first letters of the first and the last word."""
    words = (name or "").split()
    return "".join(word[0].upper() for word in dict.fromkeys([*words[:1], *words[-1:]]))


# ---- marks --------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """One drawing of static/fairs/icons.svg; silent for a screen reader unless it has a label."""
    sprite = static("fairs/icons.svg")
    if label:
        return format_html(
            '<svg class="icon {}" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', css, label, sprite, name
        )
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', css, sprite, name
    )


@register.simple_tag
def status(kind: str, label: str, icon_name: str = "") -> SafeString:
    """A state as icon, word and tint; kind is ok, wait, stop, info or off."""
    drawing = icon(icon_name or STATUS_ICONS[kind])
    return format_html('<span class="status {}">{}<span>{}</span></span>', kind, drawing, label)


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
def kind(field: BoundField) -> str:
    """Which of our ways to lay out a field this one needs: check, choices, file or line."""
    widget = field.field.widget
    if getattr(widget, "input_type", "") == "checkbox" and not getattr(widget, "allow_multiple_selected", False):
        return "check"
    return "choices" if widget.use_fieldset else "file" if widget.needs_multipart_form else "line"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The field's input with our classes, its hint and error named to a screen reader, and the right keyboard."""
    return field.as_widget(attrs=_classes(field) | _keyboard(field) | _described(field))


def _classes(field: BoundField) -> dict[str, str]:
    shape = {"check": "check-input", "choices": "choice-list"}.get(kind(field), "input")
    given = field.field.widget.attrs.get("class", "")
    return {"class": " ".join(filter(None, [shape, given, "is-invalid" if field.errors else ""]))}


def _keyboard(field: BoundField) -> dict[str, str]:
    if kind(field) != "line":
        return {}
    wanted = {
        "autocomplete": AUTOCOMPLETE.get(field.name),
        "inputmode": INPUT_MODES.get(type(field.field).__name__),
    }
    return {name: value for name, value in wanted.items() if value and name not in field.field.widget.attrs}


def _described(field: BoundField) -> dict[str, str]:
    ids = [f"{field.auto_id}_hint"] if field.help_text else []
    ids += [f"{field.auto_id}_error"] if field.errors else []
    described = {"aria-describedby": " ".join(ids)} if ids else {}
    return described | ({"aria-invalid": "true"} if field.errors else {})
