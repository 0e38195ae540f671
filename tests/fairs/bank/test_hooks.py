"""What SePay and VietQR.vn tell us: genuine, small, not too often, once; and nothing of it in a log."""

import hashlib
import hmac
import json
import logging
import time
from base64 import b64encode
from decimal import Decimal
from io import StringIO

import pytest
from django.test import Client
from rest_framework.throttling import ScopedRateThrottle

from fairs.middleware import JsonLine
from fairs.models import BankAccount, BankLine, Notice, Payment
from fairs.money import hooks
from tests import world
from tests.fairs.bank.fair import ACCOUNT, PRICE
from tests.fairs.ledger import adds_up

pytestmark = pytest.mark.django_db
SEPAY = "/hooks/sepay/"
TOKEN, SYNC = "/hooks/vietqr/api/token_generate", "/hooks/vietqr/bank/api/transaction-sync"


@pytest.fixture(autouse=True)
def secrets(settings):
    settings.SEPAY_API_KEY, settings.SEPAY_SECRET = "key-of-sepay", ""
    settings.VIETQR_USERNAME, settings.VIETQR_PASSWORD = "vietqr", "word-of-vietqr"


def movement(**given: object) -> dict[str, object]:
    """In SePay's shape."""
    return {
        "id": 92704, "gateway": "Vietcombank", "transactionDate": "2018-09-01 14:02:37",
        "accountNumber": ACCOUNT.number, "code": None, "content": "tien gian hang", "transferType": "in",
        "transferAmount": PRICE, "accumulated": 19_077_000, "subAccount": None, "referenceCode": "MBVCB.3278907687",
    } | given  # fmt: skip


def sepay(told: object = None, *, key: str = "key-of-sepay", **headers: str):
    body = told if isinstance(told, bytes | str) else json.dumps(movement() if told is None else told)
    return Client().post(
        SEPAY, body, content_type="application/json", headers={"Authorization": f"Apikey {key}"} | headers
    )


def signed(told: dict[str, object], *, secret: str = "secret-of-sepay", at: float | None = None, said: str = ""):
    body, stamp = json.dumps(told), str(int(time.time() if at is None else at))
    signature = hmac.new(secret.encode(), f"{stamp}.{said or body}".encode(), hashlib.sha256).hexdigest()
    headers = {"X-SePay-Timestamp": stamp, "X-SePay-Signature": f"sha256={signature}"}
    return Client().post(SEPAY, body, content_type="application/json", headers=headers)


def token(name: str = "vietqr", word: str = "word-of-vietqr"):
    basic = b64encode(f"{name}:{word}".encode()).decode()
    return Client().post(TOKEN, headers={"Authorization": f"Basic {basic}"})


def vietqr(told: dict[str, object], bearer: str = ""):
    bearer = bearer or token().json()["access_token"]
    return Client().post(
        SYNC, json.dumps(told), content_type="application/json", headers={"Authorization": f"Bearer {bearer}"}
    )


def synced(**given: object) -> dict[str, object]:
    """In VietQR.vn's shape."""
    return {
        "bankaccount": ACCOUNT.number, "amount": PRICE, "transType": "C", "content": "tien gian hang",
        "transactionid": "360f6fb1-07ad", "transactiontime": 1535785357000, "referencenumber": "FT18244", "orderId": "",
        "sign": "",
    } | given  # fmt: skip


# ---- what is told ------------------------------------------------------------------------------------------------


def test_a_transfer_is_put_as_it_comes_and_once_however_often_it_is_told(fair):
    notice = fair.notice()
    for _again in range(3):
        answer = sepay(movement(content=f"MBVCB {notice.reference} ck"))
        assert (answer.status_code, answer.json()) == (200, {"success": True})
    line = BankLine.objects.get()
    assert (line.state, line.outcome, line.transaction, str(line.booked_on)) == (
        "matched", "exact", "MBVCB.3278907687", "2018-09-01",
    )  # fmt: skip
    assert Notice.objects.get().state == "paid"
    adds_up()


