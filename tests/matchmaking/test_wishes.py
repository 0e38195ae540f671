"""Must meet, would like to meet, no thanks: of each side one wish about the other, kept from the other side."""

import pytest
from django.db import IntegrityError, transaction

from fairs import clock
from fairs.actions.erasure import erase_person
from fairs.actions.merging import merge_companies
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Entry
from matchmaking.actions import wishes as module
from matchmaking.actions.meetings import accept_meeting, decline_meeting, request_meeting, slots
from matchmaking.actions.proposals import accept_proposal, propose_time
from matchmaking.actions.wishes import take_back_wish, wish
from matchmaking.models import Wish
from matchmaking.wishes import unwanted, unwanted_pairs
from tests import world
from tests.matchmaking.wishing import registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def registration(edition):
    return registered(edition)


def says(registration, exhibitor, kind="must", **more):
    return wish(registration, exhibitor=exhibitor.part, side="importer", kind=kind, by=registration.person, **more)


def answers(registration, exhibitor, kind="must", **more):
    return wish(registration, exhibitor=exhibitor.part, side="exhibitor", kind=kind, by=exhibitor.person, **more)


def test_what_a_side_says_last_stands_and_is_taken_back(edition, registration):
    maker = world.exhibitor(edition)
    first = says(registration, maker)
    assert says(registration, maker) == first
    assert says(registration, maker, "no", reason="price").pk == first.pk
    assert Wish.objects.values_list("kind", "reason").get() == ("no", "price")
    take_back_wish(Wish.objects.get(), by=registration.person)
    assert not Wish.objects.exists()
    verbs = Entry.objects.filter(verb__startswith="matchmaking.wish").order_by("pk").values_list("verb", "company")
    own = registration.company_id
    assert list(verbs) == [
        ("matchmaking.wish.say", own), ("matchmaking.wish.say", own), ("matchmaking.wish.take_back", own)
    ]  # fmt: skip


def test_the_journal_never_says_what_was_wished(edition, registration):
    says(registration, world.exhibitor(edition), "no", reason="price")
    entry = Entry.objects.get(verb="matchmaking.wish.say")
    assert (entry.subject, entry.fields) == ("", ["kind", "reason"])


def test_both_sides_wish_each_for_itself(edition, registration):
    maker = world.exhibitor(edition)
    says(registration, maker)
    answers(registration, maker, "no")
    assert set(Wish.objects.values_list("side", "kind", "reason")) == {
        ("importer", "must", ""), ("exhibitor", "no", "other")
    }  # fmt: skip


def test_only_exhibitors_of_this_fair_are_wished_for_and_only_so_many(edition, registration, monkeypatch):
    monkeypatch.setattr(module, "MOST", 1)
    with pytest.raises(Invalid) as elsewhere:
        says(registration, world.exhibitor(world.edition()))
    with pytest.raises(Refused) as buyer:
        says(registration, world.importer(edition))
    with pytest.raises(Invalid) as unknown:
        says(registration, world.exhibitor(edition), "perhaps")
    first = world.exhibitor(edition)
    says(registration, first)
    with pytest.raises(Refused) as full:
        says(registration, world.exhibitor(edition))
    codes = [one.value.code for one in (elsewhere, buyer, unknown, full)]
    assert codes == ["other_edition", "not_exhibiting", "unknown_wish", "list_full"]
    says(registration, first, "like")
    says(registration, world.exhibitor(edition))


def test_who_has_withdrawn_is_wished_for_no_more(edition):
    gone = registered(edition, state="withdrawn")
    with pytest.raises(Refused) as refused:
        says(gone, world.exhibitor(edition))
    assert refused.value.code == "not_coming"


def test_nobody_wishes_for_another_but_the_desks(edition, registration):
    maker = world.exhibitor(edition)
    for person, side in [(world.person(), "importer"), (maker.person, "importer"), (registration.person, "exhibitor")]:
        with pytest.raises(Forbidden):
            wish(registration, exhibitor=maker.part, side=side, kind="must", by=person)
    for role in ("importer_desk", "matchmaking_desk"):
        desk = world.officer(edition, role)
        assert wish(registration, exhibitor=maker.part, side="exhibitor", kind="like", by=desk).kind == "like"


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "no", "reason": ""}, {"kind": "must", "reason": "price"}, {"kind": "ever"}, {"side": "gate"},
        {"side": "importer"},
    ],
)  # fmt: skip
def test_the_database_keeps_one_sound_wish_a_pair_and_side(edition, registration, wrong):
    part = world.exhibitor(edition).part
    whole = {"registration": registration, "exhibitor": part, "side": "importer", "kind": "must"}
    Wish.objects.create(**whole)
    other = {} if wrong == {"side": "importer"} else {"exhibitor": world.exhibitor(edition).part}
    with pytest.raises(IntegrityError), transaction.atomic():
        Wish.objects.create(**whole | wrong | other)


