"""Households of a craft village that exhibit in one block, under the application of their commune or association."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booths.models import Application, Household
from booths.querysets import households_at
from fairs.actions.merging import still_standing
from fairs.actions.people import act_again, found_company, know_person
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.models import Company
from fairs.permissions import Actor, require
from fairs.text import fold


def apply_as_group(application: Application, *, is_group: bool, by: Actor) -> Application:
    """Say whether a draft is for a group; households that were named stay named until it is handed in."""
    _require_draft(application, by)
    if application.is_group != is_group:
        with transaction.atomic():
            application.is_group = is_group
            application.save(update_fields=["is_group"])
            record("edit", application, by=by, fields=["is_group"])
    return application


def name_households(application: Application, *, households: Iterable[Mapping[str, Any]], by: Actor) -> list[Household]:
    """Make these the households of a group's draft, in this order; there may still be too few of them.

    Each has a name, and may have person_in_charge, craft, phone and passes. Refuses with `not_a_group`,
    `too_many_households`, `same_household_twice` or `too_many_passes`.
    """
    _require_draft(application, by)
    if not application.is_group:
        raise Refused("not_a_group", _("Say first that you apply for a group of households."))
    rows = [Household(application=application, order=order, **one) for order, one in enumerate(households)]
    check_rows(application, rows)
    with transaction.atomic():
        application.households.all().delete()
        made = Household.objects.bulk_create(rows)
        record("name_households", application, by=by, fields=["households"])
    return made


def settle_households(application: Application, *, by: Actor) -> None:
    """Give each household of a group its company, a known one or a new one; called inside the handing in.

    Refuses with `too_few_households`, and with `household_applies` when one of them is asked for elsewhere. Without a
    group there are no households.
    """
    if not application.is_group:
        application.households.all().delete()
        return
    rows = list(application.households.all())
    check_enough(application, rows)
    settle_rows(application, rows, known=known_households(application, rows), by=by)


def known_households(application: Application, rows: list[Household]) -> dict[str, Company]:
    """The companies that these rows name, by folded name, which nobody merges until the transaction ends.

    Whoever also locks the application asks this first, as a merge does. Refuses with `company_merged`.
    """
    known, names = _known(application), {fold(row.name) for row in rows}
    wanted = {name: company for name, company in known.items() if name in names}
    still_standing(application.company, *wanted.values())
    return wanted


def settle_rows(application: Application, rows: list[Household], *, known: dict[str, Company], by: Actor) -> None:
    """Give these rows their companies and keep them; refuses with `household_applies`."""
    for row in rows:
        company = known.get(fold(row.name))
        row.company = company or _found(row, application, by)
        if company:
            act_again(company, person=application.contact, by=by)
    _check_free(application, rows)
    Household.objects.bulk_update([row for row in rows if row.pk], ["company"])
    Household.objects.bulk_create(row for row in rows if not row.pk)


def check_enough(application: Application, rows: list[Household]) -> None:
    """Refuse with `too_few_households` a group of fewer than the sale terms ask for."""
    fewest = application.edition.sale_terms.households_from
    if len(rows) < fewest:
        sentence = _("A group has at least %(fewest)d households. Name the others, or apply for one exhibitor.")
        sentence %= {"fewest": fewest}
        raise Refused("too_few_households", sentence)


def _require_draft(application: Application, by: Actor) -> None:
    require(by, "booths.apply", application)
    if application.state != Application.State.DRAFT:
        raise Refused("handed_in", _("This application is handed in. Its households are changed on its own page."))


def check_rows(application: Application, rows: list[Household]) -> None:
    """Refuse rows that cannot stand together, whoever they are; there may still be too few of them."""
    terms = application.edition.sale_terms
    if len(rows) > terms.households_to:
        sentence = _("A group has at most %(most)d households.") % {"most": terms.households_to}
        raise Invalid("too_many_households", sentence)
    seen: dict[str, int] = {}
    for number, row in enumerate(rows):
        if not row.name.strip():
            raise Invalid("no_name", _("Write the name of each household."))
        if fold(row.name) in seen:
            sentence = _("%(name)s is named twice. Leave one of them out.") % {"name": row.name}
            raise Invalid("same_household_twice", sentence, {"rows": [sentence]})
        seen[fold(row.name)] = number
        if row.passes > terms.passes_for_a_booth:
            sentence = _("A household gets %(most)d passes at most.") % {"most": terms.passes_for_a_booth}
            raise Invalid("too_many_passes", sentence, {"rows": [sentence]})


def _known(application: Application) -> dict[str, Company]:
    """Companies of the same village by folded name; without a village, those of the province that have none either."""
    group = application.company
    rows = Company.objects.filter(country=group.country, merged_into=None, craft_village=group.craft_village)
    if group.craft_village is None:
        rows = rows.filter(province=group.province)
    return {fold(company.name_vi): company for company in rows.exclude(pk=group.pk).order_by("-pk")}


def _found(row: Household, application: Application, by: Actor) -> Company:
    """A new company: its person in charge acts for it, and the group's contact on its behalf while it is in a group."""
    group, contact = application.company, application.contact
    company = found_company(
        by=by,
        contact=contact,
        on_behalf=True,
        name_vi=row.name,
        legal_form=Company.LegalForm.HOUSEHOLD,
        country=group.country,
        province=group.province,
        craft_village=group.craft_village,
        phone=row.phone,
        about_vi=row.craft,
        product_groups=group.product_groups.all(),
    )
    if row.person_in_charge:
        person = know_person(email=None, full_name=row.person_in_charge, phone=row.phone, by=by)
        company.memberships.create(person=person)
    return company


def _check_free(application: Application, rows: list[Household]) -> None:
    """A household applies once: by itself, or in one group."""
    companies = {row.company_id: row.name for row in rows}
    others = Application.objects.live().filter(edition=application.edition).exclude(pk=application.pk)
    alone = others.filter(company__in=companies).values_list("company_id", flat=True)
    grouped = households_at(application.edition).exclude(application=application).filter(company__in=companies)
    taken = {*alone, *grouped.values_list("company_id", flat=True)}
    if taken:
        names = ", ".join(sorted(companies[pk] for pk in taken))
        raise Refused(
            "household_applies",
            _("%(names)s already applies to this edition, alone or in another group. Leave it out here.")
            % {"names": names},
        )
