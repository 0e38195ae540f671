"""What a contract says besides its value: terms, goods line by line, and until when it may be signed."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Certificate, Product
from matchmaking.actions.deal_terms import describe_deal
from matchmaking.actions.deals import cancel_deal, confirm_deal
from matchmaking.models import INCOTERMS, Deal
from tests import world
from tests.matchmaking.asking import page, recorded, shown

pytestmark = pytest.mark.django_db
DOLLARS = {"currency": "USD", "amount": Decimal(1500)}


@pytest.fixture
def fair():
    """The first morning of the fair, at ten."""
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


def line(words="Vases", quantity="1200", unit_price="1.25", **more):
    return {"words": words, "quantity": Decimal(quantity), "unit_price": Decimal(unit_price), **more}


def test_there_are_the_eleven_incoterms_of_2020():
    assert set(Deal.Incoterm.values) == set(INCOTERMS)
    assert len(INCOTERMS) == 11
    assert set(INCOTERMS) == {"EXW", "FCA", "CPT", "CIP", "DAP", "DPU", "DDP", "FAS", "FOB", "CFR", "CIF"}


def test_terms_and_lines_are_recorded_with_the_paper(fair):
    fsc = Certificate.objects.create(code="fsc", name_vi="FSC", name_en="FSC", kind="forest")
    product = Product.objects.create(
        company=fair.exhibitor.company, product_group=world.product_group(), name_vi="Lọ hoa", name_en="Vase",
        hs_code="6913",
    )  # fmt: skip
    terms = {
        "incoterm": "FOB", "place": " Hải Phòng ", "payment": "30 % deposit", "lead_days": 60,
        "latest_shipment": date(2018, 12, 31), "signed_in": "A101", "certificates": [fsc],
    }  # fmt: skip
    lines = [line("", product=product), line("Boxes", "0.5", "0.1", unit="m3", hs_code="4819.10")]
    deal = recorded(fair, currency="USD", amount=Decimal("1500.05"), terms=terms, lines=lines)
    deal.refresh_from_db()
    assert (deal.incoterm, deal.place, deal.lead_days, deal.certificates.get()) == ("FOB", "Hải Phòng", 60, fsc)
    first, second = deal.lines.all()
    assert (first.product, first.hs_code, second.hs_code) == (product, "6913", "481910")
    assert first.words in ("Lọ hoa", "Vase")
    assert (first.sum_in("USD"), second.sum_in("USD"), second.sum_in("JPY")) == (1500, Decimal("0.05"), 0)


def test_lines_of_another_sum_are_taken_when_it_is_said_and_shown_with_the_difference(fair, client):
    with pytest.raises(Invalid) as refusal:
        recorded(fair, **DOLLARS, lines=[line(quantity="1000")])
    assert refusal.value.code == "lines_differ"
    assert "250" in refusal.value.message
    assert not Deal.objects.exists()
    deal = recorded(fair, **DOLLARS, lines=[line(quantity="1000")], differs=True)
    client.force_login(fair.buyer)
    seen = shown(client, page("deal", fair, pk=deal.pk))
    assert ("The lines come to US$250 less than the value." in seen, ">US$1.25<" in seen) == (True, True)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"terms": {"incoterm": "DAT"}}, "incoterm"),
        ({"terms": {"lead_days": 0}}, "lead_days"),
        ({"terms": {"lead_days": 5000}}, "lead_days"),
        ({"terms": {"latest_shipment": world.OPENS - timedelta(days=1)}}, "latest_shipment"),
        ({"lines": [line("")]}, "lines"),
        ({"lines": [line(quantity="0")]}, "lines"),
        ({"lines": [line(quantity="NaN")]}, "lines"),
        ({"lines": [line(unit_price="-1")]}, "lines"),
        ({"lines": [line(hs_code="12")]}, "lines"),
        ({"lines": [line(unit="bushel")]}, "lines"),
        ({"lines": [line()] * 41}, "lines"),
    ],
)
def test_what_makes_no_sense_is_refused_and_writes_nothing(fair, given, code):
    with pytest.raises(Invalid) as refusal:
        recorded(fair, **DOLLARS, **given)
    assert refusal.value.code == code
    assert not Deal.objects.exists()


def test_a_product_of_somebody_else_is_no_line(fair):
    other = Product.objects.create(company=world.company(), product_group=world.product_group(), name_vi="Nón")
    with pytest.raises(Invalid):
        recorded(fair, **DOLLARS, lines=[line(product=other)])


def test_a_paper_may_be_signed_until_a_year_after_the_closing(fair):
    closes = fair.edition.closes_on
    with clock.at(datetime.fromisoformat("2019-12-01T05:00+00:00")):
        last = recorded(fair, signed_on=closes.replace(year=closes.year + 1))
        assert last.signed_on == date(2019, 10, 21)
        assert Deal.objects.signed_later().get() == last
        with pytest.raises(Invalid) as refusal:
            recorded(fair, key="two", signed_on=closes.replace(year=closes.year + 1) + timedelta(days=1))
    assert refusal.value.code == "signed_on"
    assert "21/10/2019" in refusal.value.message


def test_before_the_yes_all_may_be_written_and_after_it_what_was_empty(fair):
    deal = recorded(fair, **DOLLARS, terms={"incoterm": "FOB"})
    deal = describe_deal(deal, terms={"incoterm": "CIF", "place": "Hamburg"}, by=fair.maker)
    assert (deal.incoterm, deal.place) == ("CIF", "Hamburg")
    confirm_deal(Deal.objects.get(), by=fair.buyer)
    with pytest.raises(Refused) as refusal:
        describe_deal(deal, terms={"incoterm": "EXW"}, by=fair.maker)
    assert refusal.value.code == "settled"
    deal = describe_deal(deal, terms={"incoterm": "CIF", "payment": "L/C"}, lines=[line()], by=fair.maker)
    assert (deal.payment, deal.lines.count()) == ("L/C", 1)
    with pytest.raises(Refused):
        describe_deal(deal, terms={}, lines=[line("Plates")], by=fair.maker)


def test_terms_are_for_the_recording_side_and_not_of_what_was_taken_back(fair):
    deal = recorded(fair)
    for by in [fair.buyer, world.officer(fair.edition, "reports"), world.exhibitor(fair.edition).person]:
        with pytest.raises(Forbidden):
            describe_deal(deal, terms={"place": "Hamburg"}, by=by)
    cancel_deal(deal, by=fair.maker)
    with pytest.raises(Refused):
        describe_deal(deal, terms={"place": "Hamburg"}, by=fair.maker)


def rows(*lines, **terms):
    """What the page of terms sends."""
    sent = {"lines-TOTAL_FORMS": len(lines), "lines-INITIAL_FORMS": 0} | terms
    return sent | {f"lines-{n}-{name}": text for n, one in enumerate(lines) for name, text in one.items()}


def test_the_page_keeps_rows_and_loses_nothing(fair, client):
    deal = recorded(fair, **DOLLARS)
    client.force_login(fair.maker)
    address = page("deal_terms", fair, pk=deal.pk)
    one = {"words": "Vases", "quantity": "1,000", "unit": "piece", "unit_price": "1.255", "hs_code": "6913"}
    headers = {"accept-language": "en"}
    more = client.post(address, rows(one, place="Hamburg", add="1"), headers=headers).content.decode()
    assert ("1.255" in more, "Hamburg" in more, 'name="lines-1-words"' in more) == (True, True, True)
    differs = client.post(address, rows(one, place="Hamburg"), headers=headers)
    assert differs.status_code == 422
    assert "less than the value" in differs.content.decode()
    assert "1.255" in differs.content.decode()
    client.post(address, rows(one, {"unit": "piece"}, place="Hamburg", differs="on"), headers=headers)
    deal.refresh_from_db()
    assert (deal.place, deal.lines.get().unit_price) == ("Hamburg", Decimal("1.255"))
    assert "1.255" in shown(client, address)


def test_the_record_form_has_the_few_fields_first_and_the_rest_folded(fair, client):
    client.force_login(fair.buyer)
    seen = shown(client, page("record_deal", fair))
    few, folded = seen.split('<details class="panel more"', 1)
    assert all(f'name="{name}"' in few for name in ["kind", "other", "amount", "currency", "signed_on", "goods"])
    assert all(f'name="{name}"' in folded for name in ["incoterm", "place", "payment", "lead_days"])
