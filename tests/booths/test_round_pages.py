"""The pages of an allocation round at the desk: the list, the terms, the workbench, the signature, the record."""

import hashlib
import json
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse
from django.utils import translation

from booths.actions import round_moves, rounds
from booths.actions.offers import decline_offer
from booths.actions.round_publishing import digest_of, publish_round
from booths.models import AllocationTerms, Application, Booth, Offer, Round, Zone
from booths.round_instance import application_of
from fairs import clock
from fairs.deliveries import write
from fairs.discovery import waiting
from fairs.models import Company
from tests import world
from tests.booths.rounds import asking, drawn, plan, proposed, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """An edition with a row of six booths, whose clock stands at noon."""
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made, 6)
        yield made


@pytest.fixture
def visit(client, edition, desk):
    """Asks for a page as the desk, or posts to it; follows nothing."""

    def ask(name, *args, by=None, post=None, language="en", htmx=False, **query):
        client.force_login(by or desk, backend="django.contrib.auth.backends.ModelBackend")
        address = reverse(f"booths:{name}", args=[edition.slug, *args], query=query or None)
        headers = {"accept-language": language} | ({"HX-Request": "true"} if htmx else {})
        return client.get(address, headers=headers) if post is None else client.post(address, post, headers=headers)

    return ask


@pytest.fixture
def worked(edition, desk):
    """A proposed round of two who ask for two booths each, and of one who asks for more than there are."""
    asking(edition, booths=2, minutes=1)
    asking(edition, booths=2, minutes=2)
    asking(edition, booths=9, minutes=3)
    return proposed(edition, by=desk)


def text(page):
    return page.content.decode()


def first_two(worked):
    """The applicants that have a place, in order."""
    return sorted(plan(worked))[:2]


# ---- the list and the terms ----
def test_a_round_is_begun_from_the_list_and_listed_with_its_counts(visit, edition, desk):
    asking(edition)
    assert "1 accepted exhibitor has no booth yet; 6 booths are free." in text(visit("rounds"))
    with patch.object(rounds, "_enqueue"):
        answer = visit("begin_round", post={"seconds": 2, "seed": 7})
    begun = Round.objects.get()
    assert answer.headers["Location"] == reverse("booths:round", args=[edition.slug, 1])
    assert (begun.seconds, begun.seed, begun.begun_by) == (2, 7, desk)
    page = text(visit("rounds"))
    assert "Being worked out" in page
    assert reverse("booths:begin_round", args=[edition.slug]) not in page


@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [(2, "Everybody who is accepted has booths already"), (9999, "Give it between 2 and 600 seconds.")],
)
def test_what_cannot_begin_is_said_beside_the_form(visit, seconds, sentence):
    answer = visit("begin_round", post={"seconds": seconds, "seed": 0})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert f'value="{seconds}"' in text(answer)


def test_terms_are_set_with_the_limits_of_zones(visit, edition):
    zone = Zone.objects.get()
    given = visit("round_terms").context["form"].initial | {
        "corner": "12.5", "support_forms": ["cooperative"], "strict_zones": "on", f"power_{zone.pk}": "40",
        f"count_{zone.pk}": "3",
    }  # fmt: skip
    assert visit("round_terms", post=given).status_code == 302
    terms, zone = AllocationTerms.objects.get(), Zone.objects.get()
    assert (terms.corner, terms.support_forms, terms.strict_zones) == (12.5, ["cooperative"], True)
    assert (zone.power_kw_at_most, zone.exhibitors_at_most) == (40, 3)
    page = text(visit("rounds"))
    assert "40 kW, 3 exhibitors" in page
    refused = visit("round_terms", post=given | {"corner": "lots"})
    assert (refused.status_code, "figures" in text(refused)) == (422, True)


# ---- while it is worked out ----
def test_progress_is_told_with_what_is_proven_and_the_page_goes_on_when_it_ends(visit, edition, desk):
    asking(edition)
    begun = rounds.begin_round(edition, seconds=20, by=desk)
    assert "Waiting for its turn" in text(visit("round", 1))
    said = {"steps": 1234, "objective": 900.0, "bound": 1000.0, "greedy": 700.0, "seconds": 5.2}
    with patch.object(rounds, "progress_of", return_value=said):
        part = text(visit("round", 1, htmx=True))
    for shown in ("1,234", "200", "10%", 'hx-trigger="live, every 1s"'):
        assert shown in part
    assert "<html" not in part
    assert visit("stop_round", 1, post={}).status_code == 302
    with patch.object(rounds, "allocate", drawn):
        rounds.run_round(begun.pk)
    assert visit("round", 1, htmx=True).headers["HX-Refresh"] == "true"


