"""What the sheet of exchange rates holds, and what may stand against one of its rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.imports import ImportKind, Values, declare, headings
from fairs.models import Edition, ExchangeRate
from fairs.models.fields import CURRENCIES
from fairs.sheets import Choice, Column, Date, Number, Problem, Text
from matchmaking.actions.rates import rate_taker
from matchmaking.models import Deal

DIGITS = 10  # behind the decimal point, as many as a rate is kept with
LARGEST = Decimal(10) ** 6


def columns(edition: Edition) -> Sequence[Column]:
    """The columns of the sheet."""
    return [
        Column("currency", headings("Tiền tệ", "Currency", "Loại tiền", "Ngoại tệ", "Mã tiền"),
               Choice({code: (code,) for code in CURRENCIES if code != "USD"}), required=True),
        Column("date", headings("Ngày", "Date", "Ngày áp dụng", "Day"), Date(), required=True),
        Column("usd", headings("Đô la Mỹ cho một đơn vị", "US dollars for one unit", "USD", "Tỷ giá USD", "Tỷ giá",
                               "Rate"), Number(decimals=DIGITS, minimum=Decimal(0), maximum=LARGEST), required=True),
        Column("source", headings("Nguồn", "Source"), Text(200), required=True),
    ]  # fmt: skip


def check(edition: Edition) -> Callable[[Values], Iterable[Problem]]:
    """What stands against a row in what the fair knows, and in the rows above it."""
    known = {(rate.currency, rate.date): rate for rate in ExchangeRate.objects.all()}
    resting = set(Deal.objects.filter(rate__isnull=False).order_by().values_list("rate", flat=True).distinct())
    today = clock.today(edition)
    above: set[tuple[str, date]] = set()

    def problems(values: Values) -> Iterator[Problem]:
        key = (values["currency"], values["date"])
        rate = known.get(key)
        if key in above:
            yield Problem("date", "twice", {"currency": key[0]})
        above.add(key)
        if values["date"] > today:
            yield Problem("date", "day_to_come")
        if values["usd"] <= 0:
            yield Problem("usd", "not_positive")
        if rate and rate.pk in resting and (rate.usd, rate.source) != (values["usd"], _one_line(values["source"])):
            yield Problem("usd", "rate_rests", {"usd": f"{rate.usd.normalize():f}", "source": rate.source})

    return problems


def _one_line(text: str) -> str:
    return " ".join(text.split())


declare(
    ImportKind(
        key="rates",
        title=_("Exchange rates"),
        roles=frozenset({"finance", "reports"}),
        columns=columns,
        check=check,
        take=rate_taker,
        hints={
            "currency": _("By its three letters, such as EUR. US dollars need no rate."),
            "date": _("The day for which the source names the rate; a contract takes the last one before its signing."),
            "usd": _("What one unit is worth in US dollars, such as 1.1497 for a euro or 0.0000429 for a đồng."),
            "source": _("Who says so, such as the State Bank’s central rate, with the paper or address."),
        },
        examples=[
            {
                "currency": "EUR",
                "date": "18/10/2018",
                "usd": "1.1505",
                "source": "European Central Bank, reference rate",
            },
            {"currency": "JPY", "date": "2018-10-18", "usd": "0.00889", "source": "European Central Bank"},
        ],
        says={
            "twice": _("A row above already names %(currency)s for this day. Keep one of them and skip the other."),
            "day_to_come": _("This day has not come yet. Enter its rate when it is known."),
            "not_positive": _("A rate is more than zero."),
            "rate_rests": _(
                "Contracts rest on the rate that is known for this day: %(usd)s, %(source)s. It stays; skip the row."
            ),
        },
        note=_(
            "Each row is what one unit of a currency was worth in US dollars on a day. The same sheet again changes "
            "nothing. Contracts that had no rate get their value in US dollars when a fitting one comes."
        ),
        list_url="matchmaking:rates",
        icon="cash",
    )
)
