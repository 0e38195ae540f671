"""What is public of importers: how many companies came, from where."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from fairs import reports
from fairs.models import Edition
from fairs.open_data import Counted, Part, country_names, declare


def by_country(edition: Edition) -> list[Part]:
    """The importing companies of the report that came, by country or territory."""
    line = reports.line("D1")
    figure = line.figure("attended") if line else None
    assert figure is not None
    rows = figure.rows(edition).order_by().values("country")  # type: ignore[union-attr]
    found = dict(rows.annotate(number=Count("pk")).values_list("country", "number"))
    names = country_names(set(found))
    return [Part(code, *names[code], number) for code, number in found.items()]


declare(
    [
        Counted(
            "importers-by-country", _("Importing companies that came, by country or territory"),
            _("Country or territory"), "D1.attended", by_country,
        )
    ]
)  # fmt: skip
