"""The common pages' places in the navigation, what waits at the finance desk."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fairs import clock
from fairs.discovery import NavItem, Task, add_nav, add_waiting
from fairs.models import BankLine, DataRequest, Edition, Notice, Payment, Refund

PRIVACY = frozenset({"privacy"})

add_nav(
    [
        NavItem("public", 0, _("The fair"), "fairs:home", "home"),
        NavItem("desk", 0, _("Overview"), "fairs:desk", "home"),
        NavItem("desk", 50, _("Money"), "fairs:money_desk", "receipt", frozenset({"finance", "booth_desk"})),
        NavItem("desk", 80, _("Report"), "fairs:report", "file-text", frozenset({"reports", "finance"})),
        NavItem("desk", 90, _("Set-up"), "fairs:set_up", "settings", frozenset({"director"})),
        NavItem(
            "desk", 95, _("Data requests"), "fairs:data_requests", "shield-check", frozenset({"privacy"}), own=True
        ),
        NavItem("exhibitor", 30, _("Payments"), "fairs:notices", "receipt"),
    ]
)


@add_waiting
def overdue_notices(edition: Edition, roles: frozenset[str]) -> Iterator[Task]:
    """Notices that nobody has paid in time."""
    if not roles & {"director", "finance"}:
        return
    number = Notice.objects.filter(edition=edition).in_state("overdue").count()
    if number:
        yield Task(
            title=ngettext("%(number)d payment notice is overdue", "%(number)d payment notices are overdue", number)
            % {"number": number},
            note=_("Call the exhibitors, or cancel what will not be paid: the booths go back on sale."),
            url=reverse("fairs:money_desk", args=[edition.slug]) + "?state=overdue",
            verb=_("See them"),
            icon="receipt",
            kind="stop",
        )


@add_waiting
def payments_to_decide(edition: Edition, roles: frozenset[str]) -> Iterator[Task]:
    """Money that came, and of which a part stands on no notice."""
    if not roles & {"director", "finance"}:
        return
    number = Payment.objects.filter(edition=edition).waiting().count()
    if number:
        yield Task(
            title=ngettext(
                "%(number)d payment waits for your decision", "%(number)d payments wait for your decision", number
            )
            % {"number": number},
            note=_("Put the money onto a notice, or send it back."),
            url=reverse("fairs:payments", args=[edition.slug]) + "?state=waiting",
            verb=_("Decide"),
            icon="cash",
        )


@add_waiting
def refunds_to_send(edition: Edition, roles: frozenset[str]) -> Iterator[Task]:
    """Money that finance has to send back itself, or that a card company has had for too long."""
    if not roles & {"director", "finance"}:
        return
    every = Refund.objects.filter(edition=edition)
    number = (every.filter(state="asked").exclude(payment__way="card") | every.slow()).count()
    if number:
        yield Task(
            title=ngettext("%(number)d refund is to be sent", "%(number)d refunds are to be sent", number)
            % {"number": number},
            note=_("Send the money, or ask what became of it, and then say so."),
            url=reverse("fairs:refunds", args=[edition.slug]),
            verb=_("See them"),
            icon="cash",
        )


@add_waiting
def lines_of_the_bank(edition: Edition, roles: frozenset[str]) -> Iterator[Task]:
    """Transfers of which nobody knows yet what they are for."""
    if not roles & {"director", "finance"}:
        return
    number = BankLine.objects.of(edition).in_state("waiting").count()
    if number:
        yield Task(
            title=ngettext(
                "%(number)d transfer waits for a decision", "%(number)d transfers wait for a decision", number
            )
            % {"number": number},
            note=_("The matcher is not certain which notice they are for, and says why."),
            url=reverse("fairs:bank_lines", args=[edition.slug]) + "?state=waiting",
            verb=_("Decide"),
            icon="building-bank",
        )


@add_waiting
def data_requests(edition: Edition, roles: frozenset[str]) -> Iterator[Task]:
    """What people ask about their own data, while the law counts the days."""
    if not roles & {"director", "privacy"}:
        return
    counted = DataRequest.objects.filter(edition=edition).counts(clock.today(edition))
    number, late = counted["number"], counted["late"]
    rest = _("The law counts the days: two to acknowledge, then ten to twenty to answer.")
    if number:
        yield Task(
            title=ngettext(
                "%(number)d request about personal data waits", "%(number)d requests about personal data wait", number
            )
            % {"number": number},
            note=ngettext("%(late)d of them is late.", "%(late)d of them are late.", late) % {"late": late}
            if late
            else rest,
            url=reverse("fairs:data_requests", args=[edition.slug]),
            verb=_("Answer"),
            icon="shield-check",
            kind="stop" if late else "wait",
        )
