"""By which ways a notice may be paid, each with its own last day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fairs import clock
from fairs.models import Audience, Company, Edition, Notice, WayOffered
from fairs.money.ways import FOR_PAYERS, WAYS, Way


@dataclass(frozen=True)
class OpenWay:
    """A way that is offered now; `until` is the day by which to pay by it, `last_day` the last on which it is taken."""

    way: Way
    until: date
    last_day: date | None = None

    @property
    def code(self) -> str:
        return self.way.code

    @property
    def label(self) -> Any:
        return self.way.label


def audience_of(company: Company) -> Audience:
    """Residents of Vietnam, or others."""
    return Audience.RESIDENT if company.resident else Audience.NON_RESIDENT


def offers(edition: Edition, audience: str, way: str) -> bool:
    """Whether an edition takes money by a way from an audience today."""
    return any(one.way == way for one in _offered(edition, audience))


def ways_for(notice: Notice) -> list[OpenWay]:
    """The ways by which what is due next on a notice can be paid today, in their order, each with its own day."""
    edition = notice.edition
    told = {code: date.fromisoformat(day) for code, day in notice.ways.items()}
    # Once the first instalment is met, the day of the next one is the same by every way.
    first = notice.due_on <= max(told.values(), default=date.min)
    found = []
    for one in _offered(edition, audience_of(notice.company), notice.currency):
        last = one.last_day(edition.opens_on)
        until = told.get(one.way, notice.due_on) if first else notice.due_on
        found.append(OpenWay(WAYS[one.way], min(until, last or until), last))
    return found


def differ(ways: Iterable[OpenWay]) -> bool:
    """Whether one has to be told until when each way is taken, since the days are not the same."""
    return len({way.until for way in ways}) > 1


def first_days(edition: Edition, company: Company, *, days: int) -> dict[str, date]:
    """Until when something charged today is taken by each way; `days` holds for a way that has none of its own."""
    today = clock.today(edition)
    found = {}
    for one in _offered(edition, audience_of(company)):
        until = today + timedelta(days=days if one.days is None else one.days)
        found[one.way] = max(today, min(until, one.last_day(edition.opens_on) or until))
    return found


def _offered(edition: Edition, audience: str, currency: str | None = None) -> list[WayOffered]:
    """The rows of an audience that are ready and still taken; where there are none, every way that is ready."""
    rows: Iterable[WayOffered] = WayOffered.objects.filter(edition=edition, audience=audience).order_by("order", "pk")
    rows = list(rows) or [WayOffered(edition=edition, audience=audience, way=code) for code in FOR_PAYERS]
    today = clock.today(edition)
    taken = [one for one in rows if (one.last_day(edition.opens_on) or today) >= today]
    return [one for one in taken if one.way in FOR_PAYERS and WAYS[one.way].ready(edition, currency)]
