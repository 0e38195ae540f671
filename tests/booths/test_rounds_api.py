"""Rounds for programs: the same actions, the same refusals, reasons in the language of the request."""

from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booths.actions import round_moves, rounds
from booths.actions.round_publishing import digest_of, publish_round
from booths.models import AllocationTerms, Proposal, Round
from fairs.solver_runs import SolverRun
from tests import world
from tests.booths.rounds import asking, drawn, placed, proposed, unit

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def ask(client):
    """A request by somebody; the answer with its status."""

    def send(method, path, by, language="en", **body):
        client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
        headers = {"accept-language": language}
        if method == "get":
            return client.get(f"{API}/{path}", body, headers=headers)
        return getattr(client, method)(f"{API}/{path}", body, content_type="application/json", headers=headers)

    return send


@pytest.fixture
def big(edition):
    """An applicant for more booths than there are."""
    return asking(edition, booths=5, minutes=1)


@pytest.fixture
def maker(edition):
    """An applicant for one booth."""
    return asking(edition, minutes=2)


@pytest.fixture
def worked(edition, desk, big, maker):
    """A round that gives the maker A01."""
    return placed(proposed(edition, by=desk), {maker: ["A01"]})


def test_from_beginning_to_an_appeal(ask, edition, desk, big, maker):
    begun = ask("post", "rounds/", desk, edition=edition.slug, seconds=2, seed=3)
    assert (begun.status_code, begun.json()["state"], begun.json()["proposal"]) == (201, "running", None)
    path = f"rounds/{begun.json()['id']}"
    assert ask("get", f"{path}/proposal/", desk).status_code == 404
    assert ask("get", f"{path}/record/", desk).status_code == 404
    assert ask("post", "rounds/", desk, edition=edition.slug).json()["code"] == "round_open"
    with patch.object(rounds, "allocate", drawn):
        rounds.run_round(begun.json()["id"])
    assert ask("get", f"{path}/", desk).json()["proposal"] == 1
    assert ask("post", f"{path}/publish/", desk, seen=2).json()["code"] == "changed_meanwhile"
    signed = ask("post", f"{path}/publish/", desk, seen=1).json()
    assert (signed["state"], signed["verbs"]) == ("published", [])
    [offer] = ask("get", "offers/", maker.contact, round=signed["id"]).json()["results"]
    assert (offer["round"], offer["state"], len(offer["reasons"])) == (signed["id"], "open", 2)
    appeal = ask("post", f"offers/{offer['id']}/appeal/", maker.contact, text="Xa cổng")
    assert (appeal.status_code, appeal.json()["state"]) == (201, "open")
    assert ask("post", f"offers/{offer['id']}/appeal/", maker.contact, text="Xa").json()["code"] == "appeal_open"
    upheld = ask("post", f"appeals/{appeal.json()['id']}/uphold/", desk).json()
    assert (upheld["state"], ask("get", f"offers/{offer['id']}/", desk).json()["state"]) == ("upheld", "taken_back")


def test_a_proposal_tells_why_in_the_language_of_the_request(ask, worked, desk, big, maker):
    shown = ask("get", f"rounds/{worked.pk}/proposal/", desk).json()
    assert (shown["number"], shown["how"], shown["changes"]) == (1, "solved", [])
    [place], [without] = shown["places"], shown["unplaced"]
    assert (place["applicant"], place["application"], place["name"]) == (unit(maker), maker.pk, maker.company.name_vi)
    assert (place["booths"], place["kept"], place["pinned"]) == (["A01"], False, False)
    assert place["reasons"][1] == "Nothing was traded off."
    assert (without["application"], without["wanted"], without["rule"]) == (big.pk, 5, "class_too_small")
    assert without["words"] == "The floor has fewer booths of this class than you ask for."
    words = ask("get", f"rounds/{worked.pk}/proposal/", desk, language="vi").json()["unplaced"][0]["words"]
    assert words  # the words themselves are the catalogue's


