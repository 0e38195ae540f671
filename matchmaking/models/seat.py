"""Who sits at meetings, at which tables, with whose help; and the time that all of it takes."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fairs.models.fields import NameField
from matchmaking.querysets import ResourceQuerySet, SeatQuerySet

# What every meeting is a whole number of, for ever: rules may change, and old rows still compare with new ones.
BASE = timedelta(minutes=5)


class Seat(models.Model):
    """Somebody who meets for a side: an exhibitor receives at as many seats at once as it has open ones.

    A side that names nobody has seat 1.
    """

    part = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField(_("seat"))
    name = NameField(_("name"), max_length=150)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="seats")
    languages = models.CharField(_("languages spoken"), max_length=60, blank=True)  # codes with commas: vi,en
    open = models.BooleanField(_("meets"), default=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["part", "number"], name="one_seat_a_number"),
            models.UniqueConstraint(fields=["part", "person"], name="one_seat_a_person"),
            models.CheckConstraint(condition=Q(number__gt=0), name="seats_count_from_one"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def spoken(self) -> frozenset[str]:
        """The codes of the languages they speak; none when they have not said."""
        return codes(self.languages)

    @property
    def edition_id(self) -> int:
        """Under which the journal files it."""
        return self.part.edition_id

    @property
    def company_id(self) -> int:
        """The company they meet for."""
        return self.part.company_id


class Table(models.Model):
    """A numbered table where people meet."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="tables")
    hall = models.ForeignKey("booths.Hall", models.PROTECT, null=True, blank=True, verbose_name=_("hall"))
    number = models.PositiveSmallIntegerField(_("number"))
    open = models.BooleanField(_("in use"), default=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("table")
        verbose_name_plural = _("tables")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="one_table_a_number")]

    def __str__(self) -> str:
        return _now("Table %(number)s") % {"number": self.number}


class Interpreter(models.Model):
    """Somebody who translates at meetings, between any two of their languages."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="interpreters")
    name = NameField(_("name"), max_length=150)
    languages = models.CharField(_("languages"), max_length=60)  # codes with commas: vi,en,ja
    open = models.BooleanField(_("takes bookings"), default=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("interpreter")
        verbose_name_plural = _("interpreters")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def spoken(self) -> frozenset[str]:
        """The codes of their languages."""
        return codes(self.languages)


class Shift(models.Model):
    """Hours at which an interpreter is there."""

    interpreter = models.ForeignKey(Interpreter, models.CASCADE, related_name="shifts")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))

    class Meta:
        verbose_name = _("hours of an interpreter")
        verbose_name_plural = _("hours of interpreters")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="shift_ends_after_it_starts"),
            models.UniqueConstraint(fields=["interpreter", "starts_at"], name="one_shift_a_beginning"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%d/%m %H:%M}"


class Occupancy(models.Model):
    """Five minutes of a seat, of a table or of an interpreter that are taken: never twice.

    Taken by an agreed meeting, by the way from one to the next hall after it, or by the person's own word that they are
    not there; the last has no meeting.
    """

    class Kind(models.TextChoices):
        MEETING = "meeting", _("Meeting")
        WAY = "way", _("Way to another hall")
        AWAY = "away", _("Not there")

    meeting = models.ForeignKey(
        "matchmaking.Meeting", models.CASCADE, null=True, blank=True, related_name="occupancies"
    )
    participation = models.ForeignKey(
        "fairs.Participation", models.CASCADE, null=True, blank=True, related_name="occupancies"
    )
    table = models.ForeignKey(Table, models.CASCADE, null=True, blank=True, related_name="occupancies")
    interpreter = models.ForeignKey(Interpreter, models.CASCADE, null=True, blank=True, related_name="occupancies")
    starts_at = models.DateTimeField()
    seat = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.MEETING)

    class Meta:
        verbose_name = _("occupied slot")
        verbose_name_plural = _("occupied slots")
        constraints = [
            models.UniqueConstraint(fields=["participation", "starts_at", "seat"], name="one_meeting_a_seat_and_slot"),
            models.UniqueConstraint(fields=["table", "starts_at"], name="one_meeting_a_table_and_slot"),
            models.UniqueConstraint(fields=["interpreter", "starts_at"], name="one_meeting_an_interpreter_and_slot"),
            models.CheckConstraint(
                condition=Q(participation__isnull=False, table=None, interpreter=None)
                | Q(participation=None, table__isnull=False, interpreter=None)
                | Q(participation=None, table=None, interpreter__isnull=False),
                name="a_slot_is_taken_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(kind="away", meeting=None) | (~Q(kind="away") & Q(meeting__isnull=False)),
                name="who_is_away_meets_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id or self.table_id or self.interpreter_id} {self.starts_at:%d/%m %H:%M}"


def cells(starts_at: datetime, ends_at: datetime) -> list[datetime]:
    """The base slots that a time touches, by their beginnings."""
    into = timedelta(minutes=starts_at.minute % (BASE.seconds // 60), seconds=starts_at.second)
    first = (starts_at - into).replace(microsecond=0)
    return [first + BASE * number for number in range(-(-(ends_at - first) // BASE))]


def codes(languages: str) -> frozenset[str]:
    """The codes in "vi,en"."""
    return frozenset(code.strip() for code in languages.split(",") if code.strip())
