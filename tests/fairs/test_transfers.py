"""Paying by transfer: the account of an edition, the reference of a notice, the code on page and paper."""

from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from rest_framework.test import APIClient

from fairs import clock
from fairs.actions.editions import copy_edition
from fairs.errors import Forbidden, Invalid
from fairs.models import BankAccount, Company, Edition, Entry, Notice, NoticeLine
from fairs.money import vietqr
from fairs.money.actions.accounts import set_bank_account
from fairs.money.actions.notices import cancel_notice, issue_notice
from fairs.money.actions.payments import record_receipt
from fairs.money.face import notice_face
from fairs.money.references import parse
from fairs.money.transfers import transfer_for
from fairs.money.ways import WAYS
from fairs.papers.notice import notice_pdf
from tests import papers, world

pytestmark = pytest.mark.django_db
D = Decimal
TODAY = date(2018, 9, 1)
ACCOUNT = {"bin": "970436", "bank_name": "Vietcombank", "number": "0000000001018", "holder": "HOI CHO"}
# bin 970436, account 0000000001018, 13,500,000 đồng, reference HGS1800001I
PAYLOAD = (
    "00020101021238570010A00000072701270006970436011300000000010180208QRIBFTTA5303704540813500000"
    "5802VN62150811HGS1800001I6304"
)


class Fair:
    """An edition with finance and a director, and a company that owes."""

    def __init__(self) -> None:
        self.edition: Edition = world.edition(slug="hgs-2018")
        self.finance, self.director = world.officer(self.edition, "finance"), world.officer(self.edition, "director")
        self.maker = world.person("Trần Văn Lực")
        self.firm = world.company(self.maker)

    def notice(self, amount: int | str = 13_500_000, *, of: Edition | None = None, **given: Any) -> Notice:
        line = NoticeLine(kind="price", text_vi="Gian A01", text_en="Booth A01", amount=D(amount), unit_price=D(amount))
        fields: dict[str, Any] = {"company": self.firm, "currency": "VND"} | given
        return issue_notice(
            of or self.edition, lines=[line], due_on=TODAY + timedelta(days=7), contact=self.maker, by=self.finance,
            **fields,
        )  # fmt: skip

    def account(self, **given: Any) -> BankAccount:
        return set_bank_account(self.edition, **{"by": self.finance} | ACCOUNT | given)

    def page(self, notice: Notice, person: Any = None) -> str:
        browser = Client()
        browser.force_login(person or self.maker)
        with translation.override("en"):
            answer = browser.get(
                reverse("fairs:notice", args=["hgs-2018", notice.pk]), headers={"accept-language": "en"}
            )
        return answer.content.decode()


@pytest.fixture
def fair():
    with clock.at(world.NOON):
        yield Fair()


# ---- the reference ---------------------------------------------------------------------------------------------


def test_a_notice_is_issued_with_a_reference_that_follows_its_number(fair):
    first, second = fair.notice(), fair.notice()
    assert [(one.number, one.reference) for one in (first, second)] == [
        ("HGS18-TB00001", "HGS1800001I"),
        ("HGS18-TB00002", "HGS1800002J"),
    ]
    assert parse(second.reference, "HGS18").sequence == 2


def test_editions_of_one_code_share_no_reference(fair):
    twin, other = world.edition(slug="hgs-1918"), world.edition(slug="craft-2019")
    references = [fair.notice(of=edition).reference for edition in (fair.edition, twin, other)]
    assert [reference[:-1] for reference in references] == ["HGS1800001", "HGS18B00001", "CRAFT1900001"]