def test_the_workbench(ask, worked, desk, maker):
    path, who = f"rounds/{worked.pk}", unit(maker)
    moved = ask("post", f"{path}/move/", desk, applicant=who, booth="A03", seen=1).json()
    assert (moved["number"], moved["how"], moved["applicant"]) == (2, "moved", who)
    assert moved["changes"] == [
        {"application": maker.pk, "name": maker.company.name_vi, "before": ["A01"], "after": ["A03"]}
    ]
    late = ask("post", f"{path}/move/", desk, applicant=who, booth="A04", seen=1)
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    assert ask("post", f"{path}/pin/", desk, applicant=who, seen=2).json()["places"][0]["pinned"] is True
    assert ask("post", f"{path}/move/", desk, applicant=who, booth="A04", seen=3).json()["code"] == "pinned"
    with patch.object(round_moves, "allocate", drawn):
        rest = ask("post", f"{path}/solve-rest/", desk, seen=3).json()
    assert (rest["how"], rest["places"][0]["booths"], rest["changes"]) == ("resolved", ["A03"], [])
    assert ask("post", f"{path}/unpin/", desk, applicant=who, seen=4).json()["places"][0]["pinned"] is False
    assert ask("post", f"{path}/undo/", desk, seen=5).json()["number"] == 4
    assert ask("post", f"{path}/redo/", desk, seen=4).json()["number"] == 5
    assert ask("post", f"{path}/redo/", desk, seen=5).json()["code"] == "nothing_to_redo"
    unknown = ask("post", f"{path}/move/", desk, applicant=who, booth="Z1", seen=5)
    assert (unknown.status_code, list(unknown.json()["fields"])) == (400, ["booth"])
    assert ask("post", f"{path}/drop/", desk).json()["state"] == "dropped"


def test_the_record_can_be_checked_by_whoever_gets_it(ask, worked, desk):
    record = ask("get", f"rounds/{worked.pk}/record/", desk).json()
    assert (record["signed_at"], record["digest"]) == (None, "")
    publish_round(worked, seen=1, by=desk)
    record = ask("get", f"rounds/{worked.pk}/record/", desk).json()
    assert record.pop("digest") == digest_of(record)


def test_progress_while_it_runs(ask, edition, desk, maker):
    begun = rounds.begin_round(edition, seconds=5, by=desk)
    assert ask("get", f"rounds/{begun.pk}/", desk).json()["progress"] is None
    said = {"steps": 8, "objective": 120.5, "bound": None, "seconds": 1.5}
    assert SolverRun(begun, "rounds")(said) is True
    assert ask("get", f"rounds/{begun.pk}/", desk).json()["progress"] == said
    assert ask("post", f"rounds/{begun.pk}/stop/", desk).json()["state"] == "running"
    assert SolverRun(begun, "rounds")(said) is False


def test_terms_and_what_zones_bear(ask, edition, desk):
    path = f"rounds/terms/{edition.slug}/"
    usual = ask("get", path, desk).json()
    assert (usual["in_zone"], usual["strict_zones"], usual["support_forms"]) == ("100.000", False, [])
    assert usual["zones"] == [{"zone": "GS", "power_kw_at_most": None, "exhibitors_at_most": None}]
    limits = [{"zone": "GS", "power_kw_at_most": "12.5", "exhibitors_at_most": 3}]
    put = ask("put", path, desk, wish="40", support_forms=["cooperative"], zones=limits)
    assert (put.status_code, put.json()["wish"], put.json()["in_zone"]) == (200, "40.000", "100.000")
    assert (put.json()["zones"], put.json()["support_forms"]) == (limits, ["cooperative"])
    wrong = [limits[0] | {"zone": "ZZ"}]
    assert ask("put", path, desk, wish="50", zones=wrong).json()["code"] == "unknown_zone"
    for body in ({"wish": "-1"}, {"points_share": "1.5"}, {"support_forms": ["club"]}, {"zones": [{"zone": "GS"}]}):
        assert ask("put", path, desk, **body).status_code == 400, body
    assert AllocationTerms.objects.get().wish == 40
    assert ask("put", path, world.officer(edition, "reports"), wish="1").status_code == 403
    assert ask("get", path, world.application(edition).contact).status_code == 404


def test_rounds_are_seen_by_those_who_look_after_the_booths(ask, edition, worked, maker):
    for role, count in (("finance", 1), ("reports", 1), ("director", 1), ("gate", 0), ("importer_desk", 0)):
        assert ask("get", "rounds/", world.officer(edition, role), edition__slug=edition.slug).json()["count"] == count
    assert ask("get", "rounds/", maker.contact).json()["count"] == 0
    assert ask("get", f"rounds/{worked.pk}/record/", maker.contact).status_code == 404


@pytest.mark.parametrize("count", world.ROWS)
def test_a_list_asks_the_same_for_any_number(ask, edition, desk, count):
    for number in range(1, count + 1):
        made = Round.objects.create(edition=edition, number=number, state="dropped", begun_by=desk)
        made.current = Proposal.objects.create(round=made, number=1, how="solved", plan={}, objective=1)
        made.save()
    ask("get", "rounds/", desk)
    with CaptureQueriesContext(connection) as asked:
        assert ask("get", "rounds/", desk).json()["count"] == count
    assert len([one for one in asked if "booths_" in one["sql"]]) == 2
    assert "instance" not in asked.captured_queries[-1]["sql"]
