"""A sample that a buyer keeps: a tag with a code ties it to its product, its maker, the buyer and the contract."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models.fields import NameField, amount_field, currency_field
from fairs.states import Stateful, Transition
from matchmaking.models.deal import Deal
from matchmaking.models.follow_up import new_token
from matchmaking.sample_querysets import SampleQuerySet


class Sample(Stateful):
    """One tag: printed without saying anything, tied to a product when the sample is handed over."""

    class State(models.TextChoices):
        PRINTED = "printed", _("Tag printed")
        HANDED = "handed", _("Handed over")
        KEPT = "kept", _("The buyer has it")
        VOID = "void", _("Tag thrown away")

    TRANSITIONS: ClassVar = {
        "hand_over": Transition((State.PRINTED, State.HANDED), State.HANDED),
        "keep": Transition((State.HANDED,), State.KEPT),
        "throw_away": Transition((State.PRINTED,), State.VOID),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PRINTED)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="samples")
    exhibitor = models.ForeignKey("fairs.Participation", models.PROTECT, related_name="samples_given")
    number = models.PositiveIntegerField(_("number"))
    token = models.CharField(max_length=40, unique=True, default=new_token)
    made_at = models.DateTimeField(_("printed"), default=clock.now)
    # The name stays when the product is taken out of the catalogue.
    product = models.ForeignKey("fairs.Product", models.SET_NULL, null=True, blank=True, verbose_name=_("product"))
    goods = NameField(_("product"), max_length=500, blank=True)
    currency = currency_field(verbose_name=_("currency"), blank=True)
    price = amount_field(verbose_name=_("price named"), null=True, blank=True)
    importer = models.ForeignKey(
        "fairs.Participation", models.PROTECT, null=True, blank=True, related_name="samples_kept"
    )
    deal = models.ForeignKey(Deal, models.SET_NULL, null=True, blank=True, related_name="samples")
    handed_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    kept_at = models.DateTimeField(_("kept"), null=True, blank=True)

    objects = SampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        ordering = ["-number", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "number"], name="one_sample_a_number"),
            models.CheckConstraint(
                condition=Q(state__in=["printed", "void"], handed_at=None, goods="", importer=None)
                | Q(state__in=["handed", "kept"], handed_at__isnull=False) & ~Q(goods=""),
                name="a_sample_handed_over_is_something",
            ),
            models.CheckConstraint(
                condition=Q(price=None, currency="") | Q(price__gte=0) & ~Q(currency=""),
                name="a_price_has_its_currency",
            ),
            models.CheckConstraint(
                condition=~Q(state="kept") | Q(importer__isnull=False, kept_at__isnull=False),
                name="who_keeps_it_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor_id} #{self.number}"

    @property
    def company_id(self) -> int:
        """The exhibitor's company, on whose behalf the journal files it."""
        return self.exhibitor.company_id

    @property
    def journal_subject(self) -> str:
        return f"#{self.number}"
