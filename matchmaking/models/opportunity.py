"""What an exhibitor and an importer talk about, from the first question to the delivered goods."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models.fields import NameField, amount_field, currency_field
from fairs.states import Stateful, Transition
from matchmaking.models.deal import INCOTERMS, Deal
from matchmaking.opportunity_querysets import OpportunityQuerySet, QuotationQuerySet


class Opportunity(Stateful):
    """One thing talked about. Its stage follows its papers; only that it lapsed is said by a person, with a reason."""

    class State(models.TextChoices):
        ENQUIRY = "enquiry", _("Enquiry")
        QUOTED = "quoted", _("Quoted")
        MEMORANDUM = "memorandum", _("Memorandum")
        TRIAL_ORDER = "trial_order", _("Trial order")
        SIGNED = "signed", _("Contract signed")
        SHIPPED = "shipped", _("Shipped")
        DELIVERED = "delivered", _("Delivered")
        LAPSED = "lapsed", _("Lapsed")

    class Source(models.TextChoices):
        LEAD = "lead", _("A visitor at the booth")
        MEETING = "meeting", _("A meeting")
        PAPER = "paper", _("A contract or memorandum")
        TYPED = "typed", _("Entered by the exhibitor")

    OPEN = (State.ENQUIRY, State.QUOTED, State.MEMORANDUM, State.TRIAL_ORDER)
    WITH_PAPERS = (
        State.QUOTED, State.MEMORANDUM, State.TRIAL_ORDER, State.SIGNED, State.SHIPPED, State.DELIVERED
    )  # fmt: skip
    # Forward by a paper; back to the beginning when papers are taken back, and from there forward to what is left.
    TRANSITIONS: ClassVar = {
        "quote": Transition((State.ENQUIRY,), State.QUOTED),
        "note_memorandum": Transition((State.ENQUIRY, State.QUOTED), State.MEMORANDUM),
        "order": Transition((State.ENQUIRY, State.QUOTED, State.MEMORANDUM), State.TRIAL_ORDER),
        "sign": Transition((State.ENQUIRY, State.QUOTED, State.MEMORANDUM, State.TRIAL_ORDER), State.SIGNED),
        "ship": Transition((State.ENQUIRY, State.TRIAL_ORDER, State.SIGNED), State.SHIPPED),
        "deliver": Transition((State.ENQUIRY, State.TRIAL_ORDER, State.SIGNED, State.SHIPPED), State.DELIVERED),
        "go_back": Transition(WITH_PAPERS, State.ENQUIRY),
        "lapse": Transition(OPEN, State.LAPSED),
        "reopen": Transition((State.LAPSED,), State.ENQUIRY),
    }

    state = models.CharField(_("stage"), max_length=20, choices=State, default=State.ENQUIRY)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="opportunities")
    exhibitor = models.ForeignKey("fairs.Participation", models.PROTECT, related_name="opportunities_as_exhibitor")
    importer = models.ForeignKey("fairs.Participation", models.PROTECT, related_name="opportunities_as_importer")
    product_group = models.ForeignKey("fairs.ProductGroup", models.PROTECT, null=True, blank=True)
    goods = NameField(_("goods"), max_length=500, blank=True)
    source = models.CharField(_("came from"), max_length=7, choices=Source)
    lead = models.ForeignKey("matchmaking.Lead", models.SET_NULL, null=True, blank=True, related_name="opportunities")
    meeting = models.ForeignKey(
        "matchmaking.Meeting", models.PROTECT, null=True, blank=True, related_name="opportunities"
    )
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened"), default=clock.now)
    reason = NameField(_("why it lapsed"), max_length=300, blank=True)
    # The same lead, meeting or form opens one.
    key = models.CharField(max_length=80, unique=True)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("opportunity")
        verbose_name_plural = _("opportunities")
        ordering = ["-state_changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="lapsed") | ~Q(reason=""), name="lapsed_says_why"),
        ]
        indexes = [models.Index(fields=["edition", "state"], name="opportunities_by_stage")]

    def __str__(self) -> str:
        return f"{self.exhibitor_id} {self.importer_id} {self.state}"

    @property
    def company_id(self) -> int:
        """The exhibitor's company, on whose behalf the journal files it."""
        return self.exhibitor.company_id


class Quotation(models.Model):
    """One version of what an exhibitor offers; the latest stands, the earlier ones stay readable."""

    opportunity = models.ForeignKey(Opportunity, models.PROTECT, related_name="quotations")
    number = models.PositiveSmallIntegerField(_("version"))
    currency = currency_field(verbose_name=_("currency"))
    amount = amount_field(verbose_name=_("value"))
    goods = NameField(_("goods"), max_length=500, blank=True)
    incoterm = models.CharField(_("delivery term"), max_length=3, choices=Deal.Incoterm, blank=True)
    place = NameField(_("port or place"), max_length=120, blank=True)
    payment = NameField(_("payment"), max_length=300, blank=True)
    lead_days = models.PositiveSmallIntegerField(_("days to make it"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"), default=clock.now)
    key = models.CharField(max_length=80, unique=True)

    objects = QuotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "number"], name="one_quotation_a_version"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="quotation_has_a_value"),
            models.CheckConstraint(condition=Q(incoterm__in=["", *INCOTERMS]), name="quoted_incoterm_is_one_of_2020"),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} v{self.number}"

    @property
    def edition_id(self) -> int:
        """Under which the journal files it."""
        return self.opportunity.edition_id

    @property
    def company_id(self) -> int:
        """The exhibitor's company, which made it."""
        return self.opportunity.exhibitor.company_id
