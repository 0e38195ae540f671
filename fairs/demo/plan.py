"""The fair itself: series, edition, papers, programme, targets, officers, rates."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, partial

from django.contrib.auth.hashers import make_password

from fairs import clock, invention
from fairs.actions.editions import (
    add_legal_paper,
    add_programme_item,
    appoint_officer,
    change_edition,
    create_edition,
    create_series,
    set_rate,
)
from fairs.actions.people import know_person
from fairs.actions.plans import set_targets
from fairs.actions.publishing import publish
from fairs.demo.stages import BEGINNING, HANOI, moment
from fairs.demo.world import PASSWORD, Demo, planner
from fairs.letterboxes import prove
from fairs.models import Edition, OpeningDay, PastResult, Person, Series, WayOffered
from fairs.money.actions.accounts import set_bank_account, set_ways
from fairs.money.actions.support import set_fund, set_support_rule
from fairs.second_factor import DEMO_SECRET, switch_on

OPENS, CLOSES = moment("2018-10-18 00:00").date(), moment("2018-10-21 00:00").date()


@planner(order=0)
def found_the_fair(demo: Demo) -> None:
    """At once, so that the pages can open while the rest is still being filled."""
    with clock.at(BEGINNING):
        administrator = Person.objects.create_superuser(
            "admin@cho-phien.example", PASSWORD, full_name="Quản trị hệ thống"
        )
        series = _series(administrator)
        _past_results(series)
        demo.edition = _edition(series, administrator)
        demo.officers = officers_of(demo.edition, administrator)
        _papers(demo)
    for text in ("2018-10-01 09:00", "2018-10-15 09:00", "2018-10-19 09:00", "2018-11-01 09:00"):
        when = moment(text)
        demo.timeline.at(when, partial(_rates, demo, when.date()))
    for text in ("2018-10-22 10:00", "2018-11-19 09:00"):
        demo.timeline.at(moment(text), partial(publish, demo.edition, by=demo.officers["reports"]))


def _series(by: Person) -> Series:
    return create_series(
        by=by,
        slug="hgs",
        short_name="Hanoi Gift Show",
        name_vi="Hội chợ quốc tế Quà tặng hàng thủ công mỹ nghệ Hà Nội",
        name_en="Hanoi Gift Show",
        host_vi="Sở Công Thương Hà Nội",
        host_en="Hanoi Department of Industry and Trade",
        operator_vi="Trung tâm Khuyến công và Tư vấn phát triển công nghiệp",
        operator_en="Centre for Industrial Promotion and Industrial Development Consultancy",
        address="176 Quang Trung, Hà Đông, Hà Nội",
        tax_code="0100000000",
        phone="024 0000 0000",
        email="buyers@cho-phien.example",
    )


def _past_results(series: Series) -> None:
    """What the city reported for 2016 to 2020; no action changes it, as with all reference data."""
    source_vi, source_en = "Báo cáo của thành phố giai đoạn 2016–2020.", "The city’s report for 2016 to 2020."
    rows = [
        ("", "5", "5", "kỳ hội chợ chuyên ngành", "fairs held", False),
        ("C1.companies", "1.250", "1,250", "lượt doanh nghiệp, cơ sở tham gia", "enterprises took part", True),
        ("C2.provinces", "Hà Nội và gần 40", "Hanoi and nearly 40", "tỉnh, thành phố có đơn vị tham gia",
         "provinces and cities that exhibitors came from", False),
        ("D1.attended", "3.200", "3,200", "lượt nhà nhập khẩu từ 40 quốc gia, vùng lãnh thổ",
         "importers from 40 countries and territories", True),
        ("D3.countries", "40", "40", "quốc gia, vùng lãnh thổ của nhà nhập khẩu",
         "countries and territories of importers", False),
        ("F1.count", "Hàng trăm", "Hundreds", "hợp đồng xuất khẩu ký kết", "export contracts signed", False),
        ("F1.value_usd", "Hơn 20 triệu USD", "US$20m+", "giá trị hợp đồng xuất khẩu qua năm kỳ",
         "in export contracts, five editions together", True),
    ]  # fmt: skip
    PastResult.objects.bulk_create(
        PastResult(
            series=series,
            period="2016–2020",
            figure=figure,
            order=order,
            value_vi=value_vi,
            value_en=value_en,
            text_vi=text_vi,
            text_en=text_en,
            source_vi=source_vi,
            source_en=source_en,
            on_home=on_home,
        )
        for order, (figure, value_vi, value_en, text_vi, text_en, on_home) in enumerate(rows)
    )


def _edition(series: Series, by: Person) -> Edition:
    """18 to 21 October 2018 and the venue are our assumption; the press of 2018 names neither."""
    edition = create_edition(
        series,
        by=by,
        slug="hgs-2018",
        name_vi="Hội chợ quốc tế Quà tặng hàng thủ công mỹ nghệ Hà Nội 2018",
        name_en="Hanoi Gift Show 2018",
        theme_vi="Làng nghề Việt dưới một mái chợ",
        theme_en="Vietnam’s craft villages, under one market roof",
        opens_on=OPENS,
        closes_on=CLOSES,
        venue_vi="Cung Triển lãm Kiến trúc, Quy hoạch Xây dựng Quốc gia",
        venue_en="National Exhibition Palace (NECC)",
        venue_address="1 Đỗ Đức Dục, Hà Nội",
        days=[
            OpeningDay(
                date=OPENS + timedelta(days=n),
                opens_at=time(9),
                closes_at=time(17) if n == 3 else time(17, 30),
                audience="public" if n == 3 else "trade",
            )
            for n in range(4)
        ],
    )
    return change_edition(edition, by=by, published=True)


def officers_of(edition: Edition, by: Person) -> dict[str, Person]:
    """Everybody of the team; the first of each role signs in with the demonstration's password."""
    officers: dict[str, Person] = {}
    for idea in invention.officers():
        person = know_person(
            email=_login(idea, first=idea.role not in officers),
            full_name=idea.person.full_name,
            given_name=idea.person.given_name,
            job_title=idea.person.position_vi,
            by=by,
        )
        appoint_officer(edition, person=person, role=idea.role, by=by)
        if idea.role not in officers:
            let_in(person)
            if idea.role in ("finance", "director"):
                switch_on(person, DEMO_SECRET)
            officers[idea.role] = person
    return officers