def test_sepays_other_spelling_and_money_that_went_out(fair):
    told = {
        "gateway": "VCB", "transaction_date": "2018-09-01 09:00:00", "account_number": "0000 0000 01018",
        "payment_code": "HGS1800001I", "content": "ck", "transfer_type": "debit", "amount": "500000.50",
        "reference_code": "FT1", "transaction_id": "abc-1",
    }  # fmt: skip
    assert sepay(told).status_code == 200
    line = BankLine.objects.get()
    assert (line.state, line.amount, line.text) == ("out", Decimal("-500000.50"), "ck HGS1800001I")


def test_a_virtual_account_leads_to_its_own(fair):
    assert sepay(movement(accountNumber="96247", subAccount=ACCOUNT.number)).status_code == 200
    assert BankLine.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("no json", "not_json"), ("[]", "not_json"), ("[" * 30_000, "not_json"), (b"\xff\xfe", "not_json"),
        (movement(transferType="sideways"), "no_direction"), (movement(transferAmount="NaN"), "no_amount"),
        (movement(transferAmount=0), "no_amount"), (movement(transferAmount="1E+400"), "no_amount"),
        (movement(transferAmount=True), "no_amount"), (movement(transferAmount="0.001"), "no_amount"),
        (movement(transactionDate="yesterday"), "no_day"), (movement(id=None), "no_id"),
        (movement(accountNumber="1"), "unknown_account"), (movement(accountNumber={"a": 1}), "unknown_account"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_never_a_fault_of_ours(fair, told, code):
    answer = sepay(told)
    assert (answer.json()["success"], answer.json()["code"]) == (False, code)
    assert 400 <= answer.status_code < 500
    assert not BankLine.objects.exists()


def test_a_fault_while_matching_keeps_the_line_and_answers_well(fair, monkeypatch):
    def fails(account):
        raise RuntimeError

    monkeypatch.setattr(hooks, "match_lines", fails)
    assert sepay().status_code == 200
    assert BankLine.objects.get().state == "new"


def test_of_two_banks_with_one_number_the_named_one_is_meant(fair):
    other = world.edition(slug="hgs-2019")
    BankAccount.objects.create(
        edition=other, bin="970415", bank_name="VietinBank", number=ACCOUNT.number, holder="HOI CHO"
    )
    assert sepay(movement(gateway="VietinBank")).status_code == 200
    assert BankLine.objects.get().edition == other
    assert sepay(movement(gateway="", id=2)).json()["code"] == "unknown_account"
    assert vietqr(synced()).json()["errorReason"] == "unknown_account"


def test_vietqr_gets_a_token_and_tells(fair):
    notice = fair.notice()
    given = token().json()
    assert (given["token_type"], given["expires_in"]) == ("Bearer", 300)
    answers = [vietqr(synced(content=notice.reference), given["access_token"]) for _again in range(2)]
    line = BankLine.objects.get()
    told = {
        "error": False, "errorReason": None, "toastMessage": None, "object": {"reftransactionid": str(line.pk)},
    }  # fmt: skip
    assert [answer.json() for answer in answers] == [told, told]
    assert (line.state, str(line.booked_on), Notice.objects.get().state) == ("matched", "2018-09-01", "paid")
    adds_up()


def test_vietqr_names_its_fields_in_two_ways_and_leaves_some_out(fair):
    told = {"bankAccount": ACCOUNT.number, "amount": 5, "transType": "D", "content": "x", "referenceNumber": "R1"}
    assert vietqr(told).status_code == 200
    assert BankLine.objects.get().amount == -5
    refused = vietqr({"bankAccount": ACCOUNT.number, "amount": 5, "transType": "C", "content": "x"})
    assert (refused.status_code, refused.json()["error"], refused.json()["errorReason"]) == (400, True, "no_id")


def test_both_services_and_the_statement_tell_of_one_transfer(fair):
    notice = fair.notice()
    text = f"MBVCB.44 {notice.reference} gian hang"
    sepay(movement(content=text, referenceCode="FT18244"))
    vietqr(synced(content=text))
    fair.tell(fair.booked(PRICE, f"REM {text}", transaction="5078-1"))
    assert BankLine.objects.get().reports.count() == 3
    assert (Payment.objects.count(), Notice.objects.get().state) == (1, "paid")
    adds_up()


# ---- who tells ---------------------------------------------------------------------------------------------------


def test_without_a_secret_the_addresses_do_not_exist(fair, settings):
    settings.SEPAY_API_KEY = settings.VIETQR_PASSWORD = ""
    for url in (SEPAY, TOKEN, SYNC):
        assert Client().post(url, "{}", content_type="application/json").status_code == 404
    assert Client().get(SEPAY).status_code in (404, 405)


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": ""}, {"Authorization": "Apikey "}, {"Authorization": "Bearer key-of-sepay"}]
)
def test_a_wrong_key_opens_nothing(fair, headers):
    answer = Client().post(SEPAY, json.dumps(movement()), content_type="application/json", headers=headers)
    assert answer.status_code == 401
    assert sepay(key="key-of-sepay ﹣").status_code == 401
    assert not BankLine.objects.exists()


