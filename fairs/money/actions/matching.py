"""Putting what banks report onto notices, as far as it is certain; the rest waits for a person."""

import logging
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from fairs.errors import DomainError
from fairs.live import announce
from fairs.models import BankAccount, BankLine, Instalment, Membership, Notice, Payment
from fairs.money.actions.claiming import paid_by
from fairs.money.actions.lines import Account
from fairs.money.actions.payments import take_in, use_payment
from fairs.money.matching import Line, Match, Money, Outcome, Owed, Rule, Standing
from fairs.money.matching.deciding import Matcher
from fairs.money.ways.transfer import TRANSFER

REFUSED = "refused"  # beside the rules of the matcher: what the notices are about did not let the money in
STANDINGS: dict[str, Standing] = {Notice.State.ISSUED: Standing.OPEN, Notice.State.PAID: Standing.SETTLED}
TRIES = 20  # readings of all notices in vain, before the next heartbeat goes on
log = logging.getLogger("fairs.money.matching")


class Outdated(Exception):
    """A notice changed since all of them were read."""


def match_new_lines() -> None:
    """Match whatever a crash, or an import that is under way, has left unmatched."""
    for bin, number in BankLine.objects.filter(state="new").order_by().values_list("bin", "account").distinct():
        match_lines(Account(bin, number))


def match_lines(account: Account) -> None:
    """Match the new lines of an account with the notices that are paid to it, in the order of their days.

    Each line is put, or asked about, in a transaction of its own; done twice, or by two at once, it is done once. A
    line that fails stays new and is logged without what it says.
    """
    failed: set[int] = set()
    for _reading in range(TRIES):
        if _match_some(account, failed):
            return


def _match_some(account: Account, failed: set[int]) -> bool:
    """Go through the lines with one reading of the notices; False when they must be read again."""
    waiting = BankLine.objects.of_account(account.bin, account.number).filter(state="new").exclude(pk__in=failed)
    lines = list(waiting.order_by("booked_on", "pk"))
    if not lines:
        return True
    book = Book(account, lines)
    for line in lines:
        try:
            book.settle(line)
        except Outdated:
            return False
        except DomainError as refusal:
            log.warning("a line of the bank was refused", extra={"facts": {"line": line.pk, "code": refusal.code}})
            _ask(line.pk, Outcome.UNCERTAIN, [REFUSED], book.found)
            return False
        except Exception:
            log.exception("a line of the bank was not matched", extra={"facts": {"line": line.pk}})
            failed.add(line.pk)
            return False
    return True


class Book:
    """The notices that are paid to an account, as they were read once and as the lines put since have left them."""

    def __init__(self, account: Account, lines: Iterable[BankLine]) -> None:
        owed = owed_to(account, {line.edition_id for line in lines})
        self.matcher = Matcher(owed, ())
        self.left = {one.key: (one.standing, one.balance.amount) for one in owed}
        self.found: list[int] = []

    def settle(self, line: BankLine) -> None:
        """Match a line and do what follows; raises Outdated when a notice it is about is not what was read."""
        match = self.matcher.match(_as_told(line))
        self.found = list(match.notices)
        said: dict[str, object] = {"outcome": match.outcome, "rules": list(match.rules), "suggested": self.found}
        if match.certain:
            self._put(line, match, said)
        else:
            _ask(line.pk, match.outcome, list(match.rules), self.found)
        for part in match.parts:
            standing, left = self.left[part.key]
            left -= part.money.amount
            self.left[part.key] = (standing if left else Standing.SETTLED, left)

    def _put(self, line: BankLine, match: Match, said: dict[str, object]) -> None:
        with transaction.atomic():
            line = locked_line(line.pk)
            if line.state != BankLine.State.NEW:
                return
            found = Notice.objects.select_related("edition", "company").in_bulk(match.notices)
            notices = [found[key] for key in match.notices]
            if any(_now(one) != self.left[one.pk] for one in notices):
                raise Outdated
            payment = payment_of(line, notices)
            if Rule.CANCELLED in match.rules:
                _revive(payment, notices[0])
            elif use_payment(payment, notices=notices, by=None).assigned != match.line.money.amount - match.rest.amount:
                raise Outdated  # somebody was faster between reading the notices and locking them
            line.follow("match", by=None, payment=payment, **said)


