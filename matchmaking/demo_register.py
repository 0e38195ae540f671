"""What the demonstration's contracts say, and what becomes of them: files, looks, corrections, twins, deliveries."""

import io
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from django.utils.translation import override
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from fairs import clock
from fairs.demo.world import Demo
from fairs.errors import Refused
from fairs.invention import DealIdea
from fairs.models import Person
from fairs.templatetags.fair import money
from matchmaking.actions.consignments import accept_delivery, say_delivered, say_shipped
from matchmaking.actions.deal_corrections import agree_correction, ask_correction
from matchmaking.actions.deal_pairs import say_same
from matchmaking.actions.deal_papers import check_paper, give_paper
from matchmaking.actions.deals import record_deal
from matchmaking.actions.opportunities import lapse, quote
from matchmaking.models import Deal, Opportunity

QUANTITIES = (2000, 1200, 1000, 800, 500, 250, 200, 100)
CENT = Decimal("0.01")
REASONS = ("Giá cao hơn mức khách chấp nhận.", "Khách chọn hàng của nước khác.", "Không kịp giao trước mùa lễ.")


def terms_of(idea: DealIdea, *, in_vietnamese: bool) -> dict[str, Any]:
    """What a paper says besides its value; a memorandum says nothing yet."""
    if idea.kind == "memorandum":
        return {}
    return {
        "incoterm": idea.incoterm,
        "place": idea.port,
        "payment": idea.payment_vi if in_vietnamese else idea.payment_en,
        "lead_days": idea.lead_days,
    }


def lines_of(idea: DealIdea, goods: str) -> list[dict[str, Any]]:
    """The goods in one line whose quantity divides the value to the hundredth; nothing where none does."""
    fits = [n for n in QUANTITIES if idea.value / n == (idea.value / n).quantize(CENT)]
    if idea.kind == "memorandum" or not fits:
        return []
    return [{"words": goods, "quantity": Decimal(fits[0]), "unit": "piece", "unit_price": idea.value / fits[0]}]