def test_a_no_of_either_side_is_unwanted_and_nothing_else_is(edition, registration):
    importer = world.participation(edition, registration.company, "importer")
    makers = [world.exhibitor(edition) for _each in range(4)]
    says(registration, makers[0], "no")
    answers(registration, makers[1], "no", reason="known")
    says(registration, makers[2], "must")
    assert [unwanted(one.part, importer) for one in makers] == [True, True, False, False]
    assert unwanted_pairs(edition) == {(makers[0].part.pk, importer.pk), (makers[1].part.pk, importer.pk)}
    registration.follow("withdraw", by=None)
    assert (unwanted(makers[0].part, importer), unwanted_pairs(edition)) == (False, frozenset())


def test_unwanted_pairs_take_one_query(edition, registration, django_assert_num_queries):
    for _each in range(3):
        says(registration, world.exhibitor(edition), "no")
    with django_assert_num_queries(1):
        assert len(unwanted_pairs(edition)) == 3


def test_each_side_sees_its_own_wishes_alone(edition, registration):
    maker = world.exhibitor(edition)
    own, theirs = says(registration, maker, "no"), answers(registration, maker, "no")
    assert list(Wish.objects.visible_to(registration.person)) == [own]
    assert list(Wish.objects.visible_to(maker.person)) == [theirs]
    assert set(Wish.objects.visible_to(world.officer(edition, "matchmaking_desk"))) == {own, theirs}
    assert not Wish.objects.visible_to(world.officer(edition, "reports")).exists()


def test_an_exhibitor_sees_no_wish_about_somebody_who_is_listed_no_more(edition, registration):
    maker = world.exhibitor(edition)
    answers(registration, maker)
    registration.person.consents.update(withdrawn_at=world.NOON)
    assert not Wish.objects.visible_to(maker.person).exists()


def test_two_exhibitors_that_are_one_are_wished_for_once(edition, registration):
    keep, drop = world.exhibitor(edition), world.exhibitor(edition)
    for one in (keep, drop):
        says(registration, one)
    merge_companies(keep.part.company, drop=drop.part.company, by=world.officer(edition, "booth_desk"))
    assert Wish.objects.get().exhibitor.company == keep.part.company


def test_with_the_person_go_the_wishes_of_both_sides(edition, registration):
    maker = world.exhibitor(edition)
    says(registration, maker), answers(registration, maker)
    erase_person(registration.person, by=world.officer(edition, "privacy"))
    assert not Wish.objects.exists()


@pytest.mark.parametrize("no", [says, answers])
def test_whom_either_side_said_no_to_is_not_asked_for_a_meeting(edition, registration, no):
    importer = world.participation(edition, registration.company, "importer")
    maker = world.exhibitor(edition)
    no(registration, maker, "no", reason="known")
    time = slots(edition)[0].starts_at
    with pytest.raises(Refused) as refusal:
        request_meeting(
            edition, exhibitor=maker.part, importer=importer, person=registration.person, starts_at=time,
            by=registration.person,
        )  # fmt: skip
    assert refusal.value.code == "unwanted"
    take_back_wish(Wish.objects.get(), by=world.officer(edition, "matchmaking_desk"))
    asked = request_meeting(
        edition, exhibitor=maker.part, importer=importer, person=registration.person, starts_at=time,
        by=registration.person,
    )  # fmt: skip
    assert asked.state == "requested"


@pytest.mark.parametrize("no", [says, answers])
def test_what_was_asked_before_a_no_is_agreed_no_more_and_nobody_learns_whose_it_was(edition, registration, no):
    importer = world.participation(edition, registration.company, "importer")
    maker, buyer = world.exhibitor(edition), registration.person
    first, second = (slot.starts_at for slot in slots(edition)[:2])
    asked = request_meeting(
        edition, exhibitor=maker.part, importer=importer, person=buyer, starts_at=first, by=buyer
    )  # fmt: skip
    proposal = propose_time(asked, starts_at=second, by=maker.person)
    no(registration, maker, "no", reason="known")
    said = set()
    for verb in (
        lambda: accept_meeting(asked, by=maker.person),
        lambda: propose_time(asked, starts_at=first, by=buyer),
        lambda: accept_proposal(proposal, by=buyer),
    ):
        with pytest.raises(Refused) as refusal:
            verb()
        said.add((refusal.value.code, refusal.value.message))
    [(code, sentence)] = said  # the same to both sides, and it names neither
    assert code == "unwanted"
    assert not [side for side in (maker.part, importer) if side.company.name_vi in sentence]
    assert decline_meeting(asked, by=maker.person).state == "declined"
