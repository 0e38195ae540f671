"""What the sheet of exhibitors holds, and what may stand against one of its rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from booths import plan_sheet as plan_sheet  # declares the sheet of a plan
from booths.actions.imports import taker
from booths.known import Directory, Known, country_of, directory
from booths.models import Application
from fairs import clock
from fairs.imports import ImportKind, Values, declare, headings
from fairs.models import Company, Edition
from fairs.sheet_facts import craft_villages, one_of, product_groups, provinces
from fairs.sheets import Choice, Choices, Column, Country, Date, Email, Integer, Phone, Problem, TaxCode, Text, fold

FORMS = {
    Company.LegalForm.HOUSEHOLD: ("Hộ kinh doanh", "Household business", "Hộ", "HKD", "Hộ gia đình", "Cơ sở sản xuất"),
    Company.LegalForm.COOPERATIVE: ("Hợp tác xã", "Cooperative", "HTX", "Tổ hợp tác"),
    Company.LegalForm.COMPANY: ("Công ty", "Company", "Doanh nghiệp", "DN", "TNHH", "Công ty TNHH", "Công ty cổ phần"),
    Company.LegalForm.ASSOCIATION: ("Hiệp hội hoặc làng", "Association or village", "Hiệp hội", "Hội", "Làng nghề"),
    Company.LegalForm.ARTISAN: ("Nghệ nhân", "Artisan"),
    Company.LegalForm.PUBLIC: ("Cơ quan nhà nước", "Public body", "Đơn vị sự nghiệp"),
}


def columns(edition: Edition) -> Sequence[Column]:
    """The columns of the sheet, with the provinces of the fair's time and the edition's own classes and zones."""
    most = edition.sale_terms.booths_at_most
    return [
        Column("name_vi", headings("Tên đơn vị", "Name", "Tên doanh nghiệp", "Tên cơ sở", "Tên công ty", "Đơn vị",
                                   "Doanh nghiệp, cơ sở", "Tên tiếng Việt", "Name in Vietnamese", "Exhibitor",
                                   "Company"), Text(300), required=True),
        Column("name_en", headings("Tên tiếng Anh", "Name in English", "Tên giao dịch", "Trading name"), Text(300)),
        Column("legal_form", headings("Loại hình", "Legal form", "Loại hình doanh nghiệp"),
               Choice({form: headings(*titles) for form, titles in FORMS.items()})),
        Column("country", headings("Quốc gia, vùng lãnh thổ", "Country or territory", "Quốc gia", "Country", "Nước"),
               Country()),
        Column("tax_code", headings("Mã số thuế", "Tax code", "MST"), TaxCode(), unique=True),
        Column("province", headings("Tỉnh, thành phố", "Province", "Tỉnh", "Tỉnh thành", "Province or city"),
               provinces(edition.opens_on)),
        Column("craft_village", headings("Làng nghề", "Craft village", "Tên làng nghề", "Village"), craft_villages()),
        Column("product_groups", headings("Nhóm hàng", "Product groups", "Nhóm sản phẩm", "Ngành hàng", "Mặt hàng",
                                          "Product group"), product_groups()),
        Column("contact", headings("Người liên hệ", "Contact person", "Họ tên", "Họ và tên", "Đại diện",
                                   "Người đại diện", "Contact"), Text(300), required=True),
        Column("email", headings("E-mail", "Email address", "Thư điện tử", "Địa chỉ email", "Mail"), Email()),
        Column("phone", headings("Điện thoại", "Phone", "Số điện thoại", "SĐT", "ĐT", "Di động", "Mobile", "Tel"),
               Phone()),
        Column("address", headings("Địa chỉ", "Address"), Text(500)),
        Column("booth_count", headings("Số gian", "Number of booths", "Số gian hàng", "Số lượng gian", "Booths",
                                       "Số lượng gian hàng"), Integer(1, most)),
        Column("booth_class", headings("Loại gian", "Class of booth", "Loại gian hàng", "Booth type"),
               Choice(one_of(edition.booth_classes.all()))),
        Column("zones", headings("Khu", "Zones", "Khu vực", "Khu trưng bày", "Zone"),
               Choices(one_of(edition.zones.all()))),
        Column("received_on", headings("Ngày nộp đơn", "Handed in on", "Ngày đăng ký", "Ngày nộp", "Date"), Date()),
    ]  # fmt: skip


def check(edition: Edition) -> Callable[[Values], Iterable[Problem]]:
    """What stands against a row in what the fair knows, or in an earlier row of the sheet."""
    known, today, met = directory(edition), clock.today(edition), Directory()

    def problems(values: Values) -> Iterator[Problem]:
        if values.get("received_on") and values["received_on"] > today:
            yield Problem("received_on", "in_the_future")
        if met.find(values):
            yield Problem("name_vi", "same_company")
        tax_code, province = values.get("tax_code") or "", values.get("province") or ""
        met.add(Known(0, values["name_vi"], country_of(values), tax_code, province))
        yield from _against(known.find(values), values)

    return problems


def _against(found: list[Known], values: Values) -> Iterator[Problem]:
    if len(found) > 1:
        yield Problem("tax_code", "several_companies", {"count": len(found), "name": found[0].name})
    if len(found) != 1:
        return
    known = found[0]
    if fold(known.name) != fold(values["name_vi"]):
        yield Problem("name_vi", "other_name", {"name": known.name, "tax_code": known.tax_code}, (known.name,))
    applied = known.application
    if applied and applied.differs(values) and not applied.may_change:
        state = str(Application.State(applied.state).label)
        yield Problem("booth_count", "application_stands", {"state": state}, (str(applied.booth_count),))


declare(
    ImportKind(
        key="exhibitors",
        title=_("Exhibitors"),
        roles=frozenset({"booth_desk"}),
        columns=columns,
        check=check,
        take=taker,
        hints={
            "name_vi": _("As on its licence, or as people know it."),
            "country": _("Empty means Vietnam."),
            "tax_code": _("10 digits, 13 for a branch. Leave it empty for whoever has none."),
            "province": _("As it was called at the time of the fair; accents do not matter."),
            "craft_village": _("A village the list does not know is kept in the address."),
            "product_groups": _("Several with a semicolon between them."),
            "contact": _("Who answers for the exhibitor."),
            "email": _("With it the person can sign in and go on by themselves."),
            "booth_count": _("Empty means one."),
            "booth_class": _("Empty means the first domestic class, from abroad the first international one."),
            "zones": _("Wished for; several with a semicolon."),
            "received_on": _("The day the paper came in, such as 23/3/2018. Empty means today."),
        },
        examples=[
            {
                "name_vi": "Cơ sở Gốm Giang Cao", "name_en": "Giang Cao Ceramics", "legal_form": "Hộ kinh doanh",
                "province": "Hà Nội", "craft_village": "Bát Tràng", "product_groups": "Gốm sứ",
                "contact": "Trần Văn Lực", "email": "luc@example.vn", "phone": "0912 345 678",
                "address": "Thôn 5, xã Bát Tràng, huyện Gia Lâm", "booth_count": "2", "received_on": "23/3/2018",
            },
            {
                "name_vi": "HTX Mây tre Phú Vinh", "legal_form": "Hợp tác xã", "tax_code": "0102345678",
                "province": "TP. Hà Nội", "craft_village": "Phú Vinh", "product_groups": "Mây tre đan; Sơn mài",
                "contact": "Nguyễn Thị Hoa", "phone": "+84 24 3386 1234", "booth_count": "1",
            },
        ],
        says={
            "in_the_future": _("This day is still to come. Give the day the application came in."),
            "same_company": _("An earlier row has the same name and province. Give the tax code of both, or skip one."),
            "several_companies": _(
                "%(count)s companies called “%(name)s” are known. Give the tax code or the province, or skip the row."
            ),
            "other_name": _(
                "The tax code %(tax_code)s belongs to “%(name)s”. If that is who you mean, use its name; else correct "
                "the tax code."
            ),
            "application_stands": _(
                "Its application stands as “%(state)s” and asks for something else. Change it on its own page, and use "
                "here what it says, or skip the row."
            ),
        },
        note=_(
            "Each row makes a company with its person, and an application handed in for it. What a company keeps "
            "itself, because somebody of it has signed in, stays as it is."
        ),
        list_url="booths:applications_desk",
        icon="building-store",
    )
)  # fmt: skip
