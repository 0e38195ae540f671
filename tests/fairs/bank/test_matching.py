"""Each outcome of the matcher does what an accountant expects."""

from datetime import timedelta
from decimal import Decimal

import pytest

from booths.models import Application
from fairs import clock
from fairs.errors import Refused
from fairs.models import BankLine, Entry, Notice, Payment
from fairs.money.actions import matching
from fairs.money.actions.accounts import set_bank_account
from fairs.money.actions.lines import Account
from fairs.money.actions.matching import match_lines, match_new_lines
from fairs.money.actions.notices import cancel_notice
from fairs.money.actions.payments import record_receipt
from tests import world
from tests.fairs.bank.fair import ACCOUNT, PRICE, TODAY, payer_of
from tests.fairs.ledger import adds_up

pytestmark = pytest.mark.django_db


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def said(line: BankLine) -> tuple[str, str, list[str]]:
    return line.state, line.outcome, line.rules


def test_what_is_owed_and_named_is_put_and_gives_the_permit(fair):
    notice = fair.notice()
    line = fair.line(PRICE, f"MBVCB.44 {notice.reference.lower()[:5]} {notice.reference.lower()[5:]} tien gian hang")
    assert said(line) == ("matched", "exact", [])
    payment = line.payment
    assert (payment.way, payment.amount, payment.received_on, payment.free) == ("transfer", PRICE, TODAY, 0)
    assert (payment.company, payment.recorded_by) == (notice.company, None)
    assert fresh(notice).state == "paid"
    assert notice.company.reservations.get().permit
    adds_up()


def test_a_part_is_put_and_the_rest_stays_owed(fair):
    notice = fair.notice()
    line = fair.line(PRICE - 5, notice.reference)
    assert said(line) == ("matched", "part", ["less_than_owed"])
    assert (fresh(notice).balance, fresh(notice).state) == (5, "issued")
    assert said(fair.line(5, notice.reference)) == ("matched", "exact", [])
    assert fresh(notice).state == "paid"
    adds_up()


def test_what_is_over_stays_free_with_its_question(fair):
    notice = fair.notice()
    line = fair.line(PRICE + 700, notice.reference)
    assert said(line) == ("matched", "over", ["more_than_owed"])
    assert (line.payment.free, line.payment.question, fresh(notice).state) == (700, "more_than_due", "paid")
    adds_up()


def test_what_was_paid_already_is_taken_in_whole_and_stays_free(fair):
    notice = fair.notice()
    fair.line(PRICE, notice.reference)
    line = fair.line(PRICE, notice.reference)
    assert said(line) == ("matched", "duplicate", ["already_paid"])
    assert (line.payment.free, line.payment.question) == (PRICE, "already_paid")
    assert line.payment.company == notice.company
    adds_up()


def test_another_currency_is_taken_in_whole_and_stays_free(fair):
    notice = fair.notice()
    line = fair.line(900, notice.reference, currency="USD")
    assert said(line) == ("matched", "wrong_currency", ["currency_differs"])
    assert (line.payment.free, line.payment.currency, line.payment.question) == (900, "USD", "wrong_currency")
    adds_up()


def test_late_money_for_a_notice_that_stands_is_put(fair):
    notice = fair.notice()
    line = fair.line(PRICE, notice.reference, day=notice.due_on + timedelta(days=1))
    assert said(line) == ("matched", "late", ["after_due"])
    assert fresh(notice).state == "paid"


def test_money_for_a_cancelled_notice_takes_its_booth_again_while_it_is_free(fair):
    notice = fair.notice()
    cancel_notice(notice, by=fair.finance)
    line = fair.line(PRICE, notice.reference)
    assert said(line) == ("matched", "late", ["cancelled"])
    again = Notice.objects.exclude(pk=notice.pk).get()
    assert (again.state, line.payment.free, again.receipts[0][0]) == ("paid", 0, line.payment)
    assert notice.company.reservations.filter(state="confirmed").count() == 1
    adds_up()


def test_money_for_a_booth_that_went_to_somebody_else_waits(fair):
    notice = fair.notice()
    cancel_notice(notice, by=fair.finance)
    fair.free.insert(0, notice.company.reservations.get().booth)
    fair.notice()
    line = fair.line(PRICE, notice.reference)
    assert said(line) == ("matched", "late", ["cancelled"])
    assert (line.payment.free, line.payment.question) == (PRICE, "booth_gone")
    adds_up()


def test_a_handful_of_coins_takes_no_booth_again(fair):
    notice = fair.notice()
    cancel_notice(notice, by=fair.finance)
    line = fair.line(1_000, notice.reference)
    assert (line.payment.free, line.payment.question, Notice.objects.count()) == (1_000, "not_owed", 1)


def test_several_notices_in_one_transfer_are_each_paid(fair):
    first = fair.notice()
    second = fair.notice()
    line = fair.line(2 * PRICE, f"{first.reference} va {second.reference}", payer=payer_of(first))
    assert said(line) == ("matched", "several", [])
    assert {fresh(first).state, fresh(second).state} == {"paid"}
    adds_up()


def test_paid_by_another_is_put_and_says_so(fair):
    notice = fair.notice()
    line = fair.line(PRICE, notice.reference, payer="NGUYEN THI BA CON")
    assert said(line) == ("matched", "by_other", ["other_payer"])
    assert fresh(notice).state == "paid"


def test_by_amount_and_payer_without_a_reference(fair):
    notice = fair.notice()
    line = fair.line(PRICE, "tien gian hang", payer=payer_of(notice))
    assert said(line) == ("matched", "exact", [])
    assert fresh(notice).state == "paid"


