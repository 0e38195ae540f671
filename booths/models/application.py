"""An exhibitor's request for booths."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booths.querysets import ApplicationQuerySet, FloorQuerySet, block_of
from fairs import clock
from fairs.models import Company
from fairs.models.fields import NameField
from fairs.states import Stateful, Transition


class Application(Stateful):
    """One company's wish to exhibit at an edition, from draft to decision."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Handed in")
        UNDER_REVIEW = "under_review", _("Under review")
        MORE_INFO = "more_info", _("More information wanted")
        ACCEPTED = "accepted", _("Accepted")
        WAITLISTED = "waitlisted", _("Waiting list")
        REJECTED = "rejected", _("Not accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    WAITING: ClassVar = (State.SUBMITTED, State.UNDER_REVIEW)  # for the organiser's word
    LIVE: ClassVar = (State.DRAFT, *WAITING, State.MORE_INFO, State.ACCEPTED, State.WAITLISTED)
    TRANSITIONS: ClassVar = {
        "submit": Transition((State.DRAFT,), State.SUBMITTED),
        "review": Transition((State.SUBMITTED,), State.UNDER_REVIEW),
        "ask_more": Transition(WAITING, State.MORE_INFO),
        "answer": Transition((State.MORE_INFO,), State.UNDER_REVIEW),
        "accept": Transition((*WAITING, State.WAITLISTED), State.ACCEPTED),
        "waitlist": Transition(WAITING, State.WAITLISTED),
        "reject": Transition((*WAITING, State.MORE_INFO, State.WAITLISTED), State.REJECTED),
        "line_up": Transition((State.ACCEPTED,), State.WAITLISTED),  # a round had no place for it
        "reopen": Transition((State.REJECTED,), State.UNDER_REVIEW),  # an appeal was upheld
        "withdraw": Transition(LIVE, State.WITHDRAWN),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="applications")
    company = models.ForeignKey("fairs.Company", models.PROTECT, related_name="applications")
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="applications", verbose_name=_("contact")
    )
    booth_class = models.ForeignKey("booths.BoothClass", models.PROTECT, verbose_name=_("class of booth"))
    booth_count = models.PositiveSmallIntegerField(_("number of booths"), default=1)
    side_by_side = models.BooleanField(_("side by side"), default=True)
    wants_corner = models.BooleanField(_("a corner"), default=False)
    zones = models.ManyToManyField("booths.Zone", blank=True, verbose_name=_("zones wished for"))
    wishes = models.TextField(_("other wishes"), blank=True)
    power_kw = models.DecimalField(_("power in kW"), max_digits=5, decimal_places=1, default=0)
    water = models.BooleanField(_("water"), default=False)
    support_asked = models.TextField(_("support asked for"), blank=True)
    # A commune or association that applies for a block, with the households as co-exhibitors.
    is_group = models.BooleanField(_("for a group of households"), default=False)
    question = models.TextField(_("what more is wanted"), blank=True)
    answer = models.TextField(_("answer of the applicant"), blank=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    # An officer who typed it in for somebody without a phone or an e-mail.
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reason = NameField(_("reason of the decision"), max_length=500, blank=True)
    # The mean of the jury's reviews in hundredths, kept up by every review; None while nobody has scored it.
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True, editable=False)
    # Priority points as the last round counted them: the waiting list goes by them.
    points = models.DecimalField(_("priority points"), max_digits=7, decimal_places=2, null=True, editable=False)
    rules_version = models.CharField(_("rules accepted"), max_length=20, blank=True)
    # As it was when the desk accepted: support goes by it, and the company itself may change its own afterwards.
    legal_form = models.CharField(
        _("legal form when accepted"), max_length=20, choices=Company.LegalForm, blank=True, editable=False
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["submitted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "company"],
                condition=Q(state__in=["draft", "submitted", "under_review", "more_info", "accepted", "waitlisted"]),
                name="one_live_application_a_company",
            ),
            models.CheckConstraint(condition=Q(booth_count__gte=1), name="application_for_a_booth_at_least"),
        ]

    def __str__(self) -> str:
        return f"{self.company} ({self.booth_count})"

    @property
    def journal_subject(self) -> str:
        return self.company.name_vi

    @property
    def neighbours(self) -> "models.QuerySet[NeighbourWish]":
        """Whom it would like to stand near, then whom not beside."""
        return self.neighbour_wishes.select_related("company")

    @property
    def block(self) -> "models.QuerySet[Household]":
        """The households of its group, each with its exhibitor's page once there is one."""
        return block_of(self)

    @property
    def keeps_together(self) -> bool:
        """Whether the booths it chooses in the live sale have to touch: a group's, which has not agreed otherwise."""
        return self.is_group and self.side_by_side and self.edition.sale_terms.groups_together

    @property
    def households_missing(self) -> int:
        """How many households a group has still to name before it can be handed in."""
        named = len(self.households.all()) if self.is_group else 0  # counted without a query where they were fetched
        return max(0, self.edition.sale_terms.households_from - named) if self.is_group else 0

    @property
    def households_until(self) -> date:
        """The last day on which a group that has handed in may change its households: at the latest the opening."""
        return self.edition.sale_terms.households_until or self.edition.opens_on

    @property
    def households_may_change(self) -> bool:
        """Whether a group has handed in and that day has not passed."""
        handed_in = self.state in self.LIVE and self.state != self.State.DRAFT
        return self.is_group and handed_in and clock.today(self.edition) <= self.households_until

    @property
    def appeal_until(self) -> date:
        """The last day on which a refusal can be appealed against."""
        refused_on = self.state_changed_at.astimezone(self.edition.zone).date()
        return refused_on + timedelta(days=self.edition.sale_terms.appeal_days)


