"""The gates of a fair, who may pass them when, the devices that read there, and every reading."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buyers.models.badge import Badge
from buyers.querysets import DeviceQuerySet, GateQuerySet, ScanQuerySet
from fairs import clock
from fairs.models.fields import NameField
from fairs.states import Stateful, Transition

if TYPE_CHECKING:
    from fairs.models import Edition


class GateRules(models.Model):
    """What holds at all gates of an edition; where none were set, these."""

    edition = models.OneToOneField("fairs.Edition", models.CASCADE, related_name="gate_rules")
    again_minutes = models.PositiveSmallIntegerField(
        _("minutes before a badge counts as another entry"),
        default=10,
        help_text=_("Read again sooner, and without having gone out, it is the same entry."),
    )
    wipe_days = models.PositiveSmallIntegerField(
        _("days after the fair until devices forget the list of badges"), default=1
    )

    class Meta:
        verbose_name = _("rules of the gates")
        verbose_name_plural = _("rules of the gates")

    def __str__(self) -> str:
        return f"{self.again_minutes} min"

    @classmethod
    def of(cls, edition: "Edition") -> "GateRules":
        """Those of the edition, or the usual ones."""
        return getattr(edition, "gate_rules", None) or cls(edition=edition)

    @property
    def again_after(self) -> timedelta:
        """How old the last entry must be for the next one to count."""
        return timedelta(minutes=self.again_minutes)

    @property
    def wipe_at(self) -> datetime:
        """The moment from which no device may know who comes: the end of that day at the place of the fair."""
        day = self.edition.closes_on + timedelta(days=self.wipe_days + 1)
        return datetime.combine(day, time.min, self.edition.zone)


class Area(models.Model):
    """A part of the fair with gates of its own, such as a hall or a lounge."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="areas")
    name_vi = NameField(_("name in Vietnamese"), max_length=100)
    name_en = NameField(_("name in English"), max_length=100)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "name_vi"], name="one_area_a_name")]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def journal_subject(self) -> str:
        return self.name_vi


class AccessRule(models.Model):
    """A time in which badges of a kind open the gates of an area, or of the fair as a whole.

    An area without rules of its own is open to all who may enter the fair.
    """

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="access_rules")
    kind = models.CharField(_("kind of badge"), max_length=15, choices=Badge.Kind)
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="rules", verbose_name=_("area"))
    begins_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("rule of access")
        verbose_name_plural = _("rules of access")
        ordering = ["begins_at", "kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="access_ends_after_it_begins"),
            models.UniqueConstraint(fields=["edition", "kind", "area", "begins_at"], name="one_access_a_beginning"),
            models.UniqueConstraint(
                fields=["edition", "kind", "begins_at"],
                condition=Q(area=None),
                name="one_access_to_the_fair_a_beginning",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.begins_at:%d/%m %H:%M}"

    @property
    def journal_subject(self) -> str:
        return self.kind


class Gate(models.Model):
    """A door of the fair where badges are scanned."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="gates")
    name_vi = NameField(_("name in Vietnamese"), max_length=100)
    name_en = NameField(_("name in English"), max_length=100)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="gates", verbose_name=_("leads into"),
        help_text=_("Empty: into the fair. Only entries there count as visits."),
    )  # fmt: skip
    per_minute = models.PositiveSmallIntegerField(
        _("people a minute it takes"), default=12, help_text=_("Near this number the page warns of a queue.")
    )

    objects = GateQuerySet.as_manager()

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "name_vi"], name="one_gate_a_name"),
            models.CheckConstraint(condition=Q(per_minute__gt=0), name="gate_takes_somebody"),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def journal_subject(self) -> str:
        return self.name_vi


class Device(Stateful):
    """A phone or tablet that reads badges at a gate, with or without a network, until it is cut off."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for its phone")
        ACTIVE = "active", pgettext_lazy("device", "In use")
        CUT_OFF = "cut_off", _("Cut off")

    TRANSITIONS: ClassVar = {
        "enrol": Transition((State.WAITING,), State.ACTIVE),
        "cut_off": Transition((State.WAITING, State.ACTIVE), State.CUT_OFF),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="devices")
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="devices", verbose_name=_("gate"))
    name = NameField(_("name"), max_length=60, help_text=_("As it can be told apart: whose phone, which colour."))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"), default=clock.now)
    # SHA-256 of what opens it: first the code of its QR, once and within a day, then its own key.
    key_hash = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField(_("last heard of"), null=True, blank=True)
    listed_at = models.DateTimeField(_("its list is of"), null=True, blank=True)
    unsent = models.PositiveIntegerField(_("readings not yet sent"), default=0)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("device at a gate")
        verbose_name_plural = _("devices at the gates")
        ordering = ["gate", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_subject(self) -> str:
        return self.name


class Scan(models.Model):
    """One reading of a badge at a gate: the event on which visitors are counted.

    `result` is what the screen said. Whether it counts as an entry is worked out from all readings of the badge
    (`buyers.entering.entries`), whatever the order in which they came.
    """

    class Direction(models.TextChoices):
        IN = "in", pgettext_lazy("gate", "In")
        OUT = "out", pgettext_lazy("gate", "Out")

    class Result(models.TextChoices):
        OK = "ok", _("Welcome")
        AGAIN = "again", _("Already in")
        REVOKED = "revoked", _("Badge no longer valid")
        WRONG_DAY = "wrong_day", _("Not now")
        WRONG_ZONE = "wrong_zone", _("Not this area")
        EXPIRED = "expired", _("Badge has expired")
        UNKNOWN = "unknown", _("Unknown badge")

    PASSED = (Result.OK, Result.AGAIN)  # the person stood in the door with a badge that was good for it

    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="scans")
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="scans")
    device = models.ForeignKey(Device, models.PROTECT, null=True, blank=True, related_name="scans")
    badge = models.ForeignKey(Badge, models.PROTECT, null=True, related_name="scans")
    at = models.DateTimeField(_("at"))  # by our clock: that of the device, corrected
    device_at = models.DateTimeField(_("at, by its own clock"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    result = models.CharField(_("result"), max_length=10, choices=Result)
    entered = models.BooleanField(_("counts as an entry"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    # The scanning device's own number for this reading: sent twice, it is counted once.
    key = models.CharField(max_length=80, unique=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["edition", "entered", "at"], name="entries_of_an_edition"),
            models.Index(fields=["badge", "-at"], name="scans_of_a_badge"),
            models.Index(fields=["gate", "-at"], name="scans_of_a_gate"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(entered=False) | Q(direction="in", badge__isnull=False, result__in=["ok", "again"]),
                name="only_who_came_in_has_entered",
            )
        ]

    def __str__(self) -> str:
        return f"{self.result} {self.at:%H:%M}"

    @cached_property
    def entry_before(self) -> Any:
        """The entry before this reading at the gates of the same area, with `at` and `gate_id`; None for the first."""
        earlier = Scan.objects.filter(entered=True, badge=self.badge_id, gate__area=self.gate.area_id, at__lte=self.at)
        return earlier.exclude(pk=self.pk).order_by("-at", "-pk").first()

    @property
    def face(self) -> dict[str, Any]:
        """What an answer at the gate shows of the badge: name, company, kind; nothing for an unknown one."""
        if self.badge is None:
            return {}
        return {"name": self.badge.person.full_name, "company": self.badge.whose, "kind": self.badge.kind}
