"""What happens at a fair, for the tests of the organiser's pages, and how an officer sees it."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from buyers.models import Badge, Gate, Registration, Scan
from fairs import clock
from fairs.models import Entry
from tests import world

RUNNING = world.FIRST_MORNING + timedelta(days=1, hours=4)  # 14:00 on the second day


OVER = world.FIRST_MORNING + timedelta(days=30)


def page(fair, name="desk", *, role="director", at=world.NOON, language="en", **query):
    """What an officer sees."""
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    client.force_login(world.officer(fair, role))
    client.cookies["django_language"] = language
    with clock.at(at):
        answer = client.get(reverse(f"fairs:{name}", args=[fair.slug]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def importer(fair, *, country="FR", came=None):
    """An approved importer, who passed a gate at a moment."""
    side = world.importer(fair, country=country)
    Registration.objects.create(
        edition=fair,
        person=side.person,
        company=side.part.company,
        state="approved",
        registered_at=world.NOON,
        grade=world.grade(fair),
    )
    if came:
        number = Badge.objects.count()
        badge = Badge.objects.create(
            edition=fair, person=side.person, company=side.part.company, kind="importer", token=f"t{number}",
            short_code=f"B{number:05}",
        )  # fmt: skip
        scan(fair, badge, came)
    return side


def scan(fair, badge, at):
    gate = Gate.objects.get_or_create(edition=fair, name_vi="Cổng 1", name_en="Gate 1")[0]
    number = Scan.objects.count()
    return Scan.objects.create(
        edition=fair, gate=gate, badge=badge, at=at, direction="in", result="ok", entered=True, key=f"k{number}"
    )


def entry(fair, verb, *, by=None, company=None, subject="", at=world.NOON):
    return Entry.objects.create(
        edition=fair, verb=verb, actor=by, company=company, object_id="1", subject=subject, at=at
    )
