"""Two companies that are one: everything of the duplicate goes to the one that is kept."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.models import Allowance, Company, Membership, Participation
from fairs.permissions import Actor, require
from fairs.relations import JOURNAL, relations_to
from fairs.templatetags.fair import local

# Rows are locked in the order in which others lock them: who decides or pays begins with these.
FIRST = ("booths.application", "fairs.notice")
FILLED = (
    "name_en", "tax_code", "province_id", "craft_village_id", "address", "phone", "email", "website", "about_vi",
    "about_en", "languages", "export_markets",
)  # fmt: skip
KEYS = ("folded", "name_key", "phone_key", "tax_key", "site_key", "mail_key")


def merge_companies(keep: Company, *, drop: Company, by: Actor) -> Company:
    """Move everything that points to `drop` to `keep`, fill what `keep` does not say, and let `drop` lead to `keep`.

    The journal stays as it was written; it names both from now on. All of it happens or nothing. Refuses with `same`,
    `merged_already`, `other_country`, and `both_have` when each has something of which one company has but one, such as
    a live application to the same edition.
    """
    require(by, "fairs.merge_companies", keep)
    require(by, "fairs.merge_companies", drop)
    if keep.pk == drop.pk:
        raise Invalid("same", _("This is one company already."))
    with transaction.atomic():
        keep, drop = _locked(keep, drop)
        moved = {
            relation.related_model._meta.label_lower for relation in _in_order(Company) if _move(relation, drop, keep)
        }
        filled = _fill(keep, drop)
        drop.merged_into = keep
        drop.save(update_fields=["merged_into", "tax_code", *KEYS])
        keep.save(update_fields=[*filled, *KEYS])
        named = {"fields": sorted({*moved, *filled})}
        record("merge", keep, by=by, company_id=keep.pk, subject=f"{drop.name_vi} #{drop.pk}", **named)
        record("end", drop, by=by, company_id=drop.pk, subject=f"{keep.name_vi} #{keep.pk}", fields=["merged_into"])
    return keep


def still_standing(company: Company, *others: Company) -> Company:
    """The company as it is now, which nobody merges until the transaction ends; with it others that are named.

    Whoever begins something new for a company asks this first: a merge then waits and moves that too, and after a
    merge it is refused with `company_merged`.
    """
    # Without a join: after the wait only the locked rows themselves are read anew.
    rows = Company.objects.select_for_update(no_key=True).order_by("pk")
    now = {row.pk: row for row in rows.filter(pk__in={one.pk for one in (company, *others)})}
    for row in now.values():
        if row.merged_into:
            sentence = _("This company is now part of “%(keep)s”. Open the page again and go on for that one.")
            raise Refused("company_merged", sentence % {"keep": row.merged_into.name_vi})
    return now[company.pk]


def _locked(keep: Company, drop: Company) -> tuple[Company, Company]:
    """Both as they are now, in the order of their keys. Others may still point to them: that takes a weaker lock."""
    rows = Company.objects.select_for_update(no_key=True).order_by("pk")
    now = {company.pk: company for company in rows.filter(pk__in=[keep.pk, drop.pk])}
    keep, drop = now[keep.pk], now[drop.pk]
    if keep.merged_into_id or drop.merged_into_id:
        raise Refused("merged_already", _("One of them has been merged already. The list shows how it stands."))
    if keep.country != drop.country:
        sentence = _("They are of different countries, and what is paid hangs on it. These stay two companies.")
        raise Refused("other_country", sentence)
    return keep, drop


def _in_order(model: type[models.Model]) -> list[Any]:
    """What points to a model and moves, first that which others lock first."""
    labels = {label: place for place, label in enumerate(FIRST)}
    moving = [one for one in relations_to(model) if one.related_model._meta.label != JOURNAL]
    return sorted(moving, key=lambda one: labels.get(one.related_model._meta.label_lower, len(FIRST)))


def _move(relation: Any, source: models.Model, target: models.Model) -> bool:
    """Let every row of a table point to another; what only one may have is joined, dropped or refused."""
    model, column = relation.related_model, relation.field.attname
    manager = model._base_manager
    ids = list(manager.select_for_update().filter(**{column: source.pk}).order_by("pk").values_list("pk", flat=True))
    rows = manager.filter(pk__in=ids)
    if ids and not _pointed(rows, column, target):
        for row in rows.order_by("pk"):
            if not _pointed(manager.filter(pk=row.pk), column, target):
                _join(relation, row, target)
    return bool(ids)


def _pointed(rows: models.QuerySet[Any], column: str, target: models.Model) -> bool:
    """Whether all of these could be pointed to the target; the constraints of their table have the word."""
    try:
        with transaction.atomic():
            rows.update(**{column: target.pk})
    except IntegrityError:
        return False
    return True


def _join(relation: Any, row: Any, target: Any) -> None:
    """A row beside which the target has its own. Details that go with their company are the same twice."""
    label = row._meta.label_lower
    if label in JOINED:
        JOINED[label](row, target)
    elif relation.related_model._meta.auto_created or (label, relation.field.name) in SAME_TWICE:
        row.delete()
    else:
        raise _both_have(row)


def _join_memberships(row: Membership, keep: Company) -> None:
    """Who acts for both is in charge when they were in charge of one, and is their own when they were of one."""
    twin = Membership.objects.filter(company=keep, person=row.person_id)
    if row.role == Membership.Role.ADMIN:
        twin.update(role=Membership.Role.ADMIN)
    if not row.on_behalf:
        twin.update(on_behalf=False)
    row.delete()


def _join_parts(row: Participation, keep: Company) -> None:
    """Two parts in one edition are one: the active one stays, so that its page stays, with all of the other."""
    twin = Participation.objects.select_for_update().get(edition=row.edition_id, role=row.role, company=keep)
    active = Participation.State.ACTIVE
    stays, goes = (row, twin) if row.state == active != twin.state else (twin, row)
    for relation in _in_order(Participation):
        _move(relation, goes, stays)
    stays.pass_quota = max(stays.pass_quota, goes.pass_quota)
    stays.company = keep
    goes.delete()
    stays.save()


def _join_allowances(row: Allowance, keep: Company) -> None:
    """What both were granted of one kind in a year is one sum; one that passes its ceiling stands, and is shown."""
    twin = Allowance.objects.select_for_update().get(company=keep, year=row.year, kind=row.kind)
    row.grants.update(allowance=twin)
    twin.granted += row.granted
    if twin.ceiling is not None and twin.granted > twin.ceiling:
        twin.ceiling = None
    twin.save()
    row.delete()


def _join_sales(row: Any, part: Participation) -> None:
    """What two companies that are one sold on a day is one sum, with what stood there before as its correction."""
    twin = type(row)._base_manager.select_for_update().get(exhibitor=part, day=row.day)
    row.corrections.update(sale=twin)
    if row.amount:
        twin.corrections.create(before=twin.amount, after=twin.amount + row.amount)
    twin.amount += row.amount
    twin.save(update_fields=["amount"])
    row.delete()


def _join_samples(row: Any, part: Participation) -> None:
    """Samples of both companies are numbered on; the codes on their tags stay."""
    taken = type(row)._base_manager.filter(exhibitor=part).aggregate(last=models.Max("number"))
    row.number, row.exhibitor = taken["last"] + 1, part
    row.save(update_fields=["number", "exhibitor"])


def _join_rungs(row: Any, part: Participation) -> None:
    """Two letters of one rung after the fair are one, with the questions of both."""
    twin = type(row)._base_manager.get(part=part, days=row.days)
    row.questions.update(rung=twin)
    row.delete()


def _fill(keep: Company, drop: Company) -> list[str]:
    """What the kept one does not say is taken over; a tax code moves, since only one company may have it."""
    filled = [name for name in FILLED if not getattr(keep, name) and getattr(drop, name)]
    for name in filled:
        setattr(keep, name, getattr(drop, name))
    if "tax_code" in filled:
        drop.tax_code = ""
    return filled


def _both_have(row: Any) -> Refused:
    edition = getattr(row, "edition", None)
    facts = {"thing": row._meta.verbose_name, "edition": local(edition, "name") if edition else ""}
    if edition:
        sentence = _("Each has its own at %(edition)s: %(thing)s. Withdraw or settle one of them first, then merge.")
    else:
        sentence = _("Each has its own: %(thing)s. Withdraw or settle one of them first, then merge.")
    return Refused("both_have", sentence % facts)


JOINED: dict[str, Callable[..., None]] = {
    "fairs.allowance": _join_allowances,
    "fairs.membership": _join_memberships,
    "fairs.participation": _join_parts,
    "matchmaking.followuprung": _join_rungs,
    "matchmaking.sample": _join_samples,
    "matchmaking.spotsale": _join_sales,
}
# Wishes about either company; a card for the table, an evening letter, a reminder, a certificate of each; who meets;
# a question after the fair about one other company.
SAME_TWICE = frozenset(
    {
        ("booths.neighbourwish", "company"), ("matchmaking.boothcard", "exhibitor"),
        ("matchmaking.leaddigest", "exhibitor"), ("matchmaking.wish", "exhibitor"),
        ("matchmaking.followup", "exhibitor"), ("matchmaking.followup", "importer"),
        ("fairs.heldcertificate", "company"),
        ("matchmaking.nudge", "part"), ("matchmaking.nonudges", "part"), ("matchmaking.seat", "part"),
    }
)  # fmt: skip
