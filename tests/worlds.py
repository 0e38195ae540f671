"""One thing of each stateful model, for the test that walks every state table."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from booths.models import Breach, Fault, HandIn, Review, VehiclePass
from buyers.models import (
    Badge,
    Campaign,
    Companion,
    Device,
    Gate,
    Grade,
    HostedContract,
    PrintRun,
    Registration,
    VisaLetter,
)
from fairs import clock
from fairs.models import BankLine, Checkout, DataRequest, Grant, Notice, Participation, Payment, Refund, Upload
from fairs.states import Stateful
from matchmaking.models import (
    Consignment,
    Deal,
    DealCorrection,
    DealPair,
    FollowUp,
    FollowUpRung,
    Meeting,
    Opportunity,
    Proposal,
    Sample,
    Timetable,
)
from tests import world
from tests.booths.makers import BOOTHS

# What an answer after the fair says nothing of.
UNSAID = {"answered_at": world.NOON, "amount": None, "currency": "", "reason": ""}


def stateful(model: type[Stateful]) -> Stateful:
    """A saved thing of the model in its first state."""
    return MAKERS[model.__name__]()


def fields_for(model: type[Stateful], state: str) -> dict[str, Any]:
    """What must go with a state so that the database's constraints hold."""
    more: dict[Any, dict[str, Any]] = {
        (Checkout, "open"): {"session_id": "cs_1"},
        (FollowUp, "asked"): {"answered_at": None},
        (FollowUp, "talking"): {"answered_at": world.NOON},
        (FollowUp, "sample"): {"answered_at": world.NOON},
        (FollowUp, "ordered"): {"answered_at": world.NOON, "amount": 1, "currency": "USD"},
        (FollowUp, "lost"): {"answered_at": world.NOON, "reason": "price"},
        (HandIn, "returned"): {"reason": "Blurred"},
        (Notice, "credited"): {"credited": 100},
        (Opportunity, "lapsed"): {"reason": "Too dear"},
        (Notice, "paid"): {"paid": 100},
        (Payment, "void"): {"returned": 100},
        (Review, "done"): {"result": 50},
        (VehiclePass, "arrived"): {"arrived_at": world.NOON},
        (VehiclePass, "left"): {"arrived_at": world.NOON, "left_at": world.NOON},
        (Sample, "printed"): {"handed_at": None, "goods": ""},
        (Sample, "handed"): {"handed_at": world.NOON, "goods": "Lọ hoa"},
        (Sample, "void"): {"handed_at": None, "goods": ""},
        (VisaLetter, "issued"): {"number": "TM1"},
        (VisaLetter, "revoked"): {"number": "TM1"},
    }
    if (model, state) in ((Fault, "mended"), (Breach, "confirmed")):
        return {"state": state, "mended_by" if model is Fault else "decided_by": world.person()}
    if (model, state) == (Registration, "approved"):
        return {"state": state, "grade": Grade.objects.latest("pk")}
    if (model, state) == (Sample, "kept"):
        return {"state": state, "handed_at": world.NOON, "goods": "Lọ hoa", "kept_at": world.NOON, "importer": _buyer()}
    if model is Checkout and state in ("paid", "settled"):
        return {"state": state, "payment": _payment()}
    return {"state": state} | more.get((model, state), {})


