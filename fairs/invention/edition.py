"""The frame of the Hanoi Gift Show 2018: programme, legal papers, targets."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

DAYS = tuple(date(2018, 10, day) for day in (18, 19, 20, 21))


@dataclass(frozen=True, slots=True)
class ProgrammeIdea:
    """A side event; kind is ceremony, trade, conference, workshop, contest, tour, show or public.

    places is how many can register, None where everybody may come.
    """

    day: date
    start: time
    end: time
    kind: str
    title_vi: str
    title_en: str
    place_vi: str
    place_en: str
    note_vi: str
    note_en: str
    places: int | None


@dataclass(frozen=True, slots=True)
class LegalPaperIdea:
    """A paper on which the edition rests."""

    number: str
    day: date
    issuer_vi: str
    issuer_en: str
    subject_vi: str
    subject_en: str


@dataclass(frozen=True, slots=True)
class TargetIdea:
    """The plan figure for a line of the result report; key is B2.domestic, unit booth, and so on."""

    key: str
    value: Decimal
    unit: str


STAGE = ("Sân khấu", "Stage")
TABLES = ("Khu giao thương, bàn 1–56", "Business meetings, tables 1–56")
HALLS = ("Các nhà A–E", "Halls A–E")

PROGRAMME = (
    (
        (0, "09:00", "10:00", "ceremony", None),
        ("Khai mạc hội chợ", "Opening ceremony"),
        STAGE,
        (
            "Lãnh đạo thành phố và Bộ Công Thương cắt băng, đoàn tham quan các nhà.",
            "Ribbon cutting by the city and the ministry, then a walk through the halls.",
        ),
    ),
    (
        (0, "10:00", "17:30", "trade", None),
        ("Mở cửa đón khách thương mại", "Halls open to trade buyers"),
        HALLS,
        ("Quầy đón tiếp in thẻ tại chỗ.", "Badges are printed at reception."),
    ),
    (
        (0, "14:00", "17:00", "conference", 120),
        (
            "Hội nghị kết nối cung cầu nguyên liệu với các tỉnh phía Bắc",
            "Raw-material supply and demand conference with the northern provinces",
        ),
        STAGE,
        (
            "Làng nghề gặp nhà cung cấp song mây, tre, gỗ, đất sét và sơn ta.",
            "Craft villages meet suppliers of rattan, bamboo, timber, clay and lacquer.",
        ),
    ),
    (
        (0, "17:30", "19:00", "show", 300),
        ("Gặp mặt nhà nhập khẩu", "Welcome evening for importers"),
        STAGE,
        ("Ca trù, trà sen và bánh cốm.", "Ca tru songs, lotus tea and young-rice cakes."),
    ),
    (
        (1, "09:00", "17:00", "trade", None),
        ("Giao thương trực tiếp, ngày 1", "One-to-one meetings, day 1"),
        TABLES,
        ("Mỗi cuộc gặp 20 phút, hẹn trước trên hệ thống.", "Twenty minutes each, booked beforehand."),
    ),
    (
        (1, "10:30", "11:30", "contest", None),
        (
            "Trao giải cuộc thi thiết kế mẫu sản phẩm thủ công mỹ nghệ 2018",
            "Awards of the craft design contest 2018",
        ),
        STAGE,
        (
            "Các mẫu đoạt giải trưng bày ở nhà D trong suốt hội chợ.",
            "The winning designs stay on show in Hall D.",
        ),
    ),
    (
        (1, "14:00", "17:00", "workshop", 200),
        (
            "Hội thảo quốc tế: Làng nghề và Cách mạng công nghiệp 4.0",
            "International workshop: craft villages and Industry 4.0",
        ),
        STAGE,
        (
            "Truy xuất nguồn gốc, bán hàng trực tuyến, thiết kế số cho làng nghề. Có phiên dịch Anh – Việt.",
            "Traceability, online sales and digital design for villages. English and Vietnamese.",
        ),
    ),
    (
        (2, "09:00", "17:00", "trade", None),
        ("Giao thương trực tiếp, ngày 2", "One-to-one meetings, day 2"),
        TABLES,
        ("Bàn trống dành cho cuộc gặp không hẹn trước.", "Free tables serve meetings made on the spot."),
    ),
    (
        (2, "10:00", "11:30", "workshop", 80),
        (
            "Chuyên đề: Hồ sơ gỗ và song mây cho thị trường EU, Hoa Kỳ",
            "Papers for timber and rattan: EU and US",
        ),
        STAGE,
        (
            "Quy chế gỗ của EU, đạo luật Lacey, chứng nhận FSC cho hộ nhỏ.",
            "EU timber rules, the Lacey Act, FSC for smallholders.",
        ),
    ),
    (
        (2, "13:30", "17:30", "tour", 90),
        ("Xe đi thăm xưởng Bát Tràng và Hạ Thái", "Bus to Bát Tràng and Hạ Thái workshops"),
        ("Cổng 1", "Gate 1"),
        ("Hai xe, có phiên dịch; nhớ mang thẻ.", "Two buses with interpreters; bring your badge."),
    ),
    (
        (2, "16:00", "17:00", "ceremony", None),
        ("Tôn vinh nghệ nhân tiêu biểu năm 2018", "Artisans of the year 2018 honoured"),
        STAGE,
        (
            "Nghệ nhân nhận hoa, kể chuyện nghề và làm mẫu.",
            "Artisans receive flowers, tell of their craft and show it.",
        ),
    ),
    (
        (3, "09:00", "17:00", "public", None),
        ("Ngày mở cửa cho người dân", "Public day"),
        HALLS,
        (
            "Mua lẻ tại gian, trẻ em nặn tò he miễn phí.",
            "Retail at the booths; children make to he for free.",
        ),
    ),
    (
        (3, "14:00", "15:30", "show", None),
        ("Trình diễn sơn mài và dệt tơ sen", "Lacquer and lotus-silk demonstrations"),
        ("Sảnh chung", "Foyer"),
        ("Mời khách thử mài và kéo tơ.", "Guests try polishing and drawing fibre."),
    ),
    (
        (3, "16:30", "17:00", "ceremony", None),
        ("Bế mạc và cảm ơn", "Closing and thanks"),
        STAGE,
        ("Công bố kết quả bước đầu.", "First results are announced."),
    ),
)

CITY = ("Ủy ban nhân dân thành phố Hà Nội", "Hanoi People's Committee")
DEPARTMENT = ("Sở Công Thương Hà Nội", "Hanoi Department of Industry and Trade")

PAPERS = (
    (
        "50/KH-UBND",
        date(2018, 2, 21),
        CITY,
        ("Kế hoạch khuyến công thành phố Hà Nội năm 2018", "Industrial promotion plan of Hanoi for 2018"),
    ),
    (
        "1236/TTr-SCT",
        date(2018, 3, 23),
        DEPARTMENT,
        (
            "Tờ trình kế hoạch tổ chức Hội chợ quốc tế Quà tặng hàng thủ công mỹ nghệ Hà Nội 2018",
            "Submission of the plan for the Hanoi Gift Show 2018",
        ),
    ),
    (
        "1237/TTr-SCT",
        date(2018, 3, 23),
        DEPARTMENT,
        (
            "Tờ trình kế hoạch cuộc thi thiết kế mẫu sản phẩm thủ công và tôn vinh nghệ nhân năm 2018",
            "Submission of the plan for the craft design contest and the honouring of artisans 2018",
        ),
    ),
)

TARGETS = (
    ("B1.planned", 650, "booth"),
    ("B2.international", 70, "booth"),
    ("B2.domestic", 540, "booth"),
    ("B2.technical", 40, "booth"),
    ("C1", 250, "enterprise"),
    ("C2", 39, "province"),
    ("D1.invited", 1860, "importer"),
    ("D1.registered", 640, "importer"),
    ("D1.approved", 560, "importer"),
    ("D1.attended", 480, "importer"),
    ("D2", 120, "importer"),
    ("D3", 40, "country"),
    ("D4.entries", 5_000, "entry"),
    ("E1.held", 3840, "meeting"),
    ("F1.count", 80, "contract"),
    ("F1.value_usd", 4_000_000, "USD"),
    ("F2", 25, "memorandum"),
)


def programme() -> list[ProgrammeIdea]:
    """The side events of the four days, in order of time."""
    return [
        ProgrammeIdea(
            day=DAYS[day],
            start=time.fromisoformat(start),
            end=time.fromisoformat(end),
            kind=kind,
            title_vi=title[0],
            title_en=title[1],
            place_vi=place[0],
            place_en=place[1],
            note_vi=note[0],
            note_en=note[1],
            places=places,
        )
        for (day, start, end, kind, places), title, place, note in PROGRAMME
    ]


def legal_papers() -> list[LegalPaperIdea]:
    """The three papers of 2018, oldest first."""
    return [LegalPaperIdea(number, day, *issuer, *subject) for number, day, issuer, subject in PAPERS]


def targets() -> list[TargetIdea]:
    """The plan figures by line of the result report; the report's own due date (H1) is computed elsewhere."""
    return [TargetIdea(key, Decimal(value), unit) for key, value, unit in TARGETS]