def test_a_round_is_dropped_and_says_so(visit, worked, edition):
    assert visit("drop_round", 1, post={}).headers["Location"] == reverse("booths:rounds", args=[edition.slug])
    assert "This round was dropped" in text(visit("round", 1))
    assert visit("round_sign", 1).status_code == 302


def test_a_failed_round_says_so(visit, edition, desk):
    asking(edition)
    rounds.begin_round(edition, seconds=2, by=desk).follow("fail", by=None)
    page = text(visit("round", 1))
    assert "could not be worked out" in page
    assert reverse("booths:drop_round", args=[edition.slug, 1]) in page


# ---- the workbench ----
@pytest.mark.parametrize("language", ["en", "vi"])
def test_those_without_a_place_come_first_with_the_rule_and_others_with_reasons(visit, worked, language):
    page = visit("round", 1, language=language)
    rows = page.context["page"].object_list
    assert [bool(row.codes) for row in rows] == [False, True, True]
    for row in rows:
        assert row.reasons[0] in text(page)
        assert row.name in text(page)


def test_the_list_is_searched_without_accents_and_filtered(visit, worked):
    who = first_two(worked)[0]
    Company.objects.filter(applications=application_of(who)).update(name_vi="Gốm Phù Lãng")
    found = visit("round", 1, q="phu lang").context["page"].object_list
    assert [row.who for row in found] == [who]
    assert [row.who for row in visit("round", 1, q=plan(worked)[who][0]).context["page"].object_list] == [who]
    assert len(visit("round", 1, only="unplaced").context["page"].object_list) == 1
    assert "Nobody is found" in text(visit("round", 1, q="nobody at all"))


def test_a_booth_of_the_plan_leads_to_who_has_it(visit, worked):
    who = first_two(worked)[0]
    [code, other] = plan(worked)[who]
    part = text(visit("round", 1, htmx=True, b=other))
    assert f'data-chosen="{code} {other}"' in part
    assert "<html" not in part
    taken = {code for codes in plan(worked).values() for code in codes}
    free = min(set(Booth.objects.values_list("code", flat=True)) - taken)
    assert f"{free} is free" in text(visit("round", 1, htmx=True, b=free))
    assert f"<title>{code}, " in text(visit("round", 1))


def test_a_move_is_made_and_told_and_undone_and_redone(visit, worked):
    one, two = first_two(worked)
    before = plan(worked)
    answer = visit("round_move", 1, post={"seen": 1, "who": one, "booth": before[two][0].lower(), "back": "?q=a"})
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"/1/?q=a&who={one}")
    assert (plan(worked)[one], plan(worked)[two]) == (before[two], before[one])
    page = text(visit("round", 1))
    assert "2 exhibitors stand elsewhere:" in page
    assert f"{', '.join(before[two])}" in page
    assert visit("round_undo", 1, post={"seen": 2}).status_code == 302
    assert plan(worked) == before
    assert visit("round_redo", 1, post={"seen": 1}).status_code == 302
    assert plan(worked)[one] == before[two]


def test_what_is_refused_stands_on_the_page_and_nothing_changes(visit, worked):
    one, _two = first_two(worked)
    [large] = worked.current.unplaced
    before = plan(worked)
    for post, sentence in (
        ({"seen": 1, "who": one, "booth": "Z99"}, "There is no booth Z99 on this floor."),
        ({"seen": 1, "who": large, "booth": "A06"}, "not enough booths of the right class side by side"),
        ({"seen": 9, "who": one, "booth": "A01"}, "Somebody has changed the proposal since you looked."),
        ({"seen": 1, "who": one, "booth": ""}, "Write the code of a booth."),
        ({"seen": 1, "booth": "A01"}, "Choose who is to stand there."),
    ):
        answer = visit("round_move", 1, post=post)
        assert answer.status_code == 422
        assert sentence in text(answer)
    assert plan(worked) == before
    assert "There is nothing more to undo" in text(visit("round_undo", 1, post={"seen": 1}))


