"""How exhibitors stand with the tasks of the manual: whom each concerns, what is done, late or with the desk.

A task that a form elsewhere closes has no row of its own: whether it is done is asked of what was filled in.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from booths.models import (
    Application,
    BoothClass,
    GoodsDeclaration,
    HandIn,
    ManualTask,
    Reservation,
    ServiceOrder,
    SpecialGoods,
)
from fairs import clock
from fairs.discovery import with_passes
from fairs.models import Company, Edition, Product

Audience, Form, State = ManualTask.Audience, ManualTask.Form, HandIn.State
# Where a form is, unless it is on the company's page.
OF_EDITION = {Form.PASSES: "buyers:passes", Form.PAID: "fairs:notices", Form.GOODS: "booths:goods"}


@dataclass(frozen=True)
class Cell:
    """One task of one exhibitor as it stands today. `state` is one of HandIn's; a form that is filled in is `done`."""

    task: ManualTask
    application: Application
    state: str
    today: date
    hand_in: HandIn | None = None

    @property
    def label(self) -> str:
        """The state in words."""
        return str(State(self.state).label)

    @property
    def is_open(self) -> bool:
        """Whether the exhibitor still has to do something."""
        return self.state not in HandIn.GIVEN

    @property
    def is_settled(self) -> bool:
        """Whether nobody has to do anything any more."""
        return self.state in HandIn.SETTLED

    @property
    def days_left(self) -> int:
        """Until the last day: 0 on it, below 0 after it."""
        return (self.task.due_on - self.today).days

    @property
    def is_late(self) -> bool:
        """Still to do, and the last day has passed."""
        return self.is_open and self.days_left < 0

    @property
    def late_days(self) -> int:
        """How many days late it is, or was when it was first handed in."""
        if self.is_open:
            return max(0, -self.days_left)
        return self.hand_in.late_days if self.hand_in else 0

    @property
    def kind(self) -> str:
        """The sign of the state: see the status tag."""
        if self.is_late or self.state == State.RETURNED:
            return "stop"
        return {State.OPEN: "wait", State.HANDED_IN: "info", State.NOT_CONCERNED: "off"}.get(State(self.state), "ok")


@dataclass
class Progress:
    """The tasks of one exhibitor, in the order in which they are due."""

    application: Application
    cells: list[Cell] = field(default_factory=list)

    @property
    def to_do(self) -> list[Cell]:
        """What the exhibitor still has to do, the most urgent first."""
        return sorted((one for one in self.cells if one.is_open), key=lambda one: (one.task.due_on, one.task.number))

    @property
    def with_desk(self) -> list[Cell]:
        """Handed in, not checked yet."""
        return [one for one in self.cells if one.state == State.HANDED_IN]

    @property
    def settled(self) -> list[Cell]:
        """Done for good."""
        return [one for one in self.cells if one.is_settled]

    @property
    def next(self) -> Cell | None:
        """What is due next."""
        return next(iter(self.to_do), None)

    @property
    def late(self) -> int:
        """How many are late."""
        return sum(one.is_late for one in self.cells)

    @property
    def given(self) -> int:
        """How many are done or with the desk."""
        return len(self.cells) - len(self.to_do)

    def of(self, task: ManualTask) -> Cell | None:
        """One task; None where it does not concern the exhibitor."""
        return next((one for one in self.cells if one.task.pk == task.pk), None)


def exhibitors_with_tasks(edition: Edition) -> list[Application]:
    """Everybody whom the manual of an edition is for, by name."""
    rows = Application.objects.filter(edition=edition, state=Application.State.ACCEPTED)
    return list(rows.select_related("company", "edition", "booth_class").order_by("company__folded", "pk"))


def progress_of(edition: Edition, applications: Sequence[Application]) -> list[Progress]:
    """How each of these accepted applications stands, in as many statements for many as for one."""
    tasks = list(ManualTask.objects.filter(edition=edition).select_related("booth_class"))
    concerned, filled = _concerned(edition, tasks, applications), _filled(edition, tasks, applications)
    rows = HandIn.objects.filter(task__in=tasks, application__in=applications)
    given = {(row.task_id, row.application_id): row for row in rows}
    today, found = clock.today(edition), []
    for application in applications:
        cells = []
        for task in tasks:
            row = given.get((task.pk, application.pk))
            if application.pk not in concerned[task.pk] and row is None:
                continue
            if row is not None:
                row.task, row.application = task, application
            done = application.company_id in filled.get(task.form, ())
            state = State.DONE if done else State(row.state) if row else State.OPEN
            cells.append(Cell(task, application, state, today, row))
        found.append(Progress(application, sorted(cells, key=lambda one: (one.task.due_on, one.task.number))))
    return found


