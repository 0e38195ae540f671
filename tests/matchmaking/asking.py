"""Meetings and contracts between two sides, for the tests of their pages."""

from decimal import Decimal

from django.urls import reverse

from fairs import clock
from fairs.models import Consent
from matchmaking.actions import deals, meetings
from tests import world


def page(name, fair, **kwargs):
    return reverse(f"matchmaking:{name}", kwargs={"edition": fair.edition.slug} | kwargs)


def ahead(fair, number=0):
    return [slot for slot in meetings.slots(fair.edition) if slot.starts_at > clock.now()][number]


def asked(fair, number=0):
    return meetings.request_meeting(
        fair.edition,
        exhibitor=fair.exhibitor,
        importer=fair.importer,
        person=fair.buyer,
        starts_at=ahead(fair, number).starts_at,
        message="Do you make <b>lamps</b>?",
        by=fair.buyer,
    )


def recorded(fair, **given):
    fields = {
        "exhibitor": fair.exhibitor, "importer": fair.importer, "recorded_side": "exhibitor", "kind": "contract",
        "product_group": world.product_group(), "currency": "JPY", "amount": Decimal(6_940_000),
        "signed_on": world.OPENS, "key": "one", "by": fair.maker,
    }  # fmt: skip
    return deals.record_deal(fair.edition, **fields | given)


def shown(client, address, language="en", status=200):
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == status
    return answer.content.decode()


def form(**given):
    return {
        "kind": "contract", "product_group": world.product_group().code, "goods": "Vases", "amount": "18.400,50",
        "currency": "EUR", "signed_on": "2018-10-18", "key": "11111111-1111-4111-8111-111111111111",
    } | given  # fmt: skip


def agrees(fair, person=None):
    """Somebody says yes to scans of their badge."""
    Consent.objects.create(
        person=person or fair.buyer, edition=fair.edition, purpose="share_on_scan", text_version="2026-1",
        language="en", means="web", given_at=clock.now(),
    )  # fmt: skip


def withdraws(fair, person=None):
    """They take it back."""
    standing = Consent.objects.filter(person=person or fair.buyer, edition=fair.edition, withdrawn_at=None)
    standing.update(withdrawn_at=clock.now())