def test_what_is_uncertain_waits_without_a_payment(fair):
    notice = fair.notice()
    line = fair.line(PRICE, "tien gian hang")
    assert said(line) == ("waiting", "uncertain", ["payer_unknown"])
    assert (line.suggested, line.payment) == ([notice.pk], None)
    nothing = fair.line(77_000, "0912345678 mua quat")
    assert said(nothing) == ("waiting", "none", ["nothing_fits"])
    assert not Payment.objects.exists()


def test_money_that_goes_out_is_kept_and_never_matched(fair):
    notice = fair.notice()
    line = fair.line(-PRICE, notice.reference)
    assert said(line) == ("out", "none", ["not_incoming"])
    assert fresh(notice).paid == 0


def test_the_notices_of_every_edition_that_is_paid_here_are_looked_at(fair):
    other = world.edition(slug="hgs-2019")
    set_bank_account(
        other, bin=ACCOUNT.bin, number=ACCOUNT.number, bank_name="Vietcombank", holder="HOI CHO",
        by=world.officer(other, "finance"),
    )  # fmt: skip
    application = world.application(other, booths=1)
    fair.free = []
    from booths.actions.reservations import hold_booths, reserve_held

    hold_booths(application, booths=world.floor(other, 1), by=application.contact)
    notice = reserve_held(application, by=application.contact)
    line = fair.line(PRICE, notice.reference)
    assert (line.payment.edition, fresh(notice).state) == (other, "paid")


def test_an_edition_with_another_account_is_not_looked_at(fair):
    notice = fair.notice()
    set_bank_account(
        fair.edition, bin=ACCOUNT.bin, number="555", bank_name="Vietcombank", holder="HOI CHO", by=fair.finance
    )
    other = world.edition(slug="hgs-2019")
    from fairs.money.actions.lines import Booked, receive_lines

    receive_lines(
        Account("970436", "777"), [Booked(TODAY, Decimal(PRICE), text=notice.reference)], edition=other,
        source="statement", by=None,
    )  # fmt: skip
    match_lines(Account("970436", "777"))
    assert said(BankLine.objects.get()) == ("waiting", "none", ["nothing_fits"])


# ---- again, crashed, refused, outdated ---------------------------------------------------------------------------


def test_the_heartbeat_goes_on_where_a_crash_ended_and_twice_does_nothing_more(fair, monkeypatch):
    notices = [fair.notice() for _each in range(3)]
    fair.tell(*(fair.booked(PRICE, notice.reference) for notice in notices), match=False)
    use = matching.use_payment
    calls = []

    def killed(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt  # the process ends here, in the middle of a line
        return use(*args, **kwargs)

    monkeypatch.setattr(matching, "use_payment", killed)
    with pytest.raises(KeyboardInterrupt):
        match_lines(ACCOUNT)
    assert sorted(BankLine.objects.values_list("state", flat=True)) == ["matched", "new", "new"]
    assert Payment.objects.count() == 1
    adds_up()
    for _twice in range(2):
        match_new_lines()
        assert Payment.objects.count() == 3
        assert {fresh(notice).state for notice in notices} == {"paid"}
        adds_up()


def test_a_line_that_fails_is_logged_without_its_text_and_does_not_stop_the_others(fair, monkeypatch, caplog):
    first, second = fair.notice(), fair.notice()
    use = matching.use_payment

    def fails(payment, *, notices, by):
        if notices[0].pk == first.pk:
            raise RuntimeError("out of order")
        return use(payment, notices=notices, by=by)

    monkeypatch.setattr(matching, "use_payment", fails)
    fair.tell(fair.booked(PRICE, first.reference, payer="BA LAN"), fair.booked(PRICE, second.reference))
    assert sorted(BankLine.objects.values_list("state", flat=True)) == ["matched", "new"]
    assert "was not matched" in caplog.text
    assert first.reference not in caplog.text
    assert "LAN" not in caplog.text
    monkeypatch.undo()
    with clock.at(world.NOON):
        match_new_lines()
    assert fresh(first).state == "paid"


def test_what_the_booths_refuse_waits_for_a_person(fair, monkeypatch):
    notice = fair.notice()

    def refuses(*args, **kwargs):
        raise Refused("no", "No.")

    monkeypatch.setattr(matching, "use_payment", refuses)
    line = fair.line(PRICE, notice.reference)
    assert said(line) == ("waiting", "uncertain", ["refused"])
    assert not Payment.objects.exists()
    assert line.suggested == [notice.pk]


def test_a_notice_paid_in_cash_meanwhile_is_read_again(fair, monkeypatch):
    notice = fair.notice()
    fair.tell(fair.booked(PRICE, notice.reference), match=False)
    read = matching.owed_to

    def and_then_cash(*args):
        owed = read(*args)
        monkeypatch.setattr(matching, "owed_to", read)
        record_receipt(notice, way="cash", amount=Decimal(PRICE), received_on=TODAY, key="cash", by=fair.finance)
        return owed

    monkeypatch.setattr(matching, "owed_to", and_then_cash)
    match_lines(ACCOUNT)
    line = BankLine.objects.get()
    assert said(line) == ("matched", "duplicate", ["already_paid"])
    assert line.payment.question == "already_paid"
    adds_up()


def test_the_journal_names_no_text_and_no_payer(fair):
    notice = fair.notice()
    fair.line(PRICE, f"{notice.reference} BI MAT", payer="BA LAN")
    entries = Entry.objects.filter(verb__startswith="fairs.bankline")
    assert {entry.verb for entry in entries} == {"fairs.bankline.receive", "fairs.bankline.match"}
    assert {entry.subject for entry in entries} == {"2018-09-01"}
    assert Application.objects.count() == 1
