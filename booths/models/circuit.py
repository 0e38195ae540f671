"""What the floor bears: watts on each circuit, open flames in each zone."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from booths.querysets import FloorQuerySet
from fairs.models.fields import NameField


class Circuit(models.Model):
    """A circuit and what hangs on it: booths named one by one, else those of a zone, of a hall, or of both.

    `load` is what live orders draw, in watts; a constraint keeps it within the share that may be used.
    """

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="circuits")
    code = models.CharField(_("code"), max_length=20)
    name_vi = NameField(_("name in Vietnamese"), max_length=100, blank=True)
    name_en = NameField(_("name in English"), max_length=100, blank=True)
    hall = models.ForeignKey(
        "booths.Hall", models.SET_NULL, null=True, blank=True, related_name="circuits", verbose_name=_("hall")
    )
    zone = models.ForeignKey(
        "booths.Zone", models.SET_NULL, null=True, blank=True, related_name="circuits", verbose_name=_("zone")
    )
    watts = models.PositiveIntegerField(_("watts it carries"))
    share_percent = models.PositiveSmallIntegerField(_("percent of it that may be used"), default=80)
    load = models.PositiveIntegerField(default=0, editable=False)

    objects = FloorQuerySet.as_manager()

    class Meta:
        verbose_name = _("circuit")
        verbose_name_plural = _("circuits")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="one_circuit_a_code"),
            models.CheckConstraint(
                condition=Q(share_percent__gte=1, share_percent__lte=100), name="circuit_used_in_part"
            ),
            models.CheckConstraint(
                condition=Q(load__lte=F("watts") * F("share_percent") / 100), name="circuit_never_overloaded"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def usable(self) -> int:
        """The watts that may be used."""
        return self.watts * self.share_percent // 100

    @property
    def left(self) -> int:
        """The watts that can still be ordered."""
        return max(0, self.usable - self.load)

    @property
    def journal_subject(self) -> str:
        return self.code


class CircuitBooth(models.Model):
    """A booth that hangs on a circuit whatever its hall and zone are; each on one only."""

    circuit = models.ForeignKey(Circuit, models.CASCADE, related_name="named_booths")
    booth = models.OneToOneField("booths.Booth", models.CASCADE, related_name="named_circuit")

    class Meta:
        verbose_name = _("booth on a circuit")
        verbose_name_plural = _("booths on circuits")
        ordering = ["booth__code"]

    def __str__(self) -> str:
        return f"{self.circuit_id} {self.booth_id}"


class FlameZone(models.Model):
    """How many open flames a zone bears; zero forbids them, and so does a zone without such a row."""

    zone = models.OneToOneField("booths.Zone", models.CASCADE, related_name="flames", verbose_name=_("zone"))
    allowed = models.PositiveSmallIntegerField(_("open flames allowed"), default=0)
    taken = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("open flames of a zone")
        verbose_name_plural = _("open flames of zones")
        ordering = ["zone__order", "pk"]
        constraints = [models.CheckConstraint(condition=Q(taken__lte=F("allowed")), name="flames_within_the_zone")]

    def __str__(self) -> str:
        return f"{self.zone_id} {self.taken}/{self.allowed}"

    @property
    def left(self) -> int:
        """How many more are allowed."""
        return max(0, self.allowed - self.taken)

    @property
    def edition_id(self) -> int:
        """The edition of its zone."""
        return self.zone.edition_id

    @property
    def journal_subject(self) -> str:
        return self.zone.name_vi
