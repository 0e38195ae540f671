"""What an application asks for: booths, places, neighbours, power, support."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from booths.models import Application, Booth, BoothWish, NeighbourWish, Zone
from booths.querysets import possible_neighbours
from fairs.errors import Invalid
from fairs.models import Company

MOST_NEIGHBOURS = 5  # of each kind
MOST_POWER = Decimal("999.9")  # kW; a hall has less


def set_wishes(
    application: Application,
    *,
    booth_count: int = 1,
    side_by_side: bool = True,
    wants_corner: bool = False,
    wishes: str = "",
    zones: Iterable[Zone] = (),
    booths: Sequence[Booth] = (),
    power_kw: Decimal | None = None,
    water: bool = False,
    support_asked: str = "",
    near: Iterable[Company] = (),
    apart: Iterable[Company] = (),
) -> None:
    """Make these the wishes of an application; what is not named is not wished for.

    `booths` are in the order of liking, power is in kW and rounded up to a tenth. Refuses a number of booths, power or
    neighbours that cannot be.
    """
    most = booths_at_most(application)
    if not 1 <= booth_count <= most:
        sentence = _("Choose from 1 to %(most)d booths.") % {"most": most}
        raise Invalid("booth_count", sentence, {"booth_count": [sentence]})
    application.booth_count, application.side_by_side, application.wishes = booth_count, side_by_side, wishes
    application.power_kw, application.water, application.wants_corner = _power(power_kw), water, wants_corner
    application.support_asked = support_asked
    application.save()
    application.zones.set(zones)
    application.booth_wishes.all().delete()
    BoothWish.objects.bulk_create(
        BoothWish(application=application, booth=booth, rank=rank) for rank, booth in enumerate(booths, 1)
    )
    _set_neighbours(application, list(near), list(apart))


def standing_wishes(application: Application) -> dict[str, Any]:
    """What it asks for now."""
    neighbours = list(application.neighbour_wishes.select_related("company"))
    return {
        "booth_count": application.booth_count,
        "side_by_side": application.side_by_side,
        "wants_corner": application.wants_corner,
        "wishes": application.wishes,
        "zones": list(application.zones.all()),
        "booths": [wish.booth for wish in application.booth_wishes.select_related("booth")],
        "power_kw": application.power_kw,
        "water": application.water,
        "support_asked": application.support_asked,
        "near": [wish.company for wish in neighbours if wish.kind == NeighbourWish.Kind.NEAR],
        "apart": [wish.company for wish in neighbours if wish.kind == NeighbourWish.Kind.APART],
    }


def booths_at_most(application: Application) -> int:
    """How many booths it may ask for: the limit of the sale terms, and for a group one for each household."""
    most = application.edition.sale_terms.booths_at_most
    return max(most, application.households.count()) if application.is_group else most


def _power(power_kw: Decimal | None) -> Decimal:
    power = Decimal(power_kw or 0)
    if not 0 <= power <= MOST_POWER:
        sentence = _("Write the power in kilowatts, from 0 to 999.")
        raise Invalid("power_kw", sentence, {"power_kw": [sentence]})
    return power.quantize(Decimal("0.1"), rounding=ROUND_UP)


def _set_neighbours(application: Application, near: list[Company], apart: list[Company]) -> None:
    kinds = NeighbourWish.Kind
    wanted = {kinds.NEAR: {one.pk: one for one in near}, kinds.APART: {one.pk: one for one in apart}}
    _check_neighbours(application, wanted[kinds.NEAR], wanted[kinds.APART])
    application.neighbour_wishes.all().delete()
    NeighbourWish.objects.bulk_create(
        NeighbourWish(application=application, company=company, kind=kind)
        for kind, companies in wanted.items()
        for company in companies.values()
    )


def _check_neighbours(application: Application, near: dict[int, Company], apart: dict[int, Company]) -> None:
    for name, chosen in (("near", near), ("apart", apart)):
        if len(chosen) > MOST_NEIGHBOURS:
            sentence = _("Choose %(most)d exhibitors at most.") % {"most": MOST_NEIGHBOURS}
            raise Invalid("too_many_neighbours", sentence, {name: [sentence]})
    if both := near.keys() & apart.keys():
        names = ", ".join(near[pk].name_vi for pk in sorted(both))
        sentence = _("%(names)s cannot be both near you and not beside you. Choose one.") % {"names": names}
        raise Invalid("near_and_apart", sentence, {"apart": [sentence]})
    chosen = near | apart
    known = set(possible_neighbours(application).filter(pk__in=chosen).values_list("pk", flat=True))
    known |= set(application.neighbour_wishes.values_list("company_id", flat=True))  # who withdrew may stay named
    if strange := chosen.keys() - known:
        names = ", ".join(chosen[pk].name_vi for pk in sorted(strange))
        sentence = _("%(names)s does not exhibit beside you at this edition. Choose from the list.") % {"names": names}
        raise Invalid("no_neighbour", sentence, {"near" if strange & near.keys() else "apart": [sentence]})