class BoothWish(models.Model):
    """A booth the applicant would like, in the order of liking."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="booth_wishes")
    booth = models.ForeignKey("booths.Booth", models.CASCADE, related_name="wishes")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("booth wished for")
        verbose_name_plural = _("booths wished for")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["application", "booth"], name="one_wish_a_booth"),
            models.UniqueConstraint(fields=["application", "rank"], name="one_wish_a_rank"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}: {self.booth_id}"


class NeighbourWish(models.Model):
    """Whom the applicant would like to stand near, or never beside."""

    class Kind(models.TextChoices):
        NEAR = "near", _("near")
        APART = "apart", _("not beside")

    application = models.ForeignKey(Application, models.CASCADE, related_name="neighbour_wishes")
    company = models.ForeignKey("fairs.Company", models.CASCADE, related_name="+")
    kind = models.CharField(_("wish"), max_length=6, choices=Kind)

    class Meta:
        verbose_name = _("wish for a neighbour")
        verbose_name_plural = _("wishes for neighbours")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "company"], name="one_wish_a_neighbour"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.company_id}"


class Household(models.Model):
    """A co-exhibitor of a group's application, with passes of its own; it has its company once that is handed in."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="households")
    company = models.ForeignKey("fairs.Company", models.PROTECT, null=True, blank=True, related_name="group_places")
    name = NameField(_("name of the household"))
    person_in_charge = NameField(_("person in charge"), blank=True)
    craft = NameField(_("craft"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    passes = models.PositiveSmallIntegerField(_("passes"), default=2)

    class Meta:
        verbose_name = _("household of a group")
        verbose_name_plural = _("households of a group")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "company"], name="one_place_a_household"),
        ]

    def __str__(self) -> str:
        return self.name


class RulesText(models.Model):
    """The rules of an edition in one version; an application names the one that was accepted."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="rules_texts")
    version = models.CharField(_("version"), max_length=20)
    text_vi = models.TextField(_("text in Vietnamese"))
    text_en = models.TextField(_("text in English"))
    published_at = models.DateTimeField(default=clock.now)

    objects = FloorQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules of the fair")
        verbose_name_plural = _("rules of the fair")
        ordering = ["-published_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "version"], name="one_text_a_version")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.version}"

    @property
    def journal_subject(self) -> str:
        return self.version
