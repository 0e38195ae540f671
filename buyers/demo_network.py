"""Who comes to the manufacturers' fair: 240 buyers, two people of each exhibitor, visitors; 3,029 entries."""

from dataclasses import dataclass, field
from functools import partial
from random import Random

from buyers.actions.badges import issue_badge
from buyers.actions.gates import add_gate
from buyers.actions.readings import scan_badge
from buyers.actions.registrations import approve_registration, register_importer
from buyers.models import Badge, Gate
from fairs import clock, invention
from fairs.actions.people import add_member, found_company, know_person
from fairs.demo.network import DAYS, ENTRIES, at
from fairs.demo.plan import let_in
from fairs.demo.stages import BEGINNING, moment
from fairs.demo.world import SEED, Demo, planner
from fairs.invention import ManufacturerIdea
from fairs.invention.people import vietnamese
from fairs.models import Consent, Membership, Participation, ProductGroup

BUYERS = 240
FROM, TO = moment("2018-03-20 09:00"), moment("2018-05-15 17:00")
LOGINS = {0: "importer1@cho-phien.example", 1: "importer2@cho-phien.example"}


@planner(order=30, edition="nc")
def buyers_come(demo: Demo) -> None:
    """One gate; the buyers register in spring."""
    with clock.at(BEGINNING):
        add_gate(demo.edition, name_vi="Cổng 1", name_en="Gate 1", by=demo.officers["director"])
    for number, idea in enumerate(invention.visiting_manufacturers(SEED, BUYERS)):
        demo.timeline.at(FROM + (TO - FROM) * number / BUYERS, partial(_register, demo, idea, LOGINS.get(number, "")))
    gate = Counting(demo)
    demo.timeline.at(moment("2018-05-20 09:00"), gate.give_passes)
    demo.timeline.at(moment("2018-05-22 20:00"), gate.plan)


def _register(demo: Demo, idea: ManufacturerIdea, login: str) -> None:
    desk = demo.officers["importer_desk"]
    person = know_person(
        email=login or idea.contact.email,
        full_name=idea.contact.full_name,
        given_name=idea.contact.given_name,
        job_title=idea.contact.position_en,
        language="vi" if idea.country == "VN" else "en",
        by=desk,
    )
    if login:
        let_in(person)
    company = found_company(by=desk, contact=person, name_vi=idea.name_vi, name_en=idea.name_en, country=idea.country)
    purpose = Consent.Purpose
    registration = register_importer(
        demo.edition,
        person=person,
        company=company,
        consents={str(one) for one in (purpose.REGISTRATION, purpose.DIRECTORY, purpose.SHARE_ON_SCAN)},
        language=person.language,
        product_groups=ProductGroup.objects.filter(code=idea.group),
        by=person,
    )
    approve_registration(registration, grade="ordinary", by=desk)


@dataclass
class Counting:
    """The entries of three days, which come out as reported."""

    demo: Demo
    entries: int = ENTRIES
    chance: Random = field(default_factory=lambda: Random(f"{SEED}/network/entries"))
    counted: int = 0

    def give_passes(self) -> None:
        """Two for each exhibitor."""
        parts = Participation.objects.filter(edition=self.demo.edition, role="exhibitor", state="active")
        for part in parts.select_related("company"):
            boss = part.company.memberships.get(role=Membership.Role.ADMIN).person
            for _nth in range(2):
                idea = vietnamese(self.chance, position=("", ""), domain="staff.example")
                person = know_person(email=None, full_name=idea.full_name, given_name=idea.given_name, by=boss)
                add_member(part.company, person=person, by=boss)
                issue_badge(self.demo.edition, person=person, company=part.company, kind="exhibitor", by=boss)

    def plan(self) -> None:
        """Staff once a day; buyers before and after lunch; on the last day visitors, as many as are left to count."""
        known = Badge.objects.filter(edition=self.demo.edition, state="active")
        staff, buyers = list(known.filter(kind="exhibitor")), list(known.filter(kind="importer"))
        self.gate = Gate.objects.get(edition=self.demo.edition)
        self.planned = 0
        for day in range(DAYS):
            for badge in staff:
                self._passage(day, self.chance.uniform(510, 560), badge, "in")
            for badge in buyers:
                self._passage(day, self.chance.uniform(545, 690), badge, "in")
                self._passage(day, self.chance.uniform(700, 750), badge, "out")
                self._passage(day, self.chance.uniform(760, 840), badge, "in")
        for _nth in range(self.entries - self.planned):
            self.demo.timeline.at(at(DAYS - 1, self.chance.uniform(550, 1000)), self._visitor)

    def _passage(self, day: int, minutes: float, badge: Badge, direction: str) -> None:
        self.planned += direction == "in" and badge.kind == Badge.Kind.IMPORTER  # entries are those of guests
        self.demo.timeline.at(at(day, minutes), partial(self._scan, badge, direction))

    def _visitor(self) -> None:
        idea, reception = (
            vietnamese(self.chance, position=("", ""), domain="v.example"),
            self.demo.officers["importer_desk"],
        )
        person = know_person(email=None, full_name=idea.full_name, given_name=idea.given_name, by=reception)
        badge = issue_badge(self.demo.edition, person=person, company=None, kind=Badge.Kind.VISITOR, by=reception)
        self._scan(badge, "in")

    def _scan(self, badge: Badge, direction: str) -> None:
        self.counted += 1
        key = f"demo-{self.counted}"
        scan_badge(self.gate, code=badge.qr_code, direction=direction, key=key, by=self.demo.officers["gate"])
