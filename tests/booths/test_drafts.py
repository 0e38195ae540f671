"""Working on a plan and publishing it, on the rows of an edition."""

from decimal import Decimal

import pytest

from booths.actions.drafts import begin_draft, drop_draft, edit_draft, restore_version, save_draft
from booths.actions.floor import block_booth, lay_floor
from booths.actions.publishing import publish_draft
from booths.actions.reservations import hold_booths, release_booth
from booths.floorplan import Point, edits, reference_floor
from booths.floorplan.blocks import Numbering
from booths.models import Booth, Facility, FloorDraft, FloorVersion, Hall, Reservation, SaleTerms, Zone
from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Delivery, Entry
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def desk(edition):
    return world.officer(edition, "booth_desk")


@pytest.fixture
def booths(edition):
    return world.floor(edition)


@pytest.fixture
def draft(edition, desk, booths):
    return begin_draft(edition, by=desk)


@pytest.fixture
def held(edition, booths):
    """A01, held by an exhibitor."""
    application = world.application(edition)
    return hold_booths(application, booths=booths[:1], by=application.contact)[0]


def key(booth):
    return f"b{booth.pk}"


def of(draft, booth, **changed):
    """A booth of the draft with some fields changed."""
    return {"booths": {key(booth): draft.content["booths"][key(booth)] | changed}}


def save(draft, changes, by):
    return save_draft(draft, version=draft.version, changes=changes, by=by)


def test_a_draft_begins_with_the_plan_that_stands(draft, booths, desk, edition):
    assert draft.content["booths"][key(booths[0])] == {
        "code": "A01", "hall": f"h{booths[0].hall_id}", "zone": f"z{booths[0].zone_id}", "class": "standard",
        "x": 3.0, "y": 3.0, "width": 3.0, "depth": 3.0,
    }  # fmt: skip
    assert begin_draft(edition, by=desk) == draft
    assert Entry.objects.filter(verb="booths.floordraft.begin").count() == 1


def test_an_empty_edition_gets_a_draft_with_classes_to_choose(edition, desk):
    draft = begin_draft(edition, by=desk)
    assert draft.content["booths"] == {}
    assert edition.booth_classes.count() == 5


def test_only_the_booth_desk_works_on_the_plan(edition, draft):
    finance = world.officer(edition, "finance")
    for deed in (
        lambda: begin_draft(edition, by=finance),
        lambda: save(draft, {}, finance),
        lambda: publish_draft(draft, by=finance),
        lambda: drop_draft(draft, by=finance),
    ):
        with pytest.raises(Forbidden):
            deed()


def test_a_change_is_saved_on_its_version_alone(draft, booths, desk):
    saved = save(draft, of(draft, booths[0], x=4), desk)
    assert (saved.version, saved.content["booths"][key(booths[0])]["x"]) == (1, 4.0)
    with pytest.raises(Refused) as refused:
        save(draft, of(draft, booths[0], x=5), desk)
    assert refused.value.code == "newer_draft"
    assert Booth.objects.get(pk=booths[0].pk).x == 3, "nobody else sees a draft"


def test_what_is_no_plan_is_refused_in_words(draft, booths, desk):
    with pytest.raises(Invalid) as refused:
        save(draft, of(draft, booths[0], code="A02"), desk)
    assert (refused.value.code, "A02" in refused.value.message) == ("code_twice", True)
    with pytest.raises(Invalid) as refused:
        save(draft, of(draft, booths[0], width=-1), desk)
    assert refused.value.code == "wrong_value"


@pytest.mark.parametrize("changed", [None, {"width": 6}, {"class": "other"}])
def test_a_booth_that_somebody_has_is_not_taken_from_them(draft, booths, desk, held, edition, changed):
    world.booth_class(edition).__class__.objects.create(
        edition=edition, code="other", name_vi="Khác", origin="domestic"
    )
    changes = of(draft, booths[0], **changed) if changed else {"booths": {key(booths[0]): None}}
    with pytest.raises(Refused) as refused:
        save(draft, changes, desk)
    assert refused.value.code == "booth_in_use"
    assert held.company.name_vi in refused.value.message


