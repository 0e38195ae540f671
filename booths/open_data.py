"""What is public of exhibitors: how many, from where, with what."""

from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from booths.breakdowns import ABROAD, main_group, province_of
from booths.exhibitor_reports import exhibitors
from fairs.breakdowns import NOT_SAID
from fairs.models import Edition, ProductGroup, Province
from fairs.open_data import Counted, Part, both, declare
from fairs.provinces import as_now, key_of

WHOLE = "C1.companies"


def counted(edition: Edition, by: object) -> dict[int | None, int]:
    """The exhibitors of the report, parted by an expression."""
    rows = exhibitors(edition).order_by().annotate(part=by)
    return dict(rows.values("part").annotate(number=Count("pk")).values_list("part", "number"))


def by_province(edition: Edition, *, now: bool = False) -> list[Part]:
    """Exhibitors by their province at the time of the fair, or by the one that stands in its place today."""
    found = counted(edition, province_of("company", F("province")))
    every, heirs = Province.objects.in_bulk(), as_now()
    parts: dict[str, Part] = {}
    for pk, number in found.items():
        province = (heirs if now else every).get(pk) if pk is not None else None
        key, names = (key_of(province), (province.name_vi, province.name_en)) if province else _elsewhere(pk)
        parts[key] = Part(key, *names, number + (parts[key].number if key in parts else 0))
    return list(parts.values())


def by_group(edition: Edition) -> list[Part]:
    """Exhibitors by the product group they named first, so that the parts add up."""
    found = counted(edition, main_group("company"))
    groups = ProductGroup.objects.in_bulk()
    named = {pk: (one.code, one.name_vi, one.name_en) for pk, one in groups.items()}
    return [
        Part(*(named[pk] if pk is not None else ("", *_elsewhere(None)[1])), number) for pk, number in found.items()
    ]


def _elsewhere(pk: int | None) -> tuple[str, tuple[str, str]]:
    words = both(_("Abroad") if pk == ABROAD else NOT_SAID)
    return "abroad" if pk == ABROAD else "", (words["vi"], words["en"])


declare(
    [
        Counted("exhibitors-by-province", _("Exhibitors by province, as at the time of the fair"), _("Province"), WHOLE,
                by_province),
        Counted("exhibitors-by-province-now", _("Exhibitors by province, as since 1 July 2025"), _("Province"), WHOLE,
                lambda edition: by_province(edition, now=True)),
        Counted("exhibitors-by-group", _("Exhibitors by the product group they named first"), _("Product group"), WHOLE,
                by_group),
    ]
)  # fmt: skip
