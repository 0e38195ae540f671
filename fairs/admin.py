"""What the administration shows of the common ground."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fairs import models
from fairs.actions.people import close_account
from fairs.administration import Facts, show


@admin.register(models.Province)
class ProvinceFacts(Facts):
    list_display = ["code", "name_vi", "name_en", "kind", "region", "valid_from", "valid_to"]
    search_fields = ["folded", "code"]
    list_filter = ["region"]
    autocomplete_fields = ["successor"]


@admin.register(models.CraftVillage)
class CraftVillageFacts(Facts):
    list_display = ["slug", "name_vi", "craft_vi", "craft_en", "product_group"]
    search_fields = ["folded"]
    list_select_related = ["product_group"]


@admin.register(models.ProductGroup)
class ProductGroupFacts(Facts):
    list_display = ["code", "name_vi", "name_en", "kind"]
    search_fields = ["folded", "code"]


@admin.register(models.Material, models.Certificate)
class AskedForFacts(Facts):
    list_display = ["code", "name_vi", "name_en", "kind"]
    search_fields = ["folded", "code"]


class PastResults(admin.TabularInline[models.PastResult, models.Series]):
    model = models.PastResult
    extra = 0


@admin.register(models.Holiday)
class HolidayFacts(Facts):
    list_display = ["date", "name_vi", "name_en", "works"]


@admin.register(models.RequestTerm)
class RequestTermFacts(Facts):
    list_display = ["kind", "acknowledge_days", "days", "extension_days", "basis_vi"]


@admin.register(models.Series)
class SeriesFacts(Facts):
    list_display = ["slug", "short_name", "name_vi", "name_en"]
    inlines = [PastResults]


@admin.register(models.ExchangeRate)
class ExchangeRateFacts(Facts):
    """Contracts rest on a rate that stands: one can be added, never changed."""

    list_display = ["currency", "date", "usd", "source"]
    list_filter = ["currency"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.action(description=_("Close these accounts"))
def close_accounts(_rows: Any, request: HttpRequest, people: QuerySet[models.Person]) -> None:
    """Nobody signs in as these people any more."""
    with transaction.atomic():
        for person in people:
            close_account(person, by=request.user)


show(
    models.Person, "full_name", "email", "phone", "language", "is_active", "joined_at",
    search=("folded",), narrow=("is_active",), verbs=(close_accounts,),
)  # fmt: skip
show(models.Company, "name_vi", "name_en", "legal_form", "country", "tax_code", search=("folded",), narrow=("country",))
show(models.Product, "name_vi", "name_en", "company", "product_group", "hs_code", search=("folded",))
show(models.HeldCertificate, "company", "certificate", "number", "valid_until", search=("company__folded",))
show(models.Membership, "company", "person", "role", search=("company__folded", "person__folded"))
show(models.Invitation, "company", "full_name", "role", search=("company__folded", "full_name"))
show(models.Officer, "person", "role", "edition", "series", search=("person__folded",), narrow=("role", "edition"))
show(models.Edition, "slug", "name_vi", "opens_on", "closes_on", "kind", "published", narrow=("series", "published"))
show(models.OpeningDay, "edition", "date", "opens_at", "closes_at", "audience", narrow=("edition",))
show(models.PlanVersion, "edition", "number", "since", "legal_paper", "made_at", narrow=("edition",))
show(models.Target, "edition", "version", "figure", "value", narrow=("edition",))
show(
    models.SignedReport,
    "edition",
    "number",
    "sha256",
    "level",
    "signed_by",
    "signed_at",
    narrow=("edition",),
    hidden=("basis",),
)
show(models.SignedTemplate, "report", "lang")
show(models.ReportFrame, "edition", "due_days", "number", "addressee_vi", narrow=("edition",))
show(models.LegalPaper, "number", "issued_on", "issuer_vi", "edition", narrow=("edition",))
show(models.ProgrammeItem, "title_vi", "starts_at", "edition", narrow=("edition",))
show(
    models.Participation, "company", "role", "state", "edition", search=("company__folded",), narrow=("edition", "role")
)
show(models.SupportRule, "name_vi", "percent", "booths_at_most", "edition", narrow=("edition",))
show(models.Fund, "name_vi", "share", "edition", narrow=("edition",))
show(models.Allowance, "company", "year", "kind", "granted", "ceiling", search=("company__folded",), narrow=("year",))
show(
    models.Grant, "company", "rule", "amount", "state", "granted_at",
    search=("company__folded", "line__notice__number"), narrow=("edition", "state"),
)  # fmt: skip
show(
    models.Notice, "number", "reference", "company", "state", "currency", "due", "paid", "due_on",
    search=("number", "reference", "company__folded"), narrow=("edition", "state"),
)  # fmt: skip
show(models.NoticeLine, "notice", "kind", "text_vi", "quantity", "amount", search=("notice__number",))
show(models.Instalment, "notice", "due_on", "amount", search=("notice__number",))
show(models.CreditNote, "number", "notice", "amount", "currency", "issued_at", search=("number", "notice__number"))
show(
    models.Payment, "receipt", "company", "way", "state", "amount", "currency", "received_on",
    search=("receipt", "company__folded"), narrow=("edition", "way", "state"),
)  # fmt: skip
show(
    models.EInvoice, "symbol", "number", "issued_on", "notice", "amount", "status",
    search=("number", "notice__number"), narrow=("edition", "status"),
)  # fmt: skip
show(models.Posting, "payment", "notice", "kind", "amount", "at", "by", search=("payment__receipt", "notice__number"))
show(
    models.Refund, "number", "payment", "kind", "state", "amount", "currency", "asked_at",
    search=("number", "payment__receipt"), narrow=("edition", "state"),
)  # fmt: skip
show(
    models.Checkout, "about", "attempt", "title", "company", "state", "amount", "currency", "begun_at", "session_id",
    search=("title", "session_id", "payment_intent", "company__folded"), narrow=("edition", "state"),
)  # fmt: skip
show(models.CardEvent, "stripe_id", "type", "created", "received", "handled", search=("stripe_id",), narrow=("type",))
show(
    models.BankLine, "booked_on", "amount", "currency", "state", "outcome", "edition", "payment",
    search=("transaction",), narrow=("edition", "state"),
)  # fmt: skip
show(models.LineReport, "line", "source", "at", narrow=("source",))
show(models.LineDecision, "line", "deed", "reason", "by", "at", narrow=("deed",))
show(models.StatementShape, "bin", "account", "changed_by", "changed_at")
show(models.BankAccount, "edition", "bin", "bank_name", "number", "holder")
show(models.VatRate, "edition", "item", "percent", "starts_on", narrow=("edition", "item"))
show(models.WayOffered, "edition", "audience", "way", "days", "days_before_opening", narrow=("edition", "audience"))
show(models.Counter, "edition", "row", "last")
show(models.Consent, "person", "edition", "purpose", "given_at", "withdrawn_at", narrow=("purpose", "edition"))
show(
    models.DataRequest, "kind", "person", "state", "received_on", "acknowledge_by", "due_on", "edition",
    search=("person__folded",), narrow=("edition", "state", "kind"),
)  # fmt: skip
show(models.Delivery, "kind", "to", "state", "attempts", "due_at", "sent_at", narrow=("state", "kind"))
show(models.DayPack, "edition", "day", "by", "asked_at", "made_at", narrow=("edition",), hidden=("file",))
show(models.Publication, "edition", "number", "at", "by", "digest", narrow=("edition",), hidden=("basis",))
show(models.Upload, "kind", "filename", "by", "state", "created_at", narrow=("state", "edition"))
show(models.Entry, "at", "verb", "actor", "company", "subject", search=("verb", "subject"), narrow=("edition",))
