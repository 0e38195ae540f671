"""An importer's way into one edition."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buyers.models.wishes import WISHES_HOLD, Wishes
from buyers.querysets import RegistrationQuerySet
from fairs.models.fields import NameField
from fairs.states import Stateful, Transition


class Registration(Wishes, Stateful):
    """One person of an importing company who wants to come to an edition."""

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        REGISTERED = "registered", _("Waiting for approval")
        MORE = "more", _("Asked for more")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    # Registered and still coming; and all who ever registered, whatever was decided.
    COMING = (State.REGISTERED, State.MORE, State.APPROVED)
    FILLED_IN = (*COMING, State.DECLINED)

    class Volume(models.TextChoices):
        UNKNOWN = "", _("Not stated")
        SMALL = "small", _("Under US$100,000 a year")
        MIDDLE = "middle", _("US$100,000 to 1 million a year")
        LARGE = "large", _("US$1 to 10 million a year")
        GREAT = "great", _("Over US$10 million a year")

    LASTING: ClassVar = ("edition", "company", "person")
    TRANSITIONS: ClassVar = {
        "register": Transition((State.INVITED,), State.REGISTERED),
        "ask": Transition((State.REGISTERED,), State.MORE),
        "answer": Transition((State.MORE,), State.REGISTERED),
        "approve": Transition((State.REGISTERED, State.MORE, State.DECLINED), State.APPROVED),
        "decline": Transition((State.REGISTERED, State.MORE), State.DECLINED),
        "withdraw": Transition((State.INVITED, State.REGISTERED, State.MORE, State.APPROVED), State.WITHDRAWN),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.REGISTERED)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="registrations")
    company = models.ForeignKey("fairs.Company", models.PROTECT, related_name="registrations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="registrations")
    # Given with the approval.
    grade = models.ForeignKey(
        "buyers.Grade", models.PROTECT, null=True, blank=True, related_name="registrations", verbose_name=_("grade")
    )
    product_groups = models.ManyToManyField("fairs.ProductGroup", blank=True, verbose_name=_("looking for"))
    volume = models.CharField(_("purchases"), max_length=8, choices=Volume, blank=True)
    languages = models.CharField(
        _("languages spoken"), max_length=60, blank=True, help_text=_("Codes with commas: en,ja")
    )
    interest = models.TextField(_("what you look for"), blank=True)
    registered_at = models.DateTimeField(_("registered"), null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reason = NameField(_("reason of the decision"), max_length=500, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("importer’s registration")
        verbose_name_plural = _("importers’ registrations")
        ordering = ["registered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "person"],
                condition=~Q(state="withdrawn"),
                name="one_live_registration_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(grade__isnull=False), name="approved_importer_has_a_grade"
            ),
            *WISHES_HOLD,
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.company})"

    @property
    def hosted(self) -> bool:
        """Whether the fair pays a part of the journey."""
        return self.grade is not None and self.grade.hosted

    @property
    def journal_subject(self) -> str:
        return self.company.name_vi
