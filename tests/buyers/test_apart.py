"""Companies, people and entries are counted apart, each as the report counts it, and each opens its rows."""

import pytest
from django.db.models import QuerySet

from buyers.actions.companions import add_companion
from buyers.actions.registrations import approve_registration, invite_importer, register_importer
from buyers.actions.vetting import ask_for_more
from buyers.apart import STEPS, counted_apart
from buyers.models import Badge, Scan
from fairs import reports
from tests import world
from tests.buyers.importers import gate_of, importer, page

pytestmark = pytest.mark.django_db


def enters(edition, registration, times):
    badge = Badge.objects.get(person=registration.person)
    for number in range(times):
        Scan.objects.create(
            edition=edition, gate=gate_of(edition), badge=badge, at=world.FIRST_MORNING, direction="in",
            result="ok", entered=True, key=f"{badge.pk}-{number}",
        )  # fmt: skip


@pytest.fixture
def fair(edition, desk):
    """Two colleagues who came, one hosted; somebody approved, asked for more, and invited."""
    came = importer(edition, grade="hosted")
    colleague = world.person("Olof Berg")
    other = register_importer(
        edition, person=colleague, company=came.company, consents=["registration"], language="en", by=colleague
    )
    approve_registration(other, grade="ordinary", by=desk)
    importer(edition, grade="ordinary"), ask_for_more(importer(edition), text="Where are your shops?", by=desk)
    guest = world.person("Keiko Morita")
    invite_importer(edition, company=world.importer_company(guest), person=guest, by=desk)
    enters(edition, came, 3), enters(edition, other, 1)
    companion = add_companion(came, full_name="Aiko Sato", kind="companion", by=came.person)
    Scan.objects.create(
        edition=edition, gate=gate_of(edition), badge=Badge.objects.get(person=companion.person),
        at=world.FIRST_MORNING, direction="in", result="ok", entered=True, key="c",
    )  # fmt: skip
    return edition


def test_each_number_is_its_own(fair, django_assert_num_queries):
    with django_assert_num_queries(3):
        table = counted_apart(fair)
    assert [[cell["number"] for cell in row["cells"]] for row in table] == [
        [1, 1, None], [3, 4, None], [2, 3, None], [1, 1, None], [1, 2, 4], [None, 1, None]
    ]  # fmt: skip


def test_companies_are_those_of_the_report(fair):
    figures = {(line.code, one.key): one for line in reports.lines() for one in line.figures}
    for step, row in zip(STEPS, counted_apart(fair), strict=False):
        rows = figures[STEPS[step]].rows(fair)
        assert (rows.count() if isinstance(rows, QuerySet) else len(rows)) == row["cells"][0]["number"], step
    assert figures["D1", "entries"].rows(fair).count() == 4


def test_each_number_opens_its_rows(fair, client):
    for row in counted_apart(fair):
        for cell in row["cells"]:
            if cell["url"]:
                assert client.get(cell["url"].partition("#")[0]).status_code == 200
    for step, number in (("invited", 1), ("registered", 4), ("hosted", 1), ("came", 2)):
        found = client.get(page("importers_desk", fair) + f"?step={step}")
        assert len(found.context["rows"]) == number
