"""Small fairs for tests: each function makes one thing with what it needs, and nothing more."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.db.models import F

from booths.models import (
    Application,
    Booth,
    BoothClass,
    Criterion,
    Hall,
    Price,
    Reservation,
    Review,
    RulesText,
    SaleTerms,
    Zone,
)
from booths.scoring import mean
from buyers.actions.badges import signature
from buyers.codes import new_short_code, new_token
from buyers.grades import begin_grades
from buyers.models import Badge, Grade
from fairs.letterboxes import prove
from fairs.models import (
    Allowance,
    Company,
    Consent,
    Edition,
    Grant,
    Membership,
    Notice,
    NoticeLine,
    Officer,
    OpeningDay,
    Participation,
    Person,
    PlanVersion,
    ProductGroup,
    Series,
    SupportRule,
    Target,
)
from fairs.second_factor import DEMO_SECRET, switch_on
from matchmaking.models import MeetingRules

OPENS = date(2018, 10, 18)
NOON = datetime(2018, 9, 1, 5, 0, tzinfo=UTC)  # noon in Hanoi, while booths are being sold
FIRST_MORNING = datetime(2018, 10, 18, 3, 0, tzinfo=UTC)  # 10:00 on the first day
# A list is asked for with so many rows. What a statement means shows with 1 and 3 of them, on each database; that
# 300 take no more statements is the same on all.
ROWS = [1, 3, pytest.param(300, marks=pytest.mark.once)]
_numbers = count(1)


def edition(**fields: Any) -> Edition:
    """A published edition of four days with its sale terms, its grades of importers and version 1 of its rules."""
    number = next(_numbers)
    series, _made = Series.objects.get_or_create(
        slug="hgs", defaults={"name_vi": "Hội chợ Quà tặng", "name_en": "Gift Show", "short_name": "HGS"}
    )
    given = {
        "series": series,
        "slug": f"gift-show-{number}",
        "name_vi": "Hội chợ Quà tặng 2018",
        "name_en": "Gift Show 2018",
        "opens_on": OPENS,
        "closes_on": OPENS + timedelta(days=3),
        "venue_vi": "Cung triển lãm",
        "venue_en": "Exhibition palace",
        "published": True,
    }
    made = Edition.objects.create(**given | fields)
    OpeningDay.objects.bulk_create(
        OpeningDay(edition=made, date=made.opens_on + timedelta(days=n), opens_at=time(9), closes_at=time(17, 30))
        for n in range((made.closes_on - made.opens_on).days + 1)
    )
    SaleTerms.objects.create(edition=made)
    begin_grades(made)
    RulesText.objects.create(edition=made, version="1", text_vi="Giữ sạch lối đi.", text_en="Keep the aisles free.")
    return made


def person(name: str = "Trần Văn Lực", **fields: Any) -> Person:
    """Somebody whose e-mail is proved, and who can sign in with the password “secret-lacquer”."""
    fields.setdefault("email", f"person{next(_numbers)}@example.org")
    made = Person.objects.create_user(password="secret-lacquer", full_name=name, **fields)
    if made.email:
        prove(made)
    return made


def target(of: Edition, figure: str, value: int) -> Target:
    """What the latest version of the edition's plan wants, of which there is one at least from then on."""
    version = of.plan_versions.first() or PlanVersion.objects.create(edition=of, number=1, since=of.opens_on)
    return Target.objects.create(edition=of, version=version, figure=figure, value=value)


def officer(of: Edition, role: str, **fields: Any) -> Person:
    """An officer of the edition with one role."""
    made = person("Nguyễn Thu Hà", **fields)
    Officer.objects.create(person=made, role=role, edition=of)
    if role in ("finance", "director"):
        switch_on(made, DEMO_SECRET)
    return made


def company(*people: Person, **fields: Any) -> Company:
    """A company and its members."""
    fields.setdefault("name_vi", f"Cơ sở Gốm Giang Cao {next(_numbers)}")
    made = Company.objects.create(**fields)
    for one in people:
        Membership.objects.create(company=made, person=one)
    return made


def importer_company(*people: Person, **fields: Any) -> Company:
    """A foreign company and its members."""
    return company(*people, **{"name_vi": f"Maison Lefèvre {next(_numbers)}", "country": "FR"} | fields)


def product_group(code: str = "ceramics") -> ProductGroup:
    """A product group."""
    return ProductGroup.objects.get_or_create(
        code=code, defaults={"name_vi": "Gốm sứ", "name_en": "Ceramics", "kind": "core"}
    )[0]


def booth_class(of: Edition, *, price: Decimal = Decimal(13_500_000)) -> BoothClass:
    """A standard booth with a price in đồng for residents and in dollars for others."""
    made, new = BoothClass.objects.get_or_create(
        edition=of,
        code="standard",
        defaults={"name_vi": "Gian tiêu chuẩn", "name_en": "Standard", "origin": "domestic"},
    )
    if new:
        Price.objects.create(booth_class=made, audience="resident", currency="VND", amount=price)
        Price.objects.create(booth_class=made, audience="non_resident", currency="USD", amount=900)
    return made


