"""Invented business forums: every meeting must be held, on one day of two sessions, at a few shared tables."""

from random import Random

from matchmaking.scheduling.problem import Meeting, Participant, Problem


def forum(seed: int, *, people: int, slots: int, meetings: int, spare: float = 1.15) -> Problem:
    """A third of the people are asked for most. `spare` is how many tables there are for each that is needed."""
    luck = Random(seed)
    asked = max(2, people // 3)
    keys = [f"p{number}" for number in range(people)]
    limit = {
        key: luck.randint(slots // 2, slots - 1) if place < asked else slots // 2 for place, key in enumerate(keys)
    }
    away = {key: frozenset(luck.sample(range(slots), 2)) if luck.random() < 0.1 else frozenset[int]() for key in keys}
    pairs = [(one, other) for one in keys[:asked] for other in keys[asked:]]
    luck.shuffle(pairs)
    pairs = [tuple(luck.sample(keys[:asked], 2)) for _meeting in range(meetings // 20)] + pairs
    load, chosen = dict.fromkeys(keys, 0), list[tuple[str, str]]()
    for one, other in pairs:
        if (
            len(chosen) < meetings
            and load[one] < limit[one]
            and load[other] < limit[other]
            and (one, other) not in chosen
        ):
            chosen.append((one, other))
            load[one] += 1
            load[other] += 1
    half = slots // 2
    return Problem(
        slots=slots,
        days=(range(slots),),
        participants=tuple(Participant(key, unavailable=away[key]) for key in keys),
        meetings=tuple(
            Meeting(f"m{number}", pair, required=True, session="morning" if luck.random() < 0.2 else None)
            for number, pair in enumerate(chosen)
        ),
        sessions={"morning": range(half)},
        tables=int(spare * len(chosen) / slots) + 1,
        max_break_difference=2,
    )