def test_the_database_keeps_references_apart_and_filled(fair):
    notice = fair.notice()
    for wrong in (notice.reference, ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.create(
                edition=fair.edition, company=fair.firm, number="N", reference=wrong, currency="VND", due=1,
                due_on=TODAY,
            )  # fmt: skip


def test_finance_finds_a_notice_by_its_reference(fair):
    notice = fair.notice()
    fair.notice()
    assert list(Notice.objects.search("hgs1800001i")) == [notice]


def test_notices_of_before_get_the_references_that_new_ones_would(fair):
    migration = import_module("fairs.migrations.0002_transfers_and_references")
    twin = world.edition(slug="hgs-1918")
    notices = [fair.notice(), fair.notice(of=twin), fair.notice()]
    given = [notice.reference for notice in notices]
    for notice in notices:
        Notice.objects.filter(pk=notice.pk).update(reference=f"OLD{notice.pk}")
    odd = Notice.objects.create(
        edition=fair.edition, company=fair.firm, number="no figure", reference="OLD", currency="VND", due=1,
        due_on=TODAY,
    )  # fmt: skip
    migration.give_references(apps, None)
    assert [Notice.objects.get(pk=notice.pk).reference for notice in notices] == given
    assert Notice.objects.get(pk=odd.pk).reference.startswith("HGS181")


# ---- the account -----------------------------------------------------------------------------------------------


def test_finance_sets_the_account_once_and_changes_it_later(fair):
    account = fair.account(number="0000 000-00.1018", holder=" HOI CHO ")
    assert {name: getattr(account, name) for name in ACCOUNT} == ACCOUNT
    assert fair.account() == account
    assert [entry.verb for entry in Entry.objects.all()] == ["fairs.bankaccount.set"]
    fair.account(holder="TRUNG TAM", by=fair.director)
    assert BankAccount.objects.get().holder == "TRUNG TAM"
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.fields, entry.actor) == ("fairs.bankaccount.set", ["holder"], fair.director)


def test_nobody_else_sets_the_account(fair):
    for person in (fair.maker, world.officer(fair.edition, "booth_desk")):
        with pytest.raises(Forbidden):
            fair.account(by=person)
    assert not BankAccount.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"bin": "97043"}, "no_bin"),
        ({"bin": "VCB"}, "no_bin"),
        ({"number": "số 12"}, "no_account"),
        ({"number": "1" * 20}, "no_account"),
        ({"number": " - "}, "incomplete"),
        ({"holder": " "}, "incomplete"),
        ({"bank_name": ""}, "incomplete"),
    ],
)
def test_what_no_bank_takes_is_refused_beside_its_field(fair, wrong, code):
    with pytest.raises(Invalid) as refusal:
        fair.account(**wrong)
    assert refusal.value.code == code
    assert refusal.value.fields.keys() == wrong.keys()


def test_an_edition_has_one_account(fair):
    fair.account()
    with pytest.raises(IntegrityError), transaction.atomic():
        BankAccount.objects.create(edition=fair.edition, **ACCOUNT)


def test_the_next_edition_keeps_the_account(fair):
    fair.account()
    made = copy_edition(
        fair.edition, by=fair.director, opens_on=date(2019, 10, 17), slug="hgs-2019", name_vi="A", name_en="B"
    )
    assert {name: getattr(made.bank_accounts.get(), name) for name in ACCOUNT} == ACCOUNT


def test_the_form_sets_it_and_shows_what_is_set(fair):
    address = reverse("fairs:bank_account", args=["hgs-2018"])
    browser = Client()
    browser.force_login(fair.finance)
    refused = browser.post(address, ACCOUNT | {"bin": "12"})
    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == {"bin"}
    assert browser.post(address, ACCOUNT).url == reverse("fairs:money_desk", args=["hgs-2018"])
    assert 'value="0000000001018"' in browser.get(address).content.decode()
    assert address in browser.get(reverse("fairs:money_desk", args=["hgs-2018"])).content.decode()


