"""Working on a plan before anybody else sees it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from booths.actions.classes import open_classes
from booths.floor_content import Touched, as_document, held_by, live_content
from booths.floorplan.difference import BoothChange
from booths.floorplan.document import Content, PlanFault, applied, check_whole, row_of
from booths.models import Booth, FloorDraft, FloorVersion, SaleTerms
from booths.plan_words import in_use, refusal
from fairs import clock
from fairs.errors import DomainError, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition, ProductGroup
from fairs.permissions import Actor, require

Edit = Callable[[Content], Mapping[str, Any]]


def begin_draft(edition: Edition, *, by: Actor) -> FloorDraft:
    """Begin to work on the plan as it stands; the draft there is already, when somebody has begun one."""
    require(by, "booths.set_up_floor", edition)
    with transaction.atomic():
        terms, _new = SaleTerms.objects.get_or_create(edition=edition)
        known = FloorDraft.objects.filter(edition=edition).first()
        if known:
            return known
        open_classes(edition)
        draft = FloorDraft.objects.create(
            edition=edition, content=live_content(edition), begun_from=terms.floor_version, changed_by=by
        )
        record("begin", draft, by=by)
        announce(edition, "draft")
    return draft


def save_draft(draft: FloorDraft, *, version: int, changes: Any, by: Actor) -> FloorDraft:
    """Write changes into the draft of the version they were made on; of two editors the slower one is told.

    Every change of a minute would fill the journal, so the draft itself says who changed it last. Refuses with
    `newer_draft`, with `booth_in_use` when somebody would lose a booth they have, or with the code of a `PlanFault`.
    """
    require(by, "booths.set_up_floor", draft)
    with transaction.atomic():
        known = FloorDraft.objects.filter(pk=draft.pk).select_related("edition").first()
        if known is None or known.version != version:
            raise _newer()
        content = _checked(known, changes)
        _refuse_orphans(known, content, changes)
        _write(known, content, by)
    return known


def edit_draft(draft: FloorDraft, *, edit: Edit, by: Actor, version: int | None = None) -> tuple[FloorDraft, Any]:
    """Save what an edit makes of the draft; the draft and the changes. Refuses what `save_draft` refuses."""
    known = FloorDraft.objects.get(pk=draft.pk)
    try:
        changes = edit(known.content)
    except PlanFault as fault:
        raise refusal(fault) from fault
    return save_draft(known, version=known.version if version is None else version, changes=changes, by=by), changes


def drop_draft(draft: FloorDraft, *, by: Actor) -> None:
    """Throw the work away; the plan that everybody sees stays."""
    require(by, "booths.set_up_floor", draft)
    with transaction.atomic():
        record("drop", draft, by=by)
        FloorDraft.objects.filter(pk=draft.pk).delete()
        announce(draft.edition, "draft")


def restore_version(version: FloorVersion, *, by: Actor) -> FloorDraft:
    """Make the draft look like a plan of former days; what was drawn there meanwhile is gone, nothing is published."""
    require(by, "booths.set_up_floor", version)
    draft = begin_draft(version.edition, by=by)
    with transaction.atomic():
        terms = SaleTerms.objects.get(edition=version.edition)
        FloorDraft.objects.filter(pk=draft.pk).update(begun_from=terms.floor_version)
        draft.refresh_from_db()
        _write(draft, version.content, by)
        record("restore", version, by=by)
    return draft


def _checked(draft: FloorDraft, changes: Any) -> Content:
    """The plan with the changes, found whole."""
    try:
        content = applied(draft.content, changes)
        check(draft.edition, content)
    except PlanFault as fault:
        raise refusal(fault) from fault
    return content


def check(edition: Edition, content: Content) -> None:
    """Refuse by PlanFault a plan that names what the edition does not have."""
    classes = set(edition.booth_classes.values_list("code", flat=True))
    check_whole(content, classes=classes, groups=set(ProductGroup.objects.values_list("code", flat=True)))


def _refuse_orphans(draft: FloorDraft, content: Content, changes: Mapping[str, Any]) -> None:
    """What a change takes from somebody who has a booth; going back to what stands takes nothing."""
    rows = {row_of(key) for key in changes.get("booths", {}) if draft.content["booths"].get(key)} - {None}
    if not rows:
        return
    held = held_by(draft.edition)
    standing = Booth.objects.filter(edition=draft.edition, pk__in=rows & {row.booth_id for row in held.values()})
    lost = [
        Touched(change, held[change.key])
        for booth in standing.select_related("booth_class")
        for change in [BoothChange(f"b{booth.pk}", as_document(booth), content["booths"].get(f"b{booth.pk}"))]
        if change.orphans
    ]
    if lost:
        raise in_use(lost)


def _write(draft: FloorDraft, content: Content, by: Actor) -> None:
    rows = FloorDraft.objects.filter(pk=draft.pk, version=draft.version)
    if not rows.update(content=content, version=F("version") + 1, changed_at=clock.now(), changed_by=by):
        raise _newer()
    draft.refresh_from_db()
    announce(draft.edition, "draft")


def _newer() -> DomainError:
    return Refused(
        "newer_draft", _("Somebody else has changed this plan meanwhile. The page shows it as it is now; try again.")
    )
