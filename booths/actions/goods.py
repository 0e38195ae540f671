"""Goods imported for the fair only, counterfeits shown for comparison: exhibitors declare them, officers check them."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from booths.models import Application, GoodsCheck, GoodsDeclaration, SpecialGoods
from fairs import clock
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Product
from fairs.permissions import Actor, may, require


class Flags(NamedTuple):
    """What an exhibitor says of one product."""

    temporary_import: bool = False
    counterfeit: bool = False
    papers: str = ""


def declare_goods(application: Application, *, flags: Mapping[int, Flags], by: Actor) -> list[SpecialGoods]:
    """Say of one's products, by key, which are special; those that are not named are not. Naming none is a word too.

    Refuses with `not_accepted`, `other_product` and, for what an officer has looked at and is said otherwise now,
    `checked`: the desk may still change it, but not take it off.
    """
    require(by, "booths.do_task", application)
    with transaction.atomic():
        application = _locked(application)
        products = Product.objects.filter(company=application.company_id).in_bulk(flags)
        if set(flags) - set(products):
            raise Invalid("other_product", _("This product is not one of yours."))
        special = {pk: one for pk, one in flags.items() if one.temporary_import or one.counterfeit}
        _drop_others(application, special)
        free = may(by, "booths.check_goods", application)
        kept = [_keep(application, products[pk], one, free=free) for pk, one in special.items()]
        declared = {"declared_by": by, "declared_at": clock.now()}
        GoodsDeclaration.objects.update_or_create(application=application, defaults=declared)
        record("declare_goods", application, by=by)
        announce(application.edition, "goods")
    return kept


def check_goods(
    goods: SpecialGoods, *, found: Mapping[str, bool], by: Actor, notes: Mapping[str, str] | None = None
) -> SpecialGoods:
    """What an officer found at some points: in order, or a fault, which has a note; what is as before stays.

    Refuses with `unknown_point` and `no_note`.
    """
    require(by, "booths.check_goods", goods)
    notes = notes or {}
    if set(found) - {str(point) for point in goods.points}:
        raise Invalid("unknown_point", _("These goods are not checked for that."))
    for point, in_order in found.items():
        if not in_order and not notes.get(point, "").strip():
            sentence = _("Say in a few words what is wrong.")
            raise Invalid("no_note", sentence, {f"note_{point}": [sentence]})
    with transaction.atomic():
        goods = SpecialGoods.objects.select_for_update(of=("self",), no_key=True).get(pk=goods.pk)
        held = {row.point: row for row in goods.checks.all()}
        changed = [
            point for point, in_order in found.items()
            if _judge(held.get(point) or GoodsCheck(goods=goods, point=point), in_order, notes.get(point, ""), by)
        ]  # fmt: skip
        if changed:
            record("check", goods, by=by, fields=changed)
            announce(goods.edition, "goods")
    return goods


def _judge(row: GoodsCheck, in_order: bool, note: str, by: Actor) -> bool:
    """Write down what was found where it is something else."""
    note = note.strip()[:300]
    if row.pk and (row.in_order, row.note) == (in_order, note):
        return False
    row.in_order, row.note, row.checked_by, row.checked_at = in_order, note, by, clock.now()
    row.save()
    return True


def _keep(application: Application, product: Product, flags: Flags, *, free: bool) -> SpecialGoods:
    papers = flags.papers.strip()[:60] if flags.temporary_import else ""
    said = flags._asdict() | {"papers": papers}
    given = said | {"name": product.name_vi}
    looked_at = SpecialGoods.objects.filter(application=application, product=product, checks__isnull=False).first()
    if looked_at and not free and any(getattr(looked_at, name) != value for name, value in said.items()):
        raise _checked(looked_at)
    row, _new = SpecialGoods.objects.update_or_create(application=application, product=product, defaults=given)
    return row


def _drop_others(application: Application, special: Mapping[int, Flags]) -> None:
    """What is not special any more is left out, unless an officer has looked at it."""
    others = SpecialGoods.objects.filter(application=application, product__isnull=False).exclude(product__in=special)
    if checked := others.filter(checks__isnull=False).first():
        raise _checked(checked)
    others.delete()


def _checked(goods: SpecialGoods) -> Refused:
    sentence = _("An officer has checked “%(name)s” already. Ask the booth desk to change it.")
    return Refused("checked", sentence % {"name": goods.name})


def _locked(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",), no_key=True).select_related("edition")
    found: Application = rows.get(pk=application.pk)
    if found.state != Application.State.ACCEPTED:
        raise Refused("not_accepted", _("This is for exhibitors who have been accepted."))
    return found