def floor(of: Edition, booths: int = 4) -> list[Booth]:
    """A row of booths side by side, A01 and on."""
    hall = Hall.objects.create(edition=of, code="A", name_vi="Nhà A", name_en="Hall A", x=0, y=0, width=99, depth=40)
    zone = Zone.objects.create(edition=of, code="GS", name_vi="Gốm sứ", name_en="Ceramics")
    kind = booth_class(of)
    return Booth.objects.bulk_create(
        Booth(
            edition=of,
            hall=hall,
            zone=zone,
            booth_class=kind,
            code=f"A{n:02d}",
            x=3 * n,
            y=3,
            width=3,
            depth=3,
            open_sides="S",
        )
        for n in range(1, booths + 1)
    )  # fmt: skip


def application(of: Edition, by: Person | None = None, *, state: str = "accepted", booths: int = 2) -> Application:
    """A company's application in a state, with its participation once accepted."""
    contact = by or person()
    firm = company(contact)
    made = Application.objects.create(
        edition=of, company=firm, contact=contact, booth_class=booth_class(of), booth_count=booths, state=state
    )
    if state == "accepted":
        Participation.objects.create(edition=of, company=firm, role="exhibitor")
    return made


def criterion(of: Edition, name: str = "Quality", **fields: Any) -> Criterion:
    """Something a jury scores, from 0 to 10."""
    return Criterion.objects.create(edition=of, **{"name_vi": f"{name} vi", "name_en": name} | fields)


def review(of: Application, juror: Person | None = None, result: Any = None) -> Review:
    """An application given to a juror; with a result, scored."""
    juror = juror or officer(of.edition, "reviewer")
    state = "assigned" if result is None else "done"
    made = Review.objects.create(application=of, reviewer=juror, state=state, result=result)
    done = Review.objects.filter(application=of, state="done").values_list("result", flat=True)
    Application.objects.filter(pk=of.pk).update(score=mean([one for one in done if one is not None]))
    return made


def grade(of: Edition, code: str = "ordinary") -> Grade:
    """A grade of the edition's importers."""
    return Grade.objects.get(edition=of, code=code)


def participation(of: Edition, firm: Company, role: str) -> Participation:
    """A company's part in the edition."""
    return Participation.objects.get_or_create(edition=of, company=firm, role=role)[0]


@dataclass
class Sides:
    """An edition where an exhibitor and an importer can meet."""

    edition: Edition
    exhibitor: Participation
    maker: Person
    importer: Participation
    buyer: Person
    rules: MeetingRules


@dataclass
class Side:
    """A company that takes part, and its one person."""

    part: Participation
    person: Person


def exhibitor(of: Edition, **fields: Any) -> Side:
    """A maker who takes part."""
    maker = person("Bùi Thị Hiền")
    return Side(participation(of, company(maker, **fields), "exhibitor"), maker)


def importer(of: Edition, **fields: Any) -> Side:
    """A buyer from abroad who takes part."""
    buyer = person("Camille Lefèvre", language="en")
    return Side(participation(of, importer_company(buyer, **fields), "importer"), buyer)


def two_sides(of: Edition | None = None) -> Sides:
    """Both sides, with meetings of half an hour and lunch from noon to one."""
    of = of or edition()
    maker, buyer = exhibitor(of), importer(of)
    rules = MeetingRules.objects.create(edition=of, lunch_from=time(12), lunch_to=time(13))
    return Sides(of, maker.part, maker.person, buyer.part, buyer.person, rules)


def booths_of(part: Participation, *codes: str) -> None:
    """Confirmed booths of an exhibitor."""
    booths = {booth.code: booth for booth in floor(part.edition)}
    asked = Application.objects.create(
        edition=part.edition, company=part.company, contact=part.company.people.get(), state="accepted",
        booth_class=booth_class(part.edition),
    )  # fmt: skip
    for code in codes:
        Reservation.objects.create(
            edition=part.edition, company=part.company, application=asked, booth=booths[code], state="confirmed",
            held_until=NOON,
        )  # fmt: skip


def badge(of: Edition, person: Person, company: Company | None = None, kind: str = "importer") -> Badge:
    """A valid badge with codes that the gates read, made without telling anybody."""
    token = new_token()
    return Badge.objects.create(
        edition=of, person=person, company=company, kind=kind, token=token, short_code=new_short_code(),
        signature=signature(of, kind, token),
    )  # fmt: skip


def buyers_badge(sides: Sides, short_code: str) -> Badge:
    """The valid badge of the importer's person, who agreed that a scan names them."""
    Consent.objects.create(
        person=sides.buyer, edition=sides.edition, purpose="share_on_scan", text_version="1", language="en", means="web"
    )
    return Badge.objects.create(
        edition=sides.edition, person=sides.buyer, company=sides.importer.company, kind="importer",
        token=f"token-{short_code}", short_code=short_code,
    )  # fmt: skip


def grant(on: Notice, amount: int = 5, **rule: Any) -> Grant:
    """Support granted on a notice, by a rule of its own."""
    by = SupportRule.objects.create(
        edition=on.edition, **{"name_vi": "Hỗ trợ", "name_en": "Support", "percent": 50} | rule
    )
    line = NoticeLine.objects.create(
        notice=on, kind="support", text_vi=by.name_vi, text_en=by.name_en, unit_price=-amount, amount=-amount
    )
    had, _new = Allowance.objects.get_or_create(company=on.company, year=on.edition.opens_on.year, kind=by.kind)
    Allowance.objects.filter(pk=had.pk).update(granted=F("granted") + amount)
    return Grant.objects.create(
        edition=on.edition, company=on.company, allowance=had, rule=by, line=line, amount=amount
    )
