"""What being accepted brings: a part in the edition with passes, for each household of a group its own."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from booths.models import Application, Household
from fairs.actions.merging import still_standing
from fairs.errors import Refused
from fairs.models import Participation

EXHIBITOR = Participation.Role.EXHIBITOR


def take_part(application: Application) -> Participation:
    """Enter the company among the exhibitors, with it the households of a group; called inside the transaction.

    Refuses with `takes_part_already` when one of them stands in another block or at booths of its own, and with
    `company_merged`.
    """
    own: dict[str, Any] = {"edition": application.edition, "company": application.company, "role": EXHIBITOR}
    if Participation.objects.filter(state=Participation.State.ACTIVE, host__isnull=False, **own).exists():
        raise _elsewhere(application.company.name_vi)
    households = list(application.households.select_related("company")) if application.is_group else []
    # Not its own: who decides has the application, and a merge of its company waits for that.
    if guests := [row.company for row in households if row.company]:
        still_standing(*guests)
    part, _new = Participation.objects.update_or_create(
        **own,
        defaults={
            "state": Participation.State.ACTIVE,
            "pass_quota": _passes(application, households),
            "province": application.company.province,
            "host": None,
        },
    )
    for household in households:
        _take_in(household, part, application)
    return part


def change_block(application: Application, removed: Sequence[int]) -> None:
    """After a change of its households: those that are gone leave, new ones take part, passes are counted anew.

    `removed` are the companies that stood in the block before. Called inside the transaction; refuses as `take_part`.
    """
    own: dict[str, Any] = {"edition": application.edition, "role": EXHIBITOR}
    host = Participation.objects.get(company=application.company, **own)
    guests = Participation.objects.filter(host=host, **own)
    guests.filter(company__in=removed).update(state=Participation.State.WITHDRAWN)
    households = list(application.households.select_related("company"))
    for household in households:
        mine = guests.filter(company=household.company_id, state=Participation.State.ACTIVE)
        if not mine.update(pass_quota=household.passes):
            _take_in(household, host, application)
    host.pass_quota = _passes(application, households)
    host.save(update_fields=["pass_quota"])


def leave(application: Application) -> None:
    """The company takes part no more, nor do the households of its block."""
    own = Q(company=application.company) | Q(host__company=application.company)
    parts = Participation.objects.filter(own, edition=application.edition, role=EXHIBITOR)
    parts.update(state=Participation.State.WITHDRAWN)


def _passes(application: Application, households: Sequence[Household]) -> int:
    """Passes come with booths; a group's own people get what its households leave, one booth's at least."""
    for_a_booth = application.edition.sale_terms.passes_for_a_booth
    left = for_a_booth * application.booth_count - sum(household.passes for household in households)
    return max(left, for_a_booth)


def _take_in(household: Household, host: Participation, application: Application) -> None:
    """One part a company and edition: of two groups that want one household, the constraint chooses."""
    given = {
        "state": Participation.State.ACTIVE,
        "pass_quota": household.passes,
        "province": application.company.province,
        "host": host,
    }
    mine = {"edition_id": host.edition_id, "company_id": household.company_id, "role": EXHIBITOR}
    if Participation.objects.filter(state=Participation.State.WITHDRAWN, **mine).update(**given):
        return
    try:
        with transaction.atomic():
            Participation.objects.create(**given | mine)
    except IntegrityError:
        raise _elsewhere(household.name) from None


def _elsewhere(name: str) -> Refused:
    sentence = _("%(name)s already exhibits at this edition, alone or in a group. It can do so only once.")
    return Refused("takes_part_already", sentence % {"name": name})
