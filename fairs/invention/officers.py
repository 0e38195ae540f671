"""The organisers of the invented edition."""

from dataclasses import dataclass

from fairs.invention.people import PersonIdea
from fairs.invention.words import slug

TEAM = (
    ("director", "director", "Nguyễn Thu Hà", "f", "Giám đốc hội chợ", "Fair Director"),
    ("booths", "booth_desk", "Phạm Quốc Khánh", "m", "Trưởng bộ phận gian hàng", "Head of Booths"),
    ("booths2", "booth_desk", "Đỗ Thị Minh Ngọc", "f", "Cán bộ gian hàng", "Booth Officer"),
    ("finance", "finance", "Vũ Thị Hồng Nhung", "f", "Kế toán trưởng", "Chief Accountant"),
    ("finance2", "finance", "Lưu Đức Thịnh", "m", "Kế toán viên", "Accountant"),
    ("importers", "importer_desk", "Trần Lê Bảo Châu", "f", "Trưởng bộ phận nhà nhập khẩu", "Head of Buyers"),
    ("importers2", "importer_desk", "Hoàng Anh Dũng", "m", "Cán bộ nhà nhập khẩu", "Buyer Officer"),
    ("gate", "gate", "Bùi Văn Chiến", "m", "Trưởng nhóm cổng", "Gate Lead"),
    ("gate2", "gate", "Ngô Thị Phương Thảo", "f", "Cán bộ cổng", "Gate Officer"),
    (
        "meetings",
        "matchmaking_desk",
        "Đặng Gia Huy",
        "m",
        "Phụ trách giao thương",
        "Business Meetings Officer",
    ),
    ("reports", "reports", "Lê Thị Thanh Tâm", "f", "Chuyên viên tổng hợp báo cáo", "Reports Officer"),
    ("visa", "visa", "Đinh Thị Thanh Hằng", "f", "Cán bộ thị thực", "Visa Officer"),
    ("privacy", "privacy", "Phan Minh Đức", "m", "Cán bộ bảo vệ dữ liệu cá nhân", "Privacy Officer"),
    ("reviewer", "reviewer", "Trương Bích Thủy", "f", "Giám khảo, họa sĩ thiết kế", "Juror, Designer"),
    ("reviewer2", "reviewer", "Kiều Văn Sáng", "m", "Giám khảo, nghệ nhân sơn mài", "Juror, Lacquer Artisan"),
    ("reviewer3", "reviewer", "Mai Hoàng Yến", "f", "Giám khảo, chuyên gia xuất khẩu", "Juror, Export Adviser"),
)


@dataclass(frozen=True, slots=True)
class OfficerIdea:
    """An organiser with one role; key is short enough for a login."""

    key: str
    role: str
    person: PersonIdea


def officers() -> list[OfficerIdea]:
    """Sixteen people over ten roles, the director first."""
    return [OfficerIdea(key, role, _person(key, *rest)) for key, role, *rest in TEAM]


def _person(key: str, full_name: str, sex: str, position_vi: str, position_en: str) -> PersonIdea:
    family, *_, given = full_name.split()
    return PersonIdea(
        full_name=full_name,
        given_name=given,
        family_name=family,
        latin=slug(full_name).replace("-", " ").title(),
        original="",
        sex=sex,
        address_vi="Ông" if sex == "m" else "Bà",
        address_en="Mr" if sex == "m" else "Ms",
        position_vi=position_vi,
        position_en=position_en,
        email=f"{key}@hgs.example",
    )