def own_progress(application: Application) -> Progress:
    """How one exhibitor stands."""
    [found] = progress_of(application.edition, [application])
    return found


def form_address(task: ManualTask, application: Application) -> str:
    """Where the form of a task is filled in."""
    if name := OF_EDITION.get(Form(task.form)):
        return f"{reverse(name, args=[application.edition.slug])}?company={application.company_id}"
    return reverse("fairs:company", args=[application.company_id])


def _concerned(
    edition: Edition, tasks: Iterable[ManualTask], applications: Sequence[Application]
) -> Mapping[int, set[int]]:
    """By task the applications that it is for."""
    classes = _classes_of(applications)
    raw = set(BoothClass.objects.filter(edition=edition, build="raw").values_list("pk", flat=True))
    asked = {task.audience for task in tasks}
    imported = _with_imports(applications) if Audience.IMPORTED in asked else set()
    burning = _with_flames(applications) if Audience.FLAMES in asked else set()
    fits: dict[str, Callable[[ManualTask, Application], bool]] = {
        Audience.ALL: lambda task, one: True,
        Audience.RAW: lambda task, one: bool(classes[one.pk] & raw),
        Audience.CLASS: lambda task, one: task.booth_class_id in classes[one.pk],
        Audience.ABROAD: lambda task, one: not one.company.resident,
        Audience.GROUP: lambda task, one: one.is_group,
        Audience.IMPORTED: lambda task, one: one.pk in imported,
        Audience.FLAMES: lambda task, one: one.pk in burning,
    }
    return {task.pk: {one.pk for one in applications if fits[task.audience](task, one)} for task in tasks}


def _with_imports(applications: Sequence[Application]) -> set[int]:
    rows = SpecialGoods.objects.filter(application__in=applications, temporary_import=True)
    return set(rows.values_list("application", flat=True))


def _with_flames(applications: Sequence[Application]) -> set[int]:
    """Whose order of services declares an open flame."""
    rows = ServiceOrder.objects.live().filter(application__in=applications, flames__gt=0).order_by()
    return set(rows.values_list("application", flat=True))


def _classes_of(applications: Sequence[Application]) -> Mapping[int, set[int]]:
    """The classes of the booths that each keeps; of who has none yet, the class it asked for."""
    kept = Reservation.objects.filter(application__in=applications, state__in=Reservation.KEPT)
    found: dict[int, set[int]] = {one.pk: set() for one in applications}
    for application, kind in kept.order_by().values_list("application", "booth__booth_class").distinct():
        found[application].add(kind)
    return {one.pk: found[one.pk] or {one.booth_class_id} for one in applications}


def _filled(
    edition: Edition, tasks: Iterable[ManualTask], applications: Sequence[Application]
) -> Mapping[str, set[int]]:
    """By form the companies that have filled it in; only forms that are asked for."""
    companies = {one.company_id for one in applications}
    asks: dict[str, Callable[[Edition, set[int]], set[int]]] = {
        Form.PRODUCTS: _with_products, Form.ABOUT: _with_words, Form.PASSES: with_passes, Form.PAID: _paid,
        Form.GOODS: _with_declaration,
    }  # fmt: skip
    return {form: asks[form](edition, companies) for form in sorted({task.form for task in tasks} - {""})}


def _with_products(edition: Edition, companies: set[int]) -> set[int]:
    return set(Product.objects.filter(company__in=companies).order_by().values_list("company", flat=True).distinct())


def _with_words(edition: Edition, companies: set[int]) -> set[int]:
    """In both languages: visitors from abroad read the catalogue too."""
    said = Company.objects.filter(pk__in=companies).exclude(about_vi="").exclude(about_en="")
    return set(said.values_list("pk", flat=True))


def _paid(edition: Edition, companies: set[int]) -> set[int]:
    """Who keeps booths, each of them with its permit to build."""
    kept = Reservation.objects.filter(edition=edition, company__in=companies, state__in=Reservation.KEPT).order_by()
    unpaid = kept.filter(permit="").values("company")
    return set(kept.exclude(company__in=unpaid).values_list("company", flat=True))


def _with_declaration(edition: Edition, companies: set[int]) -> set[int]:
    said = GoodsDeclaration.objects.filter(application__edition=edition, application__company__in=companies)
    return set(said.filter(application__state="accepted").values_list("application__company", flat=True))
