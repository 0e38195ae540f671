"""Every state table: each verb from each state either moves as the table says, or is refused."""

import pytest
from django.apps import apps
from django.core.management import call_command

from fairs import clock
from fairs.models import Entry
from fairs.states import StateConflict, Stateful
from tests import world, worlds


def states_of(model: type[Stateful]) -> list[str]:
    return list(dict(model._meta.get_field("state").flatchoices))


MODELS = [model for model in apps.get_models() if issubclass(model, Stateful)]
CASES = [
    pytest.param(model, verb, state, id=f"{model._meta.label}: {verb} from {state}")
    for model in MODELS
    for verb in model.TRANSITIONS
    for state in states_of(model)
]


def test_there_are_state_tables():
    assert {model.__name__ for model in MODELS} >= {
        "Application", "Badge", "Deal", "Meeting", "Notice", "Registration", "Reservation"
    }  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_table_names_known_states_and_can_leave_its_first(model):
    known = set(states_of(model))
    for verb, move in model.TRANSITIONS.items():
        assert {*move.sources, move.target} <= known, verb
    assert any(model._meta.get_field("state").default in move.sources for move in model.TRANSITIONS.values())


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "verb", "state"), CASES)
def test_a_verb_moves_only_from_its_sources(model, verb, state):
    with clock.at(world.NOON):
        thing = worlds.stateful(model)
        type(thing)._base_manager.filter(pk=thing.pk).update(**worlds.fields_for(model, state))
        thing.refresh_from_db()
        move, before = model.TRANSITIONS[verb], thing.version
        if state in move.sources:
            thing.follow(verb, by=None, **worlds.fields_with(model, verb))
            assert (thing.state, thing.version, thing.state_changed_at) == (move.target, before + 1, world.NOON)
            assert Entry.objects.filter(verb=f"{model._meta.label_lower}.{verb}", object_id=str(thing.pk)).exists()
        else:
            with pytest.raises(StateConflict):
                thing.follow(verb, by=None)
            thing.refresh_from_db()
            assert (thing.state, thing.version) == (state, before)


@pytest.mark.django_db
def test_the_slower_of_two_learns_the_state_that_won():
    with clock.at(world.NOON):
        first = worlds.stateful(apps.get_model("booths.Application"))
        second = type(first)._base_manager.get(pk=first.pk)
        type(first)._base_manager.filter(pk=first.pk).update(state="submitted")
        first.follow("accept", by=None)
        with pytest.raises(StateConflict) as conflict:
            second.follow("reject", by=None)
    assert second.state == "accepted"
    assert str(second.get_state_display()) in conflict.value.message


@pytest.mark.django_db
def test_what_no_verb_changes_is_not_read_again(django_assert_num_queries):
    with clock.at(world.NOON):
        meeting = worlds.stateful(apps.get_model("matchmaking.Meeting"))
        sides = meeting.exhibitor, meeting.importer
        assert all((meeting.edition, *(side.company for side in sides)))
        with django_assert_num_queries(3):  # set, read, journal
            meeting.follow("decline", by=None)
            assert meeting.edition == meeting.exhibitor.edition
        assert (meeting.exhibitor, meeting.importer) == sides
        type(meeting)._base_manager.filter(pk=meeting.pk).update(exhibitor=sides[1], state="requested")
        meeting.follow("decline", by=None)
        assert meeting.exhibitor == sides[1]


def test_the_drawn_diagrams_are_up_to_date():
    call_command("draw_states", "--check")
