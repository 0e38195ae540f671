"""The demonstration's importers, from the invitation to the gate."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from buyers import (
    demo_invitations,
    demo_visas,  # noqa: F401 - puts the letters for visas on the timeline
    demo_wishes,
)
from buyers.actions.badges import issue_badge
from buyers.actions.desk_badges import issue_by_name
from buyers.actions.gates import add_gate
from buyers.actions.readings import Door, scan_badge
from buyers.actions.registrations import approve_registration, decline_registration, invite_importer, register_importer
from buyers.actions.vetting import answer_question, ask_for_more
from buyers.demo_hosting import Stay
from buyers.models import Badge, Gate
from fairs import clock, invention
from fairs.actions.people import add_member, found_company, know_person
from fairs.demo.plan import OPENS, let_in
from fairs.demo.stages import BEGINNING, HANOI, moment
from fairs.demo.world import SEED, Demo, planner
from fairs.invention import Arrival, ImporterIdea, PersonIdea
from fairs.invention.people import vietnamese
from fairs.models import Company, Consent, Membership, Participation, ProductGroup

INVITED_FROM, INVITED_TO = moment("2018-04-03 09:00"), moment("2018-06-29 16:00")
REGISTER_FROM, REGISTER_TO = moment("2018-05-14 08:00"), moment("2018-10-12 18:00")
INVITED_ONLY = 1412  # beside the 448 or so of the 640 who registered
ENTRIES = 9000  # over four days, exhibitors' own people among them; no source says how many came in 2018
GRADES = {"full": "hosted", "semi": "semi", "appointment": "appointment", "": "ordinary"}
VOLUMES = {"under_100k": "small", "100k_500k": "middle", "500k_2m": "large", "2m_10m": "large", "over_10m": "great"}
NAMED = (  # kind, full name, organisation, country, position, name in its own script
    ("press", "Trần Minh Khôi", "Báo Hà Nội Mới", "VN", "Phóng viên", ""),
    ("press", "Đỗ Hải Yến", "Truyền hình Hà Nội", "VN", "Biên tập viên", ""),
    ("press", "Suzuki Haruka", "Craft Tokyo Magazine", "JP", "Editor", "鈴木春香"),
    ("speaker", "Kim Seo-yeon", "Seoul Design Foundation", "KR", "Curator", "김서연"),
    ("speaker", "Lê Quang Hòa", "Viện Mỹ thuật ứng dụng", "VN", "Phó viện trưởng", ""),
    ("delegate", "Chen Yu-ting", "Taiwan External Trade", "TW", "Director", "陳羽庭"),
    ("delegate", "Olga Ivanova", "Chamber of Folk Crafts", "RU", "Head of mission", "Ольга Иванова"),
    ("organiser", "Phạm Thu Trang", "Ban tổ chức", "VN", "Điều phối", ""),
    ("staff", "Ngô Văn Sơn", "Tổ kỹ thuật điện", "VN", "", ""),
    ("contractor", "Bùi Đức Long", "Công ty Dàn dựng Thăng Long", "VN", "Đội trưởng", ""),
    ("contractor", "Vũ Mạnh Hùng", "Bảo vệ Long Việt", "VN", "Ca trưởng", ""),
    ("volunteer", "Nguyễn Khánh Linh", "Đại học Ngoại thương", "VN", "", ""),
    ("interpreter", "Hoàng Thị Thảo", "Đại học Hà Nội", "VN", "Tiếng Nhật", ""),
)
LOGINS = {0: "importer1@cho-phien.example", 7: "importer2@cho-phien.example"}


@planner(order=30)
def open_the_gates(demo: Demo) -> None:
    """At once: two gates."""
    with clock.at(BEGINNING):
        for number in (1, 2):
            add_gate(demo.edition, name_vi=f"Cổng {number}", name_en=f"Gate {number}", by=demo.officers["director"])


@planner(order=31)
def importers_come(demo: Demo) -> None:
    """Most are invited; 640 register between May and October, more of them late."""
    chance = demo.chance("importers")
    ideas = invention.importers(SEED, demo.many(640))
    span = REGISTER_TO - REGISTER_FROM
    for number, idea in enumerate(ideas):
        story = Visit(demo, idea, Random(f"{SEED}/{idea.key}"), LOGINS.get(number, ""))
        registers = REGISTER_FROM + span * ((number + chance.random()) / len(ideas)) ** 0.8
        if chance.random() < 0.7:
            invited = INVITED_FROM + (min(registers, INVITED_TO) - INVITED_FROM) * chance.random()
            demo.timeline.at(invited, story.invite)
        demo.timeline.at(registers, story.register)
    known = {idea.key for idea in ideas}
    others = [idea for idea in invention.importers(SEED + 1, demo.many(2 * INVITED_ONLY)) if idea.key not in known]
    in_rounds = len(demo_invitations.ROUNDS) * demo_invitations.in_a_round(demo)
    demo_invitations.invite_in_rounds(demo, others[:in_rounds])
    for idea in others[in_rounds : demo.many(INVITED_ONLY)]:
        story = Visit(demo, idea, Random(f"{SEED}/{idea.key}"))
        demo.timeline.at(INVITED_FROM + (INVITED_TO - INVITED_FROM) * chance.random(), story.invite)


@dataclass
class Visit:
    """One importer's way to the fair."""

    demo: Demo
    idea: ImporterIdea
    chance: Random
    login: str = ""
    company: Company | None = None

    def invite(self) -> None:
        """A letter from the importer desk."""
        desk = self.demo.officers["importer_desk"]
        invite_importer(self.demo.edition, company=self._company(), person=self.person, by=desk)

    def register(self) -> None:
        """Five questions and the consents; the desk answers within three days."""
        company = self._company()
        self.registration = register_importer(
            self.demo.edition,
            person=self.person,
            company=company,
            consents=self._consents(),
            language=self.person.language,
            by=self.person,
            product_groups=ProductGroup.objects.filter(code__in=self.idea.groups),
            volume=VOLUMES[self.idea.volume],
            languages=",".join(self.idea.languages)[:60],
            interest=self.idea.interest,
            **demo_wishes.of(self.demo.edition, self.idea),
        )
        if self.idea.hosted:
            demo_invitations.bring_companions(self.demo, self.registration)
        self.demo.timeline.at(clock.now() + timedelta(hours=self.chance.uniform(3, 70)), self.decide)

    def decide(self) -> None:
        """Seven of eight are approved; some are declined, some still wait for a paper."""
        desk, fate = self.demo.officers["importer_desk"], self.chance.random()
        stay = Stay(self.demo, self.registration, self.chance)
        if self.idea.hosted:
            stay.vet()
        if self.login or self.idea.hosted or fate < 0.86:
            approve_registration(self.registration, grade=GRADES[self.idea.hosted], by=desk)
        elif fate < 0.94:
            reason = "Your company sells services, not the goods of this fair. You are welcome as a visitor on Sunday."
            decline_registration(self.registration, reason=reason, by=desk)
        elif fate < 0.98:
            ask_for_more(self.registration, text="Which shops do you sell to? Please send a link.", by=desk)
            if fate < 0.96:
                self.demo.timeline.at(clock.now() + timedelta(days=self.chance.uniform(1, 6)), self.answer)
        if self.idea.hosted:
            stay.plan()

    def answer(self) -> None:
        """What the desk asked for; it then decides anew, or has not done so yet."""
        answer_question(self.registration, answer=f"We sell in our own shops, see {self.idea.website}", by=self.person)

    def _company(self) -> Company:
        """Entered once, by whichever comes first, invitation or registration."""
        if self.company is None:
            contact, desk = self.idea.contact, self.demo.officers["importer_desk"]
            self.person = know_person(
                email=self.login or contact.email,
                full_name=contact.full_name,
                given_name=contact.given_name,
                original_name=contact.original,
                job_title=contact.position_en,
                phone=self.idea.phone,
                language="en",
                by=desk,
            )
            if self.login:
                let_in(self.person)
            self.company = found_company(
                by=desk,
                contact=self.person,
                name_vi=self.idea.name,
                country=self.idea.country,
                address=self.idea.city,
                website=self.idea.website,
            )
        return self.company

    def _consents(self) -> set[str]:
        purposes = {Consent.Purpose.REGISTRATION, Consent.Purpose.DIRECTORY}
        if self.chance.random() < 0.85:
            purposes.add(Consent.Purpose.SHARE_ON_SCAN)
        return {str(purpose) for purpose in purposes}