def owed_to(account: Account, editions: Iterable[int] = ()) -> list[Owed]:
    """The notices of every edition that is paid to an account, and of these editions."""
    paid_here = BankAccount.objects.filter(bin=account.bin, number=account.number).values("edition")
    notices = Notice.objects.filter(Q(edition__in=paid_here) | Q(edition__in=list(editions))).order_by("pk")
    people: dict[int, list[str]] = {}
    members = Membership.objects.filter(company__in=notices.order_by().values("company"))
    for company, name in members.values_list("company", "person__full_name"):
        people.setdefault(company, []).append(name)
    facts = notices.values_list(
        "pk", "reference", "state", "currency", "due", "credited", "paid", "due_on", "company", "company__name_vi",
        "company__name_en", "company__tax_code",
    )  # fmt: skip
    return [
        Owed(
            key=pk,
            reference=reference,
            balance=Money(due - credited - paid, currency),
            due_on=due_on,
            firm=firm,
            names=tuple(filter(None, (name_vi, name_en))),
            people=tuple(people.get(firm, ())),
            tax_code=tax_code,
            standing=STANDINGS.get(state, Standing.CANCELLED),
        )
        for pk, reference, state, currency, due, credited, paid, due_on, firm, name_vi, name_en, tax_code in facts
    ]


def locked_line(pk: int) -> BankLine:
    """The line as it is now, kept from others until the transaction ends; whoever locks it does so first of all."""
    return BankLine.objects.select_for_update(of=("self",)).select_related("payment").get(pk=pk)


def payment_of(line: BankLine, notices: list[Notice], *, by: object = None) -> Payment:
    """The payment of a locked line, taken in now if it was not: for the edition and firm of the notices it is about."""
    if line.payment and line.payment.state == Payment.State.RECEIVED:
        return line.payment
    firms = {notice.company for notice in notices}
    named = f"{line.transaction}:{line.amount.normalize():f}" if line.transaction else f"#{line.pk}"
    again = f":{line.version}" if line.payment else ""  # the first one was void
    return take_in(
        notices[0].edition if notices else line.edition, way=TRANSFER.code, amount=line.amount, currency=line.currency,
        received_on=line.booked_on, key=f"bank:{line.bin}{line.account}:{named}{again}", by=by,
        company=firms.pop() if len(firms) == 1 else None,
    )  # fmt: skip


def _now(notice: Notice) -> tuple[Standing, Decimal]:
    """How a notice stands, as `Book` remembers it."""
    return STANDINGS.get(notice.state, Standing.CANCELLED), notice.balance


def _ask(pk: int, outcome: Outcome, rules: list[str], suggested: list[int]) -> None:
    """Let a line wait for a person; money that went out is only kept."""
    with transaction.atomic():
        line = locked_line(pk)
        if line.state == BankLine.State.NEW:
            verb = "ask" if line.amount > 0 else "leave"
            line.follow(verb, by=None, outcome=outcome, rules=rules, suggested=suggested)
            announce(line.edition, "money")


def _as_told(line: BankLine) -> Line:
    return Line(str(line.pk), line.booked_on, Money(line.amount, line.currency), line.text, line.payer)


def _revive(payment: Payment, notice: Notice) -> None:
    """Money for a notice that ran out: take again what it was for if that is free still, else keep the money free."""
    notices, why = paid_by(notice) if payment.amount >= _first_part(notice) else ([notice], "")
    use_payment(payment, notices=notices, by=None, without=why)


def _first_part(notice: Notice) -> Decimal:
    """What was to be paid first, so that the thing is kept."""
    first = Instalment.objects.filter(notice=notice).order_by("due_on").first()
    return first.amount if first else notice.due
