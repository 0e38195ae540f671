"""What the sheet of importers holds, and what may stand against one of its rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from babel import Locale
from django.utils.translation import gettext_lazy as _

from buyers.actions.imports import known_companies, looking_after_themselves, taker
from buyers.models import Registration
from fairs.imports import ImportKind, Values, declare, headings
from fairs.models import Edition, Membership
from fairs.sheet_facts import product_groups
from fairs.sheets import Choices, Column, Country, Email, Number, Phone, Problem, Text, YesNo
from fairs.text import fold

SPOKEN = ("en", "fr", "de", "ja", "ko", "zh", "es", "it", "ru", "nl", "sv", "pl", "th", "ar", "vi")
NO_LONGER = {Registration.State.DECLINED, Registration.State.WITHDRAWN}
LARGEST = Decimal(10) ** 12


def columns(edition: Edition) -> Sequence[Column]:
    """The columns of the sheet."""
    return [
        Column("full_name", headings("Họ và tên", "Full name", "Họ tên", "Người liên hệ", "Contact person", "Contact",
                                     "Người đại diện", "Person"), Text(300), required=True),
        Column("company", headings("Công ty", "Company", "Tên công ty", "Company name", "Đơn vị", "Nhà nhập khẩu",
                                   "Importer"), Text(300), required=True),
        Column("country", headings("Quốc gia, vùng lãnh thổ", "Country or territory", "Quốc gia", "Country", "Nước",
                                   "Vùng lãnh thổ", "Territory"), Country(), required=True),
        Column("email", headings("E-mail", "Email address", "Thư điện tử", "Địa chỉ email", "Mail"), Email(),
               required=True, unique=True),
        Column("job_title", headings("Chức vụ", "Position", "Chức danh", "Job title", "Title"), Text(150)),
        Column("phone", headings("Điện thoại", "Phone", "Số điện thoại", "SĐT", "Mobile", "Tel"), Phone("ZZ")),
        Column("website", headings("Trang web", "Website", "Web"), Text(200)),
        Column("address", headings("Địa chỉ", "Address"), Text(500)),
        Column("product_groups", headings("Nhóm hàng", "Product groups", "Nhóm hàng quan tâm", "Looking for",
                                          "Ngành hàng"), product_groups()),
        Column("purchases", headings("Mua mỗi năm (USD)", "Purchases a year (USD)", "Kim ngạch", "Annual purchases",
                                     "Mua mỗi năm", "Purchases a year"),
               Number(minimum=Decimal(0), maximum=LARGEST, currency="USD")),
        Column("languages", headings("Ngôn ngữ", "Languages", "Ngoại ngữ", "Languages spoken"), Choices(_languages())),
        Column("interest", headings("Cần tìm", "What they look for", "Nhu cầu", "Ghi chú", "Notes"), Text(2000)),
        Column("invite", headings("Gửi thư mời", "Send an invitation", "Mời", "Invite"), YesNo()),
    ]  # fmt: skip


def check(edition: Edition) -> Callable[[Values], Iterable[Problem]]:
    """What stands against a row in what the fair knows."""
    rows = Registration.objects.filter(edition=edition).order_by("pk")
    states = dict(rows.values_list("person__email", "state"))
    strangers = _strangers()

    def problems(values: Values) -> Iterator[Problem]:
        if states.get(values["email"]) in NO_LONGER:
            state = str(Registration.State(states[values["email"]]).label)
            yield Problem("email", "no_longer", {"state": state})
        if strangers(values):
            yield Problem("company", "looks_after_itself", {"company": values["company"]})
        if values.get("website") and not values["website"].lower().startswith(("http://", "https://")):
            yield Problem("website", "no_address", {}, (f"https://{values['website']}",))

    return problems


def _strangers() -> Callable[[Values], bool]:
    """Whether a row names a company that looks after itself, and somebody who does not act for it."""
    known = known_companies()
    theirs = set(looking_after_themselves().values_list("pk", flat=True))
    members = Membership.objects.filter(company__in=theirs, person__email__isnull=False)
    own = {(email, fold(name)) for email, name in members.values_list("person__email", "company__name_vi")}

    def strange(values: Values) -> bool:
        name = fold(values["company"])
        return known.get((values["country"], name)) in theirs and (values["email"], name) not in own

    return strange


def _languages() -> dict[str, tuple[str, ...]]:
    vi, en = Locale("vi").languages, Locale("en").languages
    return {code: headings(vi[code], en[code], vi[code].removeprefix("Tiếng ")) for code in SPOKEN}


declare(
    ImportKind(
        key="importers",
        title=_("Importers"),
        roles=frozenset({"importer_desk"}),
        columns=columns,
        check=check,
        take=taker,
        hints={
            "email": _("Tells people apart: the same address again is the same person."),
            "country": _("By name in Vietnamese or English, or by its two letters."),
            "phone": _("With the country’s code, such as +33 1 23 45 67 89."),
            "product_groups": _("Several with a semicolon between them."),
            "purchases": _("In US dollars, such as 1.234.567,5; the number is kept as a range."),
            "languages": _("Several with a semicolon, such as English; Japanese."),
            "invite": _(
                "Yes sends an invitation and waits for the answer. Empty registers the person without a letter."
            ),
        },
        examples=[
            {
                "full_name": "Camille Lefèvre", "company": "Maison Lefèvre", "country": "Pháp",
                "email": "camille@example.fr", "job_title": "Head of buying", "phone": "+33 1 23 45 67 89",
                "product_groups": "Gốm sứ; Sơn mài", "purchases": "1.250.000", "languages": "Tiếng Pháp; Tiếng Anh",
            },
            {
                "full_name": "Morita Haruka", "company": "Morita Living Co., Ltd.", "country": "Japan",
                "email": "haruka@example.jp", "interest": "Rattan lamps", "invite": "x",
            },
        ],
        says={
            "no_longer": _(
                "This person’s registration stands as “%(state)s”. Change it on its own page, and skip the row here."
            ),
            "looks_after_itself": _(
                "People of %(company)s have signed in, so they say who acts for it. Ask them to add this person, or "
                "skip the row."
            ),
            "no_address": _("A website begins with https://. Is this what is meant?"),
        },
        note=_(
            "Each row registers one person of a company; the desk then approves them. No consent is made up: people "
            "are asked when they first sign in. What people keep themselves stays as it is."
        ),
        list_url="buyers:importers_desk",
        icon="world",
    )
)  # fmt: skip
