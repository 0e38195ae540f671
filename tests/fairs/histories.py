"""A small fair to which anything may happen, in any order: reserved, paid, credited, merged, moved, let in, signed."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction

from booths.actions.applications import withdraw_application
from booths.actions.handover import check_booth
from booths.actions.reservations import hand_over, hold_booths, release_booth, reserve_held
from booths.models import Application, Reservation
from buyers.actions.badges import reissue_badge, revoke_badge
from buyers.actions.readings import scan_badge
from buyers.actions.registrations import approve_registration, decline_registration, withdraw_registration
from buyers.models import Badge, Gate, Registration
from fairs import clock
from fairs.actions.merging import merge_companies
from fairs.actions.people import change_company
from fairs.actions.plans import set_targets
from fairs.errors import DomainError
from fairs.models import (
    Company,
    CraftVillage,
    ExchangeRate,
    Fund,
    Notice,
    Participation,
    Payment,
    Province,
    SupportRule,
)
from fairs.money.actions.credits import credit_notice
from fairs.money.actions.notices import cancel_notice
from fairs.money.actions.payments import record_receipt, take_in, take_off_notice, void_payment
from matchmaking.actions.attendance import mark_no_show
from matchmaking.actions.deals import agree_deal, cancel_deal, confirm_deal, dispute_deal, record_deal
from matchmaking.actions.meetings import accept_meeting, cancel_meeting, log_walk_in, request_meeting, slots
from matchmaking.models import Deal, Meeting, MeetingRules
from tests import world
from tests.buyers.importers import importer

OFFICES = ("director", "booth_desk", "finance", "importer_desk", "gate", "matchmaking_desk")
VERBS = {  # with how often each of them happens
    "reserve": 5, "pay": 6, "cover": 2, "credit": 2, "cancel_notice": 1, "take_off": 1, "void": 1, "money_comes": 1,
    "hand_over": 3, "release": 1, "withdraw": 1, "move_away": 3, "change_form": 2, "change_village": 2,
    "name_groups": 2, "merge": 3, "register": 4, "decide": 4, "leave": 1, "enter": 9, "reissue": 3, "revoke": 1,
    "ask": 4, "accept": 4, "call_off": 2, "sit_down": 4, "miss": 1, "sign": 5, "confirm": 4, "dispute": 2, "agree": 2,
    "tear_up": 1, "plan": 1,
}  # fmt: skip


class Fair:
    """Seven exhibitors from two provinces, four importers, twelve booths, and everybody who runs it."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.number = seed * 100_000
        with clock.at(world.NOON):
            self.edition = world.edition()
            self.officers = {role: world.officer(self.edition, role) for role in OFFICES}
            self.booths = world.floor(self.edition, 12)
            self.gate = Gate.objects.create(edition=self.edition, name_vi="Cổng 1", name_en="Gate 1")
            MeetingRules.objects.create(edition=self.edition)
            self._set_up()
            for _each in range(7):
                self._exhibit()
            for _each in range(4):
                self.register()

    def live(self, steps: int) -> None:
        """So many deeds; half of them before the fair, the others while it is open. Who is refused goes on."""
        names, weights = list(VERBS), list(VERBS.values())
        for step in range(steps):
            before = step < steps // 2
            now = world.NOON + timedelta(hours=step) if before else world.FIRST_MORNING + timedelta(minutes=9 * step)
            verb = self.chance.choices(names, weights)[0]
            with clock.at(now), suppress(DomainError), transaction.atomic():
                self.number += 1
                getattr(self, verb)()

    # ---- what there is ----

    def one(self, rows: Any) -> Any:
        """One of some rows; the deed is over where there is none."""
        found = list(rows.order_by("pk"))
        if not found:
            raise DomainError("nothing", "There is nothing of this yet.")
        return self.chance.choice(found)

    def boss(self, company: Company) -> Any:
        return company.people.order_by("pk")[0]

    @property
    def parts(self) -> Any:
        return Participation.objects.filter(edition=self.edition).select_related("company")

    @property
    def notices(self) -> Any:
        return Notice.objects.filter(edition=self.edition)

    @property
    def deals(self) -> Any:
        return Deal.objects.filter(edition=self.edition)

    def _set_up(self) -> None:
        for code, name in (("01", "Hà Nội"), ("26", "Vĩnh Phúc")):
            Province.objects.get_or_create(
                code=code, name_vi=name, name_en=name, kind="city", valid_from=world.OPENS - timedelta(days=900)
            )
        self.groups = [world.product_group(code) for code in ("ceramics", "lacquer", "silk")]
        CraftVillage.objects.get_or_create(
            slug="bat-trang", name_vi="Bát Tràng", craft_vi="Gốm", craft_en="Ceramics", product_group=self.groups[0]
        )
        for share in ("budget", "counterpart"):
            fund = Fund.objects.create(edition=self.edition, name_vi=share, name_en=share, share=share)
            SupportRule.objects.create(
                edition=self.edition, name_vi=share, name_en=share, percent=30, fund=fund, adds=True,
                booths_at_most=1 if share == "budget" else 6,
            )  # fmt: skip
        rate = {"usd": Decimal("1.16"), "source": "ECB"}
        ExchangeRate.objects.get_or_create(currency="EUR", date=world.NOON.date(), defaults=rate)

    def _exhibit(self) -> None:
        made = world.application(self.edition)
        province = self.chance.choice([*Province.objects.order_by("pk"), None])
        Company.objects.filter(pk=made.company_id).update(province=province)
        made.company.product_groups.set(self.chance.sample(self.groups, self.chance.randrange(3)))
        self.parts.filter(company=made.company_id).update(province=province)

    # ---- booths and money ----

    def reserve(self) -> None:
        application = self.one(Application.objects.filter(edition=self.edition, state="accepted"))
        hold_booths(application, booths=[self.chance.choice(self.booths)], by=application.contact, apart=True)
        reserve_held(application, by=application.contact)

    def pay(self, way: str = "cash") -> None:
        notice = self.one(self.notices.unpaid())
        amount = notice.balance if self.chance.random() < 0.6 else (notice.balance / 2).quantize(Decimal(1))
        record_receipt(
            notice, way=way, amount=amount, received_on=clock.today(self.edition), key=f"p{self.number}",
            by=self.officers["finance"],
        )  # fmt: skip

    def cover(self) -> None:
        self.pay(self.chance.choice(["support", "waived"]))

    def money_comes(self) -> None:
        take_in(
            self.edition, way="transfer", amount=Decimal(77_000), currency="VND",
            received_on=clock.today(self.edition), key=f"t{self.number}", by=None,
        )  # fmt: skip

    def credit(self) -> None:
        notice = self.one(self.notices.live())
        amount = (notice.owed / 4).quantize(Decimal(1))
        credit_notice(notice, amount=amount, reason="Gian nhỏ", key=f"c{self.number}", by=self.officers["finance"])

    def cancel_notice(self) -> None:
        cancel_notice(self.one(self.notices.unpaid()), by=self.officers["finance"])

    def take_off(self) -> None:
        payment = self.one(Payment.objects.filter(edition=self.edition, assigned__gt=0))
        notice = self.one(self.notices.filter(postings__payment=payment).distinct())
        take_off_notice(payment, notice=notice, reason="Nhầm", by=self.officers["finance"])

    def void(self) -> None:
        payment = self.one(Payment.objects.filter(edition=self.edition, state="received"))
        void_payment(payment, reason="Viết sai", by=self.officers["finance"])

    def hand_over(self) -> None:
        """By a button at the desk, or in the booth with the name of whoever takes it over; names are taken back too."""
        row, desk = self._reservation("confirmed", "handed_over"), self.officers["booth_desk"]
        if self.chance.random() < 0.4:
            hand_over(row, by=desk)
            return
        name = self.chance.choice(["Hiền", "Tám", ""])
        check_booth(row, key=f"check{self.number}", occupied=True, signed_name=name, by=desk)

    def release(self) -> None:
        release_booth(self._reservation("reserved", "confirmed"), by=self.officers["booth_desk"])

    def withdraw(self) -> None:
        application = self.one(Application.objects.filter(edition=self.edition, state="accepted"))
        withdraw_application(application, by=application.contact)

    def _reservation(self, *states: str) -> Reservation:
        found: Reservation = self.one(Reservation.objects.filter(edition=self.edition, state__in=states))
        return found

    # ---- companies ----

    def _change(self, **fields: Any) -> None:
        company = self.one(self.parts.filter(role="exhibitor")).company
        change_company(company, by=self.boss(company), **fields)

    def move_away(self) -> None:
        self._change(province=self.one(Province.objects.all()))

    def change_form(self) -> None:
        self._change(legal_form=self.chance.choice(Company.LegalForm.values))

    def change_village(self) -> None:
        self._change(craft_village=self.chance.choice([None, CraftVillage.objects.get()]))

    def name_groups(self) -> None:
        self._change(product_groups=self.chance.sample(self.groups, 2))

    def merge(self) -> None:
        role = self.chance.choice(["exhibitor", "importer"])
        keep, drop = (self.one(self.parts.filter(role=role)).company for _each in range(2))
        desk = "booth_desk" if role == "exhibitor" else "importer_desk"
        merge_companies(keep, drop=drop, by=self.officers[desk])

    # ---- importers ----

    def register(self) -> None:
        made = importer(self.edition, grade=self.chance.choice([None, "ordinary"]))
        Company.objects.filter(pk=made.company_id).update(country=self.chance.choice(["FR", "FR", "JP"]))

    def decide(self) -> None:
        waits = self.one(Registration.objects.filter(edition=self.edition, state="registered"))
        if self.chance.random() < 0.8:
            approve_registration(waits, grade="ordinary", by=self.officers["importer_desk"])
        else:
            decline_registration(waits, reason="No goods", by=self.officers["importer_desk"])

    def leave(self) -> None:
        leaves = self.one(Registration.objects.filter(edition=self.edition, state="approved"))
        withdraw_registration(leaves, by=leaves.person)

    def enter(self) -> None:
        badge = self.one(Badge.objects.filter(edition=self.edition))
        direction = self.chance.choice(["in", "in", "out"])
        key = f"s{self.number}"
        scan_badge(self.gate, code=badge.qr_code, direction=direction, key=key, by=self.officers["gate"])

    def reissue(self) -> None:
        reissue_badge(self.one(Badge.objects.valid().filter(edition=self.edition)), by=self.officers["importer_desk"])

    def revoke(self) -> None:
        revoke_badge(self.one(Badge.objects.valid().filter(edition=self.edition)), by=self.officers["importer_desk"])

    # ---- meetings and contracts ----

    def _sides(self) -> tuple[Participation, Participation]:
        return tuple(self.one(self.parts.filter(role=role)) for role in ("exhibitor", "importer"))  # type: ignore[return-value]

    def _meeting(self, *states: str) -> Meeting:
        found: Meeting = self.one(Meeting.objects.filter(edition=self.edition, state__in=states))
        return found

    def ask(self) -> None:
        exhibitor, buyer = self._sides()
        ahead = [slot for slot in slots(self.edition) if slot.starts_at > clock.now()]
        request_meeting(
            self.edition, exhibitor=exhibitor, importer=buyer, person=self.boss(buyer.company),
            starts_at=self.chance.choice(ahead).starts_at, by=self.boss(buyer.company),
        )  # fmt: skip

    def accept(self) -> None:
        meeting = self._meeting("requested")
        accept_meeting(meeting, without_interpreter=True, by=self.boss(meeting.exhibitor.company))

    def call_off(self) -> None:
        meeting = self._meeting("requested", "accepted")
        cancel_meeting(meeting, by=self.boss(meeting.exhibitor.company))

    def sit_down(self) -> None:
        exhibitor, buyer = self._sides()
        log_walk_in(
            self.edition, exhibitor=exhibitor, importer=buyer, person=self.boss(buyer.company),
            by=self.officers["matchmaking_desk"], key=f"w{self.number}",
        )  # fmt: skip

    def miss(self) -> None:
        meeting = self._meeting("accepted", "held")
        mark_no_show(meeting, absent="importer", by=self.officers["matchmaking_desk"])

    def sign(self) -> None:
        exhibitor, buyer = self._sides()
        currency = self.chance.choice(["USD", "EUR", "JPY"])
        record_deal(
            self.edition, exhibitor=exhibitor, importer=buyer, recorded_side="exhibitor", currency=currency,
            kind=self.chance.choice(["contract", "trial_order", "memorandum"]), product_group=self.groups[0],
            amount=Decimal(self.chance.randint(1, 90) * 1000), signed_on=clock.today(self.edition),
            key=f"d{self.number}", by=self.boss(exhibitor.company),
        )  # fmt: skip

    def confirm(self) -> None:
        deal = self.one(self.deals.filter(state="recorded"))
        confirm_deal(deal, by=self.boss(deal.importer.company))

    def dispute(self) -> None:
        deal = self.one(self.deals.filter(state="recorded"))
        dispute_deal(deal, by=self.boss(deal.importer.company), other_amount=deal.amount + 500)

    def agree(self) -> None:
        deal = self.one(self.deals.filter(state="disputed"))
        agree_deal(deal, by=self.boss(deal.exhibitor.company))

    def tear_up(self) -> None:
        deal = self.one(self.deals.filter(state__in=["recorded", "disputed"]))
        cancel_deal(deal, by=self.boss(deal.exhibitor.company))

    # ---- the plan ----

    def plan(self) -> None:
        figure = self.chance.choice(["B1.planned", "C1.companies", "E1.held", "H1.due"])
        targets = {figure: Decimal(self.chance.randint(1, 9))}
        set_targets(self.edition, targets=targets, by=self.officers["director"])
