"""People, the companies they belong to, and the roles they hold for an edition."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fairs import clock
from fairs.models.fields import FoldedField, KeyField, NameField
from fairs.models.offers import PriceBand
from fairs.querysets import CompanyQuerySet, InvitationQuerySet, PersonQuerySet
from fairs.relations import editions_of

if TYPE_CHECKING:
    from fairs.models import Edition, Series

COMPANY_DESKS = {"director", "booth_desk", "importer_desk"}


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Makes people; an e-mail is kept in lower case, and missing for those who never sign in."""

    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> "Person":
        """A person; without a password only a one-time code opens the door, without an e-mail nothing does."""
        person: Person = self.model(email=email.strip().lower() if email else None, **fields)
        person.set_password(password) if password else person.set_unusable_password()
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """The administrator of this installation, whose e-mail is believed."""
        from fairs.letterboxes import prove  # it needs the models of other apps

        fields.setdefault("full_name", email)
        person = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        prove(person)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """A human being at the fair, whether they sign in or not."""

    class Honorific(models.TextChoices):
        NONE = "", _("Not stated")
        MR = "mr", _("Mr")
        MS = "ms", _("Ms")

    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    full_name = NameField(_("full name"))
    given_name = NameField(_("name on the badge"), max_length=100, blank=True)
    original_name = NameField(_("name in its own script"), blank=True)
    honorific = models.CharField(_("form of address"), max_length=4, choices=Honorific, blank=True)
    job_title = NameField(_("position"), max_length=150, blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    language = models.CharField(_("language"), max_length=8, default="vi")
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    joined_at = models.DateTimeField(default=clock.now, editable=False)
    # Their data is used for the fair itself and nothing else; see fairs.actions.restrictions.
    restricted_at = models.DateTimeField(_("use restricted"), null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)
    folded = FoldedField("full_name", "email")
    mail_key = KeyField("email", "domain")  # the house they write from; see fairs.domains

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["folded", "pk"]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        """Keep the e-mail as the manager does."""
        self.email = self.email.strip().lower() if self.email else None

    @property
    def badge_name(self) -> str:
        """What stands largest on the badge."""
        return self.given_name or self.full_name

    @cached_property
    def company_ids(self) -> frozenset[int]:
        """The companies this person acts for."""
        return frozenset(self.memberships.values_list("company_id", flat=True))

    @cached_property
    def second_factor(self) -> bool:
        """Whether an app on their phone shows codes that only they have; signing in asks for one."""
        return bool(apps.get_model("mfa", "Authenticator").objects.filter(user=self, type="totp").exists())

    def roles_in(self, edition: "Edition") -> frozenset[str]:
        """The organiser's roles this person holds for an edition, by itself or through its series."""
        return frozenset(
            role
            for role, edition_id, series_id in self._offices
            if edition.pk == edition_id or edition.series_id == series_id
        )

    def directs(self, series: "Series") -> bool:
        """Whether this person is a director of the series or of any edition of it."""
        directing = self.offices.filter(role=Officer.Role.DIRECTOR)
        return directing.filter(Q(series=series) | Q(edition__series=series)).exists()

    def looks_after(self, company: "Company") -> bool:
        """Whether this person is at the desk of an edition in which the company takes part, and which is not over."""
        parts = company.participations.filter(state="active").select_related("edition")
        coming = [part.edition for part in parts if part.edition.closes_on >= clock.today(part.edition)]
        return any(self.roles_in(edition) & COMPANY_DESKS for edition in coming)

    def may_merge(self, company: "Company") -> bool:
        """Whether this person is at the desk of an edition that the company has to do with, if it has any."""
        from fairs.models import Edition  # this module is imported by it

        editions = list(Edition.objects.filter(pk__in=company.edition_ids))
        roles = {role for role, _edition, _series in self._offices} if not editions else set()
        return bool(roles & COMPANY_DESKS) or any(self.roles_in(edition) & COMPANY_DESKS for edition in editions)

    @cached_property
    def _offices(self) -> list[tuple[str, int | None, int | None]]:
        return list(self.offices.values_list("role", "edition_id", "series_id"))


class Company(models.Model):
    """A household, cooperative, company or importer, which lives across editions."""

    class LegalForm(models.TextChoices):
        HOUSEHOLD = "household", _("Household business")
        COOPERATIVE = "cooperative", _("Cooperative")
        COMPANY = "company", pgettext_lazy("legal form", "Company")
        ASSOCIATION = "association", _("Association or village")
        ARTISAN = "artisan", _("Artisan")
        PUBLIC = "public", _("Public body")

    name_vi = NameField(_("name in Vietnamese"))
    name_en = NameField(_("name in English"), blank=True)
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm, default=LegalForm.COMPANY)
    tax_code = models.CharField(_("tax code"), max_length=20, blank=True)
    country = models.CharField(_("country or territory"), max_length=2, default="VN")
    province = models.ForeignKey("fairs.Province", models.PROTECT, null=True, blank=True, verbose_name=_("province"))
    craft_village = models.ForeignKey(
        "fairs.CraftVillage", models.PROTECT, null=True, blank=True, verbose_name=_("craft village")
    )
    address = NameField(_("address"), max_length=500, blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    about_vi = models.TextField(_("about, in Vietnamese"), blank=True)
    about_en = models.TextField(_("about, in English"), blank=True)
    product_groups = models.ManyToManyField("fairs.ProductGroup", blank=True, verbose_name=_("product groups"))
    # Codes with commas, as on an importer's registration: en,ja and US,JP.
    languages = models.CharField(_("languages spoken at the booth"), max_length=60, blank=True)
    export_markets = models.CharField(_("countries it sells to"), max_length=300, blank=True)
    people = models.ManyToManyField(Person, through="Membership", related_name="companies")
    # A duplicate points to the company that it was merged into, and is shown nowhere else.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    folded = FoldedField("name_vi", "name_en", "tax_code")
    # By these a duplicate is found; see fairs.duplicates.
    name_key = KeyField("name_vi", "name")
    phone_key = KeyField("phone", "phone")
    tax_key = KeyField("tax_code", "tax")
    site_key = KeyField("website", "domain")
    mail_key = KeyField("email", "domain")

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ["folded", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "tax_code"], condition=~Q(tax_code=""), name="one_company_a_tax_code"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="company_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def edition_ids(self) -> set[int]:
        """The editions it has to do with."""
        return editions_of(self)

    @property
    def resident(self) -> bool:
        """Whether Vietnamese currency rules treat it as a resident: prices in VND only."""
        return self.country == "VN"

    @property
    def journal_subject(self) -> str:
        return self.name_vi


class Product(models.Model):
    """Something a company makes and brings to fairs."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="products")
    product_group = models.ForeignKey("fairs.ProductGroup", models.PROTECT, verbose_name=_("product group"))
    name_vi = NameField(_("name in Vietnamese"))
    name_en = NameField(_("name in English"), blank=True)
    hs_code = models.CharField(_("HS code"), max_length=10, blank=True)
    minimum_order = models.PositiveIntegerField(_("minimum order"), null=True, blank=True)
    monthly_capacity = models.PositiveIntegerField(_("capacity a month"), null=True, blank=True)
    lead_days = models.PositiveIntegerField(_("lead time in days"), null=True, blank=True)
    price_band = models.CharField(_("price when bought from the maker"), max_length=8, choices=PriceBand, blank=True)
    materials = models.ManyToManyField("fairs.Material", blank=True, verbose_name=_("materials"))
    photo = models.ImageField(_("photo"), upload_to="products/", blank=True, db_index=True)
    folded = FoldedField("name_vi", "name_en", "hs_code")

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(price_band__in=PriceBand.values), name="price_band_of_goods_is_known"),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def photo_token(self) -> str:
        """What tells its photo apart in an address; nothing without one."""
        return Path(self.photo.name or "").name.removesuffix("-large.jpg")


class Membership(models.Model):
    """A person acting for a company."""

    class Role(models.TextChoices):
        ADMIN = "admin", _("In charge")
        STAFF = "staff", _("Staff")

    company = models.ForeignKey(Company, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.ADMIN)
    # Whoever entered a household with its group acts for it as long as it stands in a block of theirs.
    on_behalf = models.BooleanField(_("on its behalf"), default=False, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["company", "person"], name="one_membership_a_person_and_company")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.company_id}"


class Invitation(models.Model):
    """Somebody asked to act for a company, who has not said yes: until then the company is closed to them, and to the
    company they are the e-mail and the name that it typed.
    """

    company = models.ForeignKey(Company, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    full_name = NameField(_("name as it was typed"))
    email = models.EmailField(_("e-mail as it was typed"))
    role = models.CharField(_("role"), max_length=8, choices=Membership.Role, default=Membership.Role.STAFF)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "person"], name="one_invitation_a_person_and_company")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} > {self.company_id}"


class Officer(models.Model):
    """A role of the organiser, granted for one edition or a whole series."""

    class Role(models.TextChoices):
        DIRECTOR = "director", _("Fair director")
        BOOTH_DESK = "booth_desk", _("Booth desk")
        FINANCE = "finance", _("Finance")
        IMPORTER_DESK = "importer_desk", _("Importer desk")
        GATE = "gate", _("Gate")
        MATCHMAKING = "matchmaking_desk", _("Meeting desk")
        REPORTS = "reports", _("Reports")
        REVIEWER = "reviewer", _("Jury")
        VISA = "visa", _("Visa officer")
        PRIVACY = "privacy", _("Privacy officer")

    person = models.ForeignKey(Person, models.CASCADE, related_name="offices")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    series = models.ForeignKey("fairs.Series", models.CASCADE, null=True, blank=True, related_name="officers")
    edition = models.ForeignKey("fairs.Edition", models.CASCADE, null=True, blank=True, related_name="officers")

    class Meta:
        verbose_name = _("officer")
        verbose_name_plural = _("officers")
        constraints = [
            models.CheckConstraint(
                condition=Q(series__isnull=True) ^ Q(edition__isnull=True),
                name="officer_of_a_series_or_an_edition",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "edition"], condition=Q(series=None), name="one_office_an_edition"
            ),
            models.UniqueConstraint(
                fields=["person", "role", "series"], condition=Q(edition=None), name="one_office_a_series"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id}"

    @property
    def journal_subject(self) -> str:
        return self.role
