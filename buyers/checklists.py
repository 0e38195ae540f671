"""The checklist an edition begins with, and what stands against giving an importer a grade."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from buyers.models import Evidence, EvidenceItem, Grade, Quota, Registration
from fairs.models import Edition
from fairs.templatetags.fair import country, local, number

ALL = ("hosted", "semi", "appointment")
STANDARD: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    ({"code": "company", "name_vi": "Đăng ký kinh doanh hoặc trang web của công ty",
      "name_en": "Company registration or website", "fact": "website"}, ALL),
    ({"code": "import", "name_vi": "Giấy phép nhập khẩu hoặc mức doanh số",
      "name_en": "Import licence or turnover class", "fact": "volume"}, ("hosted", "semi")),
    ({"code": "interest", "name_vi": "Mặt hàng quan tâm", "name_en": "Product interest", "fact": "products"}, ALL),
    ({"code": "countries", "name_vi": "Thị trường đang bán hàng", "name_en": "Countries they sell to",
      "fact": "country"}, ()),
    ({"code": "purchase", "name_vi": "Lần mua hàng Việt Nam gần nhất", "name_en": "Last purchase from Vietnam"}, ()),
    ({"code": "earlier", "name_vi": "Đã đến các kỳ trước", "name_en": "Seen at earlier editions",
      "fact": "earlier"}, ()),
    ({"code": "boarding", "name_vi": "Thẻ lên máy bay", "name_en": "Boarding pass", "stage": "claim"}, ("hosted",)),
    ({"code": "hotel", "name_vi": "Hóa đơn khách sạn", "name_en": "Hotel bill", "stage": "claim"}, ("hosted", "semi")),
)  # fmt: skip


@dataclass
class Outlook:
    """What giving a grade to an importer would come to: nothing against it, or each reason in a sentence."""

    registration: Registration
    against: list[str] = field(default_factory=list)


def begin_checklist(edition: Edition) -> None:
    """Give a new edition the usual lines, needed for those of its grades that usually need them."""
    grades = {grade.code: grade for grade in edition.grades.all()}
    for order, (given, needed) in enumerate(STANDARD, 1):
        item = EvidenceItem.objects.create(edition=edition, order=order, **given)
        item.grades.set(grades[code] for code in needed if code in grades)


def outlooks(registrations: Sequence[Registration], grade: Grade) -> list[Outlook]:
    """What approving these with a grade would come to, one after the other; the same queries however many."""
    missing = lacking(registrations, grade)
    hosts = companies_with_one([one.company_id for one in registrations], grade)
    quotas = list(Quota.objects.filter(grade=grade).select_related("market", "grade").order_by("pk"))
    found = []
    for one in registrations:
        counted = [quota for quota in quotas if quota.market is None or one.company.country in quota.market.codes]
        against = list(_against(one, missing[one.pk], hosts, counted))
        found.append(Outlook(one, against))
        if not against:
            for quota in counted:
                quota.taken += 1
            hosts |= {one.company_id: one} if grade.one_a_company else {}
    return found


def outlooks_of_declining(registrations: Iterable[Registration]) -> list[Outlook]:
    """What declining these would come to."""
    return [Outlook(one, [] if one.can("decline") else [_state_sentence(one)]) for one in registrations]


def lacking(registrations: Iterable[Registration], grade: Grade, stage: str = "vetting") -> dict[int, list[str]]:
    """The names of the lines that a grade needs and that are not ticked, for each of the registrations."""
    keys = [one.pk for one in registrations]
    items = list(EvidenceItem.objects.filter(grades=grade, stage=stage))
    rows = Evidence.objects.filter(registration__in=keys, verdict=Evidence.Verdict.TICKED, item__in=items)
    ticked = set(rows.values_list("registration_id", "item_id")) if items else set()
    return {pk: [local(item, "name") for item in items if (pk, item.pk) not in ticked] for pk in keys}


def companies_with_one(companies: Iterable[int], grade: Grade) -> dict[int, Registration]:
    """Those of the companies of which somebody has a grade that is given once, where this is one too."""
    if not grade.one_a_company:
        return {}
    rows = Registration.objects.filter(
        edition=grade.edition_id, company__in=list(companies), state="approved", grade__one_a_company=True
    )
    return {one.company_id: one for one in rows.select_related("person")}


def known(registration: Registration) -> dict[str, str]:
    """What the fair knows already of an importer, by the facts that lines name."""
    company, person = registration.company, registration.person_id
    before = Registration.objects.filter(person=person, state="approved").exclude(edition=registration.edition_id)
    earlier = before.count()
    facts = {"earlier": number(earlier), "came": number(before.present().count())}
    return {
        "website": company.website,
        "volume": str(registration.get_volume_display()) if registration.volume else "",
        "products": ", ".join(local(group, "name") for group in registration.product_groups.all()),
        "country": country(company.country),
        "earlier": _("approved %(earlier)s times, came %(came)s times") % facts if earlier else "",
    }


def lacks_sentence(missing: list[str]) -> str:
    """What must still be ticked."""
    return _("Not ticked yet: %(names)s.") % {"names": ", ".join(missing)}


def has_one_sentence(other: Registration) -> str:
    """Who of the company has the grade that is given once."""
    return _("%(name)s of the same company is hosted already.") % {"name": other.person.full_name}


def full_sentence(quota: Quota) -> str:
    """Which quota has no place left."""
    facts = {"grade": local(quota.grade, "name"), "places": quota.places}
    if quota.market is None:
        return _("All %(places)d places of the grade “%(grade)s” are taken.") % facts
    facts["market"] = local(quota.market, "name")
    return _("All %(places)d places of the grade “%(grade)s” for %(market)s are taken.") % facts


def _state_sentence(one: Registration) -> str:
    return _("This is “%(state)s” already.") % {"state": one.get_state_display()}


def _against(
    one: Registration, missing: list[str], hosts: dict[int, Registration], quotas: list[Quota]
) -> Iterator[str]:
    if not one.can("approve"):
        yield _state_sentence(one)
    if missing:
        yield lacks_sentence(missing)
    if (other := hosts.get(one.company_id)) and other.pk != one.pk:
        yield has_one_sentence(other)
    yield from (full_sentence(quota) for quota in quotas if not quota.free)