@dataclass
class Register:
    """What comes after the signature; each contract by its number, so that the same ones are told the same."""

    demo: Demo
    chance: Random

    def go_on(self, deal: Deal, number: int, maker: Person, buyer: Person) -> None:
        """Plan the days after a contract was recorded."""
        if not deal.is_contract:
            return
        after = self._after
        if number % 3 == 0:
            after(hours=20, do=partial(self.give, deal.pk, maker))
        if number % 3 == 0 and number % 15:
            after(hours=50, do=partial(self.look, deal.pk, fits=True))
        if number % 15 == 0:
            after(hours=50, do=partial(self.look, deal.pk, fits=False))
        if number % 20 == 7:
            after(hours=70, do=partial(self.correct, deal.pk, maker, buyer))
        if number % 25 == 4:
            after(hours=6, do=partial(self.declare_again, deal.pk, maker, buyer, both_known=number == 4))
        if deal.kind == Deal.Kind.TRIAL_ORDER:
            after(days=14, do=partial(self.ship, deal.pk, maker, buyer))

    def offer(self, number: int) -> None:
        """An exhibitor writes a quotation for what came up at a meeting; a few lapse in the end."""
        open_ones = Opportunity.objects.filter(edition=self.demo.edition, state="enquiry", quotations=None)
        one = open_ones.with_sides().select_related("edition", "opened_by").order_by("pk").first()
        if one is None:
            return
        amount = Decimal(self.chance.randrange(12, 400) * 100)
        quote(one, currency="USD", amount=amount, incoterm="FOB", place="Hải Phòng", key=f"{number}", by=one.opened_by)
        if number % 4 == 0:
            again = (amount * 9 / 10).quantize(CENT)
            quote(one, currency="USD", amount=again, incoterm="FOB", place="Hải Phòng", key="again", by=one.opened_by)
        if number % 5 == 0:
            self._after(days=7, do=partial(self.give_up, one.pk))

    def give_up(self, pk: int) -> None:
        """Nothing comes of it, unless something has meanwhile."""
        one = Opportunity.objects.with_sides().select_related("edition", "opened_by").get(pk=pk)
        if one.can("lapse"):
            lapse(one, reason=self.chance.choice(REASONS), by=one.opened_by)

    def give(self, pk: int, maker: Person) -> None:
        """The maker adds a scan of the paper."""
        deal = _deal(pk)
        if deal.state != Deal.State.CANCELLED:
            give_paper(deal, data=scan_of(deal), by=maker)

    def look(self, pk: int, *, fits: bool) -> None:
        """The director opens the scan, and finds the value or misses the signature."""
        paper = _deal(pk).papers.select_related("deal__edition", "deal__exhibitor", "deal__importer").first()
        if paper:
            reason = "" if fits else "Bản chụp thiếu trang có chữ ký của bên mua."
            check_paper(paper, verdict="fits" if fits else "unfit", reason=reason, by=self.demo.officers["director"])

    def correct(self, pk: int, maker: Person, buyer: Person) -> None:
        """Freight was forgotten: the maker asks, and the buyer agrees a day later."""
        deal = _deal(pk)
        if deal.state != Deal.State.CONFIRMED:
            return
        more = (deal.amount * Decimal("1.02")).quantize(Decimal(1))
        correction = ask_correction(
            deal, field="value", amount=more, currency=deal.currency, reason="Cước vận chuyển chưa tính.", by=maker
        )
        self._after(hours=25, do=partial(agree_correction, correction, by=buyer))

    def declare_again(self, pk: int, maker: Person, buyer: Person, *, both_known: bool) -> None:
        """The other side records the same paper once more, rounded; of one of them an officer has decided."""
        deal = _deal(pk)
        by_buyer = deal.recorded_side == Deal.Side.EXHIBITOR
        try:
            twin = record_deal(
                deal.edition, exhibitor=deal.exhibitor, importer=deal.importer, recorded_side=deal.other_side,
                kind=deal.kind, product_group=deal.product_group, goods=deal.goods, currency=deal.currency,
                amount=(deal.amount * Decimal("0.98")).quantize(Decimal(1)), signed_on=deal.signed_on,
                key=f"demo-again-{pk}", by=buyer if by_buyer else maker,
            )  # fmt: skip
        except Refused:
            return
        if both_known:
            self._after(hours=30, do=partial(self.join, pk, twin.pk))

    def join(self, kept: int, dropped: int) -> None:
        """The director finds that both are one."""
        say_same(_deal(kept), dropped=_deal(dropped), by=self.demo.officers["director"])

    def ship(self, pk: int, maker: Person, buyer: Person) -> None:
        """A trial order leaves; it comes ten days later, and the buyer says so too."""
        deal = _deal(pk)
        if deal.is_agreed:
            say_shipped(deal, on=clock.today(self.demo.edition), by=maker)
            self._after(days=10, do=partial(self.arrive, pk, maker, buyer))

    def arrive(self, pk: int, maker: Person, buyer: Person) -> None:
        """It came."""
        say_delivered(_deal(pk), on=clock.today(self.demo.edition), by=maker)
        accept_delivery(_deal(pk), by=buyer)

    def _after(self, *, do: Any, **time: float) -> None:
        self.demo.timeline.at(clock.now() + timedelta(**time), do)


def scan_of(deal: Deal) -> bytes:
    """A page that stands for the signed paper, with what it says about itself."""
    out = io.BytesIO()
    page = Canvas(out, pagesize=A4, invariant=1)
    with override("en"):
        value = money(deal.amount, deal.currency)
    for place, text in enumerate([deal.number, value, f"{deal.signed_on:%d/%m/%Y}"]):
        page.drawString(72, 760 - 24 * place, text)
    page.save()
    return out.getvalue()


def _deal(pk: int) -> Deal:
    found: Deal = Deal.objects.with_sides().select_related("edition", "product_group").get(pk=pk)
    return found