def fields_with(model: type[Stateful], verb: str) -> dict[str, Any]:
    """What must go with a verb so that the database's constraints hold."""
    more: dict[Any, dict[str, Any]] = {
        (Checkout, "open"): {"session_id": "cs_1"},
        (FollowUp, "talk"): UNSAID,
        (FollowUp, "send_sample"): UNSAID,
        (FollowUp, "order"): UNSAID | {"amount": 1, "currency": "USD"},
        (FollowUp, "lose"): UNSAID | {"reason": "price"},
        (HandIn, "return"): {"reason": "Blurred"},
        (Notice, "credit"): {"credited": 100, "paid": 0},
        (Notice, "reopen"): {"paid": 0},
        (Notice, "settle"): {"paid": 100},
        (Opportunity, "lapse"): {"reason": "Too dear"},
        (Payment, "void"): {"returned": 100},
        (Review, "score"): {"result": 50},
        (Sample, "hand_over"): {"handed_at": world.NOON, "goods": "Lọ hoa"},
        (Review, "step_aside"): {"result": None},
        (VisaLetter, "issue"): {"number": "TM1"},
        (VehiclePass, "arrive"): {"arrived_at": world.NOON},
        (VehiclePass, "leave"): {"left_at": world.NOON},
    }
    if (model, verb) == (Sample, "keep"):
        return {"kept_at": world.NOON, "importer": _buyer()}
    if (model, verb) in ((Fault, "mend"), (Breach, "confirm")):
        return {"mended_by" if model is Fault else "decided_by": world.person()}
    if (model, verb) == (Registration, "approve"):
        return {"grade": Grade.objects.latest("pk")}
    return {"payment": _payment()} if (model, verb) == (Checkout, "pay") else more.get((model, verb), {})


def _timetable() -> Timetable:
    return Timetable.objects.create(edition=world.edition(), number=1, begun_by=world.person())


def _follow_up() -> FollowUp:
    sides = world.two_sides()
    rung = FollowUpRung.objects.create(edition=sides.edition, part=sides.importer, days=30)
    return FollowUp.objects.create(
        edition=sides.edition, rung=rung, exhibitor=sides.exhibitor, importer=sides.importer, days=30, side="importer"
    )


def _sample() -> Sample:
    sides = world.two_sides()
    return Sample.objects.create(edition=sides.edition, exhibitor=sides.exhibitor, number=1)


def _buyer() -> Participation:
    return Participation.objects.filter(role="importer").latest("pk")


def _notice() -> Notice:
    edition = world.edition()
    return Notice.objects.create(
        edition=edition,
        company=world.company(),
        number="N1",
        reference="R1",
        currency="VND",
        due=100,
        due_on=edition.opens_on,
    )


def _payment() -> Payment:
    return Payment.objects.create(
        edition=world.edition(), way="cash", amount=100, currency="VND", received_on=world.NOON.date(), receipt="PT1",
        key="1",
    )  # fmt: skip


def _refund() -> Refund:
    payment = _payment()
    return Refund.objects.create(
        edition=payment.edition, payment=payment, number="HT1", amount=1, currency="VND", reason="x", key="1"
    )


def _checkout() -> Checkout:
    notice = _notice()
    return Checkout.objects.create(
        edition=notice.edition, company=notice.company, notice=notice, about="fairs.notice:1", title="N1",
        language="vi", amount=100, currency="VND", key="1", expires_at=clock.now(), look_at=clock.now(),
    )  # fmt: skip


def _registration() -> Registration:
    person = world.person()
    return Registration.objects.create(edition=world.edition(), person=person, company=world.importer_company(person))


def _hosted_contract() -> HostedContract:
    registration = _registration()
    return HostedContract.objects.create(
        edition=registration.edition, registration=registration, company=registration.company,
        grade=world.grade(registration.edition, "hosted"), min_meetings=8, min_days=2, answer_by=world.OPENS,
    )  # fmt: skip


def _badge() -> Badge:
    return Badge.objects.create(
        edition=world.edition(), person=world.person(), kind="visitor", token="T", short_code="S"
    )


def _visa_letter() -> VisaLetter:
    person = world.person()
    return VisaLetter.objects.create(edition=world.edition(), person=person, company=world.importer_company(person))


def _data_request() -> DataRequest:
    day = world.NOON.date()
    return DataRequest.objects.create(
        edition=world.edition(), person=world.person(), kind="access", received_on=day, acknowledge_by=day, due_on=day
    )


def _campaign() -> Campaign:
    return Campaign.objects.create(edition=world.edition(), name="A", made_by=world.person())