def test_a_program_sets_it_by_the_same_rules(fair):
    api = APIClient()
    api.force_authenticate(fair.finance)
    given = {"edition": "hgs-2018"} | ACCOUNT
    answer = api.post("/api/v1/bank-accounts/", given)
    assert (answer.status_code, {name: answer.json()[name] for name in ACCOUNT}) == (201, ACCOUNT)
    assert api.post("/api/v1/bank-accounts/", given | {"bin": "12"}).status_code == 400
    assert [row["number"] for row in api.get("/api/v1/bank-accounts/").json()["results"]] == ["0000000001018"]
    notice = fair.notice()
    api.force_authenticate(fair.maker)
    assert api.post("/api/v1/bank-accounts/", given).status_code == 403
    assert api.get("/api/v1/bank-accounts/").json()["results"] == []
    assert api.get(f"/api/v1/notices/{notice.pk}/").json()["reference"] == notice.reference


# ---- the code --------------------------------------------------------------------------------------------------


def test_the_code_asks_for_what_is_left_and_names_the_notice(fair):
    fair.account()
    notice = fair.notice()
    transfer = transfer_for(notice)
    assert transfer
    assert transfer.payload == f"{PAYLOAD}{vietqr.checksum(PAYLOAD):04X}"
    assert (transfer.amount, transfer.digits, transfer.reference) == (13_500_000, "13500000", "HGS1800001I")
    record_receipt(notice, way="cash", amount=D(500_000), received_on=TODAY, key="k", by=fair.finance)
    rest = transfer_for(Notice.objects.get())
    assert rest
    assert "540813000000" in rest.payload


def test_what_no_bank_moves_is_left_to_the_payer_to_type(fair):
    fair.account()
    transfer = transfer_for(fair.notice("1000000.50"))
    assert transfer
    assert transfer.payload.startswith("000201010211")
    assert transfer.digits == "1000000.50"


def test_there_is_none_without_an_account_or_once_nothing_is_owed(fair):
    notice = fair.notice()
    assert transfer_for(notice) is None
    fair.account()
    assert transfer_for(notice)
    abroad: Company = world.importer_company(fair.maker)
    assert transfer_for(fair.notice(900, company=abroad, currency="USD")) is None
    record_receipt(notice, way="cash", amount=D(13_500_000), received_on=TODAY, key="k", by=fair.finance)
    assert transfer_for(Notice.objects.get(pk=notice.pk)) is None
    assert transfer_for(cancel_notice(fair.notice(), by=fair.finance)) is None


def test_the_page_shows_the_code_and_each_part_to_copy(fair):
    fair.account()
    notice = fair.notice()
    page = fair.page(notice)
    assert page.count('class="qr"') == 1
    for copied in ("0000000001018", "13500000", "HGS1800001I"):
        assert f'data-copy="{copied}"' in page
    assert "HOI CHO" in page
    assert "Vietcombank" in page
    assert "style=" not in page[page.index('class="panel transfer"') :]
    assert 'class="panel transfer"' in fair.page(notice, fair.finance)


def test_the_list_of_notices_says_that_one_may_transfer(fair):
    fair.notice()
    browser = Client()
    browser.force_login(fair.maker)
    address = reverse("fairs:notices", args=["hgs-2018"])
    with translation.override("vi"):
        transfer = str(WAYS["transfer"].label)
    assert transfer not in browser.get(address).content.decode()
    fair.account()
    assert transfer in browser.get(address).content.decode()


def test_without_an_account_the_page_is_as_it_was(fair):
    page = fair.page(fair.notice())
    assert "data-copy" not in page
    assert 'class="qr"' not in page
    assert "say the number HGS18-TB00001" in page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_paper_has_the_code_and_a_phone_reads_it(fair, tmp_path, language):
    fair.account()
    notice = fair.notice()
    transfer = transfer_for(notice)
    with translation.override(language):
        pdf = notice_pdf(notice_face(notice))
    (code,) = papers.codes_on(papers.page_of(pdf, tmp_path))
    assert transfer
    assert code.text == transfer.payload
    assert papers.mm_wide(code) >= 25
    assert "HGS1800001I" in papers.text_of(pdf)
    assert papers.pages_of(pdf) == 1


def test_without_an_account_the_paper_has_no_code(fair, tmp_path):
    assert papers.codes_on(papers.page_of(notice_pdf(notice_face(fair.notice())), tmp_path)) == []
