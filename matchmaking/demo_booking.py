"""The demonstration's tables, interpreters, and who receives at the booths."""

from booths.models import Hall
from fairs.demo.plan import hour
from fairs.demo.world import Demo
from fairs.errors import Refused
from fairs.models import Person
from matchmaking.actions.attendance import rate
from matchmaking.actions.proposals import propose_time
from matchmaking.actions.resources import add_interpreter, add_shift, add_tables
from matchmaking.actions.seats import add_seat
from matchmaking.actions.slots import free_slots
from matchmaking.models import Meeting, Seat
from matchmaking.querysets import taking_part

TABLES = 24
INTERPRETERS = [
    ("Nguyễn Thùy Linh", ["vi", "en", "ja"]), ("Đỗ Minh Châu", ["vi", "zh"]), ("Phạm Hải Yến", ["vi", "fr", "en"]),
    ("Vũ Quốc Bảo", ["vi", "ko"]), ("Trịnh Lan Anh", ["vi", "de", "en"]), ("Lê Hồng Nhung", ["vi", "es"]),
]  # fmt: skip
RECEIVERS = ["Nguyễn Thị Mai", "Trần Văn Dũng", "Phạm Thu Hương", "Lê Quang Huy", "Bùi Thị Thảo", "Đặng Văn Nam"]


def set_up_desk(demo: Demo) -> None:
    """The desk sets up its tables in the first hall and finds interpreters for the three trade days."""
    desk = demo.officers["director"]
    add_tables(demo.edition, count=TABLES, hall=Hall.objects.filter(edition=demo.edition).first(), by=desk)
    for name, languages in INTERPRETERS:
        made = add_interpreter(demo.edition, name=name, languages=languages, by=desk)
        for day in range(3):
            add_shift(made, starts_at=hour(day, "09:00"), ends_at=hour(day, "17:30"), by=desk)


def name_receivers(demo: Demo) -> None:
    """Every third maker by now says who receives: two people, one of whom speaks English."""
    chance = demo.chance("receivers")
    makers = taking_part(demo.edition, "exhibitor").filter(host=None, seats=None).prefetch_related("company__people")
    for part in makers.order_by("pk")[::3]:
        boss = next(iter(part.company.people.all()))
        for name, languages in zip(chance.sample(RECEIVERS, 2), (["vi"], ["vi", "en"]), strict=True):
            add_seat(part, name=name, languages=languages, by=boss)


def rather_then(meeting: Meeting, *, chance_of: float) -> bool:
    """Instead of a yes the maker proposes the next free time; whether they did."""
    if chance_of > 0.06 or not Seat.objects.filter(part=meeting.exhibitor).exists():
        return False
    later = [one for one in free_slots(meeting.exhibitor, meeting.importer) if one.starts_at > meeting.starts_at]
    boss = next(iter(meeting.exhibitor.company.people.all()))
    try:
        propose_time(meeting, starts_at=later[0].starts_at, note="Giờ đó chúng tôi bận, mời ông bà giờ này.", by=boss)
    except (Refused, IndexError):
        return False
    return True


def rate_some(demo: Demo, meeting: Meeting, maker: Person) -> None:
    """Of four meetings held two are rated by the maker and one by the buyer as well."""
    chance = demo.chance(f"rating {meeting.pk}")
    for by in [maker, meeting.importer_person][: (0, 0, 1, 2)[meeting.pk % 4]]:
        rate(
            meeting, worth=chance.choice("AABBBC"), step=chance.choice(["samples", "prices", "again", "nothing"]), by=by
        )
