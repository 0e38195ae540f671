"""Setting up an edition's grades, its markets, and how many of each it takes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from buyers.actions.quotas import hold_grades
from buyers.models import Grade, Market, Quota, QuotaPlace, Registration
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.models import Edition
from fairs.permissions import Actor, require


def add_grade(edition: Edition, *, by: Actor, **fields: Any) -> Grade:
    """Offer one more grade; refuses with `code_known` a code that the edition has."""
    require(by, "buyers.set_grades", edition)
    return write_checked(Grade(edition=edition), "add", fields, by=by)


def edit_grade(grade: Grade, *, by: Actor, **fields: Any) -> Grade:
    """Change what a grade pays and asks, for offers to come: a contract keeps what was offered."""
    require(by, "buyers.set_grades", grade)
    return write_checked(grade, "change", fields, by=by)


def remove_grade(grade: Grade, *, by: Actor) -> None:
    """Offer a grade no more; refuses with `grade_in_use` one that somebody has."""
    require(by, "buyers.set_grades", grade)
    with transaction.atomic():
        hold_grades(grade.edition)
        if grade.registrations.exists() or grade.contracts.exists():
            raise Refused("grade_in_use", _("Importers have this grade, or were offered it. It stays for them."))
        record("remove", grade, by=by)
        grade.delete()


def add_market(edition: Edition, *, by: Actor, **fields: Any) -> Market:
    """Count some countries together; refuses with `not_valid` what is no list of codes."""
    require(by, "buyers.set_grades", edition)
    return write_checked(Market(edition=edition), "add", _cleaned(fields), by=by)


def edit_market(market: Market, *, by: Actor, **fields: Any) -> Market:
    """Other countries or another name; its quotas are counted again, refused with `quota_too_small`."""
    require(by, "buyers.set_grades", market)
    with transaction.atomic():
        hold_grades(market.edition)
        write_checked(market, "change", _cleaned(fields), by=by)
        for quota in market.quotas.select_related("grade", "market").order_by("pk"):
            _count_again(quota)
    return market


def remove_market(market: Market, *, by: Actor) -> None:
    """Count these countries together no more; refuses with `market_in_use` while a quota does."""
    require(by, "buyers.set_grades", market)
    with transaction.atomic():
        hold_grades(market.edition)
        if market.quotas.exists():
            raise Refused("market_in_use", _("A quota counts this market. Remove that first."))
        record("remove", market, by=by)
        market.delete()


def set_quota(grade: Grade, *, places: int, by: Actor, market: Market | None = None) -> Quota:
    """Say how many importers, of a market or in all, may have a grade.

    Those approved already are counted. Refuses with `quota_too_small` when they are more, and `other_edition`.
    """
    require(by, "buyers.set_grades", grade)
    if market is not None and market.edition_id != grade.edition_id:
        raise Invalid("other_edition", _("This market is of another edition."))
    with transaction.atomic():
        hold_grades(grade.edition)
        quota = Quota.objects.filter(grade=grade, market=market).first() or Quota(grade=grade, market=market)
        quota.places = max(places, quota.taken)
        quota.save()
        quota.places = places
        _count_again(quota)
        record("set", quota, by=by, fields=["places"])
    return quota


def remove_quota(quota: Quota, *, by: Actor) -> None:
    """Take as many of this market, or in all, as come."""
    require(by, "buyers.set_grades", quota)
    with transaction.atomic():
        hold_grades(quota.grade.edition)
        record("remove", quota, by=by)
        quota.delete()


def _count_again(quota: Quota) -> None:
    """Let exactly the approved of the grade and market have its places, inside the caller's transaction."""
    approved = Registration.objects.filter(grade=quota.grade, state=Registration.State.APPROVED)
    if quota.market is not None:
        approved = approved.filter(company__country__in=quota.market.codes)
    counted = list(approved.order_by("pk").values_list("pk", flat=True))
    if len(counted) > quota.places:
        sentence = _("%(taken)d importers have this grade already. Allow as many places at least.")
        sentence %= {"taken": len(counted)}
        raise Refused("quota_too_small", sentence, {"places": [sentence]})
    quota.given.exclude(registration__in=counted).delete()
    QuotaPlace.objects.bulk_create(
        [QuotaPlace(quota=quota, registration_id=pk) for pk in counted], ignore_conflicts=True
    )
    quota.taken = len(counted)
    quota.save(update_fields=["places", "taken"])


def _cleaned(fields: dict[str, Any]) -> dict[str, Any]:
    """The countries of a market as they are kept: in order, each once."""
    if "countries" not in fields:
        return fields
    codes = {code.strip().upper() for code in fields["countries"].split(",")} - {""}
    return fields | {"countries": ",".join(sorted(codes))}


def write_checked(thing: Any, verb: str, fields: dict[str, Any], *, by: Actor) -> Any:
    """Save a part of the set-up with what is new; refuses with `not_valid` and `code_known`."""
    for name, value in fields.items():
        setattr(thing, name, value)
    _check(thing)
    try:
        with transaction.atomic():
            thing.save()
            record(verb, thing, by=by, fields=fields)
    except IntegrityError:
        sentence = _("This edition already has one of that name or code.")
        raise Refused("code_known", sentence) from None
    return thing


def _check(thing: models.Model) -> None:
    try:
        thing.clean_fields()
    except ValidationError as wrong:
        raise Invalid("not_valid", " ".join(wrong.messages), wrong.message_dict) from None
