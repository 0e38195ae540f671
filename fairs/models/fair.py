"""The fair itself: series, editions, their days, papers and programme."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fairs.models.fields import NameField, currency_field
from fairs.querysets import EditionQuerySet, ParticipationQuerySet

if TYPE_CHECKING:
    from fairs.permissions import Actor

RESERVED_SLUGS = [
    "accounts",
    "admin",
    "api",
    "files",
    "gate",
    "healthz",
    "i18n",
    "me",
    "readyz",
    "static",
    "ws",
    "c",
    "set-up",
]
slug_is_free = RegexValidator(
    rf"^(?:{'|'.join(RESERVED_SLUGS)})$",
    _("This address is used by the site itself."),
    "reserved",
    inverse_match=True,
)


class Series(models.Model):
    """A fair that comes back, such as a yearly gift show, and the body that runs it."""

    slug = models.SlugField(_("address"), unique=True)
    name_vi = NameField(_("name in Vietnamese"))
    name_en = NameField(_("name in English"))
    short_name = NameField(_("short name"), max_length=60)
    host_vi = NameField(_("host, in Vietnamese"), blank=True)
    host_en = NameField(_("host, in English"), blank=True)
    operator_vi = NameField(_("operator, in Vietnamese"), blank=True)
    operator_en = NameField(_("operator, in English"), blank=True)
    address = NameField(_("address of the operator"), max_length=500, blank=True)
    tax_code = models.CharField(_("tax code of the operator"), max_length=20, blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    email = models.EmailField(_("e-mail for buyers"), blank=True)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.short_name


class PastResult(models.Model):
    """What a series brought in earlier years, as one total of a period, with where the figure stands in print.

    Nothing is known of the single editions, so it is never parted and never added to what is measured. `figure` names
    the figure of the report beside which it stands.
    """

    series = models.ForeignKey(Series, models.CASCADE, related_name="past_results")
    period = models.CharField(_("period"), max_length=30, blank=True)
    figure = models.CharField(_("figure of the report"), max_length=40, blank=True)
    on_home = models.BooleanField(_("shown on the first page of a fair"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    value_vi = models.CharField(_("figure, as written in Vietnamese"), max_length=30)
    value_en = models.CharField(_("figure, as written in English"), max_length=30)
    text_vi = NameField(_("meaning in Vietnamese"))
    text_en = NameField(_("meaning in English"))
    source_vi = NameField(_("source in Vietnamese"), blank=True)
    source_en = NameField(_("source in English"), blank=True)

    class Meta:
        verbose_name = _("past result")
        verbose_name_plural = _("past results")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.value_vi} {self.text_vi}"


class Edition(models.Model):
    """One holding of a fair; its number is typed by the organiser, never computed."""

    class Kind(models.TextChoices):
        OWN = "own", _("Own fair")
        HOME = "home", _("Another organiser’s fair at home")
        OVERSEAS = "overseas", _("Fair overseas")

    series = models.ForeignKey(Series, models.PROTECT, related_name="editions", verbose_name=_("series"))
    slug = models.SlugField(_("address"), unique=True, validators=[slug_is_free])
    number = models.PositiveSmallIntegerField(_("number of the edition"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OWN)
    name_vi = NameField(_("name in Vietnamese"))
    name_en = NameField(_("name in English"))
    theme_vi = NameField(_("theme in Vietnamese"), blank=True)
    theme_en = NameField(_("theme in English"), blank=True)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Ho_Chi_Minh")
    venue_vi = NameField(_("venue in Vietnamese"))
    venue_en = NameField(_("venue in English"))
    venue_address = NameField(_("address of the venue"), max_length=500, blank=True)
    country = models.CharField(_("country"), max_length=2, default="VN")
    published = models.BooleanField(_("shown to the public"), default=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-opens_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="edition_closes_after_it_opens")
        ]

    def __str__(self) -> str:
        return self.name_vi

    def clean(self) -> None:
        """Refuse a time zone that does not exist, and a last day before the first."""
        if self.time_zone not in available_timezones():
            raise ValidationError({"time_zone": _("There is no such time zone. An example is Asia/Ho_Chi_Minh.")})
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": _("The last day comes after the first.")})

    def visible_for(self, person: "Actor") -> bool:
        """The same as being among `Edition.objects.visible_to`, for one that is at hand."""
        if self.published:
            return True
        return bool(person.is_authenticated and (person.is_superuser or person.roles_in(self)))

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which every time of this edition is shown."""
        return ZoneInfo(self.time_zone)

    @property
    def code(self) -> str:
        """Letters and digits of the address, for numbers on papers: hgs-2018 gives HGS18."""
        letters, _dash, year = self.slug.upper().rpartition("-")
        return (
            f"{letters.replace('-', '')}{year[-2:]}"
            if year.isdigit() and letters
            else self.slug.upper().replace("-", "")
        )

    @property
    def edition(self) -> "Edition":
        """Itself, so that permissions ask an edition like everything that belongs to one."""
        return self

    @property
    def journal_subject(self) -> str:
        return self.slug


