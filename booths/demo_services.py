"""The demonstration's services: a catalogue, circuits, where something may burn, and what exhibitors order and pay."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from booths.actions.circuits import set_circuit, set_flames
from booths.actions.service_catalogue import set_service
from booths.actions.service_orders import deliver_order, order_services
from booths.demo_round import SIGNED
from booths.models import Application, Reservation, ServiceItem, ServiceOrder, Zone
from booths.service_querysets import notices_of
from fairs import clock
from fairs.demo.stages import BEGINNING, moment
from fairs.demo.world import Demo, planner
from fairs.errors import Refused
from fairs.money.actions.payments import record_receipt
from fairs.money.actions.vat import set_vat_rate

UNTIL, LATE = date(2018, 9, 30), date(2018, 10, 12)
LAST_ORDER = moment("2018-10-11 16:00")
DELIVERY = moment("2018-10-17 09:00")
ORDERS = 90
WATTS = 24_000  # of each zone's circuit
MAY_BURN = {"KL": 3, "GS": 2}  # a soldering torch, a raku kiln
# code, kind, names, units, đồng, dollars, stock, effect; prices and numbers are invented for the demonstration
CATALOGUE: tuple[tuple[str, str, str, str, str, str, int, int, int | None, dict[str, Any]], ...] = (
    ("table", "furniture", "Bàn 120 × 60 cm", "Table 120 × 60 cm", "cái", "piece", 180_000, 9, 400, {}),
    ("chair", "furniture", "Ghế gấp", "Folding chair", "cái", "piece", 60_000, 3, 900, {}),
    ("shelf", "furniture", "Kệ trưng bày 3 tầng", "Display shelf, 3 boards", "cái", "piece", 320_000, 16, 120, {}),
    ("showcase", "furniture", "Tủ kính có khóa", "Glass showcase with a lock", "cái", "piece", 950_000, 48, 24, {}),
    ("power-1", "power", "Ổ điện thêm 1 kW", "One more socket, 1 kW", "ổ", "socket", 450_000, 22, None,
     {"watts": 1000}),
    ("power-3", "power", "Đường điện riêng 3 kW", "A line of one’s own, 3 kW", "đường", "line", 1_200_000, 60, 60,
     {"watts": 3000}),
    ("spotlight", "power", "Đèn rọi 100 W", "Spotlight 100 W", "bóng", "lamp", 120_000, 6, 600, {"watts": 100}),
    ("water", "water", "Cấp và thoát nước", "Water supply and drain", "điểm", "point", 1_500_000, 75, 16, {}),
    ("internet", "internet", "Internet có dây 50 Mbit/s", "Internet by cable, 50 Mbit/s", "đường", "line", 800_000, 40,
     80, {}),
    ("parking", "parking", "Chỗ đỗ xe tải nhẹ, cả kỳ", "Parking for a van, whole fair", "chỗ", "place", 600_000, 30, 70,
     {}),
    ("passes", "passes", "Thêm 1 thẻ đơn vị trưng bày", "One more exhibitor pass", "thẻ", "pass", 50_000, 3, None,
     {"passes": 1}),
    ("torch", "other", "Trình diễn có lửa trần", "Demonstration with an open flame", "điểm", "place", 300_000, 15, None,
     {"open_flame": True}),
)  # fmt: skip
WANTED: tuple[dict[str, int], ...] = (
    {"table": 1, "chair": 2}, {"spotlight": 3}, {"power-1": 1, "spotlight": 2}, {"shelf": 2}, {"passes": 2},
    {"internet": 1}, {"parking": 1, "passes": 1}, {"showcase": 1, "spotlight": 2}, {"power-3": 1}, {"water": 1},
)  # fmt: skip


@planner(order=11)
def open_the_catalogue(demo: Demo) -> None:
    """At once, with what the floor bears."""
    with clock.at(BEGINNING):
        desk = demo.officers["booth_desk"]
        set_vat_rate(demo.edition, item="service", percent=Decimal(10), by=demo.officers["finance"])
        for place, row in enumerate(CATALOGUE, 1):
            _offer(demo, place, *row)
        for zone in Zone.objects.filter(edition=demo.edition):
            named: dict[str, Any] = {
                "name_vi": f"Tủ điện {zone.name_vi}",
                "name_en": f"{zone.name_en}: distribution box",
            }
            set_circuit(demo.edition, code=f"TD-{zone.code}", watts=WATTS * demo.scale, zone=zone, by=desk, **named)
            if zone.letters in MAY_BURN:
                set_flames(zone, allowed=MAY_BURN[zone.letters] * demo.scale, by=desk)


@planner(order=21)
def exhibitors_order(demo: Demo) -> None:
    """From the round on, most of them before the last day at the list price, a few late."""
    chance, count, first = demo.chance("services"), demo.many(ORDERS), SIGNED + timedelta(days=3)
    for number in range(count):
        when = first + (LAST_ORDER - first) * (number + chance.random()) / count
        demo.timeline.at(when, partial(order, demo, number))
    demo.timeline.at(DELIVERY, partial(deliver, demo))


def order(demo: Demo, number: int) -> None:
    """Somebody with a booth and no order yet orders, and three of four pay within days."""
    reservation = _next_booth(demo, number)
    if reservation is None:
        return
    wanted, said = _wishes(reservation.booth.zone.letters, number)
    keys = ServiceItem.objects.filter(edition=demo.edition, code__in=wanted).values_list("code", "pk")
    application = reservation.application
    try:
        made = order_services(
            application, booth=reservation.booth, quantities={pk: wanted[code] for code, pk in keys}, key="demo",
            by=application.contact, **said,
        )  # fmt: skip
    except Refused:  # sold out, or the circuit is full: life
        return
    chance = demo.chance(f"services/{number}")
    if chance.random() < 0.75:
        demo.timeline.at(clock.now() + timedelta(days=chance.uniform(0.5, 5)), partial(pay, demo, made))


def _next_booth(demo: Demo, number: int) -> Reservation | None:
    """The first booth of somebody who has ordered nothing; who is known by a password comes first."""
    waiting = Application.objects.filter(edition=demo.edition, state="accepted", service_orders=None)
    kept = Reservation.objects.filter(application__in=waiting, state__in=Reservation.KEPT)
    rows = kept.select_related("booth__zone", "application__contact", "application__edition")
    known = rows.filter(application__contact__email__endswith="@cho-phien.example").order_by("booth__code").first()
    every = list(rows.order_by("application", "booth__code")) if known is None else []
    return every[5 * number % len(every)] if every else known


def _wishes(zone: str, number: int) -> tuple[dict[str, int], dict[str, str]]:
    """What is ordered, and what is said of a flame."""
    wanted = WANTED[number % len(WANTED)]
    if zone not in MAY_BURN or number % 3:
        return dict(wanted), {}
    said = {"flame_what": "Đèn khò gas nhỏ, trình diễn 10 giờ và 15 giờ", "flame_guard": "Bình bột 4 kg tại gian"}
    return wanted | {"torch": 1}, said


def pay(demo: Demo, made: ServiceOrder) -> None:
    """All of it, at the finance desk."""
    notice = notices_of([made]).get(made.pk)
    if notice and notice.state == "issued" and notice.balance:
        record_receipt(
            notice, way="cash", amount=notice.balance, received_on=clock.today(demo.edition),
            key=f"demo-services-{made.pk}", by=demo.officers["finance"],
        )  # fmt: skip


def deliver(demo: Demo) -> None:
    """The day before the opening all but a few are ticked."""
    desk = demo.officers["booth_desk"]
    for place, made in enumerate(ServiceOrder.objects.filter(application__edition=demo.edition, state="confirmed")):
        if place % 12:
            deliver_order(made, by=desk)


def _offer(
    demo: Demo, place: int, code: str, kind: str, name_vi: str, name_en: str, unit_vi: str, unit_en: str, price: int,
    dollars: int, stock: int | None, effect: dict[str, Any],
) -> None:  # fmt: skip
    set_service(
        demo.edition, code=code, kind=kind, name_vi=name_vi, name_en=name_en, unit_vi=unit_vi, unit_en=unit_en,
        order=place, stock=None if stock is None else stock * demo.scale, order_until=UNTIL, late_until=LATE,
        late_percent=Decimal(20), by=demo.officers["booth_desk"], **effect,
        prices={"resident": ("VND", Decimal(price)), "non_resident": ("USD", Decimal(dollars))},
    )  # fmt: skip
