"""Invitations sent in many: who was asked, when, and what became of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from buyers.campaign_querysets import CampaignQuerySet, InviteeQuerySet
from buyers.codes import new_invitation_token
from fairs import clock
from fairs.models.fields import NameField
from fairs.states import Stateful, Transition


class Campaign(Stateful):
    """One round of invitations of an edition, such as to the lacquer buyers of Japan."""

    class State(models.TextChoices):
        SENDING = "sending", _("Being sent")
        STOPPED = "stopped", _("Stopped")
        SENT = "sent", _("Sent")

    TRANSITIONS: ClassVar = {
        "stop": Transition((State.SENDING,), State.STOPPED),
        "resume": Transition((State.STOPPED,), State.SENDING),
        "finish": Transition((State.SENDING,), State.SENT),
    }

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SENDING)
    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="campaigns")
    name = NameField(_("name"), max_length=150)
    note = models.TextField(_("words of the organiser"), blank=True)
    made_at = models.DateTimeField(_("begun"), default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # How many were not asked, by the reason, so that the record says so for good.
    left_out = models.JSONField(default=dict)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of invitations")
        verbose_name_plural = _("rounds of invitations")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_subject(self) -> str:
        return self.name


class Invitee(models.Model):
    """One person asked to come to an edition, with the link that is theirs alone; it ends with the edition."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="invitees")
    # None for somebody invited by themselves.
    campaign = models.ForeignKey(Campaign, models.CASCADE, null=True, blank=True, related_name="invitees")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="asked")
    company = models.ForeignKey("fairs.Company", models.PROTECT, related_name="asked")
    product_groups = models.ManyToManyField("fairs.ProductGroup", blank=True, verbose_name=_("product groups"))
    token = models.CharField(max_length=40, unique=True, default=new_invitation_token)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    refused_at = models.DateTimeField(_("wants no more invitations"), null=True, blank=True)

    objects = InviteeQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation of an importer")
        verbose_name_plural = _("invitations of importers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "person"], name="one_invitation_a_person_and_edition"),
            models.CheckConstraint(
                condition=models.Q(asked_at__isnull=False) | models.Q(opened_at=None), name="asked_before_opened"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.edition_id}"