class OpeningDay(models.Model):
    """A day of an edition with its hours."""

    class Audience(models.TextChoices):
        TRADE = "trade", _("Trade buyers")
        PUBLIC = "public", _("Everybody")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="days")
    date = models.DateField(_("day"))
    opens_at = models.TimeField(_("opens at"))
    closes_at = models.TimeField(_("closes at"))
    audience = models.CharField(_("for"), max_length=8, choices=Audience, default=Audience.TRADE)

    class Meta:
        verbose_name = _("opening day")
        verbose_name_plural = _("opening days")
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "date"], name="one_opening_a_day"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="day_closes_after_it_opens"),
        ]

    def __str__(self) -> str:
        return self.date.isoformat()

    @property
    def starts(self) -> datetime:
        """The aware moment the doors open."""
        return datetime.combine(self.date, self.opens_at, self.edition.zone)

    @property
    def ends(self) -> datetime:
        """The aware moment the doors close."""
        return datetime.combine(self.date, self.closes_at, self.edition.zone)


class LegalPaper(models.Model):
    """An official paper on which an edition rests."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="legal_papers")
    number = models.CharField(_("number and symbol"), max_length=60)
    issued_on = models.DateField(_("date"))
    issuer_vi = NameField(_("issuer in Vietnamese"))
    issuer_en = NameField(_("issuer in English"), blank=True)
    subject_vi = NameField(_("subject in Vietnamese"), max_length=500)
    subject_en = NameField(_("subject in English"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to="legal/%Y", blank=True)

    class Meta:
        verbose_name = _("legal paper")
        verbose_name_plural = _("legal papers")
        ordering = ["issued_on", "number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="one_legal_paper_a_number")]

    def __str__(self) -> str:
        return self.number

    @property
    def journal_subject(self) -> str:
        return self.number


class ProgrammeItem(models.Model):
    """Something that happens at a time and place of the fair."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="programme")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    title_vi = NameField(_("title in Vietnamese"))
    title_en = NameField(_("title in English"))
    place_vi = NameField(_("place in Vietnamese"), blank=True)
    place_en = NameField(_("place in English"), blank=True)

    class Meta:
        verbose_name = _("programme item")
        verbose_name_plural = _("programme")
        ordering = ["starts_at", "pk"]

    def __str__(self) -> str:
        return self.title_vi


class Participation(models.Model):
    """A company's part in one edition."""

    class Role(models.TextChoices):
        EXHIBITOR = "exhibitor", _("Exhibitor")
        IMPORTER = "importer", _("Importer")

    class State(models.TextChoices):
        ACTIVE = "active", _("Takes part")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="participations")
    company = models.ForeignKey("fairs.Company", models.PROTECT, related_name="participations")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE)
    pass_quota = models.PositiveSmallIntegerField(_("passes allowed"), default=4)
    # The province's name belongs to the date of the edition: it is copied here and stays.
    province = models.ForeignKey("fairs.Province", models.PROTECT, null=True, blank=True)
    # A household of a craft village stands in the block of the group that applied for it.
    host = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="guests")

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["company__folded", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "company", "role"], name="one_part_a_company_and_role")
        ]

    def __str__(self) -> str:
        return f"{self.company_id} {self.role}"


class ExchangeRate(models.Model):
    """What one unit of a currency was worth in US dollars on a day, by a named source."""

    currency = currency_field(verbose_name=_("currency"))
    date = models.DateField(_("date"))
    usd = models.DecimalField(_("US dollars for one unit"), max_digits=18, decimal_places=10)
    source = NameField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["-date", "currency"]
        get_latest_by = "date"
        constraints = [
            models.UniqueConstraint(fields=["currency", "date"], name="one_rate_a_day"),
            models.CheckConstraint(condition=Q(usd__gt=0), name="rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.date}"
