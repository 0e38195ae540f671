"""How the manufacturers' fair gets its floor, and 138 companies their 180 booths."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from booths import demo_rules
from booths.actions.applications import accept_application, draft_application, submit_application
from booths.actions.floor import lay_floor, set_sale_terms
from booths.actions.reservations import hand_over, hold_booths, reserve_held
from booths.actions.rules import publish_rules
from booths.floorplan import network_floor
from booths.models import Application, Booth, BoothClass, Zone
from fairs import clock, invention
from fairs.actions.people import found_company, know_person
from fairs.demo.network import OPENS
from fairs.demo.plan import let_in
from fairs.demo.stages import BEGINNING, moment
from fairs.demo.world import SEED, Demo, planner
from fairs.invention import ManufacturerIdea
from fairs.models import Notice, ProductGroup, Province
from fairs.money.actions.payments import record_receipt

CALL, LAST = moment("2018-03-01 08:00"), moment("2018-04-10 17:00")
MOVE_IN = moment("2018-05-22 08:00")
ORIGINS = {"QT": "international", "TR": "technical", "HT": "technical"}
LOGINS = {60: "exhibitor1@cho-phien.example", 0: "exhibitor2@cho-phien.example"}


@planner(order=10, edition="nc")
def lay_the_network_floor(demo: Demo) -> None:
    """At once; who hosts the seminars takes twenty booths."""
    with clock.at(BEGINNING):
        desk = demo.officers["booth_desk"]
        lay_floor(demo.edition, floor=network_floor(), by=desk)
        demo.edition.sale_terms = set_sale_terms(demo.edition, booths_at_most=20, by=desk)
        texts = {"text_vi": demo_rules.TEXT_VI, "text_en": demo_rules.TEXT_EN}
        publish_rules(demo.edition, version=demo_rules.VERSION, by=demo.officers["director"], **texts)


@planner(order=20, edition="nc")
def manufacturers_apply(demo: Demo) -> None:
    """One after the other between the call and its end."""
    ideas = invention.manufacturers(SEED)
    for number, idea in enumerate(ideas):
        story = Part(demo, idea, Random(f"{SEED}/{idea.key}"), LOGINS.get(number, ""))
        demo.timeline.at(CALL + (LAST - CALL) * number / len(ideas), story.apply)


@dataclass
class Part:
    """One manufacturer from the application to the key."""

    demo: Demo
    idea: ManufacturerIdea
    chance: Random
    login: str = ""

    def apply(self) -> None:
        """Enter the company, write the application, hand it in."""
        idea, edition, desk = self.idea, self.demo.edition, self.demo.officers["booth_desk"]
        self.contact = know_person(
            email=self.login or idea.contact.email,
            full_name=idea.contact.full_name,
            given_name=idea.contact.given_name,
            job_title=idea.contact.position_vi,
            language="vi" if idea.country == "VN" else "en",
            by=desk,
        )
        if self.login:
            let_in(self.contact)
        company = found_company(
            by=self.contact,
            contact=self.contact,
            name_vi=idea.name_vi,
            name_en=idea.name_en,
            legal_form="company",
            tax_code=idea.tax_code,
            country=idea.country,
            province=Province.objects.on(OPENS).filter(code=idea.province).first() if idea.province else None,
            product_groups=ProductGroup.objects.filter(code=idea.group),
        )
        origin = ORIGINS.get(idea.zone, "domestic")
        self.application = draft_application(
            edition,
            company=company,
            contact=self.contact,
            booth_class=BoothClass.objects.get(edition=edition, code=f"{origin}-standard"),
            booth_count=idea.booths,
            zones=Zone.objects.filter(edition=edition, code=idea.zone),
            by=self.contact,
        )
        submit_application(self.application, by=self.contact, rules_version=demo_rules.VERSION)
        self._later(self.chance.uniform(1, 4), self.decide)

    def decide(self) -> None:
        """Everybody fits: the fair was sold out to the last booth."""
        accept_application(self.application, by=self.demo.officers["booth_desk"])
        self._later(self.chance.uniform(0.2, 3), self.choose)

    def choose(self) -> None:
        """The next booths of the zone."""
        self.application = Application.objects.select_related("edition").get(pk=self.application.pk)
        free = Booth.objects.free(clock.now()).filter(edition=self.demo.edition, zone__code=self.idea.zone)
        hold_booths(self.application, booths=list(free.order_by("code")[: self.idea.booths]), by=self.contact)
        self.notice = reserve_held(self.application, by=self.contact)
        self._later(self.chance.uniform(1, 12), self.pay)
        self.demo.timeline.at(MOVE_IN + timedelta(hours=self.chance.uniform(0, 8)), self.move_in)

    def pay(self) -> None:
        """All at once, by bank."""
        notice = Notice.objects.get(pk=self.notice.pk)
        if notice.balance:
            record_receipt(
                notice,
                way="bank_slip",
                amount=notice.balance,
                received_on=clock.today(self.demo.edition),
                key=f"demo-{notice.number}",
                by=self.demo.officers["finance"],
            )

    def move_in(self) -> None:
        """Take the booths over."""
        for reservation in self.application.reservations.filter(state="confirmed").select_related("booth", "edition"):
            hand_over(reservation, by=self.demo.officers["booth_desk"])

    def _later(self, days: float, deed: object) -> None:
        self.demo.timeline.at(clock.now() + timedelta(days=days), deed)  # type: ignore[arg-type]
