"""Numbers, money, days, hours and names, as the page's language writes them."""

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_compact_decimal, format_decimal, get_currency_precision
from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from fairs.text import fold

register = template.Library()


NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"

# What English readers from several countries cannot mistake; every other currency shows its ISO code.
SIGNS = {"USD": "US$", "EUR": "€", "GBP": "£", "JPY": "¥", "KRW": "₩"}

# Names that follow Viet Nam's official usage where the common locale data does not, and short ones of every day.
COUNTRY_NAMES = {
    "vi": {
        "AU": "Úc",
        "GB": "Anh",
        "IT": "Ý",
        "TW": "Đài Loan (Trung Quốc)",
        "HK": "Hồng Kông (Trung Quốc)",
        "MO": "Ma Cao (Trung Quốc)",
    },
    "en": {"TW": "Taiwan (China)", "HK": "Hong Kong (China)", "MO": "Macao (China)"},
}

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


def language() -> str:
    """The language in which this page reads what is kept in two: vi, or en for every other one."""
    return "vi" if (get_language() or settings.LANGUAGE_CODE).startswith("vi") else "en"


def written() -> str:
    """The language whose numbers, days and names of countries this page writes; English is that of the fair."""
    code = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return code if code in settings.IMPORTER_LANGUAGES else language()


def foreign() -> Locale | None:
    """How a language of importers alone writes; nothing for the two of every page, whose forms are our own."""
    return Locale.parse(written()) if written() not in WEEKDAYS else None


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
def part_of(done: Any, whole: Any) -> float:
    """How much of a whole is done, in hundredths: 6 of 8 is 75; nothing of nothing is 0."""
    return float(done or 0) / float(whole) * 100 if whole else 0.0


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
def unit_price(value: Decimal, currency: str) -> str:
    """The price of one, with the digits that it has beyond the smallest unit of its currency: "US$0.125"."""
    price = value.normalize()
    beyond = max(-int(price.as_tuple().exponent), 0)
    fewest = get_currency_precision(currency) if beyond else 0
    return _with_currency(price < 0, _digits(abs(price), max(beyond, fewest)), currency)


@register.filter
def money_short(value: Any, currency: str = "VND") -> str:
    """An amount to three figures: "1,74 tr USD", "27 tr đ", "US$1.74m", "VND 1.5bn"."""
    if value in (None, ""):
        return ""
    amount = Decimal(str(value))
    # Large in a narrow figure it may take two lines: the number, then the currency.
    return _with_currency(amount < 0, number_short(abs(amount)), currency, gap=" ")


@register.filter
def number_short(value: Any) -> str:
    """A count to three figures: 1742500 -> "1,74 tr" or "1.74m"."""
    amount = Decimal(str(value))
    rounded = amount.quantize(Decimal(1).scaleb(max(amount.adjusted() - 2, -2)), rounding=ROUND_HALF_UP)
    if there := foreign():
        return str(format_compact_decimal(rounded, locale=there, fraction_digits=2))
    for scale, word in SCALES[language()]:
        if abs(rounded) >= scale:
            return _digits(rounded / scale, 2, trim=True) + word
    return _digits(rounded, 2, trim=True)


def _digits(amount: Decimal, decimals: int, *, trim: bool = False) -> str:
    rounded = amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    pattern = "#,##0" + ("." + ("#" if trim else "0") * decimals if decimals else "")
    return str(format_decimal(rounded, format=pattern, locale=written())).replace("-", MINUS)


def _with_currency(negative: bool, digits: str, currency: str, *, gap: str = NBSP) -> str:
    sign = MINUS if negative else ""
    if foreign():
        return f"{sign}{digits}{gap}{SIGNS.get(currency, currency)}"
    if language() == "vi":
        return f"{sign}{digits}{gap}{'đ' if currency == 'VND' else currency}"
    return sign + (SIGNS[currency] + digits if currency in SIGNS else f"{currency}{gap}{digits}")


# ---- days and hours -----------------------------------------------------------------------------------------


@register.filter
def day(value: date | datetime | None, form: str = "") -> str:
    """15/10/2027 or 15 Oct 2027; "short" leaves out the year, "long" adds the weekday and the whole month."""
    if not value:
        return ""
    local_day = _local(value)
    if there := foreign():
        if form == "short":
            return format_skeleton("MMMd", local_day, locale=there)
        return format_date(local_day, "full" if form == "long" else "medium", locale=there)
    if form == "long":
        month = "j/n/Y" if language() == "vi" else "j F Y"
        return f"{weekday(local_day)} {date_format(local_day, month)}"
    return date_format(local_day, "MONTH_DAY_FORMAT" if form == "short" else "DATE_FORMAT")


@register.filter
def day_range(first: date | None, last: date | None) -> str:
    """14-17/10/2027 or 14-17 Oct 2027, with an en dash; only what differs is written twice."""
    if not first or not last or first == last:
        return day(first or last)
    if there := foreign():
        return format_interval(first, last, "yMMMd", locale=there)
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
def when(value: Any) -> str:
    """A moment as "15/10 14:21", a day as "15/10", anything else as it is."""
    if isinstance(value, datetime):
        return moment(value, "short")
    return day(value, "short") if isinstance(value, date) else str(value)


@register.filter
def minutes_seconds(seconds: Any) -> str:
    """761 -> "12:41", two hours -> "2:00:00"; never below 0:00."""
    minutes, rest = divmod(max(0, int(seconds or 0)), 60)
    hours, minutes_left = divmod(minutes, 60)
    return f"{hours}:{minutes_left:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.filter
def weekday(value: date | datetime | None, form: str = "") -> str:
    """Thứ Sáu or Friday; "short" gives T6 or Fri."""
    if not value:
        return ""
    if there := foreign():
        return format_date(_local(value), "EEE" if form == "short" else "EEEE", locale=there)
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
    ours = COUNTRY_NAMES.get(written(), {}) | getattr(settings, "COUNTRY_NAMES", {}).get(written(), {})
    return ours.get(code) or Locale(written()).territories.get(code, code)


def countries_called(word: str) -> list[str]:
    """The countries whose Vietnamese or English name holds a folded word."""
    ours = [COUNTRY_NAMES[code] | getattr(settings, "COUNTRY_NAMES", {}).get(code, {}) for code in WEEKDAYS]
    every = [dict(Locale(code).territories) | names for code, names in zip(WEEKDAYS, ours, strict=True)]
    return sorted({code for names in every for code, name in names.items() if len(code) == 2 and word in fold(name)})


@register.filter
def language_name(code: str | None) -> str:
    """The language's name in the page's language: ja -> "Tiếng Nhật" or "Japanese"."""
    if not code:
        return ""
    name = Locale(written()).languages.get(code, code)
    return name[:1].upper() + name[1:]


@register.filter
def local(thing: Any, field: str) -> str:
    """`hall|local:"name"` is hall.name_vi or hall.name_en; the other language where this one is empty."""
    if not thing:
        return ""
    other = "en" if language() == "vi" else "vi"
    return getattr(thing, f"{field}_{language()}", "") or getattr(thing, f"{field}_{other}", "")


@register.filter
def codes(kept: str | None) -> list[str]:
    """Codes kept with commas, one by one: "en,ja" -> en, ja."""
    return [code for code in (kept or "").split(",") if code]


@register.filter
def initials(name: str | None) -> str:
    """Trần Văn Lực -> TL: the first letters of the first and the last word."""
    words = (name or "").split()
    return "".join(word[0].upper() for word in dict.fromkeys([*words[:1], *words[-1:]]))
