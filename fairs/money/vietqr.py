"""The text of a VietQR code: a bank transfer within Vietnam that any bank's app reads.

EMV QR Code Specification for Payment Systems, Merchant-Presented Mode 1.1 (EMVCo, 2020), with the merchant account
of NAPAS 247. A field is its two-digit id, the two-digit number of characters of its value, and the value.
"""

from dataclasses import dataclass
from decimal import Decimal

GUID = "A000000727"  # NAPAS, by which an app knows the merchant account for VietQR
TO_ACCOUNT = "QRIBFTTA"  # service code of a transfer to an account; a card's would be QRIBFTTC
PAYLOAD_VERSION = "01"
STATIC, DYNAMIC = "11", "12"  # the same code for many payments, or for this one
DONG = "704"  # ISO 4217
COUNTRY = "VN"
LONGEST_ACCOUNT = 19
LONGEST_AMOUNT = 13
LONGEST_TEXT = 25

PAYLOAD_FORMAT_INDICATOR = "00"
POINT_OF_INITIATION_METHOD = "01"
MERCHANT_ACCOUNT_INFORMATION = "38"
TRANSACTION_CURRENCY = "53"
TRANSACTION_AMOUNT = "54"
COUNTRY_CODE = "58"
ADDITIONAL_DATA = "62"
CRC = "63"
# within the merchant account and its beneficiary
GLOBALLY_UNIQUE_IDENTIFIER, BENEFICIARY, SERVICE_CODE = "00", "01", "02"
ACQUIRER, CONSUMER = "00", "01"
# within the additional data
BILL_NUMBER, PURPOSE_OF_TRANSACTION = "01", "08"


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the money goes to: the bank's six-digit BIN, and the account's number in letters and digits.

    Refuses anything else with ValueError, since an app would show the payer a stranger or nothing.
    """

    bin: str
    number: str

    def __post_init__(self) -> None:
        if not is_bin(self.bin):
            raise ValueError(f"{self.bin!r} is no BIN of six digits.")
        if not is_account_number(self.number):
            raise ValueError(f"{self.number!r} is no account number of at most {LONGEST_ACCOUNT} letters and digits.")


def is_bin(text: str) -> bool:
    """Whether a text is a bank identification number: six digits."""
    return text.isascii() and text.isdecimal() and len(text) == 6


def is_account_number(text: str) -> bool:
    """Whether a text can be an account's number: 1 to 19 letters and digits."""
    return text.isascii() and text.isalnum() and len(text) <= LONGEST_ACCOUNT


def is_payable(amount: Decimal) -> bool:
    """Whether a code can ask for this many đồng: a whole number above zero of at most 13 digits."""
    return amount.is_finite() and 0 < amount < 10**LONGEST_AMOUNT and amount == amount.to_integral_value()


def payload(
    account: Account,
    *,
    amount: Decimal | None = None,
    purpose: str = "",
    bill: str = "",
    point_of_initiation: str = "",
) -> str:
    """What the code says: pay this account `amount` đồng and write `purpose` into the transfer.

    A code with an amount is dynamic, one without is static, unless `point_of_initiation` says otherwise. Refuses with
    ValueError an amount that is not a whole number of đồng above zero or has more than 13 digits, and a text that is
    not printable ASCII or has more than 25 characters.
    """
    fields = [
        _field(PAYLOAD_FORMAT_INDICATOR, PAYLOAD_VERSION),
        _field(POINT_OF_INITIATION_METHOD, point_of_initiation or (STATIC if amount is None else DYNAMIC)),
        _field(MERCHANT_ACCOUNT_INFORMATION, _merchant_account(account)),
        _field(TRANSACTION_CURRENCY, DONG),
        _field(TRANSACTION_AMOUNT, _whole_dong(amount)) if amount is not None else "",
        _field(COUNTRY_CODE, COUNTRY),
        _field(ADDITIONAL_DATA, _additional(bill, purpose)) if bill or purpose else "",
    ]
    body = "".join(fields) + CRC + "04"
    return f"{body}{checksum(body):04X}"


def checksum(text: str) -> int:
    """CRC-16/CCITT-FALSE: polynomial 0x1021 from 0xFFFF, nothing reflected, nothing added at the end.

    EMVCo 4.7.3: over every character up to and including the id and the length of the CRC itself.
    """
    register = 0xFFFF
    for byte in text.encode("ascii"):
        register ^= byte << 8
        for _bit in range(8):
            register = (register << 1 ^ 0x1021) & 0xFFFF if register & 0x8000 else register << 1
    return register


def _merchant_account(account: Account) -> str:
    beneficiary = _field(ACQUIRER, account.bin) + _field(CONSUMER, account.number)
    return (
        _field(GLOBALLY_UNIQUE_IDENTIFIER, GUID) + _field(BENEFICIARY, beneficiary) + _field(SERVICE_CODE, TO_ACCOUNT)
    )


def _additional(bill: str, purpose: str) -> str:
    named = ((BILL_NUMBER, bill), (PURPOSE_OF_TRANSACTION, purpose))
    return "".join(_field(number, _short(text)) for number, text in named if text)


def _whole_dong(amount: Decimal) -> str:
    if not is_payable(amount):
        raise ValueError(f"{amount} is no whole number of đồng above zero of at most {LONGEST_AMOUNT} digits.")
    return f"{amount:.0f}"


def _short(text: str) -> str:
    if not (text.isascii() and text.isprintable() and len(text) <= LONGEST_TEXT):
        raise ValueError(f"{text!r} is not printable ASCII of at most {LONGEST_TEXT} characters.")
    return text


def _field(number: str, value: str) -> str:
    return f"{number}{len(value):02d}{value}"