def _login(idea: invention.OfficerIdea, *, first: bool) -> str:
    """The address somebody of the team signs in with; jurors but the first come from other houses."""
    return idea.person.email if idea.role == "reviewer" and not first else f"{idea.key}@cho-phien.example"


def let_in(person: Person) -> None:
    """Give somebody the password that is printed when the demonstration starts; nobody reads letters there."""
    person.password = _password()
    person.save(update_fields=["password"])
    prove(person)


@cache
def _password() -> str:
    """Hashed once: it is meant to be slow."""
    return make_password(PASSWORD)


def _papers(demo: Demo) -> None:
    director, edition = demo.officers["director"], demo.edition
    for paper in invention.legal_papers():
        add_legal_paper(
            edition,
            by=director,
            number=paper.number,
            issued_on=paper.day,
            issuer_vi=paper.issuer_vi,
            issuer_en=paper.issuer_en,
            subject_vi=paper.subject_vi,
            subject_en=paper.subject_en,
        )
    for item in invention.programme():
        add_programme_item(
            edition,
            by=director,
            starts_at=datetime.combine(item.day, item.start, HANOI),
            ends_at=datetime.combine(item.day, item.end, HANOI),
            title_vi=item.title_vi,
            title_en=item.title_en,
            place_vi=item.place_vi,
            place_en=item.place_en,
        )
    _plan(demo)
    city = set_fund(edition, name_vi="Ngân sách thành phố", name_en="City budget", share="budget", by=director)
    set_support_rule(
        edition,
        by=director,
        fund=city,
        name_vi="Ngân sách thành phố hỗ trợ 50%, tối đa 2 gian",
        name_en="City budget supports 50%, two booths at most",
        percent=Decimal(50),
        booths_at_most=2,
        legal_basis=edition.legal_papers.first(),
    )
    ways = [WayOffered(way="transfer"), WayOffered(way="card", days=3), WayOffered(way="cash", days=5)]
    set_ways(edition, audience="resident", ways=ways, by=director)
    # Six zeros and more: a number that no bank gives, so that nobody pays a stranger for a demonstration.
    set_bank_account(
        edition,
        by=director,
        bin="970436",
        bank_name="Vietcombank",
        number="0000000001018",
        holder="TAI KHOAN MAU HOI CHO",
    )


def _plan(demo: Demo) -> None:
    """The plan as the city set it; in May the entries at the gates are put higher, and both versions stay."""
    edition, director = demo.edition, demo.officers["director"]
    goals = {target.key: target.value for target in invention.targets()}
    first = edition.legal_papers.first()
    set_targets(edition, targets=goals | {"D4.entries": Decimal(4500)}, legal_paper=first, by=director)
    raised = partial(
        set_targets, edition, targets={"D4.entries": goals["D4.entries"]}, legal_paper=edition.legal_papers.last(),
        why="Mở thêm cổng 2 ở nhà B", by=director,
    )  # fmt: skip
    demo.timeline.at(moment("2018-05-14 09:00"), raised)


def _rates(demo: Demo, day: date) -> None:
    """The rates of one day of the fair serve as those of the days around it too; the source says so."""
    for rate in invention.rates():
        set_rate(
            currency=rate.currency,
            day=day,
            usd=rate.usd,
            source=rate.source,
            by=demo.officers["finance"],
            edition=demo.edition,
        )


def hour(day: int, clock_time: str) -> datetime:
    """A time on the nth day of the fair, from 0, such as hour(1, "10:30")."""
    return datetime.combine(OPENS + timedelta(days=day), time.fromisoformat(clock_time), HANOI)
