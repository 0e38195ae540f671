"""Reads of notices, payments and postings with names."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from fairs import clock
from fairs.text import words_of

if TYPE_CHECKING:
    from fairs.permissions import Actor


WAITS = Q(amount__gt=F("assigned") + F("returned"))


class NoticeQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """One's company's notices, and those of editions where one handles booths or money."""
        if not person.is_authenticated:
            return self.none()
        run = apps.get_model("fairs", "Edition").objects.run_by(person, "finance", "booth_desk")
        return self.filter(Q(company_id__in=person.company_ids) | Q(edition__in=run))

    def live(self) -> Self:
        """Notices that ask or asked for money: neither cancelled nor credited whole."""
        return self.filter(state__in=["issued", "paid"])

    def unpaid(self) -> Self:
        """Notices with a balance."""
        return self.filter(state="issued")

    def about(self, source_kind: str, ids: Iterable[int]) -> Self:
        """Notices with a line about one of an app's things."""
        named = apps.get_model("fairs", "NoticeLine").objects.filter(source_kind=source_kind, source_id__in=ids)
        return self.filter(pk__in=named.values("notice"))

    def in_state(self, state: str) -> Self:
        """Those in a state; “overdue” are the unpaid ones after their day; anything else is no filter."""
        if state == "overdue":
            return self.unpaid().filter(due_on__lt=clock.now().date())
        return self.filter(state=state) if state in self.model.State.values else self

    def search(self, words: str) -> Self:
        """Those whose number, reference or company holds every word, whatever its accents."""
        found = self
        for word in words_of(words):
            found = found.filter(
                Q(company__folded__contains=word) | Q(number__icontains=word) | Q(reference__icontains=word)
            )
        return found

    def counts(self) -> dict[str, int]:
        """How many stand in each state, and how many of the unpaid are overdue."""
        today = clock.now().date()
        return self.order_by().aggregate(
            overdue=Count("pk", filter=Q(state="issued", due_on__lt=today)),
            **{state: Count("pk", filter=Q(state=state)) for state in self.model.State.values},
        )

    def sums(self) -> dict[str, dict[str, Decimal]]:
        """What is due, paid and outstanding, for each currency apart."""
        owed = Sum(F("due") - F("credited"))
        rows = self.live().order_by().values("currency").annotate(due_sum=owed, paid_sum=Sum("paid"))
        return {
            row["currency"]: {
                "due": row["due_sum"],
                "paid": row["paid_sum"],
                "outstanding": row["due_sum"] - row["paid_sum"],
            }
            for row in rows.order_by("currency")
        }


class PaymentQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """What one's company paid, and the payments of editions where one handles booths or money."""
        if not person.is_authenticated:
            return self.none()
        run = apps.get_model("fairs", "Edition").objects.run_by(person, "finance", "booth_desk")
        return self.filter(Q(company_id__in=person.company_ids) | Q(edition__in=run))

    def in_state(self, state: str) -> Self:
        """Those that are void, or that wait for a decision; anything else is no filter."""
        if state == "waiting":
            return self.waiting()
        return self.filter(state=state) if state == "void" else self

    def search(self, words: str) -> Self:
        """Those whose receipt, note or company holds every word, whatever its accents."""
        found = self
        for word in words_of(words):
            found = found.filter(
                Q(company__folded__contains=word) | Q(receipt__icontains=word) | Q(note__icontains=word)
            )
        return found

    def waiting(self) -> Self:
        """Those of which a part is on no notice and was not returned."""
        return self.filter(WAITS)

    def counts(self) -> dict[str, int]:
        """How many there are, wait for a decision, and are void."""
        waiting, void = Count("pk", filter=WAITS), Count("pk", filter=Q(state="void"))
        return self.order_by().aggregate(all=Count("pk"), waiting=waiting, void=void)


class CheckoutQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """One's company's card payments, and those of editions where one handles booths or money."""
        if not person.is_authenticated:
            return self.none()
        run = apps.get_model("fairs", "Edition").objects.run_by(person, "finance", "booth_desk")
        return self.filter(Q(company_id__in=person.company_ids) | Q(edition__in=run))

    def live(self) -> Self:
        """Those with which somebody may still pay, or whose payment is on its way."""
        return self.filter(state__in=self.model.LIVE)

    def to_look_at(self, now: datetime) -> Self:
        """Those of which the truth is to be asked by now: nothing about them is final."""
        return self.filter(state__in=self.model.PENDING, look_at__lte=now).order_by("look_at", "pk")


class PostingQuerySet(models.QuerySet[Any]):
    def through_the_door(self) -> Self:
        """Those by which money came in or went, not those between free money and notices."""
        return self.filter(kind__in=["received", "returned", "came_back", "voided"])

    def on_notices(self) -> Self:
        """Those that put money onto a notice or take it off."""
        return self.filter(notice__isnull=False)


class OfNoticeQuerySet(models.QuerySet[Any]):
    """Papers about a notice."""

    def visible_to(self, person: "Actor") -> Self:
        """Those of the notices that the person may see."""
        seen = apps.get_model("fairs", "Notice").objects.visible_to(person)
        return self.filter(notice__in=seen.order_by().values("pk"))


class RefundQuerySet(models.QuerySet[Any]):
    def slow(self) -> Self:
        """Those that a card company has had for longer than it may take, so that a person has to ask it."""
        until = clock.now() - timedelta(days=settings.CARD_DAYS)
        return self.filter(state__in=["asked", "sent"], asked_at__lt=until)

    def visible_to(self, person: "Actor") -> Self:
        """Those of the payments that the person may see."""
        seen = apps.get_model("fairs", "Payment").objects.visible_to(person)
        return self.filter(payment__in=seen.order_by().values("pk"))


class GrantQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """What one's company was granted, and the grants of editions where one handles booths or money."""
        if not person.is_authenticated:
            return self.none()
        run = apps.get_model("fairs", "Edition").objects.run_by(person, "finance", "booth_desk")
        return self.filter(Q(company_id__in=person.company_ids) | Q(edition__in=run))

    def granted(self) -> Self:
        """Those that stand."""
        return self.filter(state="granted")


class BankLineQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """The lines of accounts of which one looks after an edition's money."""
        if not person.is_authenticated:
            return self.none()
        return self._of(apps.get_model("fairs", "Edition").objects.run_by(person, "finance"))

    def of(self, edition: Any) -> Self:
        """The lines read for an edition, and all others of the account that it is paid to now."""
        return self._of([edition])

    def of_account(self, bin: str, number: str) -> Self:
        """The lines of one account."""
        return self.filter(bin=bin, account=number)

    def _of(self, editions: Any) -> Self:
        accounts = apps.get_model("fairs", "BankAccount").objects.filter(
            edition__in=editions, bin=OuterRef("bin"), number=OuterRef("account")
        )
        return self.filter(Q(edition__in=editions) | Exists(accounts))

    def in_state(self, state: str) -> Self:
        """Those in a state; anything else is no filter."""
        return self.filter(state=state) if state in self.model.State.values else self

    def search(self, words: str) -> Self:
        """Those whose text, payer or bank's reference holds every word, whatever its accents."""
        found = self
        for word in words_of(words):
            found = found.filter(folded__contains=word)
        return found

    def counts(self) -> dict[str, int]:
        """How many stand in each state."""
        states = self.model.State.values
        return self.order_by().aggregate(**{state: Count("pk", filter=Q(state=state)) for state in states})
