"""Badges, passes and their codes."""

import pytest

from buyers import codes
from buyers.actions.badges import issue_badge, reissue_badge, revoke_badge
from buyers.models import Badge
from buyers.names import below, given_name
from fairs import clock
from fairs.errors import Forbidden, Refused
from fairs.models import Delivery, Entry
from tests import world


@pytest.fixture
def edition(db):
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def desk(edition):
    return world.officer(edition, "importer_desk")


def exhibitor(edition, quota=2):
    contact = world.person()
    company = world.company(contact)
    part = world.participation(edition, company, "exhibitor")
    part.pass_quota = quota
    part.save()
    return contact, company


def test_tokens_are_long_random_and_checked():
    token = codes.new_token()
    assert len(token) == codes.TOKEN_LENGTH == 29
    assert codes.is_token(token)
    assert token != codes.new_token()
    for place, digit in enumerate(token):
        for other in set(codes.DIGITS) - {digit}:
            assert not codes.is_token(token[:place] + other + token[place + 1 :])


def test_short_codes_catch_every_slip_of_one_digit_and_every_swap():
    code = codes.new_short_code()
    assert codes.is_short_code(code)
    for place, digit in enumerate(code):
        for other in set(codes.DIGITS) - {digit}:
            assert not codes.is_short_code(code[:place] + other + code[place + 1 :])
    for place in range(7):
        if code[place] != code[place + 1]:
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            assert not codes.is_short_code(swapped)


def test_what_fingers_type_is_understood():
    assert codes.normalise(" k7mq-2xv9 ") == "K7MQ2XV9"
    assert codes.normalise("OIl0") == "0110"
    assert codes.spaced("K7MQ2XV9") == "K7MQ 2XV9"
    for nonsense in ("", "K7MQ", "ẮẮẮẮẮẮẮẮ", "'; DROP--", "1" * 500):
        assert not codes.is_short_code(codes.normalise(nonsense))
        assert not codes.is_token(codes.normalise(nonsense))


@pytest.mark.parametrize(
    ("full_name", "country", "large", "rest"),
    [
        ("Keiko Morita", "JP", "Keiko", "Morita"),
        ("Nguyễn Văn Tĩnh", "VN", "Tĩnh", "Nguyễn Văn Tĩnh"),
        ("Kim Ha-na", "KR", "", "Kim Ha-na"),
        ("Madonna", "US", "", "Madonna"),
    ],
)
def test_the_large_name_is_the_one_people_are_called_by(full_name, country, large, rest):
    assert given_name(full_name, country) == large
    assert below(large, full_name) == rest
    assert below(full_name, full_name) == ""


def test_a_person_has_one_valid_badge(edition, desk):
    person = world.person()
    company = world.importer_company(person)
    badge = issue_badge(edition, person=person, company=company, kind="importer", by=desk)
    assert issue_badge(edition, person=person, company=company, kind="importer", by=desk) == badge
    with pytest.raises(Refused) as refusal:
        issue_badge(edition, person=person, company=None, kind="press", by=desk)
    assert refusal.value.code == "other_badge"
    revoke_badge(badge, by=desk)
    assert issue_badge(edition, person=person, company=None, kind="press", by=desk).pk != badge.pk


def test_a_reissued_badge_ends_the_old_one(edition, desk):
    person = world.person()
    badge = issue_badge(edition, person=person, company=None, kind="press", by=desk)
    fresh = reissue_badge(badge, by=desk)
    badge.refresh_from_db()
    assert (badge.state, fresh.state) == ("revoked", "active")
    assert fresh.token != badge.token
    assert Delivery.objects.get().kind == "buyers.badge_reissued"
    with pytest.raises(Refused):
        reissue_badge(badge, by=desk)
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "buyers.badge.issue",
        "buyers.badge.revoke",
        "buyers.badge.issue",
    ]


def test_a_company_gives_passes_up_to_its_quota(edition):
    contact, company = exhibitor(edition, quota=2)
    first = issue_badge(edition, person=contact, company=company, kind="exhibitor", by=contact)
    issue_badge(edition, person=world.person(), company=company, kind="exhibitor", by=contact)
    with pytest.raises(Refused) as refusal:
        issue_badge(edition, person=world.person(), company=company, kind="exhibitor", by=contact)
    assert refusal.value.code == "no_pass_left"
    revoke_badge(first, by=contact)
    assert issue_badge(edition, person=world.person(), company=company, kind="exhibitor", by=contact)


def test_passes_are_for_those_who_exhibit(edition):
    contact = world.person()
    with pytest.raises(Refused) as refusal:
        issue_badge(edition, person=contact, company=world.company(contact), kind="exhibitor", by=contact)
    assert refusal.value.code == "not_exhibiting"


def test_nobody_makes_themselves_an_importer(edition):
    contact, company = exhibitor(edition)
    for kind in ("importer", "organiser", "press"):
        with pytest.raises(Forbidden):
            issue_badge(edition, person=contact, company=company, kind=kind, by=contact)
    with pytest.raises(Forbidden):
        issue_badge(edition, person=world.person(), company=company, kind="exhibitor", by=world.person())
    assert not Badge.objects.exists()
