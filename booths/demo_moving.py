"""The demonstration's moving in and out: hours for vehicles, vehicles that come and go, faults, clearance."""

from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

from booths.actions.breaches import drop_breach, record_breach
from booths.actions.handover import check_booth, clear_booth, find_fault, mend_fault
from booths.actions.vehicles import book_vehicle
from booths.actions.windows import set_window
from booths.actions.yard import let_out, note_missing, read_pass
from booths.models import Application, MoveSlot, Reservation, VehiclePass
from fairs import clock
from fairs.demo.stages import moment
from fairs.demo.world import SEED, Demo, planner
from fairs.errors import Refused
from fairs.models import Person

ANNOUNCED = moment("2018-09-10 09:00")
BOOKED = moment("2018-10-15 09:00")
CLEARED = moment("2018-10-22 13:00")
HOURS = [  # way, from, until
    ("in", "2018-10-16 07:00", "2018-10-16 19:00"),
    ("in", "2018-10-17 07:00", "2018-10-17 19:00"),
    ("out", "2018-10-21 18:00", "2018-10-21 23:00"),
    ("out", "2018-10-22 07:00", "2018-10-22 12:00"),
]
ENTRANCES = [("Cổng 3", "Gate 3"), ("Cổng 5", "Gate 5")]
FAULTS = ["Ổ cắm không có điện", "Đèn chiếu bị hỏng", "Vách bên trái bị lỏng", "Thiếu một bàn", "Biển tên gian sai chữ"]
LEFT = ["cleared"] * 46 + ["dirty"] * 2 + ["damaged", ""]
NOTES = {"dirty": "Còn thùng các-tông và băng keo", "damaged": "Vách sau bị thủng"}


@planner(order=18)
def open_the_hours(demo: Demo) -> None:
    """Two entrances for two days before the fair, and for a night and a morning after it; then booths are looked at."""
    demo.timeline.at(ANNOUNCED, lambda: _open_hours(demo))
    demo.timeline.at(moment("2018-10-19 10:00"), lambda: _record_breach(demo))
    demo.timeline.at(CLEARED, lambda: _clear(demo))


def bring_goods(demo: Demo, application: Application, *, comes: datetime, by: Person) -> None:
    """Two of three exhibitors book a vehicle for the hour at which they move in; most come then."""
    chance = Random(f"{SEED}/vehicle/{application.pk}")
    if chance.random() < 2 / 3:
        booked = min(BOOKED + timedelta(minutes=chance.randrange(420)), comes - timedelta(hours=2))
        demo.timeline.at(booked, lambda: _book(demo, application, comes, chance, by))


def hand_over_booth(demo: Demo, reservation: Reservation, *, to: Person) -> None:
    """In the booth itself; one in twenty has a fault, most of which are mended within hours."""
    desk, chance = demo.officers["booth_desk"], Random(f"{SEED}/handover/{reservation.pk}")
    check_booth(
        reservation, key=f"demo-in-{reservation.pk}", built=True, occupied=True, keys=1, sockets=chance.randrange(1, 4),
        signed_name=to.full_name, by=desk,
    )  # fmt: skip
    if chance.random() < 1 / 20:
        fault = find_fault(reservation, key=f"demo-{reservation.pk}", note=chance.choice(FAULTS), by=desk)
        if chance.random() < 3 / 4:
            later = clock.now() + timedelta(minutes=chance.randrange(20, 300))
            demo.timeline.at(later, lambda: mend_fault(fault, by=desk))


def _open_hours(demo: Demo) -> None:
    for way, begins, ends in HOURS:
        demo.timeline.at(moment(ends), note_missing)
        for entrance_vi, entrance_en in ENTRANCES:
            set_window(
                demo.edition, by=demo.officers["booth_desk"], way=way, hall=None, zone=None, starts_at=moment(begins),
                ends_at=moment(ends), slot_minutes=60, vehicles=10 * demo.scale, vehicles_each=3,
                entrance_vi=entrance_vi, entrance_en=entrance_en,
            )  # fmt: skip


def _book(demo: Demo, application: Application, comes: datetime, chance: Random, by: Person) -> None:
    """Of what is paid, for the slot in which it comes; where that is full, there is none."""
    rows = list(Reservation.objects.kept().filter(application=application).exclude(permit=""))
    slots = MoveSlot.objects.filter(window__edition=demo.edition, starts_at__lte=comes, ends_at__gt=comes)
    slot = chance.choice(list(slots.order_by("pk")) or [None])
    if not rows or slot is None:
        return
    with suppress(Refused):
        made = book_vehicle(
            application, slot=slot, reservations=rows, key=f"demo-{application.pk}", by=by,
            plate=f"{chance.choice(['29H', '29C', '30H', '99C', '17C'])}-{chance.randrange(10000, 99999)}",
            kind=chance.choices(["motorbike", "van", "truck", "large"], (1, 6, 4, 1))[0],
            driver_name=chance.choice(["Nguyễn Văn Tám", "Trần Đình Sáu", "Lê Quang Vinh", "Phạm Bá Lộc"]),
            driver_phone=f"09{chance.randrange(10_000_000, 99_999_999)}",
        )  # fmt: skip
        if chance.random() < 0.94:
            demo.timeline.at(comes, lambda: _arrive(demo, made, chance))


def _arrive(demo: Demo, vehicle: VehiclePass, chance: Random) -> None:
    keeper = demo.officers["gate"]
    read_pass(demo.edition, code=vehicle.short_code, key=f"demo-{vehicle.pk}", by=keeper)
    leaves = clock.now() + timedelta(minutes=chance.randrange(15, 80))
    demo.timeline.at(leaves, lambda: _leave(vehicle, keeper))


def _leave(vehicle: VehiclePass, keeper: Person) -> None:
    with suppress(Refused):  # it never came in
        let_out(vehicle, by=keeper)


def _record_breach(demo: Demo) -> None:
    """Somebody else’s goods in a booth: by the afternoon they are gone, and it is dropped."""
    taken = Reservation.objects.filter(edition=demo.edition, state=Reservation.State.HANDED_OVER)
    row = taken.select_related("edition", "booth").order_by("booth__code").last()
    if row is None:
        return
    breach = record_breach(
        row, rule="sub_letting", reason="Một nửa gian bày hàng của đơn vị khác", key="demo",
        by=demo.officers["booth_desk"],
    )  # fmt: skip
    demo.timeline.at(moment("2018-10-19 17:00"), lambda: drop_breach(breach, by=demo.officers["director"]))


def _clear(demo: Demo) -> None:
    """The morning after: nearly all booths are clear; at a few nobody has looked."""
    desk, chance = demo.officers["booth_desk"], demo.chance("clearance")
    rows = Reservation.objects.filter(edition=demo.edition, state=Reservation.State.HANDED_OVER)
    for row in rows.select_related("edition", "booth").order_by("booth__code"):
        if left := chance.choice(LEFT):
            clear_booth(row, key=f"demo-out-{row.pk}", clearance=left, note=NOTES.get(left, ""), by=desk)
