"""The demonstration's samples and turnover at the fair, and the answers to the first letters that ask after it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from django.contrib.auth.models import AnonymousUser

from fairs import clock
from fairs.demo.logins import LOGINS
from fairs.demo.plan import hour
from fairs.demo.stages import moment
from fairs.demo.world import Demo, planner
from fairs.models import Participation, Person
from matchmaking.actions import sample as samples
from matchmaking.actions.deals import confirm_deal
from matchmaking.actions.follow_up import answer_follow_up, owe_follow_ups, record_order
from matchmaking.actions.spot_sale import declare_sales
from matchmaking.models import Deal, FollowUp, Sample
from matchmaking.querysets import importers_met, taking_part

ASKED = moment("2018-11-20 08:05")  # thirty days after closing
SELLING = 90  # exhibitors who sell at retail and declare it
ANSWERED = 260  # questions answered before the demonstration begins
SAMPLES = 12  # handed over with a tag
STEP = timedelta(seconds=20)
CONFIRMED = timedelta(minutes=4)
REASONS = ("price", "capacity", "design", "papers", "silence", "another")
NOTES = ("", "", "Đang chờ khách duyệt mẫu.", "Khách hẹn trả lời sau Tết.", "Waiting for the buyer’s budget.")


@planner(order=42)
def what_became_of_it(demo: Demo) -> None:
    """Each evening turnover is declared; a month later both sides are asked, and some answer at once."""
    after = After(demo, demo.chance("after"))
    for day in range(4):
        demo.timeline.at(hour(day, "18:10"), partial(after.declare, day))
    demo.timeline.at(hour(3, "18:40"), after.correct)
    demo.timeline.at(hour(0, "09:08"), after.print_tags)
    for number in range(SAMPLES):
        demo.timeline.at(hour(1 + number % 2, "11:30") + timedelta(minutes=17 * number), after.give_sample)
    demo.timeline.at(ASKED, partial(after.ask, after.answer_in_turn))


@dataclass
class After:
    """Who sold what, and who answers what."""

    demo: Demo
    chance: Random

    def declare(self, day: int) -> None:
        """Most of those who sell declare each evening; some sold nothing."""
        date = hour(day, "12:00").date()
        for number, (part, boss) in enumerate(self._sellers()):
            if number < 2 or self.chance.random() < 0.93:
                sold = 0 if self.chance.random() < 0.06 else round(self.chance.lognormvariate(15.4, 0.8), -4)
                declare_sales(part, day=date, amount=Decimal(int(sold)), by=boss)

    def correct(self) -> None:
        """Somebody forgot a box of receipts."""
        for part, boss in self._sellers()[:1]:
            declare_sales(part, day=hour(3, "12:00").date(), amount=Decimal(6_850_000), by=boss)

    def print_tags(self) -> None:
        """Those with a ready login print a sheet of tags for samples."""
        for part, boss in self._sellers()[:2]:
            samples.print_tags(part, by=boss)

    def give_sample(self) -> None:
        """A buyer who was met gets a sample; half of them scan the tag at once, and a contract is tied to it."""
        part, boss = self.chance.choice(self._sellers()[:2])
        tag = Sample.objects.with_all().filter(exhibitor=part, state=Sample.State.PRINTED).order_by("number").first()
        products = list(part.company.products.order_by("pk"))
        met = list(importers_met(part).prefetch_related("company__people").order_by("pk"))
        if not (tag and products and met):
            return
        buyer = self.chance.choice(met)
        price = Decimal(self.chance.randrange(12, 180)) / 4
        samples.hand_over(
            tag, product=self.chance.choice(products), price=price, currency="USD", importer=buyer, by=boss
        )
        if self.chance.random() < 0.5:
            samples.keep_sample(tag, importer=buyer, by=next(iter(buyer.company.people.all())))
        deal = Deal.objects.filter(exhibitor=part, importer=buyer, state=Deal.State.CONFIRMED).first()
        if deal:
            samples.tie_sample(tag, deal=deal, by=boss)

    def ask(self, go_on: Callable[[], None]) -> None:
        """As the heartbeat does, until nobody is left; the answers come in the hour that follows."""
        while owe_follow_ups():
            pass
        self.demo.timeline.at(ASKED + timedelta(minutes=6), go_on)

    def answer_in_turn(self) -> None:
        """A part of those asked tap an answer."""
        asked = list(FollowUp.objects.filter(edition=self.demo.edition).order_by("pk").values_list("pk", flat=True))
        wanted = self.chance.sample(asked, min(len(asked), ANSWERED * self.demo.scale))
        for number, pk in enumerate(sorted(wanted)):
            self.demo.timeline.at(clock.now() + STEP * (number + 1) / self.demo.scale, partial(self.answer, pk))

    def answer(self, pk: int) -> None:
        """Half are still talking; one of twelve has ordered, and half of these record the contract."""
        one = FollowUp.objects.with_sides().select_related("edition", "rung", "deal").get(pk=pk)
        answer = self.chance.choices(("talking", "sample", "ordered", "lost"), (46, 24, 8, 22))[0]
        said: dict[str, Any] = {"note": self.chance.choice(NOTES)} if answer in ("talking", "lost") else {}
        if answer == "lost":
            said["reason"] = self.chance.choice(REASONS)
        value = Decimal(self.chance.randrange(40, 600) * 100)
        said |= {"amount": value, "currency": "USD"} if answer == "ordered" else {}
        answer_follow_up(one, answer=answer, token=one.token, by=AnonymousUser(), **said)
        if answer == "ordered" and self.chance.random() < 0.5:
            self._record(one)

    def _record(self, one: FollowUp) -> None:
        """Signed within the last weeks; of the other sides most confirm by their letter at once."""
        groups = list(one.exhibitor.company.product_groups.all())
        boss = one.part.company.people.order_by("pk").first()
        if groups and boss and one.amount:
            signed = clock.today(self.demo.edition) - timedelta(days=self.chance.randint(1, 20))
            deal = record_order(
                one, kind=Deal.Kind.CONTRACT, product_group=groups[0], amount=one.amount, currency=one.currency,
                signed_on=signed, key=f"demo-after-{one.pk}", by=boss,
            )  # fmt: skip
            if self.chance.random() < 0.7:
                self.demo.timeline.at(clock.now() + CONFIRMED, partial(self._confirm, deal.pk))

    def _confirm(self, pk: int) -> None:
        deal = Deal.objects.with_sides().select_related("edition").get(pk=pk)
        confirm_deal(deal, by=AnonymousUser(), token=deal.token)

    def _sellers(self) -> list[tuple[Participation, Person]]:
        """The exhibitors who sell at retail, those with a ready login first: the same every day."""
        found = taking_part(self.demo.edition, "exhibitor").filter(host=None).prefetch_related("company__people")
        sides = [(part, next(iter(part.company.people.all()))) for part in found.order_by("pk")]
        ready = {email for role, email in LOGINS if role == "exhibitor"}
        return sorted(sides, key=lambda side: side[1].email not in ready)[:SELLING]
