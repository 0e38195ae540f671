"""What waits is decided by a person: put, kept free, set aside, taken back; and the pages where that is done."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from fairs import clock
from fairs.errors import DomainError, Forbidden
from fairs.models import BankLine, Entry, LineDecision, Payment
from fairs.money.actions.payments import take_off_notice
from fairs.money.actions.queue import keep_line, put_line, reopen_line, set_line_aside
from fairs.money.actions.refunds import refund_payment
from fairs.money.line_words import OUTCOMES, RULES, SHORT
from fairs.money.matching import Outcome, Rule
from tests import world
from tests.fairs.bank.fair import PRICE, payer_of
from tests.fairs.ledger import adds_up

pytestmark = pytest.mark.django_db
D = Decimal


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def refused(deed) -> str:
    before = (Payment.objects.count(), LineDecision.objects.count())
    with pytest.raises(DomainError) as refusal:
        deed()
    assert (Payment.objects.count(), LineDecision.objects.count()) == before
    return refusal.value.code


@pytest.fixture
def waiting(fair) -> BankLine:
    """A line of which nobody knows whose it is."""
    return fair.line(PRICE + 500, "tien gian hang", payer="BA HAI")


def test_every_outcome_and_every_rule_has_its_sentence():
    assert set(Outcome) == set(OUTCOMES) == set(SHORT)
    assert set(Rule) <= set(RULES)


# ---- decisions ---------------------------------------------------------------------------------------------------


def test_it_is_put_onto_several_notices_with_the_reason_kept(fair, waiting):
    first, second = fair.notice(), fair.notice()
    put_line(waiting, parts=[(second, D(500)), (first, D(PRICE))], reason="Called Mrs Hai", by=fair.finance)
    line = fresh(waiting)
    assert (line.state, line.payment.way, line.payment.recorded_by) == ("decided", "transfer", fair.finance)
    assert (fresh(first).state, fresh(second).paid) == ("paid", 500)
    decision = line.decisions.get()
    assert (decision.deed, decision.reason, decision.by) == ("put", "Called Mrs Hai", fair.finance)
    assert Entry.objects.filter(verb="fairs.bankline.decide", actor=fair.finance).exists()
    assert {posting.reason for posting in line.payment.postings.filter(notice__isnull=False)} == {"Called Mrs Hai"}
    adds_up()


def test_what_is_not_put_stays_free_and_says_so(fair, waiting):
    put_line(waiting, parts=[(fair.notice(), D(PRICE))], reason="So", by=fair.finance)
    assert (fresh(waiting).payment.free, fresh(waiting).payment.question) == (500, "more_than_due")
    adds_up()


def test_it_is_kept_free_and_can_be_returned(fair, waiting):
    keep_line(waiting, reason="We do not know them", by=fair.finance)
    payment = fresh(waiting).payment
    assert (payment.free, payment.question) == (PRICE + 500, "kept")
    refund_payment(payment, amount=payment.free, reason="Unknown", key="r", by=fair.finance)
    adds_up()
    assert refused(lambda: reopen_line(waiting, reason="x", by=fair.finance)) == "has_refunds"


def test_it_is_set_aside_as_not_ours_and_taken_back(fair, waiting):
    set_line_aside(waiting, reason="Interest", by=fair.finance)
    assert (fresh(waiting).state, Payment.objects.count()) == ("set_aside", 0)
    reopen_line(waiting, reason="It was a fee after all", by=fair.finance)
    put_line(waiting, parts=[(fair.notice(), D(PRICE))], reason="So", by=fair.finance)
    assert [one.deed for one in fresh(waiting).decisions.all()] == ["set_aside", "reopen", "put"]
    adds_up()


def test_a_decision_taken_back_takes_money_and_permit_away_and_can_be_made_anew(fair, waiting):
    wrong, right = fair.notice(), fair.notice()
    put_line(waiting, parts=[(wrong, D(PRICE))], reason="So", by=fair.finance)
    assert wrong.company.reservations.get().permit
    reopen_line(waiting, reason="The neighbour’s", by=fair.finance)
    line = fresh(waiting)
    assert (line.state, line.payment.free, line.payment.question) == ("waiting", PRICE + 500, "taken_off")
    assert (fresh(wrong).state, wrong.company.reservations.get().permit) == ("issued", "")
    adds_up()
    put_line(line, parts=[(right, D(PRICE))], reason="Now right", by=fair.finance)
    assert (fresh(right).state, Payment.objects.count()) == ("paid", 1)
    adds_up()


def test_what_the_matcher_put_is_taken_back_and_set_aside_with_its_receipt_void(fair):
    notice = fair.notice()
    line = fair.line(PRICE, notice.reference)
    reopen_line(line, reason="A test transfer of ours", by=fair.finance)
    set_line_aside(line, reason="A test transfer of ours", by=fair.finance)
    assert (fresh(line).payment.state, fresh(notice).state) == ("void", "issued")
    adds_up()
    reopen_line(line, reason="No test at all", by=fair.finance)
    put_line(line, parts=[(notice, D(PRICE))], reason="It is theirs", by=fair.finance)
    assert (fresh(line).payment.state, fresh(notice).state, Payment.objects.count()) == ("received", "paid", 2)
    adds_up()


def test_what_is_refused_leaves_everything_as_it_was(fair, waiting):
    notice, dollars = fair.notice(), fair.notice()
    type(dollars).objects.filter(pk=dollars.pk).update(currency="USD")

    def put(*parts, reason="So"):
        return refused(lambda: put_line(waiting, parts=list(parts), reason=reason, by=fair.finance))

    assert put((notice, D(1)), reason=" ") == "no_reason"
    assert put() == "no_notice"
    assert put((notice, D(PRICE + 1))) == "more_than_due"
    assert put((notice, D(0))) == "not_positive"
    assert put((dollars, D(1))) == "wrong_currency"
    assert put((notice, D(PRICE)), (fair.notice(), D(501))) == "more_than_free"
    assert refused(lambda: keep_line(waiting, reason="", by=fair.finance)) == "no_reason"
    assert fresh(waiting).state == "waiting"
    adds_up()


def test_of_two_who_decide_the_second_is_told(fair, waiting):
    keep_line(waiting, reason="So", by=fair.finance)
    assert refused(lambda: set_line_aside(waiting, reason="No", by=fair.finance)) == "state_conflict"
    assert refused(lambda: keep_line(waiting, reason="No", by=fair.finance)) == "state_conflict"


def test_only_finance_of_the_account_decides_and_with_a_second_factor(fair, waiting):
    stranger = world.officer(world.edition(), "finance")
    for person in (stranger, world.officer(fair.edition, "booth_desk")):
        with pytest.raises(Forbidden):
            keep_line(waiting, reason="x", by=person)
    fair.finance.__dict__["second_factor"] = False
    with pytest.raises(Forbidden) as refusal:
        keep_line(waiting, reason="x", by=fair.finance)
    assert refusal.value.code == "second_factor"


def test_money_moved_among_the_payments_meanwhile_is_no_more_to_put(fair):
    first, second = fair.notice(), fair.notice()
    line = fair.line(PRICE, first.reference)
    reopen_line(line, reason="Wrong", by=fair.finance)
    from fairs.money.actions.payments import assign_payment

    assign_payment(fresh(line).payment, notice=second, amount=D(PRICE), reason="There", by=fair.finance)
    assert refused(lambda: put_line(line, parts=[(first, D(1))], reason="So", by=fair.finance)) == "more_than_free"
    assert refused(lambda: set_line_aside(line, reason="So", by=fair.finance)) == "is_used"
    take_off_notice(fresh(line).payment, notice=second, reason="Back", by=fair.finance)
    put_line(line, parts=[(first, D(PRICE))], reason="So", by=fair.finance)
    adds_up()


# ---- pages -------------------------------------------------------------------------------------------------------


@pytest.fixture
def browser(fair) -> Client:
    client = Client()
    client.force_login(fair.finance)
    client.cookies["django_language"] = "en"
    return client


def url_of(line: BankLine) -> str:
    return reverse("fairs:bank_line", args=[line.edition.slug, line.pk])


def lines_url(fair, query: str = "") -> str:
    return reverse("fairs:bank_lines", args=[fair.edition.slug]) + query


def test_the_page_says_why_it_waits_and_suggests(fair, browser):
    notice = fair.notice()
    line = fair.line(PRICE, "tien gian hang", payer="BA HAI")
    page = browser.get(url_of(line)).content.decode()
    with translation.override("en"):
        assert str(RULES[Rule.PAYER_UNKNOWN]) in page
    assert notice.number in page
    assert 'value="13,500,000"' in page, "the one likely notice has its amount beside it"


def test_a_decision_is_made_on_the_page(fair, browser, waiting):
    notice = fair.notice()
    found = browser.post(url_of(waiting), {"find": "1", "q": notice.number, "reason": "Called"})
    assert found.status_code == 200
    assert "Called" in found.content.decode()
    given = {"notice": [notice.pk], f"amount_{notice.pk}": "13,500,000", "reason": "Called", "deed": "put"}
    assert browser.post(url_of(waiting), given).status_code == 302
    assert fresh(notice).state == "paid"
    assert browser.post(url_of(waiting), {"deed": "reopen", "reason": "Wrong"}).status_code == 302
    assert browser.post(url_of(waiting), {"deed": "aside", "reason": "Not ours"}).status_code == 302
    page = browser.get(url_of(waiting)).content.decode()
    assert "Not ours" in page
    assert fair.finance.full_name in page


def test_nothing_typed_is_lost_on_a_refusal(fair, browser, waiting):
    notice = fair.notice()
    given = {
        "notice": [notice.pk], f"amount_{notice.pk}": "999,999,999", "reason": "Because of Mrs Hai", "q": "abc",
        "deed": "put",
    }  # fmt: skip
    answer = browser.post(url_of(waiting), given)
    page = answer.content.decode()
    assert answer.status_code == 422
    for typed in ("999,999,999", "Because of Mrs Hai", "abc", notice.number):
        assert typed in page
    assert fresh(waiting).state == "waiting"
    assert browser.post(url_of(waiting), given | {f"amount_{notice.pk}": "abc"}).status_code == 422


def test_the_queue_is_searched_without_accents_by_state(fair, browser):
    fair.line(77_000, "Lãi tiền gửi", payer="Ngân hàng Đông Á")
    line = fair.line(PRICE, fair.notice().reference)
    for query, there in [
        ("?q=lai+tien+gui", True), ("?q=dong+a", True), ("?q=khac", False), ("?state=waiting", True),
        ("?state=matched", False), ("?state=nonsense", True), ("?upload=²", True), ("?page=99", True),
    ]:  # fmt: skip
        assert ("Lãi tiền gửi" in browser.get(lines_url(fair, query)).content.decode()) is there, query
    assert line.transaction not in browser.get(lines_url(fair, "?state=waiting")).content.decode()


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_pages_ask_as_many_questions_whatever_the_size(fair, browser, rows, django_assert_num_queries):
    fair.tell(*(fair.booked(77_000 + n, f"row {n}") for n in range(rows)), match=False)
    BankLine.objects.update(state="waiting", outcome="none", rules=["nothing_fits"])
    browser.get(lines_url(fair))
    with django_assert_num_queries(9):
        browser.get(lines_url(fair))
    line = BankLine.objects.earliest("pk")
    with django_assert_num_queries(12):
        browser.get(url_of(line))


def test_nobody_else_sees_a_line(fair, waiting):
    for person in (
        world.officer(fair.edition, "booth_desk"),
        world.officer(world.edition(), "finance"),
        world.person(),
    ):
        client = Client()
        client.force_login(person)
        assert client.get(url_of(waiting)).status_code == 404
        assert client.get(lines_url(fair)).status_code == 404


def test_an_officer_of_another_edition_with_the_account_decides_too(fair, waiting):
    from fairs.models import BankAccount

    other = world.edition(slug="hgs-2019")
    BankAccount.objects.create(
        edition=other, bin=waiting.bin, number=waiting.account, bank_name="Vietcombank", holder="HOI CHO"
    )
    colleague = world.officer(other, "finance")
    client = Client()
    client.force_login(colleague)
    assert client.get(reverse("fairs:bank_line", args=[other.slug, waiting.pk])).status_code == 200
    with clock.at(world.NOON):
        set_line_aside(waiting, reason="Ours, not theirs", by=colleague)


def test_a_payer_who_owes_is_suggested_likeliest_first(fair, browser):
    notice = fair.notice()
    line = fair.line(PRICE - 7, "tien gian hang", payer=payer_of(notice))
    assert line.suggested == [notice.pk]
    assert line.rules == ["amount_differs"]
