"""Hosting as a contract: what the fair promised an importer, what they did in return, what was paid of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buyers.querysets import HostedContractQuerySet
from fairs import clock
from fairs.models.fields import NameField, amount_field, currency_field
from fairs.states import Stateful, Transition


class HostedTerms(models.Model):
    """The general terms of hosting of an edition, in one version; what a grade pays and asks is added to them."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="hosted_terms")
    version = models.CharField(_("version"), max_length=20)
    text_vi = models.TextField(_("text in Vietnamese"))
    text_en = models.TextField(_("text in English"))
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("terms of hosting")
        verbose_name_plural = _("terms of hosting")
        ordering = ["-published_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "version"], name="one_hosted_terms_a_version")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.version}"

    @property
    def journal_subject(self) -> str:
        return self.version


class HostedContract(Stateful):
    """One importer's hosting: offered, accepted, travelled, fulfilled or not, paid or refused.

    It keeps what was offered, whatever becomes of the grade, and the terms in both languages as they were accepted.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Terms accepted")
        ARRANGED = "arranged", _("Travel arranged")
        ARRIVED = "arrived", _("At the fair")
        FULFILLED = "fulfilled", _("Fulfilled")
        UNFULFILLED = "unfulfilled", _("Not fulfilled")
        RELEASED = "released", pgettext_lazy("hosting", "To be paid")
        REFUSED = "refused", _("Not paid")
        PAID = "paid", pgettext_lazy("hosting", "Paid")
        CLOSED = "closed", _("Closed")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        NO_SHOW = "no_show", _("Did not come")

    ENDED = (State.DECLINED, State.WITHDRAWN, State.CLOSED)
    GOING = (State.ACCEPTED, State.ARRANGED)
    TRANSITIONS: ClassVar = {
        "accept": Transition((State.OFFERED,), State.ACCEPTED),
        "lengthen": Transition((State.OFFERED, State.DECLINED), State.OFFERED),
        "decline": Transition((State.OFFERED,), State.DECLINED),
        "run_out": Transition((State.OFFERED,), State.DECLINED),
        "withdraw": Transition(GOING, State.WITHDRAWN),
        "arrange": Transition((State.ACCEPTED,), State.ARRANGED),
        "arrive": Transition(GOING, State.ARRIVED),
        "miss": Transition(GOING, State.NO_SHOW),
        "fulfil": Transition((State.ARRIVED,), State.FULFILLED),
        "fall_short": Transition((State.ARRIVED,), State.UNFULFILLED),
        "release": Transition((State.FULFILLED, State.UNFULFILLED), State.RELEASED),
        "refuse": Transition((State.FULFILLED, State.UNFULFILLED, State.NO_SHOW), State.REFUSED),
        "pay": Transition((State.RELEASED,), State.PAID),
        "close": Transition((State.PAID, State.REFUSED), State.CLOSED),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OFFERED)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="hosted_contracts")
    registration = models.OneToOneField("buyers.Registration", models.PROTECT, related_name="contract")
    company = models.ForeignKey("fairs.Company", models.PROTECT, related_name="hosted_contracts")
    grade = models.ForeignKey("buyers.Grade", models.PROTECT, related_name="contracts", verbose_name=_("grade"))
    one_a_company = models.BooleanField(_("one for each company"), default=False)
    min_meetings = models.PositiveSmallIntegerField(_("meetings at least"))
    min_days = models.PositiveSmallIntegerField(_("days at the fair at least"))
    offered_at = models.DateTimeField(_("offered"), default=clock.now)
    answer_by = models.DateField(_("answer until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    terms_version = models.CharField(_("version of the terms"), max_length=20, blank=True)
    terms_vi = models.TextField(_("terms in Vietnamese"), blank=True)
    terms_en = models.TextField(_("terms in English"), blank=True)
    late = models.BooleanField(_("withdrawn late"), default=False)
    # Counted when the fair is over: meetings held, those among them that the other side missed, days with an entry.
    meetings = models.PositiveSmallIntegerField(_("meetings"), null=True, blank=True)
    excused = models.PositiveSmallIntegerField(_("of them missed by the exhibitor"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("days at the fair"), null=True, blank=True)
    reason = NameField(_("reason of the decision"), max_length=500, blank=True)

    objects = HostedContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("hosting")
        verbose_name_plural = _("hostings")
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "company"],
                condition=Q(one_a_company=True) & ~Q(state__in=["declined", "withdrawn"]),
                name="one_hosting_a_company",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None)
                | (Q(accepted_by__isnull=False) & ~Q(terms_version="") & ~Q(terms_vi="") & ~Q(terms_en="")),
                name="accepted_hosting_keeps_its_terms",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.state}"

    @property
    def person_id(self) -> int:
        """Whose hosting it is, for permissions."""
        return self.registration.person_id

    @property
    def ran_out(self) -> bool:
        """Whether the offer ended with its day, and not by a no."""
        ended_on = self.state_changed_at.astimezone(self.edition.zone).date()
        return self.state == self.State.DECLINED and ended_on > self.answer_by

    @property
    def expired(self) -> bool:
        """Whether the day until which to answer passed without an answer."""
        return self.state == self.State.OFFERED and clock.today(self.edition) > self.answer_by

    @property
    def journal_subject(self) -> str:
        return self.company.name_vi


class TravelItem(models.Model):
    """One part of a journey and its money: at most what was promised, from a fund, on a paper."""

    class Kind(models.TextChoices):
        FLIGHT = "flight", _("Flight")
        NIGHTS = "nights", _("Hotel nights")
        TRANSFER = "transfer", _("Transfers")

    contract = models.ForeignKey(HostedContract, models.CASCADE, related_name="items")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    currency = currency_field(verbose_name=_("currency"))
    ceiling = amount_field(verbose_name=_("paid at most"), null=True, blank=True)
    estimate = amount_field(verbose_name=_("estimate"), null=True, blank=True)
    actual = amount_field(verbose_name=_("actual cost"), null=True, blank=True)
    paid = amount_field(verbose_name=_("paid"), null=True, blank=True)
    fund = models.ForeignKey("fairs.Fund", models.PROTECT, null=True, blank=True, verbose_name=_("fund"))
    paper_number = models.CharField(_("number of the paper"), max_length=60, blank=True)
    paper_on = models.DateField(_("date of the paper"), null=True, blank=True)
    file = models.FileField(_("file"), upload_to="travel/", blank=True)

    class Meta:
        verbose_name = _("part of a journey")
        verbose_name_plural = _("parts of journeys")
        ordering = ["contract", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "kind"], name="one_travel_item_a_kind"),
            models.CheckConstraint(
                condition=Q(paid=None) | Q(ceiling=None) | Q(paid__lte=F("ceiling")), name="paid_within_ceiling"
            ),
            models.CheckConstraint(
                condition=Q(paid=None)
                | (Q(paid__gte=0, paid__lte=F("actual"), actual__isnull=False, fund__isnull=False)
                   & ~Q(paper_number="")),
                name="paid_has_cost_fund_and_paper",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.contract_id} {self.kind}"
