"""The demonstration's floor, and how exhibitors apply, get a place or choose one, pay and move in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from booths import (
    demo_jury,  # noqa: F401 - puts the jury on the timeline
    demo_manual,  # noqa: F401 - and the exhibitor manual
    demo_rules,
    demo_services,  # noqa: F401 - and the services
)
from booths.actions.applications import accept_application, draft_application, submit_application
from booths.actions.floor import lay_floor, set_sale_terms
from booths.actions.reservations import hold_booths, reserve_held
from booths.actions.rules import publish_rules
from booths.demo_groups import bring_households, is_group, show_products
from booths.demo_moving import bring_goods, hand_over_booth
from booths.demo_round import ROUND, SIGNED, answer_offer
from booths.demo_sale import open_the_sale
from booths.floorplan import reference_floor
from booths.models import Application, Booth, BoothClass, Zone
from fairs import clock, invention
from fairs.actions.people import add_product, found_company, know_person
from fairs.demo import offers
from fairs.demo.bank import Bank
from fairs.demo.plan import let_in
from fairs.demo.stages import BEGINNING, STAGES, moment
from fairs.demo.timeline import Deed
from fairs.demo.world import SEED, Demo, planner
from fairs.invention import ExhibitorIdea
from fairs.models import Company, CraftVillage, Notice, Person, ProductGroup, Province
from fairs.money.actions.payments import record_receipt

CALL = moment("2018-05-02 08:00")  # the call for exhibitors opens
LAST = moment("2018-09-24 17:00")  # and closes
MOVE_IN = moment("2018-10-16 08:00")
POWER = {"silk": Decimal("1.5"), "jewellery_silver": Decimal(2), "ocop_food": Decimal(3)}  # kW: looms, kilns, fridges
NEVER_CAME = 12  # booths that nobody takes over


@planner(order=10)
def lay_the_floor(demo: Demo) -> None:
    """At once: the plan is the first thing that anybody looks at."""
    with clock.at(BEGINNING):
        desk = demo.officers["booth_desk"]
        lay_floor(demo.edition, floor=reference_floor().copies(demo.scale), by=desk)
        # The fair's own rule of that year; that unpaid booths are kept two weeks longer is our assumption.
        balance = moment("2018-10-10 00:00").date()
        set_sale_terms(demo.edition, in_advance=Decimal(50), balance_due_on=balance, release_days=14, by=desk)
        open_the_sale(demo.edition, by=desk)
        texts = {"text_vi": demo_rules.TEXT_VI, "text_en": demo_rules.TEXT_EN}
        publish_rules(demo.edition, version=demo_rules.VERSION, by=demo.officers["director"], **texts)


@planner(order=20)
def exhibitors_apply(demo: Demo) -> None:
    """Each on a day of their own between the call and its end, most of them early."""
    chance = demo.chance("exhibitors")
    ideas = invention.exhibitors(SEED, demo.many(250))
    bank = Bank(demo)
    _what_else_moves(demo, bank)
    span = LAST - CALL
    for number, idea in enumerate(ideas):
        applies = CALL + span * ((number + chance.random()) / len(ideas)) ** 1.35
        story = Story(demo, idea, Random(f"{SEED}/{idea.key}"), bank, login=LOGINS.get(number, ""))
        demo.timeline.at(_in_office_hours(applies, chance), story.apply)


def _what_else_moves(demo: Demo, bank: Bank) -> None:
    """Now and then money that is nobody's booth, the last of it not long before a demonstration begins."""
    for number in range(9):
        demo.timeline.at(CALL + timedelta(days=20 * number, hours=2), partial(bank.stranger, number))
    demo.timeline.at(max(CALL, demo.timeline.end - timedelta(hours=26)), bank.puzzles)


# Two exhibitors whose passwords are known: one has paid half of what it owes, one has yet to choose its booths.
LOGINS = {24: "exhibitor1@cho-phien.example", 118: "exhibitor2@cho-phien.example"}


