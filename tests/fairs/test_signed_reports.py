"""A signed report says the same for ever, in both languages, and whoever tampers with it is seen."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from booths.models import Booth
from fairs import append_only, clock, reports
from fairs.actions.signing import sign_report
from fairs.demo.signing import the_report_is_signed
from fairs.demo.stages import moment
from fairs.demo.timeline import Timeline
from fairs.demo.world import Demo
from fairs.errors import Forbidden, Refused
from fairs.models import Entry, ReportFrame, SignedReport, Target
from fairs.models.signed_reports import hash_of
from fairs.report_words import amount, plan, share
from fairs.snapshots import canonical, exact, taken
from fairs.statements import as_now, as_signed, changes
from matchmaking.actions.deal_pairs import set_counts_from
from matchmaking.models import Deal
from tests import world
from tests.fairs.signed import OVER, fair_that_is_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """A fair that is over."""
    with clock.at(OVER):
        yield fair_that_is_over()


@pytest.fixture
def director(edition):
    """Whoever signs."""
    return world.officer(edition, "director")


def words(statement, language):
    """Every figure as a page in a language writes it."""
    with translation.override(language):
        return [
            [line.code, str(line.title), str(one.figure.label), *map(amount, one.amounts), plan(one), share(one)]
            for line, results in statement.found
            for one in results
        ]


def test_a_version_says_what_the_report_said(edition, director):
    signed = sign_report(edition, by=director, key="a", note="Signed after the accounts were closed.")
    assert (signed.number, signed.level, signed.signed_by, signed.signed_at) == (1, "confirmed", director, clock.now())
    assert signed.sha256 == hash_of(signed.snapshot)
    assert signed.snapshot == canonical(json.loads(signed.snapshot))
    then = as_signed(signed)
    for line, results in reports.results(edition):
        for one in results:
            kept = then.by_name[f"{line.code}.{one.figure.key}"]
            assert kept.amounts == one.amounts
            assert (kept.plan, kept.percent, kept.unit_of_plan) == (one.plan, one.percent, one.unit_of_plan)
            assert kept.scale == one.scale
    assert then.measured_at == clock.now()
    assert Entry.objects.get(verb="fairs.signedreport.sign").subject == f"1 · {signed.sha256[:12]}"


def test_later_corrections_leave_it_as_it_was(edition, director):
    signed = sign_report(edition, by=director, key="a")
    bytes_then = signed.snapshot.encode()
    said = {language: words(as_signed(signed), language) for language in ("vi", "en")}
    Deal.objects.filter(currency="JPY").update(amount=4000, usd=36)
    Booth.objects.filter(edition=edition, code="A01").delete()
    Target.objects.update(value=9)
    again = SignedReport.objects.get(pk=signed.pk)
    assert again.snapshot.encode() == bytes_then
    assert {language: words(as_signed(again), language) for language in ("vi", "en")} == said
    assert words(as_now(edition), "vi") != said["vi"]


def test_both_languages_are_kept(edition, director):
    signed = as_signed(sign_report(edition, by=director, key="a"))
    [built] = [one for line, results in signed.found for one in results if one.figure.key == "built"]
    for language, word in (("vi", "Đã dựng"), ("en", "Built")):
        with translation.override(language):
            assert str(built.figure.label) == word


def test_what_changed_is_named(edition, director):
    before = as_signed(sign_report(edition, by=director, key="a"))
    Deal.objects.filter(currency="JPY").update(amount=4000)
    Target.objects.update(value=5)
    ReportFrame.objects.create(edition=edition, remarks_vi="Tốt.", remarks_en="Good.")
    after = as_signed(sign_report(edition, by=director, key="b"))
    found = changes(before, after)
    with translation.override("en"):
        told = {(one.line, str(one.label), one.what): (str(one.before), str(one.after)) for one in found}
    assert told == {
        ("", "Remarks and proposals", "words"): ("–", "Good."),
        ("B1", "Planned", "actual"): ("6", "5"),
        ("B1", "Built", "plan"): ("6", "5"),
        ("B1", "Allocated", "plan"): ("6", "5"),
        ("B1", "Taken over", "plan"): ("6", "5"),
        ("F1", "Value in original currencies", "actual"): ("¥5,000; US$1,000", "¥4,000; US$1,000"),
    }


def test_it_says_from_which_level_contracts_count(edition, director):
    sign_report(edition, by=director, key="a")
    set_counts_from(edition, level="seen", by=director)
    signed = sign_report(edition, by=director, key="b")
    assert signed.level == "seen"
    then = as_signed(signed)
    assert then.by_name["F1.count"].actual == 0
    with translation.override("en"):
        assert str(then.level) == "document seen by an officer"


def test_nothing_new_is_nothing_to_sign(edition, director):
    sign_report(edition, by=director, key="a")
    with clock.at(clock.now() + timedelta(days=1)), pytest.raises(Refused) as refusal:
        sign_report(edition, by=director, key="b")
    assert refusal.value.code == "nothing_changed"
    assert SignedReport.objects.count() == 1


def test_the_same_request_signs_once(edition, director):
    first = sign_report(edition, by=director, key="a")
    Target.objects.update(value=5)
    assert sign_report(edition, by=director, key="a") == first
    assert sign_report(edition, by=director, key="b").number == 2


def test_each_version_vouches_for_the_one_before(edition, director):
    first = sign_report(edition, by=director, key="a")
    Target.objects.update(value=5)
    second = sign_report(edition, by=director, key="b")
    assert [as_signed(one).said["before"] for one in (first, second)] == ["", first.sha256]


@pytest.mark.parametrize("role", ["reports", "finance", "booth_desk"])
def test_only_a_director_signs(edition, role):
    with pytest.raises(Forbidden) as refusal:
        sign_report(edition, by=world.officer(edition, role), key="a")
    assert refusal.value.code == "forbidden"


def test_who_signs_has_a_second_factor(edition, director):
    director.authenticator_set.all().delete()
    director.__dict__.pop("second_factor", None)
    with pytest.raises(Forbidden) as refusal:
        sign_report(edition, by=director, key="a")
    assert refusal.value.code == "second_factor"
    assert not SignedReport.objects.exists()


def rewrite(signed, **columns):
    """What somebody with a way into the database does."""
    with connection.cursor() as cursor:
        for column, value in columns.items():
            cursor.execute(f"UPDATE fairs_signedreport SET {column} = %s WHERE id = %s", [value, signed.pk])
    return SignedReport.objects.get(pk=signed.pk)


def test_tampering_is_seen(edition, director):
    signed = sign_report(edition, by=director, key="a")
    forged = rewrite(signed, snapshot=signed.snapshot.replace('"value":"1000"', '"value":"9000"'))
    with pytest.raises(Refused) as refusal:
        as_signed(forged)
    assert refusal.value.code == "not_intact"
    with pytest.raises(Refused):
        sign_report(edition, by=director, key="b")


def test_nothing_of_ours_changes_or_deletes_one(edition, director):
    signed = sign_report(edition, by=director, key="a")
    signed.note = "Other"
    for deed in (
        signed.save, signed.delete, SignedReport.objects.all().delete, lambda: SignedReport.objects.update(note="x"),
        lambda: SignedReport.objects.bulk_update([signed], ["note"]),
    ):  # fmt: skip
        with pytest.raises(TypeError):
            deed()


def test_the_database_refuses_too(edition, director):
    signed = sign_report(edition, by=director, key="a")
    append_only.keep(connection, SignedReport._meta.db_table)
    append_only.keep(connection, SignedReport._meta.db_table)  # said again, it is the same
    for statement in ("UPDATE fairs_signedreport SET note = 'x'", "DELETE FROM fairs_signedreport"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    Target.objects.update(value=5)
    assert sign_report(edition, by=director, key="b").number == 2
    append_only.let_go(connection, SignedReport._meta.db_table)
    assert rewrite(signed, note="Other").note == "Other"


@pytest.mark.parametrize(
    ("value", "text"), [(6, "6"), (Decimal("6.00"), "6"), (Decimal("0.10"), "0.1"), (Decimal(1000), "1000"), (0, "0")]
)
def test_a_number_has_one_text(value, text):
    assert exact(value) == text


@pytest.mark.parametrize("booths", world.ROWS)
def test_a_snapshot_asks_as_many_questions_whatever_the_size(booths, django_assert_num_queries):
    edition = world.edition()
    world.floor(edition, booths)
    with django_assert_num_queries(82):
        taken(edition)


def test_the_demonstration_signs_twice(edition, director):
    demo = Demo(Timeline(moment("2018-11-20 10:00")), 1)
    demo.edition, demo.officers = edition, {"director": director}
    the_report_is_signed(demo)
    for _part in demo.timeline.live():
        pass
    second, first = SignedReport.objects.all()
    assert [one.line for one in changes(as_signed(first), as_signed(second))] == [""]
