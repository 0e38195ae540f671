"""Two who sign at once, and those who write while somebody signs."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from fairs import clock, snapshots
from fairs.actions import signing
from fairs.actions.signing import sign_report
from fairs.errors import DomainError
from fairs.models import SignedReport
from fairs.statements import as_signed
from tests import world

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
NUMBER = next(one for one in SignedReport._meta.constraints if one.name == "one_signed_report_a_number")


@pytest.fixture
def fair():
    """An edition with one booth, and two who direct it."""
    with clock.at(world.NOON):
        edition = world.edition()
        world.floor(edition, 1)
        return edition, [world.officer(edition, "director") for _turn in range(2)]


def at_once(*deeds):
    """What each deed came to, all begun at the same moment."""
    start = Barrier(len(deeds), timeout=60)

    def run(deed):
        try:
            start.wait()
            with clock.at(world.NOON):
                return deed()
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(run, deeds))


@pytest.fixture
def all_have_read(monkeypatch):
    """Nobody writes a version before both have read which is the last."""
    both, whole = Barrier(2, timeout=60), signing.taken

    def taken(*args, **kwargs):
        said = whole(*args, **kwargs)
        both.wait()
        return said

    monkeypatch.setattr(signing, "taken", taken)


def sign_both(fair):
    edition, (one, other) = fair
    return at_once(
        lambda: sign_report(edition, by=one, key="a").number, lambda: sign_report(edition, by=other, key="b").number
    )


def test_of_two_who_sign_at_once_one_is_told(fair):
    told = sign_both(fair)
    assert [one for one in told if one == 1] == [1]
    assert set(map(str, told)) - {"1"} <= {"nothing_changed", "signed_meanwhile"}
    assert SignedReport.objects.get().number == 1


def test_one_request_sent_eight_times_signs_once(fair):
    edition, (one, _other) = fair
    told = at_once(*(lambda: sign_report(edition, by=one, key="a").pk for _turn in range(8)))
    assert set(told) == {SignedReport.objects.get().pk}


@pytest.mark.postgres
def test_the_number_of_a_version_is_given_once(fair, all_have_read):
    assert sorted(map(str, sign_both(fair))) == ["1", "signed_meanwhile"]
    assert SignedReport.objects.count() == 1


@pytest.mark.postgres
def test_without_the_constraint_there_would_be_two_of_one_number(fair, all_have_read):
    with _without(NUMBER):
        assert sign_both(fair) == [1, 1]
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM fairs_signedtemplate")
            cursor.execute("DELETE FROM fairs_signedreport")


@contextmanager
def _without(constraint):
    with connection.schema_editor() as editor:
        editor.remove_constraint(SignedReport, constraint)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            editor.add_constraint(SignedReport, constraint)


@pytest.fixture
def somebody_builds(monkeypatch, fair):
    """While the figures are measured, two more booths are built."""
    measure = snapshots.reports.results

    def results(edition):
        builder = Thread(target=_build, args=[edition])
        builder.start()
        builder.join()
        return measure(edition)

    monkeypatch.setattr(snapshots.reports, "results", results)


def _build(edition):
    booth = edition.booths.get()
    for code in ("A08", "A09"):
        booth.pk, booth.code, booth.x = None, code, booth.x + 9
        booth._state.adding = True
        booth.save()
    connection.close()


def built(edition, director):
    with clock.at(world.NOON):
        signed = sign_report(edition, by=director, key="a")
    return as_signed(signed).by_name["B1.built"].actual


@pytest.mark.postgres
def test_all_figures_are_of_one_moment(fair, somebody_builds):
    edition, (one, _other) = fair
    assert built(edition, one) == 1


@pytest.mark.postgres
def test_a_usual_transaction_would_mix_two_moments(fair, somebody_builds, monkeypatch):
    monkeypatch.setattr(signing, "_one_moment", transaction.atomic)
    edition, (one, _other) = fair
    assert built(edition, one) == 3