@dataclass
class Story:
    """One exhibitor from the application to the key."""

    demo: Demo
    idea: ExhibitorIdea
    chance: Random
    bank: Bank
    login: str = ""

    def apply(self) -> None:
        """Enter the company, write the application, hand it in."""
        nobody = self.demo.officers["booth_desk"]
        self.contact = know_person(
            email=self.login or self.idea.email,
            full_name=self.idea.contact.full_name,
            given_name=self.idea.contact.given_name,
            job_title=self.idea.contact.position_vi,
            phone=self.idea.phone,
            language="vi" if self.idea.resident else "en",
            by=nobody,
        )
        if self.login:
            let_in(self.contact)
        self.application = self._application()
        submit_application(self.application, by=self.contact, rules_version=demo_rules.VERSION)
        wait = timedelta(days=self.chance.uniform(1, 5))
        if self.login == LOGINS[118]:  # after the round: it has yet to choose by itself
            self._at(SIGNED + wait, self.decide)
        else:
            self._later(wait, self.decide)

    def decide(self) -> None:
        """The booth desk accepts nearly everybody; a few have nothing to do with crafts."""
        desk = self.demo.officers["booth_desk"]
        accept_application(self.application, by=desk)
        if is_group(self.idea):
            show_products(self.application, self.idea)
        if self.login == LOGINS[118]:
            return
        if clock.now() < ROUND:
            self._at(SIGNED + timedelta(days=self.chance.uniform(0.3, 1.9)), self.answer)
            return
        just_now = STAGES["selling"] - timedelta(minutes=self.chance.uniform(2, 9))
        if self.chance.random() < 0.06 and clock.now() < just_now:
            self._at(just_now, self.choose)  # a demonstration of the sale begins with holds that are running
        else:
            self._later(timedelta(days=self.chance.uniform(0.5, 6)), self.choose)

    def answer(self) -> None:
        """Take the place that the round gave; one in thirty would rather choose."""
        takes = self.chance.random() > 1 / 30
        notice = answer_offer(self.application, takes=takes, by=self.contact)
        if notice:
            self.notice = notice
            self._pay_for()
        elif not takes:
            self._later(timedelta(days=self.chance.uniform(0.5, 6)), self.choose)

    def choose(self) -> None:
        """Hold booths side by side where their goods belong, and confirm within the quarter of an hour."""
        wanted = self.application.booth_count - self.application.reservations.live(clock.now()).count()
        booths = side_by_side(self.demo, self.idea.sector, wanted, self.chance) if wanted > 0 else []
        if not booths:
            return
        more = wanted < self.application.booth_count
        hold_booths(self.application, booths=booths, by=self.contact, apart=more)  # what is free need not be beside
        self._later(timedelta(minutes=self.chance.uniform(5, 13)), self.confirm)

    def confirm(self) -> None:
        """Reserve, and pay."""
        self.notice = reserve_held(self.application, by=self.contact)
        self._pay_for()

    def _pay_for(self) -> None:
        """In one part or in two."""
        halves = self.chance.random() < 0.45 or self.login != ""
        self._later(timedelta(days=self.chance.uniform(1, 7)), lambda: self.pay(2 if halves else 1))
        if halves:
            balance = moment("2018-10-05 09:00") + timedelta(days=self.chance.uniform(0, 5))
            self._at(max(balance, clock.now() + timedelta(days=8)), lambda: self.pay(1))
        comes = _in_office_hours(MOVE_IN + timedelta(hours=self.chance.uniform(0, 30)), self.chance)
        bring_goods(self.demo, self.application, comes=comes, by=self.contact)
        self._at(comes, self.move_in)

    def pay(self, parts: int) -> None:
        """A part of what is still owed, in whole units: đồng by transfer or in cash, dollars as finance sees them."""
        notice = Notice.objects.select_related("company").get(pk=self.notice.pk)
        if notice.state != Notice.State.ISSUED or not notice.balance:
            return
        amount = (notice.balance / parts).quantize(Decimal(1)) if parts > 1 else notice.balance
        cash = self.chance.random() < 0.2
        if not cash and notice.currency == "VND":
            self.bank.transfer(notice, amount)
            return
        record_receipt(
            notice,
            way="cash" if cash else "bank_slip",
            amount=amount,
            received_on=clock.today(self.demo.edition),
            key=f"demo-{notice.number}-{parts}",
            by=self.demo.officers["finance"],
        )

    def move_in(self) -> None:
        """Take over what is confirmed; a handful of booths stays empty."""
        for reservation in self.application.reservations.filter(state="confirmed").select_related("booth", "edition"):
            if self.chance.random() > NEVER_CAME / 650:
                hand_over_booth(self.demo, reservation, to=self.contact)

    def _application(self) -> Application:
        company = found_company(by=self.contact, contact=self.contact, **_company_fields(self.idea))
        _add_products(company, self.idea, self.demo.edition.pk, by=self.contact)
        offers.hold_certificates(company, self.idea, self.demo.edition.pk, by=self.contact)
        edition = self.demo.edition
        origin = {"QT": "international", "HT": "technical"}.get(self.idea.sector, "domestic")
        application = draft_application(
            edition,
            company=company,
            contact=self.contact,
            booth_class=BoothClass.objects.get(edition=edition, code=f"{origin}-standard"),
            booth_count=self.idea.booths,
            zones=Zone.objects.filter(edition=edition, code=self.idea.sector),
            wants_corner=self.idea.wants_corner,
            power_kw=POWER.get(self.idea.groups[0], Decimal(0)),
            by=self.contact,
        )
        if is_group(self.idea):
            bring_households(application, self.idea)
        return application

    def _later(self, wait: timedelta, deed: Deed) -> None:
        """After minutes exactly; after days within office hours."""
        when = clock.now() + wait
        self._at(when if wait < timedelta(hours=1) else max(_in_office_hours(when, self.chance), when), deed)

    def _at(self, when: datetime, deed: Deed) -> None:
        self.demo.timeline.at(when, deed)