def test_a_refused_change_shows_the_proposal_as_it_stands_now(visit, worked, desk):
    one, _two = first_two(worked)
    round_moves.pin(worked, who=one, seen=1, by=desk)
    answer = text(visit("round_undo", 1, post={"seen": 1}))
    assert "Round 1, proposal 2" in answer
    assert 'name="seen" value="2"' in answer
    assert "Show it as it stands now" in text(visit("round", 1, htmx=True, since=1))
    assert "Show it as it stands now" not in text(visit("round", 1, htmx=True, since=2))


def test_who_is_pinned_stays_until_unpinned(visit, worked):
    one, _two = first_two(worked)
    visit("round_pin", 1, post={"seen": 1, "who": one, "keep": "on"})
    page = visit("round", 1, who=one)
    assert page.context["chosen"].row.pinned
    assert [row.who for row in visit("round", 1, only="pinned").context["page"].object_list] == [one]
    refused = visit("round_move", 1, post={"seen": 2, "who": one, "booth": "A05"})
    assert "is pinned there. Unpin it first." in text(refused)
    visit("round_pin", 1, post={"seen": 2, "who": one})
    assert list(visit("round", 1, only="pinned").context["page"].object_list) == []


def test_the_rest_is_worked_out_again_and_each_change_listed(visit, worked):
    one, _two = first_two(worked)
    first = plan(worked)
    free = sorted({f"A0{number}" for number in range(1, 7)} - {code for codes in first.values() for code in codes})
    assert visit("round_move", 1, post={"seen": 1, "who": one, "booth": free[0]}).status_code == 302
    answer = {"assignments": first, "steps": 24, "seconds": 1.0}
    with patch.object(round_moves, "allocate", return_value=answer):
        assert visit("round_rest", 1, post={"seen": 2}).status_code == 302
    page = visit("round", 1)
    assert [(one.before, one.after) for one in page.context["look"].last_step] == [(free, first[one])]
    assert "The rest worked out again" in text(page)


# ---- signing ----
def test_the_preview_says_what_goes_out_and_the_first_letter(visit, worked):
    page = visit("round_sign", 1)
    said = text(page)
    first = Application.objects.get(pk=min(int(who[1:]) for who in plan(worked)))
    for words in ("2 offers go out", "Each stands for 48 hours, until 3 Sep 2018 12:00.", first.contact.full_name):
        assert words in said
    letter = page.context["letter"]["body"]
    assert ", ".join(plan(worked)[unit(first)]) in letter
    assert "27.000.000" in letter
    with translation.override("en"):
        assert str(page.context["answers"].waiting[0].reasons[0]) in said
    assert not Offer.objects.exists()


def test_a_signed_round_shows_its_offers_record_and_digest(visit, worked, edition, desk):
    assert visit("round_sign", 1, post={"seen": 1}).status_code == 302
    page = text(visit("round", 1))
    for words in (desk.full_name, "Offers", "Offered", "The record, as a file"):
        assert words in page
    file = visit("round_record", 1).content
    digest = hashlib.sha256(file).hexdigest()  # as an auditor counts it, without our help
    assert digest == digest_of(json.loads(file))
    assert digest in page
    decline_offer(Offer.objects.order_by("pk")[0], by=desk)
    assert visit("round", 1).context["sent"] == {"declined": 1, "open": 1}
    with clock.at(world.NOON + timedelta(days=3)):
        assert visit("round", 1).context["sent"] == {"declined": 1, "expired": 1}
    assert "Round 1 was signed on" not in text(visit("round_compare", 1))


def test_a_signature_on_another_proposal_is_refused(visit, worked, desk):
    round_moves.pin(worked, who=first_two(worked)[0], seen=1, by=desk)
    answer = visit("round_sign", 1, post={"seen": 1})
    assert answer.status_code == 422
    assert "Somebody has changed the proposal since you looked." in text(answer)
    assert 'name="seen" value="2"' in text(answer)
    assert not Offer.objects.exists()


