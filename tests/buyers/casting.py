"""The importers' side of the fair, for tests that ask every address as everybody."""

from typing import Any

from django.core.files.base import ContentFile

from buyers.models import (
    Badge,
    Campaign,
    Companion,
    Evidence,
    EvidenceItem,
    HostedContract,
    Invitee,
    Market,
    PrintRun,
    Quota,
    Registration,
    TravelItem,
    VisaLetter,
)
from fairs import clock
from fairs.encryption import encrypted
from fairs.models import Consent, DataRequest
from tests import world
from tests.buyers.visas import PASSPORT


def importers_of(cast: Any) -> None:
    """An importer who is approved, whom they bring, who was invited, and what hosting gives and asks."""
    _importer(cast)
    _grades(cast)


def _importer(cast: Any) -> None:
    person = cast.people["importer"] = world.person("Linnea Berg", language="en")
    company = world.importer_company(person)
    registration = Registration.objects.create(
        edition=cast.edition,
        person=person,
        company=company,
        state="approved",
        registered_at=clock.now(),
        grade=world.grade(cast.edition),
    )
    badge = Badge.objects.create(
        edition=cast.edition, person=person, company=company, kind="importer", token="CPTOKEN", short_code="ABCDEFGH"
    )
    campaign = Campaign.objects.create(edition=cast.edition, name="Japan", made_by=cast.people["importer_desk"])
    guest = world.person("Keiko Morita", language="en")
    cast.things |= {
        "data_request": DataRequest.objects.create(
            edition=cast.edition,
            person=person,
            kind="access",
            received_on=world.NOON.date(),
            acknowledge_by=world.NOON.date(),
            due_on=world.NOON.date(),
        ),
        "consent": Consent.objects.create(
            edition=cast.edition, person=person, purpose="news", text_version="2026-1", language="en", means="web"
        ),
        "campaign": campaign,
        "invitee": Invitee.objects.create(
            edition=cast.edition,
            campaign=campaign,
            person=guest,
            company=world.importer_company(guest),
            asked_at=clock.now(),
        ),
        "companion": Companion.objects.create(registration=registration, person=world.person("Aiko Sato"), place=1),
        "registration": registration,
        "badge": badge,
        "visa_letter": VisaLetter.objects.create(
            edition=cast.edition,
            person=person,
            company=company,
            state="checked",
            sealed=encrypted(PASSPORT.written()),
        ),
        "print_run": PrintRun.objects.create(
            edition=cast.edition, number=1, badges=[badge.pk], begun_by=cast.people["importer_desk"]
        ),
        "importer_part": world.participation(cast.edition, company, "importer"),
    }


def _grades(cast: Any) -> None:
    """A grade that nobody has, and a market with its quota."""
    grade = cast.things["grade"] = world.grade(cast.edition, "semi")
    market = cast.things["market"] = Market.objects.create(
        edition=cast.edition, name_vi="Châu Âu", name_en="Europe", countries="DE,FR"
    )
    item = cast.things["evidence_item"] = EvidenceItem.objects.create(
        edition=cast.edition, code="company", name_vi="Trang web", name_en="Website"
    )
    file = ContentFile(b"%PDF-1.4", "paper.pdf")
    cast.things["evidence"] = Evidence.objects.create(registration=cast.things["registration"], item=item, file=file)
    contract = cast.things["contract"] = HostedContract.objects.create(
        edition=cast.edition, registration=cast.things["registration"], company=cast.things["registration"].company,
        grade=world.grade(cast.edition, "hosted"), min_meetings=8, min_days=2, answer_by=cast.edition.opens_on,
    )  # fmt: skip
    paper = ContentFile(b"%PDF-1.4", "paper.pdf")
    cast.things["item"] = TravelItem.objects.create(contract=contract, kind="flight", currency="USD", file=paper)
    cast.things["quota"] = Quota.objects.create(grade=grade, market=market, places=3)
