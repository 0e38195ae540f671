"""Ordering services: price, deadline, stock, the notice and what becomes of the order with it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from booths.actions.service_orders import cancel_order, deliver_order, order_services, undo_delivery
from booths.models import ServiceItem, ServiceOrder, ServicePrice
from fairs import clock
from fairs.errors import DomainError, Forbidden, Invalid, Refused
from fairs.models import Entry, Notice, Payment, VatRate
from fairs.money.actions.claiming import paid_by
from fairs.money.actions.notices import cancel_notice
from fairs.money.actions.payments import record_receipt, void_payment
from fairs.states import StateConflict
from tests import world
from tests.booths import services

pytestmark = pytest.mark.django_db
LAST_DAY = datetime(2018, 9, 30, 16, 59, tzinfo=UTC)  # a minute to midnight in Hanoi
DAY_AFTER = datetime(2018, 9, 30, 17, 0, tzinfo=UTC)
LATE_DAY = datetime(2018, 10, 10, 16, 59, tzinfo=UTC)
TOO_LATE = datetime(2018, 10, 10, 17, 0, tzinfo=UTC)


@pytest.fixture
def booth(edition):
    """The first booth of the row."""
    return edition.booths.get(code="A01")


@pytest.fixture
def mine(booth):
    """Who has it."""
    return services.holder(booth)


@pytest.fixture
def table(edition):
    """Ten tables."""
    return services.service(edition, stock=10)


@pytest.fixture
def finance(edition):
    """Whoever looks after the money."""
    return world.officer(edition, "finance")


def order(application, *items, key="k", by=None, **more):
    """An order of one or more services for its first booth."""
    booth = more.pop("booth", None) or application.reservations.first().booth
    return order_services(
        application, booth=booth, quantities={item.pk: count for item, count in items}, key=key,
        by=by or application.contact, **more,
    )  # fmt: skip


def pay(notice, by, key="p"):
    """All that is left of a notice, in cash."""
    return record_receipt(notice, way="cash", amount=notice.balance, received_on=world.NOON.date(), key=key, by=by)


def refusal(deed, *args, **named):
    """The code of the refusal."""
    with pytest.raises(DomainError) as refused:
        deed(*args, **named)
    return refused.value.code


def test_an_order_charges_what_it_says_and_takes_from_the_stock(edition, mine, table, desk):
    VatRate.objects.create(edition=edition, item="service", percent=8)
    made = order(mine, (table, 3))
    notice = Notice.objects.get()
    [line] = notice.lines.all()
    assert (notice.due, notice.currency, notice.company, notice.contact) == (600_000, "VND", mine.company, mine.contact)
    assert (line.quantity, line.unit_price, line.vat_rate) == (3, 200_000, 8)
    assert (line.source_kind, line.source_id) == ("booths.order", made.pk)
    assert (line.text_vi, line.text_en) == ("Bàn table, gian A01", "Table table, booth A01")
    table.refresh_from_db()
    assert (made.state, table.taken, table.left) == ("ordered", 3, 7)


def test_a_foreign_exhibitor_pays_in_the_currency_of_the_list(booth, table):
    foreign = services.holder(booth, country="FR")
    order(foreign, (table, 2))
    assert (Notice.objects.get().due, Notice.objects.get().currency) == (20, "USD")


def test_residents_have_prices_in_dong_alone(table):
    with pytest.raises(IntegrityError), transaction.atomic():
        ServicePrice.objects.filter(item=table, audience="resident").update(currency="USD")


def test_what_was_ordered_keeps_its_price(mine, table):
    made = order(mine, (table, 1))
    ServicePrice.objects.filter(item=table).update(amount=900_000)
    assert made.due == 200_000


@pytest.mark.parametrize(("moment", "due"), [(LAST_DAY, 200_000), (DAY_AFTER, 240_000), (LATE_DAY, 240_000)])
def test_the_last_day_is_included_and_late_days_cost_more(mine, table, moment, due):
    with clock.at(moment):
        order(mine, (table, 1))
    notice = Notice.objects.get()
    assert notice.due == due
    assert [line.amount for line in notice.lines.all()][1:] == ([Decimal(40_000)] if due > 200_000 else [])


def test_after_the_late_days_nothing_is_taken(mine, table):
    with clock.at(TOO_LATE):
        assert refusal(order, mine, (table, 1)) == "too_late"
    table.late_until = None
    table.save()
    with clock.at(DAY_AFTER):
        assert refusal(order, mine, (table, 1)) == "too_late"


def test_more_than_there_is_is_refused_with_what_is_left(mine, table):
    order(mine, (table, 8))
    with pytest.raises(Refused, match="2") as refused:
        order(mine, (table, 3), key="other")
    assert (refused.value.code, list(refused.value.fields)) == ("sold_out", [f"q{table.pk}"])
    assert ServiceOrder.objects.count() == Notice.objects.count() == 1


def test_stock_is_never_oversold_whoever_writes(table):
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceItem.objects.filter(pk=table.pk).update(taken=11)


def test_all_of_an_order_or_nothing(edition, mine, table):
    chair = services.service(edition, "chair", stock=1)
    assert refusal(order, mine, (table, 1), (chair, 2)) == "sold_out"
    table.refresh_from_db()
    assert table.taken == 0


def test_the_same_key_orders_once(mine, table):
    assert order(mine, (table, 1)) == order(mine, (table, 1))
    table.refresh_from_db()
    assert (table.taken, Notice.objects.count()) == (1, 1)


def test_what_makes_no_sense_is_refused(edition, mine, table):
    assert refusal(order, mine, (table, 0)) == "nothing_ordered"
    assert refusal(order, mine, (table, -1)) == "no_such_quantity"
    assert refusal(order, mine, (services.service(edition, "free", price=None), 1)) == "no_service_price"
    assert refusal(order, mine, (services.service(edition, "old", offered=False), 1)) == "not_offered"
    assert refusal(order, mine, (services.service(world.edition(), "there"), 1)) == "not_offered"


def test_services_are_for_a_booth_of_ones_own(edition, mine, table):
    other = edition.booths.get(code="A02")
    assert refusal(order, mine, (table, 1), booth=other) == "no_booth"
    mine.reservations.update(state="released")
    assert refusal(order, mine, (table, 1)) == "no_booth"


def test_who_may_order(edition, mine, table, desk, finance):
    stranger = world.application(edition).contact
    for person in (stranger, finance):
        with pytest.raises(Forbidden):
            order(mine, (table, 1), by=person)
    assert order(mine, (table, 1), by=desk).state == "ordered"


def test_paid_it_is_confirmed_and_delivered(mine, table, desk, finance):
    made = order(mine, (table, 1))
    assert refusal(deliver_order, made, by=desk) == "state_conflict"
    payment = pay(Notice.objects.get(), finance)
    made.refresh_from_db()
    assert made.state == "confirmed"
    with pytest.raises(Forbidden):
        deliver_order(made, by=mine.contact)
    assert deliver_order(made, by=desk).state == "delivered"
    assert undo_delivery(made, by=desk).state == "confirmed"
    void_payment(Payment.objects.get(pk=payment.pk), reason="Nhầm", by=finance)
    made.refresh_from_db()
    assert made.state == "ordered"


def test_what_costs_nothing_is_confirmed_at_once(edition, mine):
    water = services.service(edition, "water", price=0)
    made = order(mine, (water, 1))
    assert (made.state, Notice.objects.count()) == ("confirmed", 0)
    assert cancel_order(made, by=mine.contact).state == "cancelled"


def test_cancelled_unpaid_gives_the_stock_back_and_cancels_the_notice(mine, table):
    made = order(mine, (table, 4))
    assert cancel_order(made, by=mine.contact).state == "cancelled"
    table.refresh_from_db()
    assert (table.taken, Notice.objects.get().state) == (0, "cancelled")
    assert cancel_order(made, by=mine.contact).state == "cancelled"  # said twice
    table.refresh_from_db()
    assert table.taken == 0


def test_cancelled_paid_is_credited_and_the_money_free(mine, table, finance):
    made = order(mine, (table, 2))
    payment = pay(Notice.objects.get(), finance)
    with clock.at(LAST_DAY):
        assert cancel_order(made, by=mine.contact).state == "cancelled"
    payment.refresh_from_db(), table.refresh_from_db()
    assert (Notice.objects.get().state, payment.free, table.taken) == ("credited", 400_000, 0)


def test_after_the_day_only_the_desk_cancels_and_money_asks_for_finance(mine, table, desk, finance):
    made = order(mine, (table, 2))
    pay(Notice.objects.get(), finance)
    with clock.at(DAY_AFTER):
        assert refusal(cancel_order, made, by=mine.contact) == "too_late_to_cancel"
        with pytest.raises(Forbidden):
            cancel_order(made, by=desk)
        assert cancel_order(made, by=finance).state == "cancelled"


def test_what_is_delivered_stays_and_nothing_is_credited(mine, table, desk, finance):
    made = order(mine, (table, 1))
    pay(Notice.objects.get(), finance)
    deliver_order(made, by=desk)
    with pytest.raises(StateConflict):
        cancel_order(made, by=mine.contact)
    assert Notice.objects.get().state == "paid"


def test_finance_cancels_the_notice_and_the_order_goes(mine, table, finance):
    made = order(mine, (table, 1))
    cancel_notice(Notice.objects.get(), by=finance)
    made.refresh_from_db(), table.refresh_from_db()
    assert (made.state, table.taken) == ("cancelled", 0)


def test_money_too_late_takes_it_again_while_there_is_some(mine, table, finance):
    made = order(mine, (table, 6))
    cancel_order(made, by=mine.contact)
    with transaction.atomic():
        [again], _why = paid_by(Notice.objects.get())
    made.refresh_from_db(), table.refresh_from_db()
    assert (made.state, table.taken, again.due) == ("ordered", 6, 1_200_000)
    pay(again, finance)
    made.refresh_from_db()
    assert made.state == "confirmed"


def test_money_too_late_waits_when_others_have_it(edition, mine, table):
    made = order(mine, (table, 6))
    notice = Notice.objects.get()
    cancel_order(made, by=mine.contact)
    order(services.holder(edition.booths.get(code="A02")), (table, 5))
    with transaction.atomic():
        assert paid_by(Notice.objects.get(pk=notice.pk))[0] == []
    made.refresh_from_db(), table.refresh_from_db()
    assert (made.state, table.taken) == ("cancelled", 5)


def test_the_journal_names_booth_and_columns_and_no_words(edition, mine):
    services.flames(edition)
    burner = services.flame(edition)
    order(mine, (burner, 1), flame_what="Lò của bà Hiền", flame_guard="Bình chữa cháy")
    entry = Entry.objects.get(verb="booths.serviceorder.order")
    assert (entry.subject, entry.company, entry.edition, entry.fields) == ("A01", mine.company, edition, ["lines"])
    assert not Entry.objects.filter(subject__contains="Hiền").exists()


def test_a_declaration_is_asked_for_where_something_burns(edition, mine):
    services.flames(edition)
    with pytest.raises(Invalid) as refused:
        order(mine, (services.flame(edition), 1), flame_what="Lò")
    assert (refused.value.code, list(refused.value.fields)) == ("no_flame_declaration", ["flame_guard"])