def _companion() -> Companion:
    return Companion.objects.create(registration=_registration(), person=world.person(), place=1)


def _device() -> Device:
    edition = world.edition()
    gate = Gate.objects.create(edition=edition, name_vi="Cổng 1", name_en="Gate 1")
    return Device.objects.create(edition=edition, gate=gate, name="Máy", added_by=world.person(), key_hash="0" * 64)


def _print_run() -> PrintRun:
    return PrintRun.objects.create(edition=world.edition(), number=1, begun_by=world.person())


def _sides() -> dict[str, Any]:
    edition = world.edition()
    return {
        "edition": edition,
        "exhibitor": world.participation(edition, world.company(), "exhibitor"),
        "importer": world.participation(edition, world.importer_company(), "importer"),
    }


def _meeting() -> Meeting:
    starts = world.FIRST_MORNING
    return Meeting.objects.create(
        **_sides(), importer_person=world.person(), starts_at=starts, ends_at=starts + timedelta(minutes=30)
    )


def _proposal() -> Proposal:
    meeting = _meeting()
    return Proposal.objects.create(
        meeting=meeting, side="exhibitor", starts_at=meeting.ends_at, ends_at=meeting.ends_at + timedelta(minutes=30),
        expires_at=meeting.starts_at,
    )  # fmt: skip


def _deal(**fields: Any) -> Deal:
    given = {"token": "T", "key": "K", "number": "HD1"} | (_sides() if "edition" not in fields else {})
    return Deal.objects.create(
        product_group=world.product_group(),
        currency="USD",
        amount=Decimal(100),
        signed_on=world.OPENS,
        recorded_side="exhibitor",
        recorded_by=world.person(),
        recorded_at=clock.now(),
        **given | fields,
    )


def _correction() -> DealCorrection:
    return DealCorrection.objects.create(
        deal=_deal(), field="value", before="100.00 USD", after="90.00 USD", reason="Freight", side="exhibitor"
    )


def _consignment() -> Consignment:
    return Consignment.objects.create(deal=_deal())


def _pair() -> DealPair:
    first = _deal()
    sides = {name: getattr(first, name) for name in ("edition", "exhibitor", "importer")}
    second = _deal(**sides, number="HD2", token="T2", key="K2")
    return DealPair.objects.create(edition=first.edition, first=first, second=second)


def _opportunity() -> Opportunity:
    return Opportunity.objects.create(**_sides(), source="typed", opened_by=world.person(), key="one")


def _bank_line() -> BankLine:
    """With the payment that it has once it is matched."""
    edition, day = world.edition(), world.NOON.date()
    payment = Payment.objects.create(
        edition=edition, way="transfer", amount=100, currency="VND", received_on=day, receipt="PT1", key="1"
    )
    return BankLine.objects.create(
        edition=edition, bin="970436", account="1", booked_on=day, amount=100, currency="VND", payment=payment
    )


def _upload() -> Upload:
    return Upload.objects.create(edition=world.edition(), kind="exhibitors", filename="a.csv", by=world.person())


def _grant() -> Grant:
    return world.grant(_notice())


MAKERS = BOOTHS | {
    "Notice": _notice,
    "Grant": _grant,
    "Payment": _payment,
    "Refund": _refund,
    "Checkout": _checkout,
    "Registration": _registration,
    "HostedContract": _hosted_contract,
    "Badge": _badge,
    "DataRequest": _data_request,
    "VisaLetter": _visa_letter,
    "Campaign": _campaign,
    "Companion": _companion,
    "Device": _device,
    "PrintRun": _print_run,
    "Meeting": _meeting,
    "Proposal": _proposal,
    "Timetable": _timetable,
    "Deal": _deal,
    "DealCorrection": _correction,
    "Consignment": _consignment,
    "DealPair": _pair,
    "Opportunity": _opportunity,
    "FollowUp": _follow_up,
    "Sample": _sample,
    "Upload": _upload,
    "BankLine": _bank_line,
}
