"""The demonstration's requests about personal data: one met, one pending, one late, one person erased."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from fairs import clock
from fairs.actions import data_requests as requests
from fairs.demo.stages import moment
from fairs.demo.world import Demo, planner
from fairs.models import Consent, Participation, Person

ASKED = (
    # when, what, their own words, what becomes of it after so many days
    ("2018-07-03 10:10", "access", "Please send me everything that you keep about me.", ("acknowledge", "finish")),
    ("2018-08-06 15:40", "deletion", "I will not come. Please delete my account.", ("acknowledge", "finish")),
    ("2018-08-09 08:20", "restriction", "No more offers by exhibitors, please.", ("acknowledge", "finish")),
    ("2018-08-13 11:05", "correction", "My position is Head of Design.", ("acknowledge",)),
    ("2018-08-20 09:15", "objection", "I do not wish to be photographed.", ()),
    ("2018-10-08 14:30", "access", "", ()),
)


@planner(order=60)
def people_ask_about_their_data(demo: Demo) -> None:
    """From July on; the privacy officer answers most."""
    for number, (when, kind, wish, answers) in enumerate(ASKED):
        demo.timeline.at(moment(when), partial(Asking(demo, number).ask, kind, wish, answers))


@dataclass
class Asking:
    """One person's request."""

    demo: Demo
    number: int

    def ask(self, kind: str, wish: str, answers: tuple[str, ...]) -> None:
        """Somebody who registered and was not approved asks to be forgotten; the others are guests."""
        person = self._somebody(guest=kind != "deletion")
        if person is None:
            return
        self.request = requests.ask(self.demo.edition, person=person, kind=kind, wish=wish, by=person)
        for days, answer in enumerate(answers, 1):
            self.demo.timeline.at(clock.now() + timedelta(days=days, hours=2), partial(self.answer, answer))

    def answer(self, verb: str) -> None:
        """What the privacy officer does."""
        self.request.refresh_from_db()
        getattr(requests, verb)(self.request, by=self.demo.officers["privacy"])

    def _somebody(self, *, guest: bool) -> Person | None:
        """Among those who agreed to something ten days ago or earlier, without a login of the demonstration."""
        since = clock.now() - timedelta(days=10)
        agreed = Consent.objects.filter(edition=self.demo.edition, given_at__lt=since).values("person")
        coming = Participation.objects.filter(edition=self.demo.edition, role="importer").values("company__people")
        people = Person.objects.filter(pk__in=agreed).exclude(email__endswith="@cho-phien.example")
        found = people.filter(pk__in=coming) if guest else people.exclude(pk__in=coming)
        return found.order_by("pk")[self.number : self.number + 1].first()
