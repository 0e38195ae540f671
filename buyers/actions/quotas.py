"""Places of quotas: taken with an approval, freed when the importer comes no more or gets another grade."""

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from buyers.checklists import companies_with_one, full_sentence, has_one_sentence, lacking, lacks_sentence
from buyers.models import Grade, Quota, QuotaPlace, Registration
from fairs.errors import Invalid, Refused
from fairs.models import Edition


def hold_grades(edition: Edition) -> dict[str, Grade]:
    """The grades of an edition by code, held until the transaction ends: places come and go one deed after another.

    Asked before a registration is moved, so that all who hold both do so in one order.
    """
    held = Grade.objects.select_for_update(no_key=True).filter(edition=edition).order_by("pk")
    return {grade.code: grade for grade in held}


def grade_named(grades: dict[str, Grade], code: str) -> Grade:
    """The grade with this code; refuses with `unknown_grade`."""
    if code not in grades:
        sentence = _("This edition has no grade “%(code)s”.") % {"code": code}
        raise Invalid("unknown_grade", sentence, {"grade": [sentence]})
    return grades[code]


def check_grade(registration: Registration, grade: Grade) -> None:
    """Whether the importer may have the grade; refuses with `evidence_missing` and `company_has_one`."""
    if missing := lacking([registration], grade)[registration.pk]:
        sentence = lacks_sentence(missing)
        raise Refused("evidence_missing", sentence, {"grade": [sentence]})
    other = companies_with_one([registration.company_id], grade).get(registration.company_id)
    if other and other.pk != registration.pk:
        sentence = has_one_sentence(other)
        raise Refused("company_has_one", sentence, {"grade": [sentence]})


def take_places(registration: Registration, grade: Grade) -> None:
    """Take the importer's place in each quota of the grade that counts them.

    Refuses with `quota_full`, and as `check_grade` does.
    """
    check_grade(registration, grade)
    for quota in quotas_of(grade, registration.company.country):
        won = Quota.objects.filter(pk=quota.pk, taken__lt=F("places")).update(taken=F("taken") + 1)
        if not won:
            sentence = full_sentence(quota)
            raise Refused("quota_full", sentence, {"grade": [sentence]})
        QuotaPlace.objects.create(quota=quota, registration=registration)


def free_places(registration: Registration) -> None:
    """Give back what the importer took."""
    given = QuotaPlace.objects.filter(registration=registration).order_by("quota")
    for place in given:
        Quota.objects.filter(pk=place.quota_id).update(taken=F("taken") - 1)
    given.delete()


def quotas_of(grade: Grade, country: str) -> QuerySet[Quota]:
    """The quotas of a grade that an importer of a country counts in."""
    found = Quota.objects.filter(grade=grade).for_country(country)
    return found.select_related("market", "grade").order_by("pk")