def test_a_hold_that_comes_after_the_change_refuses_the_publication(draft, booths, desk, edition):
    draft = save(draft, {"booths": {key(booths[0]): None}}, desk)
    application = world.application(edition)
    hold_booths(application, booths=booths[:1], by=application.contact)
    with pytest.raises(Refused) as refused:
        publish_draft(draft, by=desk)
    assert (refused.value.code, application.company.name_vi in refused.value.message) == ("booth_in_use", True)
    back = save(draft, of(begin_draft(edition, by=desk), booths[1]) | {
        "booths": {key(booths[0]): {**draft.content["booths"][key(booths[1])], "code": "A01", "x": 3.0}}
    }, desk)  # fmt: skip
    assert publish_draft(back, by=desk).number == 1


def test_publishing_writes_rows_sides_and_a_version(draft, booths, desk, edition):
    lay = {"at": Point(3, 20), "rows": 2, "columns": 2, "size": (3, 3), "numbering": Numbering("B", digits=2),
           "hall": f"h{booths[0].hall_id}", "zone": f"z{booths[0].zone_id}", "booth_class": "standard"}  # fmt: skip
    draft, _made = edit_draft(draft, edit=lambda content: edits.lay(content, **lay), by=desk)
    draft = save(draft, {
        "booths": {key(booths[3]): None},
        "zones": {"n1": {"code": "SM", "name_vi": "Sơn mài", "name_en": "", "groups": []}},
        "facilities": {
            "n2": {"kind": "exit", "name_vi": "Lối", "name_en": "", "x": 0, "y": 9, "width": 0.5, "depth": 2},
        },
    }, desk)  # fmt: skip
    version = publish_draft(draft, by=desk, note="Thêm dãy B")
    assert list(edition.booths.values_list("code", flat=True)) == ["A01", "A02", "A03", "B01", "B02", "B03", "B04"]
    corner = Booth.objects.get(edition=edition, code="B01")
    assert (corner.open_sides, corner.corner, corner.x) == ("NW", True, Decimal("3.00"))
    assert Booth.objects.get(edition=edition, code="A03").open_sides == "NES", "its neighbour went away"
    assert (edition.zones.count(), Facility.objects.get().kind) == (2, "exit")
    assert not FloorDraft.objects.exists()
    assert [(one.number, one.note) for one in FloorVersion.objects.all()] == [
        (1, "Thêm dãy B"), (0, "Sơ đồ ban đầu"),
    ]  # fmt: skip
    assert SaleTerms.objects.get(edition=edition).floor_version == version.number == 1
    assert set(version.content["booths"]) == {f"b{booth.pk}" for booth in edition.booths.all()}
    assert Entry.objects.filter(verb="booths.floorversion.publish", object_id=version.pk).exists()


def test_codes_may_be_swapped(draft, booths, desk):
    one, two = booths[:2]
    swapped = {"booths": of(draft, one, code="A02")["booths"] | of(draft, two, code="A01")["booths"]}
    publish_draft(save(draft, swapped, desk), by=desk)
    assert Booth.objects.get(pk=one.pk).code == "A02"
    assert Booth.objects.get(pk=two.pk).code == "A01"


def test_whoever_has_a_booth_is_told_once_that_theirs_move(draft, booths, desk, edition):
    application = world.application(edition)
    hold_booths(application, booths=booths[:2], by=application.contact)
    moved = {"booths": of(draft, booths[0], y=9)["booths"] | of(draft, booths[1], code="Z9")["booths"]}
    publish_draft(save(draft, moved, desk), by=desk)
    letter = Delivery.objects.get(kind="booths.booths_moved")
    assert (letter.to, letter.edition) == (application.contact, edition)
    assert set(application.reservations.values_list("booth__code", flat=True)) == {"A01", "Z9"}


def test_the_letter_names_the_booths(draft, booths, desk, edition, held, mailoutbox):
    from fairs.deliveries import compose

    publish_draft(save(draft, of(draft, booths[0], code="Z9"), desk), by=desk)
    letter = compose(Delivery.objects.get(kind="booths.booths_moved"))
    assert "Z9" in letter.body
    assert letter.subject


