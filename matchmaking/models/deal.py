"""Contracts and memoranda between an exhibitor and an importer."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fairs.models.fields import NameField, amount_field, currency_field
from fairs.states import Stateful, Transition
from matchmaking.deal_querysets import DealQuerySet

INCOTERMS = ("EXW", "FCA", "CPT", "CIP", "DAP", "DPU", "DDP", "FAS", "FOB", "CFR", "CIF")


class Deal(Stateful):
    """What two sides agreed on, recorded by one and confirmed or disputed by the other."""

    class State(models.TextChoices):
        RECORDED = "recorded", _("Waiting for the other side")
        CONFIRMED = "confirmed", _("Confirmed by both sides")
        DISPUTED = "disputed", _("The two sides differ")
        CANCELLED = "cancelled", _("Cancelled")

    class Kind(models.TextChoices):
        CONTRACT = "contract", _("Contract")
        TRIAL_ORDER = "trial_order", _("Trial order")
        MEMORANDUM = "memorandum", _("Memorandum")

    class Level(models.TextChoices):
        """How well we know of it, each more than the one before."""

        CLAIMED = "claimed", _("Claimed by one side")
        CONFIRMED = "confirmed", pgettext_lazy("contract", "Confirmed by the other side")
        SEEN = "seen", _("Paper seen by an officer")
        DELIVERED = "delivered", _("Goods delivered")

    class Means(models.TextChoices):
        """How the other side said yes."""

        ACCOUNT = "account", _("Signed in")
        LETTER = "letter", _("By the link in a letter")
        CODE = "code", _("By the code shown on the other side’s phone")

    class Incoterm(models.TextChoices):
        """Incoterms 2020, those for any carriage first, then those for ships."""

        EXW = "EXW", _("EXW: ex works")
        FCA = "FCA", _("FCA: free carrier")
        CPT = "CPT", _("CPT: carriage paid to")
        CIP = "CIP", _("CIP: carriage and insurance paid to")
        DAP = "DAP", _("DAP: delivered at place")
        DPU = "DPU", _("DPU: delivered at place, unloaded")
        DDP = "DDP", _("DDP: delivered, duty paid")
        FAS = "FAS", _("FAS: free alongside ship")
        FOB = "FOB", _("FOB: free on board")
        CFR = "CFR", _("CFR: cost and freight")
        CIF = "CIF", _("CIF: cost, insurance and freight")

    class Side(models.TextChoices):
        EXHIBITOR = "exhibitor", _("Exhibitor")
        IMPORTER = "importer", _("Importer")

    CONTRACT_KINDS = (Kind.CONTRACT, Kind.TRIAL_ORDER)
    LASTING: ClassVar = ("edition", "exhibitor", "importer")
    TRANSITIONS: ClassVar = {
        "confirm": Transition((State.RECORDED,), State.CONFIRMED),
        "dispute": Transition((State.RECORDED,), State.DISPUTED),
        "agree": Transition((State.DISPUTED,), State.CONFIRMED),
        "object": Transition((State.CONFIRMED,), State.DISPUTED),
        "cancel": Transition((State.RECORDED, State.DISPUTED), State.CANCELLED),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RECORDED)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="deals")
    number = models.CharField(_("number"), max_length=30)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CONTRACT)
    exhibitor = models.ForeignKey("fairs.Participation", models.PROTECT, related_name="deals_as_exhibitor")
    importer = models.ForeignKey("fairs.Participation", models.PROTECT, related_name="deals_as_importer")
    opportunity = models.ForeignKey(
        "matchmaking.Opportunity", models.PROTECT, null=True, blank=True, related_name="deals"
    )
    # Declared twice: only the one that it is told again of counts; see DealPair for who decided so.
    same_as = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="told_again")
    meeting = models.ForeignKey("matchmaking.Meeting", models.PROTECT, null=True, blank=True, related_name="deals")
    product_group = models.ForeignKey("fairs.ProductGroup", models.PROTECT, verbose_name=_("product group"))
    goods = NameField(_("goods"), max_length=500, blank=True)
    currency = currency_field(verbose_name=_("currency"))
    amount = amount_field(verbose_name=_("value"))
    signed_on = models.DateField(_("signed on"))
    signed_in = NameField(_("signed in"), max_length=120, blank=True)
    incoterm = models.CharField(_("delivery term"), max_length=3, choices=Incoterm, blank=True)
    place = NameField(_("port or place"), max_length=120, blank=True)
    payment = NameField(_("payment"), max_length=300, blank=True)
    lead_days = models.PositiveSmallIntegerField(_("days to make it"), null=True, blank=True)
    latest_shipment = models.DateField(_("shipped at the latest on"), null=True, blank=True)
    certificates: models.ManyToManyField = models.ManyToManyField(
        "fairs.Certificate", blank=True, related_name="+", verbose_name=_("certificates wanted")
    )
    # The dated rate the dollar value rests on; the original amount is what counts.
    rate = models.ForeignKey("fairs.ExchangeRate", models.PROTECT, null=True, blank=True, related_name="+")
    usd = amount_field(verbose_name=_("value in US dollars"), null=True, blank=True)
    recorded_side = models.CharField(_("recorded by"), max_length=10, choices=Side)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.CharField(_("confirmed by"), max_length=7, choices=Means, blank=True)
    # When an officer last found that a paper fits, and when both sides had said that the goods came.
    seen_at = models.DateTimeField(_("paper seen"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    # What was first claimed, kept when the recording side agrees to the other side's value.
    claimed_amount = amount_field(verbose_name=_("value first claimed"), null=True, blank=True)
    other_amount = amount_field(verbose_name=_("value by the other side"), null=True, blank=True)
    other_note = NameField(_("what the other side says"), max_length=500, blank=True)
    token = models.CharField(max_length=40, unique=True)
    # The form sent twice records one deal.
    key = models.CharField(max_length=80, unique=True)

    objects = DealQuerySet.as_manager()

    class Meta:
        verbose_name = _("deal")
        verbose_name_plural = _("deals")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_deal_a_number"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="deal_amount_not_negative"),
            models.CheckConstraint(condition=Q(kind="memorandum") | Q(amount__gt=0), name="contract_has_a_value"),
            models.CheckConstraint(condition=Q(same_as=None) | ~Q(same_as=F("pk")), name="deal_is_not_its_own_twin"),
            models.CheckConstraint(condition=Q(incoterm__in=["", *INCOTERMS]), name="incoterm_is_one_of_2020"),
        ]
        indexes = [models.Index(fields=["edition", "kind", "state"], name="deals_by_kind_and_state")]

    def __str__(self) -> str:
        return self.number

    @property
    def other_side(self) -> str:
        """The side that is asked whether the deal is true."""
        return self.Side.IMPORTER if self.recorded_side == self.Side.EXHIBITOR else self.Side.EXHIBITOR

    @property
    def is_contract(self) -> bool:
        """Whether its value counts; a memorandum's never does."""
        return self.kind in self.CONTRACT_KINDS

    @property
    def is_agreed(self) -> bool:
        """Whether it is more than a claim: the other side says so, or an officer has seen the paper."""
        return self.state == self.State.CONFIRMED or bool(self.state == self.State.RECORDED and self.seen_at)

    @property
    def level(self) -> str:
        """The highest level that it has reached; what was taken back, or counts as another one, has none."""
        if self.state == self.State.CANCELLED or self.same_as_id:
            return ""
        if not self.is_agreed:
            return self.Level.CLAIMED
        if self.delivered_at:
            return self.Level.DELIVERED
        return self.Level.SEEN if self.seen_at else self.Level.CONFIRMED

    @property
    def company_id(self) -> int:
        """The exhibitor's company, on whose behalf the journal files the deal."""
        return self.exhibitor.company_id

    @property
    def journal_subject(self) -> str:
        return self.number