@planner(order=32)
def others_get_their_badges(demo: Demo) -> None:
    """Two days before the opening: the press, guests of the programme and those who work at the fair."""
    for number in range(len(NAMED)):
        demo.timeline.at(moment("2018-10-16 14:00"), partial(_issue_named, demo, number))


def _issue_named(demo: Demo, number: int) -> None:
    kind, full_name, organisation, country, job_title, original_name = NAMED[number]
    issue_by_name(
        demo.edition,
        kind=kind,
        full_name=full_name,
        organisation=organisation,
        country=country,
        job_title=job_title,
        original_name=original_name,
        by=demo.officers["importer_desk"],
    )


@planner(order=33)
def everybody_passes_the_gates(demo: Demo) -> None:
    """Passes for exhibitors' staff the week before; then every passage of the four days, read at one of two gates."""
    crowd = Crowd(demo)
    demo.timeline.at(moment("2018-10-15 10:00"), crowd.give_passes)
    demo.timeline.at(moment("2018-10-17 20:00"), crowd.gather)


@dataclass
class Crowd:
    """The holders of badges by kind, in the order in which the invented arrivals number them."""

    demo: Demo

    def give_passes(self) -> None:
        """Three for each exhibitor, within what its booths allow."""
        chance = self.demo.chance("passes")
        parts = Participation.objects.filter(edition=self.demo.edition, role="exhibitor", state="active")
        for part in parts.select_related("company"):
            for _nth in range(min(3, part.pass_quota)):
                self.demo.timeline.at(clock.now(), partial(self._give_pass, part, _named(chance)))

    def _give_pass(self, part: Participation, idea: PersonIdea) -> None:
        boss = part.company.memberships.filter(role=Membership.Role.ADMIN).order_by("pk")[0].person
        person = know_person(email=None, full_name=idea.full_name, given_name=idea.given_name, by=boss)
        add_member(part.company, person=person, by=boss)
        issue_badge(self.demo.edition, person=person, company=part.company, kind=Badge.Kind.EXHIBITOR, by=boss)

    def gather(self) -> None:
        """The evening before: who will come is known, and when."""
        edition = self.demo.edition
        self.public_days = set(edition.days.filter(audience="public").values_list("date", flat=True))
        self.gates, self.door = list(Gate.objects.filter(edition=edition)), Door(edition)
        self.badges = {
            "importer": list(Badge.objects.filter(edition=edition, kind="importer", state="active")),
            "staff": list(Badge.objects.filter(edition=edition, kind="exhibitor", state="active")),
            "visitor": [],
        }
        self.chance = self.demo.chance("arrivals")
        self.badges["importer"] = [badge for badge in self.badges["importer"] if self.demo.comes(badge.person_id)]
        self.chance.shuffle(self.badges["importer"])
        arrivals = invention.arrivals(
            SEED,
            importers=len(self.badges["importer"]) // self.demo.scale,
            staff=len(self.badges["staff"]) // self.demo.scale,
            entries=ENTRIES // self.demo.part,
            factor=self.demo.scale,
        )
        self.badges["importer"] = self._as_planned(arrivals)
        for number, arrival in enumerate(arrivals):
            self.demo.timeline.at(_when(arrival), partial(self._pass, arrival, number))

    def _as_planned(self, arrivals: list[Arrival]) -> list[Badge]:
        """The importers in the order in which the arrivals number them: whoever means to come early does so."""
        first: dict[int, int] = {}
        for arrival in arrivals:
            if arrival.kind == "importer":
                first.setdefault(arrival.person, arrival.day)
        people = sorted(self.badges["importer"], key=lambda badge: self.demo.first_day(badge.person_id))
        placed = dict(zip(sorted(first, key=lambda one: (first[one], one)), people, strict=False))
        return [placed[number] for number in sorted(placed)]

    def _pass(self, arrival: Arrival, number: int) -> None:
        """Visitors get their badge at the reception when they first come."""
        holders = self.badges[arrival.kind]
        while arrival.kind == "visitor" and arrival.person >= len(holders):
            holders.append(self._welcome())
        badge = holders[arrival.person % len(holders)]
        scan_badge(
            self.gates[number % len(self.gates)],
            code=badge.qr_code,
            direction=arrival.direction,
            key=f"demo-{number}",
            by=self.demo.officers["gate"],
            door=self.door,
        )

    def _welcome(self) -> Badge:
        """Who comes on a day for trade is of the trade; on the public day, anybody."""
        idea, reception = _named(self.chance), self.demo.officers["importer_desk"]
        person = know_person(email=None, full_name=idea.full_name, given_name=idea.given_name, by=reception)
        kind = Badge.Kind.VISITOR if clock.today(self.demo.edition) in self.public_days else Badge.Kind.TRADE_VISITOR
        return issue_badge(self.demo.edition, person=person, company=None, kind=kind, by=reception)


def _named(chance: Random) -> PersonIdea:
    return vietnamese(chance, position=("", ""), domain="visitors.example")


def _when(arrival: Arrival) -> datetime:
    return datetime.combine(OPENS + timedelta(days=arrival.day), arrival.time, HANOI)
