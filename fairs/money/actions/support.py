"""Who gets support, and from which fund."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.models import Edition, Fund, SupportRule
from fairs.permissions import Actor, require


def set_support_rule(edition: Edition, *, by: Actor, **fields: Any) -> SupportRule:
    """Add a rule of support to an edition's set-up.

    Refuses with `turned_round`, `not_positive`, and `of_another_edition` for a paper or a fund.
    """
    require(by, "fairs.set_up_edition", edition)
    return _write(SupportRule(edition=edition), "set", fields, by=by)


def change_support_rule(rule: SupportRule, *, by: Actor, **fields: Any) -> SupportRule:
    """Change a rule for notices to come; those issued keep their support. Refuses as setting one does."""
    require(by, "fairs.set_up_edition", rule)
    return _write(rule, "change", fields, by=by)


def remove_support_rule(rule: SupportRule, *, by: Actor) -> None:
    """Take a rule away by which nobody was supported; refuses with `has_grants`."""
    require(by, "fairs.set_up_edition", rule)
    with transaction.atomic():
        SupportRule.objects.select_for_update().get(pk=rule.pk)
        if rule.grants.exists():
            raise Refused("has_grants", _("Somebody is supported by this rule. Let it end on a day instead."))
        record("remove", rule, by=by)
        rule.delete()


def set_fund(edition: Edition, *, name_vi: str, name_en: str, share: str, by: Actor) -> Fund:
    """Add a fund that pays support."""
    require(by, "fairs.set_up_edition", edition)
    with transaction.atomic():
        fund = Fund.objects.create(edition=edition, name_vi=name_vi, name_en=name_en, share=share)
        record("set", fund, by=by)
    return fund


def change_fund(fund: Fund, *, by: Actor, **fields: Any) -> Fund:
    """Change a fund's name, or whose share it is: the report counts all its grants there."""
    require(by, "fairs.set_up_edition", fund)
    with transaction.atomic():
        for name, value in fields.items():
            setattr(fund, name, value)
        fund.save()
        record("change", fund, by=by, fields=fields)
    return fund


def remove_fund(fund: Fund, *, by: Actor) -> None:
    """Take a fund away that no rule names; refuses with `fund_in_use`."""
    require(by, "fairs.set_up_edition", fund)
    with transaction.atomic():
        if fund.supportrule_set.exists():
            raise Refused("fund_in_use", _("Rules of support are paid from this fund. Give them another one first."))
        record("remove", fund, by=by)
        try:
            fund.delete()
        except ProtectedError:  # something of an app above is paid from it
            sentence = _("Something is paid from this fund. Give it another one first.")
            raise Refused("fund_in_use", sentence) from None


def _write(rule: SupportRule, verb: str, fields: dict[str, Any], *, by: Actor) -> SupportRule:
    fields = dict(fields)
    provinces = fields.pop("provinces", None)
    for name, value in fields.items():
        setattr(rule, name, value)
    rule.kind = rule.kind or rule.item
    _check(rule)
    with transaction.atomic():
        rule.save()
        if provinces is not None:
            rule.provinces.set(provinces)
        record(verb, rule, by=by, fields=[*fields, *(["provinces"] if provinces is not None else [])])
    return rule


def _check(rule: SupportRule) -> None:
    """Refuses what no company could ever fit, and what belongs to another edition."""
    if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
        sentence = _("The last day is not before the first.")
        raise Invalid("turned_round", sentence, {"valid_to": [sentence]})
    if rule.times_from < 1 or (rule.times_to is not None and rule.times_to < rule.times_from):
        sentence = _("The last time is not before the first, and the first is 1 at least.")
        raise Invalid("turned_round", sentence, {"times_to": [sentence]})
    if rule.ceiling is not None and rule.ceiling <= 0:
        sentence = _("A ceiling is more than zero. Leave it empty for none.")
        raise Invalid("not_positive", sentence, {"ceiling": [sentence]})
    for name, thing in (("legal_basis", rule.legal_basis), ("fund", rule.fund)):
        if thing and thing.edition_id != rule.edition_id:
            sentence = _("This belongs to another edition.")
            raise Invalid("of_another_edition", sentence, {name: [sentence]})
