"""Who may not judge whom: what the system itself knows of a juror's ties to an applicant."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from booths.models import Application, Household
from fairs.models import Company, Membership, Person

# Mail that everybody may have says nothing about where somebody works.
PUBLIC_MAIL = frozenset(
    {
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.com.vn", "ymail.com", "hotmail.com", "outlook.com",
        "outlook.com.vn", "live.com", "msn.com", "icloud.com", "me.com", "proton.me", "protonmail.com", "zoho.com",
        "gmx.com", "gmx.de", "web.de", "aol.com", "mail.ru", "yandex.ru", "qq.com", "163.com", "126.com", "naver.com",
        "vnn.vn", "fpt.vn", "hn.vnn.vn",
    }
)  # fmt: skip


class Tie(StrEnum):
    """What ties a juror to an applicant."""

    MEMBER = "member"
    MAIL = "mail"

    @property
    def sentence(self) -> str:
        """The tie in words."""
        words = {
            Tie.MEMBER: _("acts for this company"),
            Tie.MAIL: _("has an e-mail address of this company"),
        }
        return words[self]


Ties = Mapping[tuple[int, int], Tie]
"""By application and juror; who is not in it is not tied as far as the system knows."""


def ties(applications: Iterable[Application], jurors: Iterable[Person]) -> Ties:
    """All ties between these; a group's households count like the group. Four queries at most."""
    rows, jury = list(applications), list(jurors)
    companies = _companies(rows)
    of_company = _of_companies({one for ids in companies.values() for one in ids}, jury)
    return {
        (application, juror): tie
        for application, ids in companies.items()
        for company in ids
        for juror, tie in of_company[company].items()
    }


def _companies(applications: list[Application]) -> dict[int, set[int]]:
    """The companies behind each application."""
    found = {application.pk: {application.company_id} for application in applications}
    groups = [application.pk for application in applications if application.is_group]
    for application, company in (
        Household.objects.filter(application__in=groups)
        .exclude(company=None)
        .values_list("application_id", "company_id")
    ):
        found[application].add(company)
    return found


def _of_companies(companies: set[int], jurors: list[Person]) -> dict[int, dict[int, Tie]]:
    """The tied jurors of each company; to act for it says more than to share its mail."""
    people = {juror.pk for juror in jurors}
    mail: dict[str, list[int]] = defaultdict(list)
    for juror in jurors:
        if domain := mail_domain(juror.email):
            mail[domain].append(juror.pk)
    found: dict[int, dict[int, Tie]] = defaultdict(dict)
    for company, domain in _domains(companies, mail):
        found[company] |= dict.fromkeys(mail.get(domain, []), Tie.MAIL)
    for company, person in Membership.objects.filter(person__in=people).values_list("company_id", "person_id"):
        found[company][person] = Tie.MEMBER
    return found


def _domains(companies: set[int], mail: Mapping[str, Any]) -> Iterable[tuple[int, str]]:
    """The mail of companies and of who acts for them, as far as a juror has the same."""
    if not mail:
        return
    written = Q()
    for domain in mail:
        written |= Q(email__iendswith=f"@{domain}")
    own = Company.objects.filter(written).values_list("pk", "email")
    theirs = Membership.objects.filter(person__in=Person.objects.filter(written)).values_list(
        "company_id", "person__email"
    )
    for company, email in [*own, *theirs]:
        if company in companies:
            yield company, mail_domain(email)


def mail_domain(email: str | None) -> str:
    """The domain of an organisation's mail; nothing for mail that anybody may have."""
    domain = (email or "").rpartition("@")[2].lower()
    return "" if domain in PUBLIC_MAIL else domain
