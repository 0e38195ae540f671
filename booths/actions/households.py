"""Changing the households of a group that has handed in: some are added, some leave, some stay."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booths.actions.groups import check_enough, check_rows, known_households, settle_rows
from booths.actions.reservations import locked
from booths.actions.taking_part import change_block
from booths.models import Application, Household
from fairs.actions.people import stop_acting
from fairs.discovery import with_passes
from fairs.errors import Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Participation
from fairs.permissions import Actor, require
from fairs.text import fold


def change_households(
    application: Application, *, households: Iterable[Mapping[str, Any]], by: Actor
) -> list[Household]:
    """Make these the households of a group that has handed in, in this order; the same name is the same household.

    They may change until the day the sale terms name, and as long as none of them has given passes. Those that are
    gone take part no more and the group's contact acts for them no more, new ones take part at once when the group
    has been accepted. Refuses with `not_a_group`, `not_waiting_any_more`, `households_closed`, `passes_given`,
    `too_few_households`, `household_applies`, `takes_part_already`, `company_merged`, and as `name_households` does.
    """
    require(by, "booths.apply", application)
    with transaction.atomic():
        rows = [Household(application=application, order=order, **one) for order, one in enumerate(households)]
        known = known_households(application, rows)
        application = locked(application)
        _check_open(application)
        check_rows(application, rows)
        check_enough(application, rows)
        _check_passes(application)
        before = {fold(row.name): row for row in application.households.all()}
        gone = [row for name, row in before.items() if name not in {fold(one.name) for one in rows}]
        new = [row for row in rows if fold(row.name) not in before]
        kept = [_kept(before[fold(row.name)], row) for row in rows if fold(row.name) in before]
        Household.objects.filter(pk__in=[row.pk for row in gone]).delete()
        Household.objects.bulk_update(kept, ["name", "person_in_charge", "craft", "phone", "passes", "order"])
        settle_rows(application, new, known=known, by=by)
        for verb, changed in (("remove_household", gone), ("add_household", new)):
            for row in changed:
                record(verb, application, by=by, subject=row.name, fields=["households"])
        record("name_households", application, by=by, fields=["households"])
        _part_from(application, gone, by=by)
        if application.state == Application.State.ACCEPTED:
            change_block(application, removed=[row.company_id for row in gone if row.company_id])
        announce(application.edition, "applications")
    return list(application.households.all())


def _part_from(application: Application, gone: Sequence[Household], *, by: Actor) -> None:
    """Whoever acted for these households only because their group entered them acts for them no more.

    One that stands in another group of the same contact, of a fair before or to come, stays with them.
    """
    elsewhere = Household.objects.filter(
        application__contact=application.contact, application__state__in=Application.LIVE
    )
    stay = set(elsewhere.values_list("company_id", flat=True))
    for row in gone:
        if row.company and row.company_id not in stay:
            stop_acting(row.company, person=application.contact, by=by)


def _check_open(application: Application) -> None:
    if not application.is_group:
        raise Refused("not_a_group", _("This application is for one exhibitor, so it has no households."))
    if application.state == Application.State.DRAFT or application.state not in Application.LIVE:
        raise Refused("not_waiting_any_more", _("The households of this application cannot be changed any more."))
    if not application.households_may_change:
        raise Refused(
            "households_closed", _("The day for changing households has passed. Ask the booth desk for help.")
        )


def _check_passes(application: Application) -> None:
    """Passes and changes stand in line at the parts of the households: a pass is given to whoever is still there."""
    companies = [row.company_id for row in application.households.all() if row.company_id]
    parts = Participation.objects.filter(edition=application.edition, company__in=companies, role="exhibitor")
    list(parts.select_for_update().order_by("pk").values_list("pk", flat=True))
    given = with_passes(application.edition, companies)
    names = [row.name for row in application.households.all() if row.company_id in given]
    if names:
        sentence = _("Passes have been given to %(names)s. Take them back first, then change the households.")
        raise Refused("passes_given", sentence % {"names": ", ".join(names)})


def _kept(known: Household, said: Household) -> Household:
    for name in ("name", "person_in_charge", "craft", "phone", "passes", "order"):
        setattr(known, name, getattr(said, name))
    return known