def side_by_side(demo: Demo, zone: str, count: int, chance: Random) -> list[Booth]:
    """Free booths of a zone that touch in one row; when no row is long enough, the longest there is."""
    free = Booth.objects.free(clock.now()).filter(edition=demo.edition, zone__code=zone).order_by("code")
    runs = _runs(list(free))
    long_enough = [run for run in runs if len(run) >= count]
    if long_enough:
        return chance.choice(long_enough[:4])[:count]
    return max(runs, key=len, default=[])[:count]


def _runs(booths: Sequence[Booth]) -> list[list[Booth]]:
    """Booths in the order of their codes, cut wherever two do not touch."""
    runs: list[list[Booth]] = []
    for booth in booths:
        if runs and _touch(runs[-1][-1], booth):
            runs[-1].append(booth)
        else:
            runs.append([booth])
    return runs


def _touch(one: Booth, other: Booth) -> bool:
    across, along = abs(one.x - other.x), abs(one.y - other.y)
    return (across == 0 and along == one.depth) or (along == 0 and across == one.width)


def _company_fields(idea: ExhibitorIdea) -> dict[str, Any]:
    return {
        "name_vi": idea.name_vi,
        "name_en": idea.name_en,
        "legal_form": idea.legal_form,
        "tax_code": idea.tax_code,
        "country": idea.country,
        "province": Province.objects.on(CALL.date()).filter(code=idea.province).first() if idea.province else None,
        "craft_village": CraftVillage.objects.filter(slug=idea.village).first() if idea.village else None,
        "address": idea.address_vi,
        "phone": idea.phone,
        "email": idea.email,
        "website": idea.website,
        "about_vi": idea.description_vi,
        "about_en": idea.description_en,
        "product_groups": ProductGroup.objects.filter(code__in=idea.groups),
    } | offers.tells(idea)


def _add_products(company: Company, idea: ExhibitorIdea, edition: int, *, by: Person) -> None:
    groups = {group.code: group for group in ProductGroup.objects.all()}
    for product in idea.products:
        add_product(
            company,
            by=by,
            product_group=groups[product.group],
            name_vi=product.name_vi,
            name_en=product.name_en,
            hs_code=product.hs6,
            minimum_order=product.moq,
            monthly_capacity=product.capacity_month,
            lead_days=product.lead_days,
            price_band=offers.price_of(product),
            materials=offers.materials_of(product, edition),
        )


def _in_office_hours(when: datetime, chance: Random) -> datetime:
    """The same day between eight and five, never on a Sunday."""
    if when.weekday() == 6:
        when += timedelta(days=1)
    return when.replace(hour=chance.randrange(8, 17), minute=chance.randrange(60), second=0, microsecond=0)
