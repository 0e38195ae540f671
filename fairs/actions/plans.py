"""What an edition plans to reach: each change is a new version of the whole plan, and the old ones stay."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from fairs import clock
from fairs.errors import Invalid
from fairs.journal import record
from fairs.models import Edition, LegalPaper, PlanVersion, Target
from fairs.permissions import Actor, require

Targets = Mapping[str, Decimal | None]


def set_targets(
    edition: Edition,
    *,
    targets: Targets,
    by: Actor,
    legal_paper: LegalPaper | None = None,
    since: date | None = None,
    why: str = "",
) -> PlanVersion | None:
    """Plan anew, by figure of the report: the next version of the plan; a figure not named keeps its target.

    One without a value has none any more. Said again without a difference, it is the version that holds. Refuses with
    `paper_elsewhere`.
    """
    require(by, "fairs.set_up_edition", edition)
    if legal_paper and legal_paper.edition_id != edition.pk:
        sentence = _("This paper is one of another edition.")
        raise Invalid("paper_elsewhere", sentence, {"legal_paper": [sentence]})
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)  # of two at once, one comes after the other
        last, had = edition.plan_versions.first(), edition.targets.by_figure()
        changed = {figure: value for figure, value in targets.items() if had.get(figure) != value}
        if not changed and (last is None or (not why and legal_paper in (None, last.legal_paper))):
            return last
        version = _write(
            edition, had | dict(targets), number=last.number + 1 if last else 1, legal_paper=legal_paper,
            since=since or clock.today(edition), why=why, by=by,
        )  # fmt: skip
        record("set", version, by=by, fields=changed)
    return version


def carry_targets(source: Edition, edition: Edition, *, by: Actor) -> None:
    """The targets of an earlier edition, as version 1 of one that has none; inside the caller's transaction."""
    targets = source.targets.by_figure()
    if targets:
        why = _("Copied from %(edition)s") % {"edition": source.name_vi}
        _write(edition, targets, number=1, legal_paper=None, since=clock.today(edition), why=why, by=by)


def _write(
    edition: Edition, targets: Targets, *, number: int, legal_paper: LegalPaper | None, since: date, why: str, by: Actor
) -> PlanVersion:
    """A version with its targets, which hold from now on."""
    version = PlanVersion.objects.create(
        edition=edition, number=number, legal_paper=legal_paper, since=since, why=why,
        made_by_id=by.pk if by.is_authenticated else None,
    )  # fmt: skip
    edition.targets.update(holds=False)
    Target.objects.bulk_create(
        Target(edition=edition, version=version, figure=figure, value=value)
        for figure, value in targets.items()
        if value is not None
    )
    return version
