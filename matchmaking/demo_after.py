"""The demonstration after the fair: what was sold on the spot, and the answers to the first letters that ask."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial
from random import Random

from django.contrib.auth.models import AnonymousUser

from fairs import clock
from fairs.demo.plan import hour
from fairs.demo.stages import moment
from fairs.demo.world import Demo, planner
from fairs.models import Participation, Person
from matchmaking.actions.deals import confirm_deal
from matchmaking.actions.follow_up import answer_follow_up, owe_follow_ups, record_order
from matchmaking.actions.spot_sale import declare_sales
from matchmaking.models import Deal, FollowUp
from matchmaking.querysets import taking_part

ASKED = moment("2018-11-20 08:05")  # thirty days after closing
SELLING = 90  # exhibitors who sell at retail and declare it
ANSWERED = 260  # questions answered before the demonstration begins
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
        said = {"note": self.chance.choice(NOTES)} if answer in ("talking", "lost") else {}
        if answer == "lost":
            said["reason"] = self.chance.choice(REASONS)
        value = {"amount": Decimal(self.chance.randrange(40, 600) * 100), "currency": "USD"}
        more = value if answer == "ordered" else {}
        answer_follow_up(one, answer=answer, token=one.token, by=AnonymousUser(), **said, **more)
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
        """The exhibitors who sell at retail: the same every day."""
        found = taking_part(self.demo.edition, "exhibitor").filter(host=None).prefetch_related("company__people")
        parts = list(found.order_by("pk"))
        return [(part, next(iter(part.company.people.all()))) for part in parts[:SELLING]]
