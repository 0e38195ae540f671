"""The fair itself: series, edition, papers, programme, targets, officers, rates."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from fairs import clock, invention
from fairs.actions.editions import (
    add_legal_paper,
    add_programme_item,
    appoint_officer,
    change_edition,
    create_edition,
    create_series,
    set_rate,
    set_targets,
)
from fairs.actions.people import know_person
from fairs.demo.stages import BEGINNING, HANOI, moment
from fairs.demo.world import PASSWORD, Demo, planner
from fairs.models import Edition, OpeningDay, Person, Series
from fairs.money.actions import set_support_rule

OPENS, CLOSES = moment("2018-10-18 00:00").date(), moment("2018-10-21 00:00").date()


@planner(order=0)
def found_the_fair(demo: Demo) -> None:
    """At once, so that the pages can open while the rest is still being filled."""
    with clock.at(BEGINNING):
        administrator = Person.objects.create_superuser(
            "admin@cho-phien.example", PASSWORD, full_name="Quản trị hệ thống"
        )
        series = _series(administrator)
        demo.edition = _edition(series, administrator)
        demo.officers = _officers(demo.edition, administrator)
        _papers(demo)
    demo.timeline.at(moment("2018-10-01 09:00"), lambda: _rates(demo))


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


def _officers(edition: Edition, by: Person) -> dict[str, Person]:
    """The first of each role signs in with the demonstration's password."""
    officers: dict[str, Person] = {}
    for idea in invention.officers():
        person = know_person(
            email=idea.email, full_name=idea.full_name, given_name=idea.given_name, language="vi", by=by
        )
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
        appoint_officer(edition, person=person, role=idea.role, by=by)
        officers.setdefault(idea.role, person)
    return officers


def _papers(demo: Demo) -> None:
    director = demo.officers["director"]
    for paper in invention.legal_papers():
        add_legal_paper(demo.edition, by=director, **paper.__dict__)
    for item in invention.programme():
        add_programme_item(demo.edition, by=director, **item.__dict__)
    set_targets(demo.edition, targets=invention.targets(), by=director)
    set_support_rule(
        demo.edition,
        by=director,
        name_vi="Ngân sách thành phố hỗ trợ 50 %",
        name_en="City budget supports 50 %",
        percent=Decimal(50),
        booths_at_most=2,
        legal_basis=demo.edition.legal_papers.first(),
    )


def _rates(demo: Demo) -> None:
    for rate in invention.exchange_rates():
        set_rate(
            currency=rate.currency,
            day=rate.day,
            usd=rate.usd,
            source=rate.source,
            by=demo.officers["finance"],
            edition=demo.edition,
        )


def hour(day: int, clock_time: str) -> datetime:
    """A time on the nth day of the fair, from 0, such as hour(1, "10:30")."""
    return datetime.combine(OPENS + timedelta(days=day), time.fromisoformat(clock_time), HANOI)
