"""Names of the applicants of a round, which its inputs do not hold."""

from collections.abc import Iterable

from booths.models import Application
from booths.round_instance import application_of


def names_of(whos: Iterable[str]) -> dict[str, str]:
    """The name of the company of each; a household of a group is counted: `Làng gốm Bát Tràng (3)`."""
    found = list(whos)
    rows = Application.objects.filter(pk__in={application_of(who) for who in found})
    companies = dict(rows.values_list("pk", "company__name_vi"))
    names = {}
    for who in found:
        name = companies.get(application_of(who), who)
        number = who.partition(".")[2]
        names[who] = f"{name} ({number})" if number else name
    return names