def test_a_booth_somebody_once_had_is_retired_with_its_hall(draft, booths, desk, edition, held):
    release_booth(held, by=held.application.contact)
    nothing = {section: dict.fromkeys(draft.content[section]) for section in ("booths", "halls", "zones")}
    publish_draft(save(draft, nothing, desk), by=desk)
    assert (edition.booths.count(), edition.halls.count(), edition.zones.count()) == (0, 0, 0)
    assert Booth.every.get().code == "A01"
    assert Hall.every.get().retired
    assert Reservation.objects.get().booth.hall.code == "A"


def test_a_former_plan_comes_back_with_its_rows(draft, booths, desk, edition, held):
    release_booth(held, by=held.application.contact)
    gone = {section: dict.fromkeys(draft.content[section]) for section in ("booths", "halls", "zones")}
    publish_draft(save(draft, gone, desk), by=desk)
    again = restore_version(FloorVersion.objects.get(number=0), by=desk)
    publish_draft(again, by=desk)
    assert list(edition.booths.values_list("code", flat=True)) == ["A01", "A02", "A03", "A04"]
    assert Booth.objects.get(edition=edition, code="A01").pk == booths[0].pk
    assert Hall.objects.get(edition=edition).pk == booths[0].hall_id
    assert not Booth.every.filter(retired=True).exists()


def test_a_hold_that_ran_out_keeps_no_booth(draft, booths, desk, held):
    with clock.at(world.FIRST_MORNING):
        publish_draft(save(draft, {"booths": {key(booths[0]): None}}, desk), by=desk)
    held.refresh_from_db()
    assert held.state == "lapsed"
    assert Booth.every.get(pk=booths[0].pk).retired


def test_what_the_desk_blocks_meanwhile_stays_blocked(draft, booths, desk):
    draft = save(draft, of(draft, booths[0], x=2.5), desk)
    block_booth(booths[0], reason="Cột", by=desk)
    publish_draft(draft, by=desk)
    assert (Booth.objects.get(pk=booths[0].pk).blocked, Booth.objects.get(pk=booths[0].pk).x) == ("Cột", Decimal("2.5"))


def test_a_draft_of_an_older_floor_is_not_published(draft, booths, desk, edition):
    SaleTerms.objects.filter(edition=edition).update(floor_version=7)
    with pytest.raises(Refused) as refused:
        publish_draft(draft, by=desk)
    assert refused.value.code == "floor_changed"


def test_a_draft_is_published_once(draft, desk, edition):
    publish_draft(draft, by=desk)
    with pytest.raises(Refused) as refused:
        publish_draft(draft, by=desk)
    assert refused.value.code == "draft_gone"
    drop_draft(begin_draft(edition, by=desk), by=desk)
    assert not FloorDraft.objects.exists()


def test_a_booth_that_went_away_is_not_silently_left_out_of_a_hold(draft, booths, desk, edition):
    publish_draft(save(draft, {"booths": {key(booths[0]): None}}, desk), by=desk)
    application = world.application(edition)
    with pytest.raises(Refused) as refused:
        hold_booths(application, booths=booths[:2], by=application.contact)
    assert (refused.value.code, "A01" in refused.value.message) == ("booth_gone", True)
    assert not Reservation.objects.exists()


def test_a_key_of_another_edition_makes_a_new_row(draft, desk, edition):
    other = world.floor(world.edition(), 1)[0]
    forged = {"booths": {key(other): {**next(iter(draft.content["booths"].values())), "code": "X1", "y": 20}}}
    publish_draft(save(draft, forged, desk), by=desk)
    other.refresh_from_db()
    assert other.code == "A01"
    assert Booth.objects.get(edition=edition, code="X1").pk != other.pk


def test_publishing_asks_the_database_alike_for_a_small_and_a_large_plan(edition, desk, django_assert_max_num_queries):
    lay_floor(edition, floor=reference_floor(), by=desk)
    draft = begin_draft(edition, by=desk)
    moved = {"booths": {one: booth | {"x": booth["x"] + 0.5} for one, booth in draft.content["booths"].items()}}
    draft = save(draft, moved, desk)
    with django_assert_max_num_queries(60):
        publish_draft(draft, by=desk)
    assert Zone.objects.filter(edition=edition).count() == 11
