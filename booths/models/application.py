"""An exhibitor's request for booths."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booths.querysets import ApplicationQuerySet
from fairs.models import Company
from fairs.models.fields import NameField
from fairs.states import Stateful, Transition


class Application(Stateful):
    """One company's wish to exhibit at an edition, from draft to decision."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Handed in")
        ACCEPTED = "accepted", _("Accepted")
        WAITLISTED = "waitlisted", _("Waiting list")
        REJECTED = "rejected", _("Not accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    LIVE = (State.DRAFT, State.SUBMITTED, State.ACCEPTED, State.WAITLISTED)
    TRANSITIONS: ClassVar = {
        "submit": Transition((State.DRAFT,), State.SUBMITTED),
        "accept": Transition((State.SUBMITTED, State.WAITLISTED), State.ACCEPTED),
        "waitlist": Transition((State.SUBMITTED,), State.WAITLISTED),
        "reject": Transition((State.SUBMITTED, State.WAITLISTED), State.REJECTED),
        "withdraw": Transition((State.DRAFT, State.SUBMITTED, State.ACCEPTED, State.WAITLISTED), State.WITHDRAWN),
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
    zones = models.ManyToManyField("booths.Zone", blank=True, verbose_name=_("zones wished for"))
    wishes = models.TextField(_("other wishes"), blank=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    # An officer who typed it in for somebody without a phone or an e-mail.
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reason = NameField(_("reason of the decision"), max_length=500, blank=True)
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
                condition=Q(state__in=["draft", "submitted", "accepted", "waitlisted"]),
                name="one_live_application_a_company",
            ),
            models.CheckConstraint(condition=Q(booth_count__gte=1), name="application_for_a_booth_at_least"),
        ]

    def __str__(self) -> str:
        return f"{self.company} ({self.booth_count})"

    @property
    def journal_subject(self) -> str:
        return self.company.name_vi


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
