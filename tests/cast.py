"""A small fair with somebody in every role and one of everything, for tests that ask every address as everybody."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from booths.actions.applications import withdraw_application
from booths.actions.co_exhibitors import ask_co_exhibitor
from booths.actions.drafts import begin_draft
from booths.actions.goods import Flags, declare_goods
from booths.actions.manual import hand_in_file
from booths.actions.reservations import hold_booths, reserve_held
from booths.models import Appeal, Facility, FloorVersion, HouseRules, Offer, Reservation, Threshold, WaitingRoom
from buyers.models import (
    AccessRule,
    Device,
    Gate,
    Scan,
)
from fairs import clock
from fairs.actions.signing import sign_report
from fairs.actions.uploads import receive_upload
from fairs.models import (
    BankAccount,
    BankLine,
    Certificate,
    Checkout,
    CraftVillage,
    CreditNote,
    DayPack,
    Edition,
    EInvoice,
    ExchangeRate,
    Fund,
    HeldCertificate,
    Invitation,
    LegalPaper,
    Material,
    Membership,
    Officer,
    Participation,
    Payment,
    Person,
    Product,
    ProgrammeItem,
    Province,
    Publication,
    Refund,
    SupportRule,
    VatRate,
    WayOffered,
)
from matchmaking.models import (
    BoothCard,
    Interpreter,
    Lead,
    MatchingTerms,
    Meeting,
    Proposal,
    Seat,
    Table,
    Wish,
)
from tests import world
from tests.booths import moving
from tests.booths.manual import PDF, task
from tests.booths.rounds import proposed
from tests.booths.services import services_of
from tests.buyers.casting import importers_of
from tests.matchmaking import planning
from tests.matchmaking.contracting import papers_of_a_pair
from tests.matchmaking.following import after_the_fair

OFFICERS = Officer.Role.values


@dataclass
class Cast:
    """People by role, and the things of the fair by name."""

    edition: Edition
    people: dict[str, Any] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)


def assemble() -> Cast:
    """One edition in the middle of its sale; call it with the clock stopped."""
    edition = world.edition(slug="hgs-2018")
    cast = Cast(edition)
    cast.people = {"anonymous": None, "newcomer": world.person("Người mới")}
    cast.people |= {role: world.officer(edition, role) for role in OFFICERS}
    cast.people["other_director"] = world.officer(world.edition(published=False), "director")
    cast.people["administrator"] = Person.objects.create_superuser("admin@example.org", "secret-lacquer")
    _exhibitor(cast)
    _sale(cast)
    services_of(cast)
    _waiting(cast)
    _manual(cast)
    _jury(cast)
    importers_of(cast)
    _both(cast)
    _desk(cast)
    _facts(cast)
    _plan(cast)
    cast.things |= moving.things_of(cast)
    cast.things["round"] = proposed(edition, by=cast.people["booth_desk"])
    cast.things["signed_report"] = sign_report(edition, by=cast.people["director"], key="a")
    cast.things["timetable"] = planning.proposed(edition, by=cast.people["matchmaking_desk"])
    return cast


def _plan(cast: Cast) -> None:
    """A plan under work, and one that was published."""
    desk = cast.people["booth_desk"]
    cast.things["day_pack"] = DayPack.objects.create(edition=cast.edition, by=desk, day=cast.edition.opens_on)
    told = {"totals": [], "tables": [], "rule": {"vi": "", "en": ""}, "licence": {"name": "CC BY 4.0", "url": ""}}
    Publication.objects.create(edition=cast.edition, number=0, by=cast.people["reports"], content=told)
    draft = cast.things["floor_draft"] = begin_draft(cast.edition, by=desk)
    cast.things["floor_version"] = FloorVersion.objects.create(
        edition=cast.edition, number=0, content=draft.content, published_by=desk
    )


def _sale(cast: Cast) -> None:
    """The sale is open to all; a waiting room will stand tomorrow."""
    now, application = clock.now(), cast.things["application"]
    cast.things["opening"] = cast.edition.openings.create(name_vi="Tất cả", name_en="All", opens_at=now)
    tomorrow = now + timedelta(days=1)
    room = WaitingRoom.objects.create(
        edition=cast.edition, opens_at=tomorrow, closes_at=tomorrow + timedelta(hours=2), let_in_until=now
    )
    place = room.places.create(application=application, ready_at=now, kept_until=now + timedelta(minutes=3))
    cast.things |= {"waiting_room": room, "waiting_place": place}


def _exhibitor(cast: Cast) -> None:
    booths = world.floor(cast.edition)
    application = world.application(cast.edition)
    contact = cast.people["exhibitor"] = application.contact
    cast.people["other_exhibitor"] = world.application(cast.edition).contact
    hold_booths(application, booths=booths[:1], by=contact)
    notice = reserve_held(application, by=contact)
    [held] = hold_booths(application, booths=booths[1:2], by=contact)
    product = Product.objects.create(
        company=application.company, product_group=world.product_group(), name_vi="Bình gốm", name_en="Vase"
    )
    cast.things |= {
        "application": application,
        "notice": notice,
        "reservation": held,
        "booth": booths[0],
        "product": product,
        "company": application.company,
        "exhibitor_part": Participation.objects.get(company=application.company),
        "exhibitor_membership": Membership.objects.get(company=application.company),
        "invitation": Invitation.objects.create(
            company=application.company, person=cast.people["newcomer"], full_name="Mới", email="new@example.org"
        ),
    }


def _manual(cast: Cast) -> None:
    """A file handed in for the manual, special goods, a co-exhibitor, and somebody who withdrew."""
    cast.things["manual_task"] = one = task(cast.edition, asks="file", may_not_concern=True)
    application = cast.things["application"]
    by = application.contact
    cast.things["hand_in"] = hand_in_file(application, task=one, data=PDF, by=by)
    flags = {cast.things["product"].pk: Flags(temporary_import=True)}
    [cast.things["special_goods"]] = declare_goods(application, flags=flags, by=by)
    cast.things["co_exhibitor"] = ask_co_exhibitor(application, name="Gốm Chi", shows="Gốm", no_rent=True, by=by)
    cast.things["house_rules"] = HouseRules.objects.create(edition=cast.edition)
    gone = world.application(cast.edition, state="waitlisted")
    withdraw_application(gone, by=gone.contact)
    cast.things["withdrawal"] = gone.withdrawal


def _waiting(cast: Cast) -> None:
    """Somebody on the waiting list who was offered the last booth."""
    waiting = world.application(cast.edition, state="waitlisted", booths=1)
    offer = Offer.objects.create(application=waiting, expires_at=clock.now() + timedelta(hours=48))
    Reservation.objects.create(
        edition=cast.edition, booth=cast.edition.booths.order_by("-code")[0], application=waiting,
        company=waiting.company, offer=offer, held_until=offer.expires_at,
    )  # fmt: skip
    cast.things["offer"] = offer


def _jury(cast: Cast) -> None:
    refused = cast.things["refused"] = world.application(cast.edition, state="rejected")
    under_review = world.application(cast.edition, state="under_review")
    cast.things |= {
        "criterion": world.criterion(cast.edition),
        "threshold": Threshold.objects.create(edition=cast.edition, least=60),
        "review": world.review(under_review, cast.people["reviewer"]),
        "appeal": Appeal.objects.create(application=refused, text="Xem lại", made_by=refused.contact),
        "duplicate": under_review.company,
    }


def _both(cast: Cast) -> None:
    sides = {
        "edition": cast.edition,
        "exhibitor": cast.things["exhibitor_part"],
        "importer": cast.things["importer_part"],
    }
    starts = world.FIRST_MORNING
    cast.things["meeting"] = Meeting.objects.create(
        **sides,
        importer_person=cast.people["importer"],
        starts_at=starts,
        ends_at=starts + timedelta(minutes=30),
        requested_at=clock.now(),
    )
    meeting = cast.things["meeting"]
    cast.things["proposal"] = Proposal.objects.create(
        meeting=meeting, side="importer", starts_at=meeting.ends_at, ends_at=meeting.ends_at + timedelta(minutes=30),
        expires_at=starts,
    )  # fmt: skip
    cast.things["seat"] = Seat.objects.create(part=sides["exhibitor"], number=1, name="Hiền")
    cast.things["table"] = Table.objects.create(edition=cast.edition, number=1)
    cast.things["interpreter"] = Interpreter.objects.create(edition=cast.edition, name="Mai", languages="vi,fr")
    cast.things["wish"] = Wish.objects.create(
        registration=cast.things["registration"], exhibitor=cast.things["exhibitor_part"], side="importer", kind="must"
    )
    cast.things["matching_terms"] = MatchingTerms.objects.create(edition=cast.edition)
    cast.things |= papers_of_a_pair(cast, sides)
    cast.things |= after_the_fair(cast)
    cast.things["lead"] = Lead.objects.create(
        edition=cast.edition, exhibitor=sides["exhibitor"], visitor="v", kind="importer", first_at=starts,
        last_at=starts, handed_at=starts, means="tap", person=cast.people["importer"], next_step="call",
    )  # fmt: skip
    cast.things["booth_card"] = BoothCard.objects.create(
        edition=cast.edition, exhibitor=sides["exhibitor"], token="a-card-nobody-guesses"
    )


def _facts(cast: Cast) -> None:
    """What the set-up and the reference data bring."""
    edition, things = cast.edition, cast.things
    things["target"] = world.target(edition, "B1.planned", 4)
    things["programme"] = ProgrammeItem.objects.create(
        edition=edition, starts_at=world.FIRST_MORNING, title_vi="Khai mạc", title_en="Opening"
    )
    things["bank_account"] = BankAccount.objects.create(
        edition=edition, bin="970436", bank_name="Vietcombank", number="0000000001018", holder="HOI CHO"
    )
    things["bank_line"] = BankLine.objects.create(
        edition=edition, bin="970436", account="0000000001018", booked_on=world.NOON.date(), amount=1, currency="VND",
        state="waiting", outcome="none",
    )  # fmt: skip
    things["statement"] = receive_upload(
        edition, kind="statement", data="Ngày;Nội dung;Ghi có\n1/9/2018;a;1000".encode(), filename="a.csv",
        by=cast.people["finance"],
    )  # fmt: skip
    things["support_rule"] = SupportRule.objects.create(
        edition=edition, name_vi="Hỗ trợ", name_en="Support", percent=50
    )
    things["fund"] = Fund.objects.create(edition=edition, name_vi="Ngân sách", name_en="Budget")
    things["vat_rate"] = VatRate.objects.create(edition=edition, percent=8, starts_on=world.OPENS)
    things["way_offered"] = WayOffered.objects.create(edition=edition, audience="resident", way="cash")
    things["grant"] = world.grant(things["notice"])
    things["rate"] = ExchangeRate.objects.create(currency="EUR", date=world.OPENS, usd=Decimal("1.15"), source="Bank")
    things["province"] = Province.objects.create(
        code="01", name_vi="Hà Nội", name_en="Hanoi", kind="city", valid_from=date(2008, 8, 1)
    )
    CraftVillage.objects.create(
        slug="bat-trang", name_vi="Bát Tràng", craft_vi="Gốm", craft_en="Pottery", product_group=world.product_group()
    )
    Material.objects.create(code="rattan", name_vi="Mây", name_en="Rattan", kind="plant")
    fsc = Certificate.objects.create(code="fsc", name_vi="FSC", name_en="FSC", kind="forest")
    things["held_certificate"] = HeldCertificate.objects.create(company=things["company"], certificate=fsc)
    things["facility"] = Facility.objects.create(edition=edition, kind="stage", x=0, y=0, width=9, depth=6)
    things["device"] = Device.objects.create(
        edition=edition, gate=things["gate"], name="Máy 1", added_by=cast.people["gate"], key_hash="0" * 64
    )
    things["access_rule"] = AccessRule.objects.create(
        edition=edition, kind="press", begins_at=world.NOON, ends_at=world.FIRST_MORNING
    )
    things["scan"] = Scan.objects.create(
        edition=edition,
        gate=things["gate"],
        badge=things["badge"],
        at=clock.now(),
        direction="in",
        result="ok",
        entered=True,
        key="1",
    )
    things["checkout"] = Checkout.objects.create(
        edition=edition, company=things["notice"].company, notice=things["notice"], about="fairs.notice:1",
        title="TB1", language="vi", amount=1, currency="VND", key="1", state="expired", expires_at=clock.now(),
        look_at=clock.now(),
    )  # fmt: skip
    things["payment"] = Payment.objects.create(
        edition=edition,
        company=things["notice"].company,
        way="cash",
        amount=2,
        returned=1,
        currency="VND",
        received_on=world.NOON.date(),
        receipt="PT1",
        key="1",
    )
    things["credit"] = CreditNote.objects.create(
        notice=things["notice"], edition=edition, number="GT1", amount=1, currency="VND", reason="x", key="1"
    )
    things["e_invoice"] = EInvoice.objects.create(
        notice=things["notice"], edition=edition, symbol="1C18TAA", number="1", issued_on=world.OPENS, amount=1,
        currency="VND",
    )  # fmt: skip
    things["refund"] = Refund.objects.create(
        payment=things["payment"], edition=edition, number="HT1", amount=1, currency="VND", reason="x", key="1"
    )


def _desk(cast: Cast) -> None:
    edition = cast.edition
    cast.things |= {
        "gate": Gate.objects.create(edition=edition, name_vi="Cổng 1", name_en="Gate 1"),
        "officer": Officer.objects.get(edition=edition, role="gate"),
        "paper": LegalPaper.objects.create(
            edition=edition, number="50/KH-UBND", issued_on=world.OPENS, issuer_vi="UBND", subject_vi="Kế hoạch"
        ),
        "upload": receive_upload(
            edition,
            kind="exhibitors",
            data="Tên đơn vị,Tỉnh\nCơ sở A,Hà Nội\n".encode(),
            filename="a.csv",
            by=cast.people["director"],
        ),
    }