def test_what_comes_after_the_signature_is_told_on_the_round(visit, worked, edition, desk):
    who = first_two(worked)[0]
    publish_round(worked, seen=1, by=desk)
    for name, more in (("round_move", {"who": who, "booth": "A05"}), ("round_undo", {}), ("round_sign", {})):
        answer = visit(name, 1, post={"seen": 1} | more)
        assert answer.headers["Location"] == reverse("booths:round", args=[edition.slug, 1])
        assert 'class="note stop"' in text(visit("round", 1))
    assert Offer.objects.count() == 2


def test_the_letter_to_come_is_the_letter_that_is_sent(visit, worked, desk):
    shown = visit("round_sign", 1).context["letter"]
    publish_round(worked, seen=1, by=desk)
    offer = Offer.objects.select_related("application__contact").order_by("application")[0]
    sent = write("booths.place_offered", to=offer.application.contact, about=offer, edition=worked.edition)
    assert (shown["subject"], shown["body"]) == sent


def test_the_next_round_is_compared_with_the_signed_one(visit, worked, edition, desk):
    assert "No round was signed before this one" in text(visit("round_compare", 1))
    publish_round(worked, seen=1, by=desk)
    late = asking(edition, booths=2, minutes=9)
    proposed(edition, by=desk)
    page = visit("round_compare", 2)
    assert "Round 1 was signed on 1 Sep 2018 12:00." in text(page)
    assert [one.name for one in page.context["elsewhere"]] == [late.company.name_vi]


# ---- who may ----
@pytest.mark.parametrize("role", ["finance", "reports"])
def test_readers_look_and_cannot_act(visit, worked, edition, role):
    reader = world.officer(edition, role)
    for name, args in (("rounds", []), ("round", [1]), ("round_compare", [1])):
        page = visit(name, *args, by=reader)
        assert page.status_code == 200
        assert "data-round-move" not in text(page)
        assert "Begin the round" not in text(page)
        assert "Sign and send the offers" not in text(page)
    who = first_two(worked)[0]
    assert visit("round_move", 1, by=reader, post={"seen": 1, "who": who, "booth": "A05"}).status_code == 404
    assert visit("round_sign", 1, by=reader).status_code == 404


def test_a_round_of_another_edition_is_not_found(visit, worked):
    other = world.edition()
    world.floor(other)
    assert visit("round", 2).status_code == 404
    assert Round.objects.visible_to(world.officer(other, "booth_desk")).count() == 0


def test_a_proposed_round_waits_at_the_desk(edition, worked):
    with translation.override("en"):
        titles = [str(task.title) for task in waiting(edition, frozenset({"booth_desk"}))]
        assert "Allocation round 1 waits to be signed" in titles
        titles = [str(task.title) for task in waiting(edition, frozenset({"finance"}))]
        assert not any("waits to be signed" in title for title in titles)


# ---- queries ----
@pytest.mark.parametrize("count", world.ROWS)
def test_the_pages_take_the_same_queries_for_any_number_of_rows(client, count, django_assert_num_queries):
    with clock.at(world.NOON):
        edition = world.edition()
        world.floor(edition, count + 1)
        for minutes in range(count):
            asking(edition, minutes=minutes)
        officer = world.officer(edition, "booth_desk")
        proposed(edition, by=officer)
        worked = Round.objects.get()
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        pages = {name: reverse(f"booths:{name}", args=[edition.slug, 1]) for name in ("round", "round_sign")}
        client.get(pages["round"])  # draws the plan, which is kept
        for page, queries in ((pages["round"], 10), (pages["round_sign"], 17)):
            with django_assert_num_queries(queries):
                client.get(page)
        publish_round(worked, seen=1, by=officer)
        with django_assert_num_queries(9):
            client.get(pages["round"])


@pytest.mark.parametrize("count", world.ROWS[:2])
def test_the_list_takes_the_same_queries_for_any_number_of_rounds(
    client, edition, desk, count, django_assert_num_queries
):
    asking(edition)
    for _number in range(count):
        rounds.drop_round(proposed(edition, by=desk), by=desk)
    client.force_login(desk, backend="django.contrib.auth.backends.ModelBackend")
    with django_assert_num_queries(9):
        assert len(client.get(reverse("booths:rounds", args=[edition.slug])).context["rows"]) == count
