"""The demonstration's hosted importers: vetted, offered, accepted, counted when it is over, and paid or refused."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial
from random import Random

from buyers.actions.benefits import (
    judge_hostings,
    mark_paid,
    note_arrivals,
    refuse_benefit,
    release_benefit,
)
from buyers.actions.grades import add_market, edit_grade, set_quota
from buyers.actions.hosting import accept_offer, decline_offer, offer_hosting, withdraw_from_hosting
from buyers.actions.travel import arrange_travel, pay_item, plan_item
from buyers.actions.vetting import check_evidence
from buyers.models import HostedContract, Registration
from fairs import clock
from fairs.demo.stages import BEGINNING, moment
from fairs.demo.world import Demo, planner

# What the fair of 2018 asks: fewer meetings than the usual eight, and of those by appointment one day.
ASKED = {"hosted": (5, 2), "semi": (4, 2), "appointment": (3, 1)}
PLACES = {"hosted": 40, "semi": 50, "appointment": 30}
MARKETS = (
    ("Châu Âu", "Europe", "AT,BE,CH,CZ,DE,DK,ES,FI,FR,GB,IE,IT,NL,NO,PL,PT,SE"),
    ("Đông Bắc Á", "North-East Asia", "CN,HK,JP,KR,TW"),
    ("Bắc Mỹ", "North America", "CA,US"),
)
COSTS = {"flight": (520, 980), "nights": (210, 330), "transfer": (24, 60)}
CODES = ("company", "import", "interest")
JUDGED = moment("2018-10-24 09:00")
JOINED = ("edition", "registration__person", "registration__grade", "company", "grade")


@planner(order=31)
def grades_are_set(demo: Demo) -> None:
    """At once: what each grade asks, three markets, and how many of each grade the fair hosts."""
    with clock.at(BEGINNING):
        director = demo.officers["director"]
        markets = [
            add_market(demo.edition, name_vi=vi, name_en=en, countries=codes, by=director) for vi, en, codes in MARKETS
        ]
        for grade in demo.edition.grades.filter(hosted=True):
            meetings, days = ASKED[grade.code]
            edit_grade(grade, min_meetings=meetings, min_days=days, by=director)
            set_quota(grade, places=PLACES[grade.code] * demo.scale, by=director)
            for market in markets:
                set_quota(grade, market=market, places=PLACES[grade.code] * demo.scale * 3 // 4, by=director)
    for evening in ("2018-10-18 20:00", "2018-10-19 13:00", "2018-10-19 20:00", "2018-10-20 20:00"):
        demo.timeline.at(moment(evening), partial(_arrive, demo))
    demo.timeline.at(JUDGED, partial(_judge, demo))


@dataclass
class Stay:
    """One hosted importer, from the ticks on the checklist to the journey."""

    demo: Demo
    registration: Registration
    chance: Random

    def vet(self) -> None:
        """Just before the approval: what the grade needs is in order."""
        check_evidence(self.registration, verdicts=dict.fromkeys(CODES, "ticked"), by=self._desk)

    def plan(self) -> None:
        """An offer within five days, to be answered within two weeks."""
        self.demo.timeline.at(clock.now() + timedelta(hours=self.chance.uniform(4, 110)), self.offer)

    def offer(self) -> None:
        """Nineteen of twenty answer, nearly all with a yes."""
        until = min(clock.today(self.demo.edition) + timedelta(days=14), self.demo.edition.opens_on)
        registration = Registration.objects.select_related("edition", "person", "company", "grade").get(
            pk=self.registration.pk
        )
        if not registration.hosted or registration.state != Registration.State.APPROVED:
            return
        self.key = offer_hosting(registration, answer_by=until, by=self._desk).pk
        left = (until - clock.today(self.demo.edition)).days
        if self.chance.random() < 0.95:
            self.demo.timeline.at(clock.now() + timedelta(days=self.chance.uniform(0, left * 0.9)), self.answer)

    def answer(self) -> None:
        """Who says yes has a journey arranged soon after; a few take it back."""
        contract, fate = _contract(self.key), self.chance.random()
        if fate < 0.06:
            decline_offer(contract, by=contract.registration.person)
            return
        accept_offer(contract, by=contract.registration.person)
        if fate < 0.09:
            self.demo.timeline.at(clock.now() + timedelta(days=self.chance.uniform(5, 40)), self.withdraw)
        self.demo.timeline.at(clock.now() + timedelta(days=self.chance.uniform(1, 8)), self.arrange)

    def withdraw(self) -> None:
        """Coming at their own cost after all."""
        contract = _contract(self.key)
        if contract.can("withdraw"):
            withdraw_from_hosting(contract, by=contract.registration.person)

    def arrange(self) -> None:
        """Flight, nights and transfers are booked, at an estimate."""
        contract, fund = _contract(self.key), self.demo.edition.funds.order_by("pk").first()
        if not contract.can("arrange"):
            return
        for item in contract.items.select_related("contract__edition"):
            plan_item(item, estimate=Decimal(self.chance.randint(*COSTS[item.kind])), fund=fund, by=self._desk)
        arrange_travel(contract, by=self._desk)

    @property
    def _desk(self) -> object:
        return self.demo.officers["importer_desk"]


def _arrive(demo: Demo) -> None:
    """As the heartbeat does it."""
    note_arrivals(demo.edition)


def _judge(demo: Demo) -> None:
    """Everybody is counted; each case is decided within three weeks, a few still wait when the demonstration ends."""
    desk = demo.officers["importer_desk"]
    judge_hostings(demo.edition, by=desk)
    chance = demo.chance("hosting")
    rows = HostedContract.objects.filter(edition=demo.edition, state__in=["fulfilled", "unfulfilled", "no_show"])
    for key in rows.order_by("pk").values_list("pk", flat=True):
        demo.timeline.at(JUDGED + timedelta(days=chance.uniform(1, 30)), partial(_decide, demo, key, chance.random()))


def _decide(demo: Demo, key: int, fate: float) -> None:
    """Proofs ticked and costs known, whoever fulfilled is paid; of those who did not, one is paid with a reason."""
    contract, desk = _contract(key), demo.officers["importer_desk"]
    if contract.state != "fulfilled" and fate < 0.95:
        refuse_benefit(contract, by=desk)
        return
    check_evidence(contract.registration, verdicts={"boarding": "ticked", "hotel": "ticked"}, by=desk)
    reason = "" if contract.state == "fulfilled" else "Ill on the second day, with a doctor’s note."
    if contract.state == "no_show":
        refuse_benefit(contract, by=desk)
        return
    release_benefit(contract, reason=reason, by=desk)
    demo.timeline.at(clock.now() + timedelta(days=2 + 6 * fate), partial(_pay, demo, key))


def _pay(demo: Demo, key: int) -> None:
    """What the papers say, as far as it was promised."""
    contract, finance = _contract(key), demo.officers["finance"]
    chance = Random(f"{key}/paid")
    for number, item in enumerate(contract.items.select_related("contract__edition", "fund"), 1):
        cost = Decimal(chance.randint(*COSTS[item.kind]))
        plan_item(
            item, estimate=item.estimate, actual=cost, fund=item.fund or demo.edition.funds.order_by("pk").first(),
            paper_number=f"PC-{key:04d}/{number}", paper_on=clock.today(demo.edition), by=finance,
        )  # fmt: skip
        pay_item(item, paid=cost if item.ceiling is None else min(cost, item.ceiling), by=finance)
    mark_paid(contract, by=finance)


def _contract(key: int) -> HostedContract:
    found: HostedContract = HostedContract.objects.select_related(*JOINED).get(pk=key)
    return found
