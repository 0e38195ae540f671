"""What the QR code of a badge holds, and what no gate takes for one."""

import random

import pytest

from buyers import codes, listing, signing
from buyers.actions.badges import key_of, read_code, reissue_badge
from buyers.models import Badge, SigningKey
from fairs import clock
from fairs.encryption import decrypted
from fairs.errors import Refused
from fairs.papers import qr
from tests import world
from tests.buyers.devices import enrolled
from tests.buyers.importers import gate_of


@pytest.fixture
def edition(db):
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def badge(edition):
    person = world.person()
    return world.badge(edition, person, world.importer_company(person))


def test_the_code_fits_version_8_at_level_q(badge):
    assert len(badge.qr_code) == codes.SIGNED_LENGTH == 133
    assert len(qr.matrix(badge.qr_code, "Q")) == 49


def test_a_signature_is_written_and_read_back():
    private = signing.new_private_key()
    for text in ("", "1.ABC", "ký tên"):
        signature = signing.sign(private, text)
        digits = codes.signature_digits(signature)
        assert len(digits) == codes.SIGNATURE_DIGITS
        assert codes.signature_bytes(digits) == signature
        assert signing.signed_by(private, text, signature)
        assert not signing.signed_by(private, text + "x", signature)
        assert not signing.signed_by(signing.new_private_key(), text, signature)


def test_digits_that_no_signature_is_written_with_are_refused():
    for digits in ("", "0" * 102, "0" * 102 + "1", "Z" * 103):
        with pytest.raises(ValueError, match="digits of a signature"):
            codes.signature_bytes(digits)


def test_a_signature_is_written_in_one_way_alone(edition, badge):
    """The last digit holds two bits and three that are zero: four digits could end a signature, one ends this one."""
    text, private = codes.signed_text(edition.pk, badge.kind, badge.token), decrypted(key_of(edition).private)
    for last in set(codes.DIGITS) - {badge.signature[-1]}:
        ended = badge.signature[:-1] + last
        assert not Badge.objects.with_code(badge.qr_code[:-1] + last).exists()
        if last in "08GR":
            assert not signing.signed_by(private, text, codes.signature_bytes(ended))
        else:
            with pytest.raises(ValueError, match="digits of a signature"):
                codes.signature_bytes(ended)


def test_one_key_an_edition_whose_private_half_is_encrypted(edition, badge):
    key = SigningKey.objects.get()
    assert key == key_of(edition)
    assert "PRIVATE KEY" not in key.private
    private = decrypted(key.private)
    assert signing.public_key(private) == key.public
    text = codes.signed_text(edition.pk, badge.kind, badge.token)
    assert signing.signed_by(private, text, codes.signature_bytes(badge.signature))


def test_every_kind_of_badge_has_its_digit():
    assert set(codes.KIND_DIGITS) == set(Badge.Kind.values)
    assert len(codes.KINDS) == len(codes.KIND_DIGITS)


def test_a_badge_is_found_by_its_whole_code_and_by_its_short_one(edition, badge):
    assert read_code(edition, badge.qr_code) == badge
    assert read_code(edition, f" {badge.qr_code.lower()}\n") == badge
    assert read_code(edition, badge.code) == badge


def test_the_code_of_a_badge_of_another_edition_is_unknown_here(edition, badge):
    other = world.edition(slug="other-2019")
    with pytest.raises(Refused) as refusal:
        read_code(other, badge.qr_code)
    assert refusal.value.code == "unknown_code"


def test_a_reissued_badge_has_another_code(edition, badge):
    desk = world.officer(edition, "importer_desk")
    fresh = reissue_badge(badge, by=desk)
    assert fresh.qr_code[:29] != badge.qr_code[:29]
    assert fresh.signature != badge.signature


def forgeries(code: str, chance: random.Random, number: int) -> set[str]:
    """Codes near the true one: cut off, doubled, with digits changed, swapped or left out, and wild ones."""
    made: set[str] = set()
    digits, wild = codes.DIGITS, codes.DIGITS + "ILOU $%*+-./:é漢\0'\"<>"
    while len(made) < number:
        place, other = chance.randrange(len(code)), chance.randrange(len(code))
        made |= {
            code[:place],
            code[:place] + chance.choice(digits) + code[place + 1 :],
            code[:place] + code[place + 1 :],
            code + chance.choice(digits),
            code[other:] + code[:other],
            codes.new_token() + code[29:],
            code[:29] + chance.choice(digits) + code[30:],
            "".join(chance.choice(wild) for _ in range(chance.randrange(200))),
        }
    return {one for one in made if codes.normalise(one) != code}


def test_none_of_ten_thousand_forgeries_is_found(edition, badge):
    tried = forgeries(badge.qr_code, random.Random("forgeries"), 10_000)
    assert len(tried) >= 9_990
    assert not [code for code in tried if Badge.objects.with_code(codes.normalise(code)).exists()]
    assert Badge.objects.with_code(badge.qr_code).exists()  # the control


@pytest.mark.once
def test_ten_thousand_forgeries_open_no_gate_and_break_nothing(edition, badge, client):
    gate = gate_of(edition)
    _device, header = enrolled(gate, world.officer(edition, "gate"))
    now = listing.stamp(clock.now())

    def send(told):
        readings = [
            {"key": f"{number:032x}", "gate": gate.pk, "direction": "in", "at": now, "code": code}
            for number, code in told
        ]
        body = {"now": now, "readings": readings}
        return client.post("/api/v1/gate/readings/", body, content_type="application/json", headers=header)

    tried = forgeries(badge.qr_code, random.Random("gate"), 10_000)
    tried = {code for code in tried if not codes.is_short_code(codes.normalise(code))}  # the number of those is limited
    with_zero = sorted(code for code in tried if "\0" in code)
    others = sorted({code.replace("\0", "") for code in tried})
    assert len(others) > 9_000
    results = []
    for first in range(0, len(others), 200):
        answer = send(enumerate(others[first : first + 200], first))
        results += [one["result"] for one in answer.json()["readings"]]
    assert results == ["unknown"] * len(others)
    assert {send([(number, code)]).status_code for number, code in enumerate(with_zero[:20])} == {400}
    good = send([(99_999, badge.qr_code)]).json()["readings"]
    assert good[0]["result"] == "wrong_day"  # the control: it is known, and the fair opens later
