"""The report asks the same questions of a fair with one of everything, with three and with three hundred."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from booths.models import Application, Reservation
from buyers.models import Badge, Gate, HostedContract, Registration, Scan, TravelItem
from fairs import clock, reports
from fairs.models import (
    Allowance,
    Company,
    CraftVillage,
    Fund,
    Grant,
    LegalPaper,
    Notice,
    NoticeLine,
    Participation,
    Payment,
    Person,
    Posting,
    Province,
    SupportRule,
)
from matchmaking.models import Deal, Lead, Meeting
from tests import recounts, world

pytestmark = pytest.mark.django_db
DAY = world.FIRST_MORNING.date()


def of_everything(count):
    """An edition with so many of whatever a line counts."""
    edition = world.edition()
    makers = _exhibitors(edition, count)
    _money(edition, makers)
    buyers = _importers(edition, count)
    _meetings(edition, makers, buyers)
    LegalPaper.objects.bulk_create(
        LegalPaper(edition=edition, number=f"{n}/QĐ", issued_on=DAY, issuer_vi="UBND", subject_vi="Kế hoạch")
        for n in range(count)
    )
    for figure in ("B1.planned", "C1", "D3", "E1.held", "H1.due"):
        world.target(edition, figure, count)
    return edition


def _exhibitors(edition, count):
    province = Province.objects.create(
        code="01", name_vi="Hà Nội", name_en="Hanoi", kind="city", valid_from=DAY - timedelta(days=900)
    )
    group = world.product_group()
    village = CraftVillage.objects.create(
        slug="bat-trang", name_vi="Bát Tràng", craft_vi="Gốm", craft_en="Ceramics", product_group=group
    )
    firms = Company.objects.bulk_create(
        Company(name_vi=f"Gốm {n}", province=province, craft_village=None if n % 2 else village) for n in range(count)
    )
    Company.product_groups.through.objects.bulk_create(
        Company.product_groups.through(company=firm, productgroup=group) for firm in firms
    )
    parts = Participation.objects.bulk_create(
        Participation(edition=edition, company=firm, role="exhibitor", province=province) for firm in firms
    )
    contact, kind = world.person(), world.booth_class(edition)
    asked = Application.objects.bulk_create(
        Application(
            edition=edition, company=firm, contact=contact, booth_class=kind, state="accepted", legal_form="artisan"
        )
        for firm in firms
    )
    Reservation.objects.bulk_create(
        Reservation(
            edition=edition, booth=booth, application=one, company=one.company, state="handed_over",
            held_until=world.NOON,
        )
        for booth, one in zip(world.floor(edition, count), asked, strict=True)
    )  # fmt: skip
    return parts


def _money(edition, parts):
    fund = Fund.objects.create(edition=edition, name_vi="Thành phố", name_en="City")
    rule = SupportRule.objects.create(edition=edition, name_vi="Hỗ trợ", name_en="Support", percent=50, fund=fund)
    given = {"edition": edition, "currency": "VND", "due_on": DAY}
    notices = Notice.objects.bulk_create(
        Notice(company=part.company, number=f"TB{n}", reference=f"R{n}", due=9, paid=4, **given)
        for n, part in enumerate(parts)
    )
    lines = NoticeLine.objects.bulk_create(
        NoticeLine(notice=one, kind="support", text_vi="Hỗ trợ", text_en="Support", unit_price=-5, amount=-5)
        for one in notices
    )
    had = Allowance.objects.bulk_create(
        Allowance(company=one.company, year=2018, kind="booth", granted=5) for one in notices
    )
    Grant.objects.bulk_create(
        Grant(edition=edition, company=one.company, allowance=allowed, rule=rule, line=line, amount=5)
        for one, allowed, line in zip(notices, had, lines, strict=True)
    )
    payments = Payment.objects.bulk_create(
        Payment(
            edition=edition, way="cash", amount=5, currency="VND", received_on=DAY, receipt=f"PT{n}", key=f"p{n}",
            assigned=4,
        )
        for n in range(len(notices))
    )  # fmt: skip
    Posting.objects.bulk_create(
        Posting(payment=payment, notice=notice, kind="assigned", amount=4)
        for payment, notice in zip(payments, notices, strict=True)
    )


def _importers(edition, count):
    firms = Company.objects.bulk_create(Company(name_vi=f"Maison {n}", country="FR") for n in range(count))
    parts = Participation.objects.bulk_create(
        Participation(edition=edition, company=firm, role="importer") for firm in firms
    )
    people = Person.objects.bulk_create(Person(full_name=f"Camille {n}", email=f"c{n}@x.example") for n in range(count))
    grade, gate = world.grade(edition, "hosted"), Gate.objects.create(edition=edition, name_vi="Cổng", name_en="Gate")
    both = list(zip(firms, people, strict=True))
    seats = Registration.objects.bulk_create(
        Registration(edition=edition, company=firm, person=person, state="approved", grade=grade)
        for firm, person in both
    )
    badges = Badge.objects.bulk_create(
        Badge(edition=edition, company=firm, person=person, kind="importer", token=f"t{n}", short_code=f"S{n}")
        for n, (firm, person) in enumerate(both)
    )
    Scan.objects.bulk_create(
        Scan(
            edition=edition, gate=gate, badge=badge, at=world.FIRST_MORNING, direction="in", result="ok",
            entered=True, key=f"k{n}",
        )
        for n, badge in enumerate(badges)
    )  # fmt: skip
    contracts = HostedContract.objects.bulk_create(
        HostedContract(
            edition=edition, registration=seat, company=seat.company, grade=grade, min_meetings=1, min_days=1,
            meetings=2, days=2, answer_by=DAY,
        )
        for seat in seats
    )  # fmt: skip
    fund = edition.funds.get()
    TravelItem.objects.bulk_create(
        TravelItem(contract=one, kind="flight", currency="USD", actual=7, paid=5, fund=fund, paper_number="1")
        for one in contracts
    )
    return list(zip(parts, people, strict=True))


def _meetings(edition, makers, buyers):
    starts, group, recorder = world.FIRST_MORNING, world.product_group(), world.person()
    pairs = list(zip(makers, buyers, strict=True))
    Meeting.objects.bulk_create(
        Meeting(
            edition=edition, exhibitor=maker, importer=part, importer_person=person, starts_at=starts,
            ends_at=starts + timedelta(minutes=30), state="held",
        )
        for maker, (part, person) in pairs
    )  # fmt: skip
    Deal.objects.bulk_create(
        Deal(
            edition=edition, number=f"HD{n}", exhibitor=maker, importer=part, product_group=group, currency="USD",
            amount=Decimal(1000), usd=Decimal(1000), signed_on=DAY, recorded_side="exhibitor", recorded_by=recorder,
            recorded_at=starts, state="confirmed", token=f"t{n}", key=f"k{n}",
            kind="memorandum" if n % 3 else "contract",
        )
        for n, (maker, (part, _person)) in enumerate(pairs)
    )  # fmt: skip
    Lead.objects.bulk_create(
        Lead(edition=edition, exhibitor=maker, visitor=f"v{n}", kind="importer", first_at=starts, last_at=starts)
        for n, maker in enumerate(makers)
    )


@pytest.fixture(params=world.ROWS)
def fair(request):
    with clock.at(world.FIRST_MORNING + timedelta(hours=1)):
        yield of_everything(request.param)


def test_the_page_asks_as_many_questions_whatever_the_size(fair, client, django_assert_num_queries):
    client.force_login(world.officer(fair, "reports"))
    with django_assert_num_queries(64):
        assert client.get(reverse("fairs:report", args=[fair.slug])).status_code == 200
    busy = {name for name in recounts.SQL if recounts.recounted(name, fair)}
    assert {"A", "B", "C", "D", "E", "H"} <= {name[0] for name in busy}
    assert recounts.differing(reports.lines(), fair) == {}
