"""Tags for samples: printed ahead, tied to a product at the booth, and to whoever keeps it."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fairs import clock
from fairs.actions.merging import still_standing
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.models import Participation, Product
from fairs.models.fields import CURRENCIES
from fairs.permissions import Actor, require
from matchmaking.actions.deals import LARGEST_AMOUNT
from matchmaking.models import Deal, Sample
from matchmaking.sample_querysets import SampleQuerySet

A_SHEET = 21  # tags on one sheet of A4
MOST_UNUSED = 10 * A_SHEET


def print_tags(exhibitor: Participation, *, by: Actor, count: int = A_SHEET, after: int | None = None) -> list[Sample]:
    """New tags without a product, numbered on; with the last number `after` which they come, the same again answers
    the same tags.

    Refuses with `not_taking_part`, `enough_tags` beyond ten sheets, and `other_numbers` where others came after it.
    """
    require(by, "matchmaking.give_samples", Sample(edition=exhibitor.edition, exhibitor=exhibitor))
    if exhibitor.role != Participation.Role.EXHIBITOR or exhibitor.state != Participation.State.ACTIVE:
        raise Refused("not_taking_part", _("Only a company that exhibits at this edition has tags for samples."))
    with transaction.atomic():
        still_standing(exhibitor.company)  # two at once number one after the other
        own = Sample.objects.filter(exhibitor=exhibitor)
        last = own.aggregate(last=Max("number"))["last"] or 0
        if after not in (None, last):
            return _made_before(own, after, count)
        if not 0 < count <= MOST_UNUSED - own.filter(state=Sample.State.PRINTED).count():
            raise Refused("enough_tags", _("There are tags enough that were not used. Print those once more."))
        made = Sample.objects.bulk_create(
            Sample(edition=exhibitor.edition, exhibitor=exhibitor, number=last + n, made_at=clock.now())
            for n in range(1, count + 1)
        )
        record("print_tags", exhibitor, by=by, subject=f"#{last + 1}-{last + count}")
    return made


def _made_before(own: SampleQuerySet, after: int, count: int) -> list[Sample]:
    """The tags that an earlier call made after a number."""
    known = list(own.filter(number__gt=after).with_all().order_by("number"))
    if len(known) != count:
        raise Refused("other_numbers", _("Other tags were made meanwhile. Read them, and ask again after the last."))
    return known


def hand_over(
    sample: Sample,
    *,
    product: Product,
    by: Actor,
    price: Decimal | None = None,
    currency: str = "",
    importer: Participation | None = None,
) -> Sample:
    """Tie a tag to a product of the exhibitor, with the price named and the buyer where they are known.

    Said again before the buyer has taken it, it puts right what was said. Refuses with `not_own_product`, `price`,
    `currency` and `not_a_buyer`.
    """
    require(by, "matchmaking.give_samples", sample)
    if product.company_id != sample.exhibitor.company_id:
        raise _invalid("product", "not_own_product", _("Choose one of your own products."))
    if price is not None and not (price.is_finite() and 0 <= price < LARGEST_AMOUNT):
        raise _invalid("price", "price", _("Write a price, or leave it empty."))
    if price is not None and currency not in CURRENCIES:
        raise _invalid("currency", "currency", _("Choose one of the currencies on the list."))
    _check_buyer(sample, importer)
    with transaction.atomic():
        sample.follow(
            "hand_over", by=by, product=product, goods=product.name_vi, price=price, importer=importer,
            currency=currency if price is not None else "", handed_at=sample.handed_at or clock.now(), handed_by=by,
        )  # fmt: skip
    return sample


def keep_sample(sample: Sample, *, importer: Participation, by: Actor) -> Sample:
    """A buyer says that they keep it; said again, it stays so. Refuses with `kept_by_another` and `not_a_buyer`."""
    require(by, "matchmaking.keep_sample", importer)
    _check_buyer(sample, importer)
    if sample.importer_id not in (None, importer.pk):
        raise Refused("kept_by_another", _("The maker has noted another buyer for this sample. Ask them at the booth."))
    if sample.state == Sample.State.KEPT:
        return sample
    with transaction.atomic():
        sample.follow("keep", by=by, importer=importer, kept_at=clock.now())
    return sample


def throw_away(sample: Sample, *, by: Actor) -> Sample:
    """A tag that was spoiled before it was used; its code leads nowhere from then on."""
    require(by, "matchmaking.give_samples", sample)
    with transaction.atomic():
        sample.follow("throw_away", by=by)
    return sample


def tie_sample(sample: Sample, *, deal: Deal, by: Actor) -> Sample:
    """Say which contract came of it; it names the buyer of a sample that had none. Refuses with `another_deal`."""
    require(by, "matchmaking.give_samples", sample)
    fits = deal.exhibitor_id == sample.exhibitor_id and sample.importer_id in (None, deal.importer_id)
    if not fits or sample.state not in (Sample.State.HANDED, Sample.State.KEPT):
        raise _invalid("deal", "another_deal", _("That contract is not with the buyer of this sample."))
    with transaction.atomic():
        Sample.objects.filter(pk=sample.pk).update(deal=deal, importer=deal.importer_id)
        record("tie", sample, by=by, fields=["deal", "importer"])
    sample.refresh_from_db()
    return sample


def _check_buyer(sample: Sample, importer: Participation | None) -> None:
    if importer and (importer.edition_id != sample.edition_id or importer.role != Participation.Role.IMPORTER):
        raise _invalid("importer", "not_a_buyer", _("Only an importer of this edition keeps a sample."))


def _invalid(field: str, code: str, sentence: str) -> Invalid:
    return Invalid(code, sentence, {field: [sentence]})