def test_a_signed_message_counts_for_five_minutes_and_as_it_was_signed(fair, settings):
    settings.SEPAY_SECRET = "secret-of-sepay"
    now = time.time()
    assert signed(movement(), at=now - 301).status_code == 401
    assert signed(movement(), at=now + 301).status_code == 401
    assert signed(movement(), secret="other").status_code == 401
    assert signed(movement(transferAmount=1), said=json.dumps(movement())).status_code == 401
    assert sepay().status_code == 401, "the key alone is not enough then"
    assert sepay(**{"X-SePay-Timestamp": "²", "X-SePay-Signature": "sha256="}).status_code == 401
    assert not BankLine.objects.exists()
    assert signed(movement(), at=now - 290).status_code == 200


def test_a_token_lives_five_minutes_and_ends_with_its_password(fair, settings, monkeypatch):
    assert token(word="wrong").status_code == 401
    assert Client().post(TOKEN, headers={"Authorization": "Basic ²"}).status_code == 401
    old = token().json()["access_token"]
    assert vietqr(synced(), "forged" + old).status_code == 401
    real = time.time
    monkeypatch.setattr("django.core.signing.time.time", lambda: real() + 301)
    assert vietqr(synced(), old).json()["errorReason"] == "wrong_secret"
    monkeypatch.undo()
    settings.VIETQR_PASSWORD = "another"
    assert vietqr(synced(), old).status_code == 401
    assert not BankLine.objects.exists()


def test_large_messages_and_many_of_them_are_refused(fair, monkeypatch):
    assert sepay(movement(content="x" * 70_000)).status_code == 413
    for _guess in range(20):
        assert sepay(key="wrong").status_code == 401
    assert sepay(key="wrong").status_code == 429
    assert sepay().status_code == 200, "who has the key is not shut out by who guesses"
    monkeypatch.setitem(ScopedRateThrottle.THROTTLE_RATES, "hook", "3/min")
    assert sepay().status_code == 429


def test_nothing_secret_or_personal_is_logged(fair, monkeypatch):
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLine())
    logging.getLogger().addHandler(handler)
    notice = fair.notice()
    try:
        sepay(movement(content=f"{notice.reference} NGUYEN THI HAI"))
        sepay(movement(content="BA LAN", accountNumber="999888777"))
        sepay(movement(content="BA LAN", transferAmount="x"))
        sepay(key="wrong-key-typed")
        vietqr(synced(content="BA LAN"))
        monkeypatch.setattr(hooks, "receive_lines", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sepay(movement(content="BA LAN"))
    finally:
        logging.getLogger().removeHandler(handler)
    written = out.getvalue()
    assert "hooks/sepay/" in written
    for secret in (
        "key-of-sepay", "word-of-vietqr", "wrong-key-typed", notice.reference, "HAI", "BA LAN", "999888777",
        ACCOUNT.number, "3278907687",
    ):  # fmt: skip
        assert secret not in written, secret
