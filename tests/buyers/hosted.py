"""Hosted importers for tests: offered, accepted, and what they did at the fair."""

from datetime import timedelta

from buyers.actions.hosting import accept_offer, offer_hosting
from buyers.actions.readings import scan_badge
from buyers.models import Badge, HostedContract, Registration, TravelItem
from fairs import clock
from fairs.models import Participation
from matchmaking.models import Meeting
from tests import world
from tests.buyers.importers import gate_of, importer

JOINED = ("edition", "registration__person", "registration__grade", "company", "grade")


def fresh(contract):
    return HostedContract.objects.select_related(*JOINED).get(pk=contract.pk)


def offered(edition, desk, *, grade="semi", name="Linnea Berg"):
    one = importer(edition, grade=grade, name=name)
    rows = Registration.objects.select_related("edition", "person", "company", "grade")
    return fresh(offer_hosting(rows.get(pk=one.pk), answer_by=edition.opens_on, by=desk))


def accepted(edition, desk, **given):
    contract = offered(edition, desk, **given)
    return fresh(accept_offer(contract, by=contract.registration.person))


def item_of(contract, kind="nights"):
    return TravelItem.objects.select_related("contract__edition").get(contract=contract, kind=kind)


def came(contract, *, days=2):
    """An entry on each of the first days."""
    badge = Badge.objects.valid().get(person=contract.registration.person, edition=contract.edition)
    keeper = world.officer(contract.edition, "gate")
    for day in range(days):
        at = world.FIRST_MORNING + timedelta(days=day)
        with clock.at(at):
            scan_badge(
                gate_of(contract.edition), code=badge.qr_code, direction="in", key=f"{badge.pk}-{day}", by=keeper,
            )  # fmt: skip


def met(contract, *, held=0, absent=""):
    """Meetings of the importer, held or failed by a side."""
    edition, person = contract.edition, contract.registration.person
    part = Participation.objects.get(edition=edition, company=contract.company, role="importer")
    for number in range(held):
        starts = world.FIRST_MORNING + timedelta(minutes=30 * number)
        Meeting.objects.create(
            edition=edition, exhibitor=world.exhibitor(edition).part, importer=part, importer_person=person,
            starts_at=starts, ends_at=starts + timedelta(minutes=30), absent=absent,
            state="no_show" if absent else "held",
        )  # fmt: skip
