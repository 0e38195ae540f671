"""What belongs to a contract: its goods line by line, its papers, corrections, delivery, and its possible twin."""

from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from babel.numbers import get_currency_precision
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models.fields import NameField
from fairs.states import Stateful, Transition
from matchmaking.deal_querysets import OfDealQuerySet, PairQuerySet
from matchmaking.models.deal import Deal


class DealLine(models.Model):
    """One kind of goods of a deal: what, how many, at which price; in the currency of the deal."""

    class Unit(models.TextChoices):
        PIECE = "piece", _("pieces")
        SET = "set", _("sets")
        PAIR = "pair", _("pairs")
        KILOGRAM = "kg", _("kg")
        TONNE = "t", _("tonnes")
        METRE = "m", _("metres")
        SQUARE_METRE = "m2", _("m²")
        CUBIC_METRE = "m3", _("m³")
        CARTON = "carton", _("cartons")
        CONTAINER = "container", _("containers")

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="lines")
    order = models.PositiveSmallIntegerField(_("order"))
    product = models.ForeignKey("fairs.Product", models.SET_NULL, null=True, blank=True, related_name="+")
    # Also of a product of the exhibitor: what was signed stays, whatever it is called later.
    words = NameField(_("goods"), max_length=300)
    hs_code = models.CharField(_("HS code"), max_length=10, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3)
    unit = models.CharField(_("unit"), max_length=9, choices=Unit, default=Unit.PIECE)
    unit_price = models.DecimalField(_("price of one"), max_digits=18, decimal_places=4)

    class Meta:
        verbose_name = _("line of a contract")
        verbose_name_plural = _("lines of contracts")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "order"], name="one_deal_line_a_place"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="deal_line_has_a_quantity"),
            models.CheckConstraint(condition=Q(unit_price__gte=0), name="deal_line_price_not_negative"),
            models.CheckConstraint(condition=~Q(words=""), name="deal_line_says_what"),
        ]

    def __str__(self) -> str:
        return self.words

    def sum_in(self, currency: str) -> Decimal:
        """Quantity times price, to the smallest unit of the currency."""
        smallest = Decimal(1).scaleb(-get_currency_precision(currency))
        return (self.quantity * self.unit_price).quantize(smallest, ROUND_HALF_UP)


