"""The demonstration's visitors at booths: badges scanned from morning to evening, rated and followed up."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from random import Random

from buyers.models import Badge
from fairs import clock
from fairs.demo.logins import LOGINS
from fairs.demo.plan import hour
from fairs.demo.world import Demo, planner
from fairs.models import Participation, Person
from matchmaking.actions import leads
from matchmaking.actions.booth_cards import leave_details, leave_typed, make_card
from matchmaking.demo import let_in_by_now
from matchmaking.models import Lead

SCANS = 420
NOTING = 45  # exhibitors who note their visitors, those with a ready login among them
STEPS = ("catalogue", "prices", "prices", "samples", "call")
NOTES = (
    "Hỏi giá 300 bộ, giao trước Tết.",
    "Thích men xanh ngọc, xin gửi mẫu màu.",
    "Cần chứng nhận FSC, hẹn gửi hồ sơ.",
    "Đã mua của làng bên, so giá.",
    "Muốn đặt riêng kích thước 30 × 40 cm.",
    "",
)
GUESTS = (
    ("Marta Nowak", "marta.nowak@buyers.example", "Dom i Ogród", "PL"),
    ("Kenji Arai", "kenji.arai@buyers.example", "Arai Living", "JP"),
    ("Trần Mỹ Linh", "my.linh@buyers.example", "Quà Việt", "VN"),
)


@planner(order=41)
def visitors_are_noted(demo: Demo) -> None:
    """Scans over the four days; each maker writes down at once what it remembers, and does steps in the evening."""
    table = Table(demo, demo.chance("leads"))
    for number in range(demo.many(SCANS)):
        minutes = table.chance.uniform(9 * 60 + 30, 17 * 60 + 10)
        when = hour(number % 4, "00:00") + timedelta(minutes=minutes)
        demo.timeline.at(when, partial(table.scan, number))
    demo.timeline.at(hour(0, "09:05"), table.lay_cards)
    for number, guest in enumerate(GUESTS):
        demo.timeline.at(hour(number, "10:20"), partial(table.leave, guest))
    for day in range(4):
        demo.timeline.at(hour(day, "19:00"), table.follow_up)


@dataclass
class Table:
    """Makers who note their visitors, and those who come by."""

    demo: Demo
    chance: Random
    makers: list[tuple[Participation, Person]] = field(default_factory=list)

    def lay_cards(self) -> None:
        """Those with a ready login lay a card on the table."""
        for part, person in self._makers()[:2]:
            make_card(part, by=person)

    def scan(self, number: int) -> None:
        """An importer whom a gate let in stops at a booth; most agreed to be named."""
        inside = let_in_by_now(self.demo)
        badges = Badge.objects.valid().filter(edition=self.demo.edition, kind="importer", person__in=inside)
        known = list(badges.order_by("pk").values_list("short_code", flat=True))
        if not known or not self._makers():
            return
        part, person = self._maker()
        code = self.chance.choice(known)
        lead = leads.scan_lead(part, code=code, key=f"demo-lead-{number}", by=person)
        if self.chance.random() < 0.8:
            self._write(lead, person)

    def leave(self, guest: tuple[str, str, str, str]) -> None:
        """Somebody without a badge at hand types who they are; an importer with a login taps."""
        part, person = self._makers()[0]
        name, email, company, country = guest
        card = make_card(part, by=person)
        leave_typed(
            card, name=name, email=email, company=company, country=country, language="en", key=email, guesser=email
        )
        buyer = Person.objects.filter(email=dict(LOGINS)["importer"]).first()
        if buyer:
            leave_details(card, person=buyer, language="en", key=f"demo-{clock.now():%d}")

    def follow_up(self) -> None:
        """In the evening a third of what is due is done."""
        for lead in Lead.objects.filter(edition=self.demo.edition, done_at=None).exclude(next_step="").order_by("pk"):
            if self.chance.random() < 0.33:
                boss = next(person for part, person in self._makers() if part.pk == lead.exhibitor_id)
                leads.do_step(lead, by=boss)

    def _write(self, lead: Lead, by: Person) -> None:
        """A rating, a word, and for the better ones a next step within days."""
        rating = self.chance.choices("ABC", (2, 5, 4))[0]
        step = self.chance.choice(STEPS) if rating in "AB" and self.chance.random() < 0.7 else ""
        groups = list(lead.exhibitor.company.product_groups.all())
        leads.write_lead(
            lead,
            by=by,
            rating=rating,
            note=self.chance.choice(NOTES),
            product_group=groups[0] if groups else None,
            next_step=step,
            next_on=clock.today(self.demo.edition) + timedelta(days=self.chance.randint(0, 4)) if step else None,
        )

    def _maker(self) -> tuple[Participation, Person]:
        """Every fourth scan is at a table with a ready login, where somebody looks on."""
        makers = self._makers()
        return self.chance.choice(makers[:2]) if self.chance.random() < 0.25 else self.chance.choice(makers)

    def _makers(self) -> list[tuple[Participation, Person]]:
        """The exhibitors who note, read once: nobody joins while the fair is open."""
        if not self.makers:
            parts = Participation.objects.filter(edition=self.demo.edition, role="exhibitor", state="active", host=None)
            found = parts.select_related("company", "edition").prefetch_related("company__people").order_by("pk")
            ready = {email for role, email in LOGINS if role == "exhibitor"}
            sides = [(part, next(iter(part.company.people.all()))) for part in found]
            sides.sort(key=lambda side: side[1].email not in ready)
            self.makers = sides[:NOTING]
        return self.makers
