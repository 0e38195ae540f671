"""The second demonstration: the fair of the manufacturers' network of 2018, founded with its plan."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from fairs import clock
from fairs.actions.editions import change_edition, create_edition, create_series
from fairs.actions.plans import set_targets
from fairs.demo.plan import officers_of
from fairs.demo.stages import BEGINNING, HANOI
from fairs.demo.world import PASSWORD, Demo, planner
from fairs.models import OpeningDay, Person, ProductGroup

OPENS = date(2018, 5, 23)  # our assumption: the source says the first half of 2018
DAYS = 3
ENTRIES, MEETINGS = 3029, 3899
TARGETS = {
    "B1.planned": 180,
    "B2.international": 57,
    "B2.domestic": 83,
    "B2.technical": 40,
    "C1": 138,
    "D4.entries": ENTRIES,
    "E1.held": MEETINGS,
}
"""The city's plan and result in one: what was reported is what was wanted."""
GROUPS = (
    ("machining", "Cơ khí chính xác", "Precision machining"),
    ("moulds", "Khuôn mẫu", "Moulds"),
    ("casting", "Đúc áp lực", "Die casting"),
    ("electronics", "Linh kiện điện tử", "Electronic parts"),
    ("plastics", "Nhựa kỹ thuật", "Engineering plastics"),
)


@planner(order=0, edition="nc")
def found_the_network_fair(demo: Demo) -> None:
    """At once, as the other fair."""
    with clock.at(BEGINNING):
        administrator = Person.objects.create_superuser(
            "admin@cho-phien.example", PASSWORD, full_name="Quản trị hệ thống"
        )
        _product_groups()
        series = create_series(
            by=administrator,
            slug="nc",
            short_name="NC Network",
            name_vi="Hội chợ Mạng lưới doanh nghiệp chế tạo",
            name_en="NC Network Manufacturing Fair",
            host_vi="Sở Công Thương Hà Nội",
            host_en="Hanoi Department of Industry and Trade",
            operator_vi="Trung tâm Khuyến công và Tư vấn phát triển công nghiệp",
            operator_en="Centre for Industrial Promotion and Industrial Development Consultancy",
            address="176 Quang Trung, Hà Đông, Hà Nội",
            tax_code="0100000000",
            phone="024 0000 0000",
            email="network@cho-phien.example",
        )
        demo.edition = create_edition(
            series,
            by=administrator,
            slug="nc-2018",
            name_vi="Hội chợ Mạng lưới doanh nghiệp chế tạo 2018",
            name_en="NC Network Manufacturing Fair 2018",
            opens_on=OPENS,
            closes_on=OPENS + timedelta(days=DAYS - 1),
            venue_vi="Trung tâm Triển lãm Quốc tế I.C.E.",
            venue_en="I.C.E. Exhibition Centre",
            venue_address="91 Trần Hưng Đạo, Hà Nội",
            days=[
                OpeningDay(
                    date=OPENS + timedelta(days=n),
                    opens_at=time(9),
                    closes_at=time(17),
                    audience="public" if n == DAYS - 1 else "trade",
                )
                for n in range(DAYS)
            ],
        )
        demo.edition = change_edition(demo.edition, by=administrator, published=True)
        demo.officers = officers_of(demo.edition, administrator)
        goals = {figure: Decimal(value) for figure, value in TARGETS.items()}
        set_targets(demo.edition, targets=goals, by=demo.officers["director"])


def _product_groups() -> None:
    """What manufacturers make; like all reference data, no action changes it."""
    ProductGroup.objects.bulk_create(
        ProductGroup(code=code, name_vi=name_vi, name_en=name_en, kind="industry", hs_codes=[])
        for code, name_vi, name_en in GROUPS
    )


def at(day: int, minutes: float) -> datetime:
    """A moment of the nth day of the fair, from 0: minutes after midnight."""
    return datetime.combine(OPENS + timedelta(days=day), time(0), HANOI) + timedelta(minutes=minutes)