class DealPaper(models.Model):
    """A file that speaks for a deal, and what an officer found in it. None is ever replaced or deleted."""

    class Verdict(models.TextChoices):
        OPEN = "", _("Not looked at yet")
        FITS = "fits", _("Seen, it fits")
        UNFIT = "unfit", _("Does not fit")

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="papers")
    file = models.FileField(_("file"), upload_to="contracts/")
    sha256 = models.CharField(_("fingerprint of the file"), max_length=64)
    given_side = models.CharField(_("given by"), max_length=10, choices=Deal.Side, blank=True)  # empty: an officer
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"), default=clock.now)
    verdict = models.CharField(_("verdict"), max_length=5, choices=Verdict, blank=True)
    reason = NameField(_("reason"), max_length=300, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(_("looked at"), null=True, blank=True)

    objects = OfDealQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of a contract")
        verbose_name_plural = _("papers of contracts")
        ordering = ["given_at", "pk"]
        constraints = [
            # The same file again is the same paper.
            models.UniqueConstraint(fields=["deal", "sha256"], name="one_deal_paper_a_file"),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="look_at_a_paper_names_who_and_when",
            ),
            models.CheckConstraint(condition=~Q(verdict="unfit") | ~Q(reason=""), name="unfit_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} {self.verdict}"

    @property
    def edition_id(self) -> int:
        """Under which the journal files it."""
        return self.deal.edition_id

    @property
    def edition(self) -> object:
        """Whose officers look at it."""
        return self.deal.edition

    @property
    def journal_subject(self) -> str:
        return self.deal.number


class DealCorrection(Stateful):
    """What one side wants put right in a confirmed paper; it changes when the other side agrees. Both are kept."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for the other side")
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Not agreed")
        WITHDRAWN = "withdrawn", _("Taken back")

    class Field(models.TextChoices):
        VALUE = "value", _("Value and currency")
        SIGNED_ON = "signed_on", _("Day of signing")
        KIND = "kind", _("Kind of paper")

    TRANSITIONS: ClassVar = {
        "agree": Transition((State.ASKED,), State.AGREED),
        "refuse": Transition((State.ASKED,), State.REFUSED),
        "withdraw": Transition((State.ASKED,), State.WITHDRAWN),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ASKED)
    deal = models.ForeignKey(Deal, models.PROTECT, related_name="corrections")
    field = models.CharField(_("what"), max_length=9, choices=Field)
    # As “18400.00 USD”, “2018-10-18” or “contract”.
    before = models.CharField(_("before"), max_length=30)
    after = models.CharField(_("after"), max_length=30)
    reason = NameField(_("reason"), max_length=500)
    side = models.CharField(_("asked by"), max_length=10, choices=Deal.Side)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = OfDealQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of a contract")
        verbose_name_plural = _("corrections of contracts")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deal", "field"], condition=Q(state="asked"), name="one_open_correction_a_field"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_says_why"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="correction_changes_something"),
        ]

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"

    @property
    def other_side(self) -> str:
        """The side that is asked to agree."""
        return Deal.Side.IMPORTER if self.side == Deal.Side.EXHIBITOR else Deal.Side.EXHIBITOR

    @property
    def exhibitor(self) -> object:
        """A side of the deal, as permissions ask for it."""
        return self.deal.exhibitor

    @property
    def importer(self) -> object:
        """The other side of the deal."""
        return self.deal.importer

    @property
    def edition(self) -> object:
        """Whose director may act for a side."""
        return self.deal.edition

    @property
    def edition_id(self) -> int:
        """Under which the journal files it."""
        return self.deal.edition_id

    @property
    def journal_subject(self) -> str:
        return self.deal.number


class Consignment(Stateful):
    """The goods of a contract on their way: either side says so, and what came is confirmed by the other."""

    class State(models.TextChoices):
        OPEN = "open", _("Not shipped yet")
        SHIPPED = "shipped", _("On its way")
        CLAIMED = "claimed", _("Delivered, says one side")
        DELIVERED = "delivered", _("Delivered, say both sides")

    TRANSITIONS: ClassVar = {
        "ship": Transition((State.OPEN,), State.SHIPPED),
        "unship": Transition((State.SHIPPED,), State.OPEN),
        "claim": Transition((State.OPEN, State.SHIPPED), State.CLAIMED),
        "accept": Transition((State.CLAIMED,), State.DELIVERED),
        "deny": Transition((State.CLAIMED,), State.SHIPPED),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    deal = models.OneToOneField(Deal, models.PROTECT, related_name="consignment")
    shipped_on = models.DateField(_("shipped on"), null=True, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    side = models.CharField(_("last said by"), max_length=10, choices=Deal.Side, blank=True)

    objects = OfDealQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of a contract")
        verbose_name_plural = _("deliveries of contracts")
        constraints = [
            models.CheckConstraint(
                condition=Q(shipped_on=None) | Q(delivered_on=None) | Q(delivered_on__gte=F("shipped_on")),
                name="delivered_after_it_was_shipped",
            )
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} {self.state}"

    @property
    def edition_id(self) -> int:
        """Under which the journal files it."""
        return self.deal.edition_id

    @property
    def journal_subject(self) -> str:
        return self.deal.number


class DealPair(Stateful):
    """Two papers that may be one and the same, and what an officer decided: only one of the same counts."""

    class State(models.TextChoices):
        OPEN = "open", _("Not decided")
        SAME = "same", _("One and the same, counted once")
        DIFFERENT = "different", _("Two papers, both count")

    TRANSITIONS: ClassVar = {
        "join": Transition((State.OPEN,), State.SAME),
        "part": Transition((State.OPEN,), State.DIFFERENT),
        "undo": Transition((State.SAME, State.DIFFERENT), State.OPEN),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="deal_pairs")
    first = models.ForeignKey(Deal, models.PROTECT, related_name="+")
    second = models.ForeignKey(Deal, models.PROTECT, related_name="+")
    kept = models.ForeignKey(Deal, models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of contracts")
        verbose_name_plural = _("pairs of contracts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_deal_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="deal_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id} {self.state}"

    @property
    def journal_subject(self) -> str:
        return f"{self.first.number}, {self.second.number}"


class ContractRules(models.Model):
    """From which level an edition's report counts contracts."""

    edition = models.OneToOneField("fairs.Edition", models.CASCADE, related_name="contract_rules")
    counts_from = models.CharField(_("counted from"), max_length=9, choices=Deal.Level, default=Deal.Level.CONFIRMED)

    class Meta:
        verbose_name = _("rules of contracts")
        verbose_name_plural = _("rules of contracts")
        constraints = [
            models.CheckConstraint(condition=Q(counts_from__in=Deal.Level.values), name="counted_level_is_known")
        ]

    def __str__(self) -> str:
        return self.counts_from
