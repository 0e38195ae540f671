"""On which circuit a booth hangs, and how full each is."""

from collections.abc import Iterable, Sequence

from booths.models import Booth, Circuit


def circuit_of(booth: Booth) -> Circuit | None:
    """The circuit of a booth; None where none is known."""
    return circuits_of([booth]).get(booth.pk)


def circuits_of(booths: Sequence[Booth]) -> dict[int, Circuit]:
    """The circuits of booths of one edition, by booth: named for it, else of its hall and zone, its zone, its hall."""
    if not booths:
        return {}
    circuits = list(Circuit.objects.filter(edition=booths[0].edition_id).prefetch_related("named_booths"))
    return hang(booths, circuits)


def hang(booths: Iterable[Booth], circuits: Sequence[Circuit]) -> dict[int, Circuit]:
    """As `circuits_of`, among circuits that were fetched with their named booths."""
    named = {one.booth_id: circuit for circuit in circuits for one in circuit.named_booths.all()}
    by_place = {(one.hall_id, one.zone_id): one for one in reversed(circuits) if one.hall_id or one.zone_id}
    found = {}
    for booth in booths:
        places = ((booth.hall_id, booth.zone_id), (None, booth.zone_id), (booth.hall_id, None))
        circuit = named.get(booth.pk) or next((by_place[place] for place in places if place in by_place), None)
        if circuit:
            found[booth.pk] = circuit
    return found
