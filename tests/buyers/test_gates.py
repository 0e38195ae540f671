"""What the gates answer."""

from datetime import timedelta

import pytest

from buyers.actions.badges import issue_badge, reissue_badge, revoke_badge
from buyers.actions.gates import add_access, add_area, add_gate, remove_access, set_gate_rules
from buyers.actions.readings import UNKNOWN_AT_MOST, scan_badge
from buyers.codes import new_short_code, new_token
from buyers.models import Gate, Scan
from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused, TooMany
from fairs.models import Entry, OpeningDay, Participation
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """The first morning, a gate, its keeper and an importer's badge."""
    with clock.at(world.FIRST_MORNING):
        edition = world.edition()
        badge = issue_badge(
            edition, person=world.person(), company=None, kind="importer", by=world.officer(edition, "importer_desk")
        )
        yield {
            "edition": edition,
            "gate": Gate.objects.create(edition=edition, name_vi="Cổng 1", name_en="Gate 1"),
            "keeper": world.officer(edition, "gate"),
            "badge": badge,
        }


def read(fair, code=None, direction="in", key=None, **given):
    return scan_badge(
        fair["gate"],
        code=code or fair["badge"].qr_code,
        direction=direction,
        key=key or f"key-{Scan.objects.count()}",
        by=fair["keeper"],
        **given,
    )


def test_in_again_out_and_in(fair):
    told = [read(fair, direction=direction) for direction in ("in", "in", "out", "in")]
    assert [scan.result for scan in told] == ["ok", "again", "ok", "ok"]
    assert [scan.entered for scan in told] == [True, False, False, True]
    assert Scan.objects.now_inside() == 1


@pytest.mark.parametrize(("minutes", "answer"), [(10, "again"), (11, "ok")])
def test_a_badge_read_later_enters_again(fair, minutes, answer):
    read(fair)
    with clock.at(world.FIRST_MORNING + timedelta(minutes=minutes)):
        assert read(fair).result == answer


def test_how_long_a_badge_is_in_already_is_a_setting(fair):
    set_gate_rules(fair["edition"], again_minutes=60, wipe_days=1, by=fair["keeper"])
    read(fair)
    with clock.at(world.FIRST_MORNING + timedelta(minutes=40)):
        assert read(fair).result == "again"


def test_a_typed_code_is_as_good_as_a_scanned_one(fair):
    code = fair["badge"].short_code
    assert read(fair, code=f"{code[:4].lower()} {code[4:].lower()}").badge == fair["badge"]


@pytest.mark.parametrize(
    "code",
    [new_token(), new_short_code(), "", "hello", "x" * 400],
    ids=["token", "short code", "nothing", "word", "long"],  # the first two are other ones in each worker
)
def test_unknown_codes_are_unknown(fair, code):
    scan = read(fair, code=code or " ")
    assert (scan.result, scan.badge) == ("unknown", None)


def test_the_badge_of_another_fair_is_unknown(fair):
    other = world.edition()
    theirs = issue_badge(
        other, person=world.person(), company=None, kind="press", by=world.officer(other, "importer_desk")
    )
    assert read(fair, code=theirs.qr_code).result == "unknown"


def test_a_revoked_badge_stays_out(fair):
    revoke_badge(fair["badge"], by=world.officer(fair["edition"], "importer_desk"))
    assert read(fair).result == "revoked"


def test_visitors_come_on_opening_days_only(fair):
    with clock.at(world.FIRST_MORNING - timedelta(days=1)):
        assert read(fair).result == "wrong_day"


@pytest.mark.parametrize(("days", "result"), [(-6, "wrong_day"), (-5, "ok"), (5, "ok"), (6, "expired")])
def test_those_who_build_come_before_and_after(fair, days, result):
    desk = world.officer(fair["edition"], "importer_desk")
    crew = issue_badge(fair["edition"], person=world.person(), company=None, kind="staff", by=desk)
    with clock.at(world.FIRST_MORNING + timedelta(days=days)):
        assert read(fair, code=crew.qr_code).result == result


def test_the_public_waits_for_the_public_days(fair):
    desk = world.officer(fair["edition"], "importer_desk")
    visitor = issue_badge(fair["edition"], person=world.person(), company=None, kind="visitor", by=desk)
    assert read(fair, code=visitor.qr_code).result == "wrong_zone"  # on no day of this fair
    OpeningDay.objects.filter(date=world.OPENS).update(audience="public")
    assert read(fair, code=visitor.qr_code).result == "ok"


def test_every_day_begins_outside(fair):
    read(fair)
    with clock.at(world.FIRST_MORNING + timedelta(days=1)):
        assert read(fair).result == "ok"


def test_the_same_reading_sent_twice_is_one(fair):
    first = read(fair, key="phone-1")
    again = read(fair, key="phone-1", direction="out")
    assert (again.pk, again.result) == (first.pk, "ok")
    assert Scan.objects.count() == 1


def test_a_reading_sent_later_keeps_its_moment(fair):
    earlier = world.FIRST_MORNING - timedelta(minutes=40)
    assert read(fair, at=earlier).at == earlier
    with pytest.raises(Invalid):
        read(fair, at=world.FIRST_MORNING + timedelta(hours=1))


def test_who_types_at_random_is_stopped(fair):
    for _guess in range(UNKNOWN_AT_MOST):
        read(fair, code=new_short_code())
    with pytest.raises(TooMany):
        read(fair, code=fair["badge"].short_code)
    assert read(fair).result == "ok"


def test_only_keepers_of_this_fair_scan(fair):
    for stranger in (world.person(), world.officer(world.edition(), "gate"), world.officer(fair["edition"], "finance")):
        with pytest.raises(Forbidden):
            scan_badge(fair["gate"], code="x", direction="in", key="k", by=stranger)


