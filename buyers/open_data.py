"""What is public of importers: how many companies came, from where."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from buyers.reports import attended
from fairs.models import Edition
from fairs.open_data import Counted, Part, country_names, declare


def by_country(edition: Edition) -> list[Part]:
    """The importing companies of the report that came, by country or territory."""
    rows = attended(edition).order_by().values("country")
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