def test_counters_tell_visitors_from_those_who_work_there(fair):
    desk = world.officer(fair["edition"], "importer_desk")
    crew = issue_badge(fair["edition"], person=world.person(), company=None, kind="staff", by=desk)
    read(fair)
    read(fair, code=crew.qr_code)
    today = Scan.objects.of_day(fair["edition"], world.OPENS)
    assert (today.visits().count(), today.now_inside()) == (1, 2)
    read(fair, direction="out")
    assert (today.visits().count(), today.now_inside()) == (1, 1)


def test_a_scan_is_its_own_event(fair, django_assert_max_num_queries):
    entries = Entry.objects.count()
    gate = Gate.objects.select_related("edition").get(pk=fair["gate"].pk)
    keeper = fair["keeper"]
    assert keeper.roles_in(fair["edition"])
    with django_assert_max_num_queries(8):  # rules, days, minutes, lock, readings, insert, two savepoints of the test
        scan_badge(gate, code=fair["badge"].qr_code, direction="in", key="one", by=keeper)
    assert Entry.objects.count() == entries


def test_gates_have_names_of_their_own(fair):
    with pytest.raises(Refused) as refusal:
        add_gate(fair["edition"], name_vi="Cổng 1", name_en="Gate 1", by=fair["keeper"])
    assert refusal.value.code == "gate_known"
    with pytest.raises(Forbidden):
        add_gate(fair["edition"], name_vi="Cổng 2", name_en="Gate 2", by=world.person())


def test_a_stated_time_does_not_get_round_the_limit(fair):
    earlier = clock.now() - timedelta(hours=2)
    for _guess in range(UNKNOWN_AT_MOST):
        read(fair, code=new_short_code(), at=earlier)
    with pytest.raises(TooMany):
        read(fair, code=fair["badge"].short_code, at=earlier)


def test_a_reading_older_than_a_day_is_refused(fair):
    with pytest.raises(Invalid) as refusal:
        read(fair, at=clock.now() - timedelta(hours=25))
    assert refusal.value.code == "too_old"


def test_a_key_used_elsewhere_is_refused_in_words(fair):
    elsewhere = world.edition()
    theirs = Gate.objects.create(edition=elsewhere, name_vi="Cổng", name_en="Gate")
    scan_badge(theirs, code="x", direction="in", key="one", by=world.officer(elsewhere, "gate"))
    read(fair, key="two")
    for key, code in (("one", fair["badge"].qr_code), ("two", new_token())):
        with pytest.raises(Refused) as refusal:
            read(fair, key=key, code=code)
        assert refusal.value.code == "key_used"


def test_a_pass_ends_with_its_company_s_part(fair):
    edition, maker = fair["edition"], world.person()
    firm = world.company(maker)
    part = world.participation(edition, firm, "exhibitor")
    Participation.objects.filter(pk=part.pk).update(pass_quota=1)
    badge = issue_badge(edition, person=maker, company=firm, kind="exhibitor", by=maker)
    assert read(fair, code=badge.qr_code).result == "ok"
    Participation.objects.filter(pk=part.pk).update(state="withdrawn")
    assert read(fair, code=badge.qr_code).result == "revoked"
    with pytest.raises(Refused) as refusal:
        reissue_badge(badge, by=maker)
    assert refusal.value.code == "not_exhibiting"
    badge.refresh_from_db()
    assert badge.state == "active"


def test_an_area_without_rules_is_open_to_all_who_may_enter(fair):
    hall = add_area(fair["edition"], name_vi="Sảnh khách", name_en="Lounge", by=fair["keeper"])
    fair["gate"] = add_gate(fair["edition"], name_vi="Cửa sảnh", name_en="Door", area=hall, by=fair["keeper"])
    assert read(fair).result == "ok"
    morning, noon = world.FIRST_MORNING, world.FIRST_MORNING + timedelta(hours=3)
    rule = add_access(fair["edition"], kind="press", area=hall, begins_at=morning, ends_at=noon, by=fair["keeper"])
    assert read(fair).result == "wrong_zone"
    remove_access(rule, by=fair["keeper"])
    with clock.at(world.FIRST_MORNING + timedelta(hours=1)):
        assert read(fair).result == "ok"


def test_only_entries_into_the_fair_are_visits(fair):
    hall = add_area(fair["edition"], name_vi="Sảnh khách", name_en="Lounge", by=fair["keeper"])
    read(fair)
    fair["gate"] = add_gate(fair["edition"], name_vi="Cửa sảnh", name_en="Door", area=hall, by=fair["keeper"])
    assert read(fair).result == "ok"  # the doors of an area count for themselves
    assert (Scan.objects.visits().count(), Scan.objects.filter(entered=True).count()) == (1, 2)


def test_the_first_rule_brings_the_usual_ones_with_it(fair):
    edition = fair["edition"]
    begins, ends = world.FIRST_MORNING - timedelta(days=40), world.FIRST_MORNING - timedelta(days=39)
    add_access(edition, kind="importer", area=None, begins_at=begins, ends_at=ends, by=fair["keeper"])
    with clock.at(begins):
        assert read(fair).result == "ok"
    assert read(fair).result == "ok"
    with pytest.raises(Refused) as refusal:
        add_access(edition, kind="importer", area=None, begins_at=begins, ends_at=ends, by=fair["keeper"])
    assert refusal.value.code == "access_known"
    with pytest.raises(Invalid) as refusal:
        add_access(edition, kind="importer", area=None, begins_at=ends, ends_at=begins, by=fair["keeper"])
    assert refusal.value.code == "ends_before"
