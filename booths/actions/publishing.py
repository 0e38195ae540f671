"""Making a draft the plan that everybody sees."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from booths.actions.drafts import check
from booths.actions.endings import end_lapsed
from booths.actions.floor_rows import write_floor
from booths.floor_content import Touched, held_by, live_content, touched
from booths.floorplan.difference import BoothChange, booth_changes
from booths.floorplan.document import PlanFault, row_of
from booths.models import Booth, FloorDraft, FloorVersion, SaleTerms
from booths.plan_words import in_use, refusal
from fairs import clock
from fairs.deliveries import owe
from fairs.errors import Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition
from fairs.permissions import Actor, require


def publish_draft(draft: FloorDraft, *, by: Actor, note: str = "") -> FloorVersion:
    """Write the draft over the floor, whole or not at all; whoever's booth moves or gets another code is told.

    Refuses with `booth_in_use` and the holders' names when somebody would lose a booth, have it in another size or
    class; with `floor_changed` when the floor is no longer the one it was begun from; with `draft_gone`; or with the
    code of a `PlanFault`.
    """
    require(by, "booths.set_up_floor", draft)
    with transaction.atomic():
        terms = SaleTerms.objects.select_for_update(of=("self",)).get(edition=draft.edition_id)
        draft = _locked(draft)
        _check_base(draft, terms)
        edition = draft.edition
        before = live_content(edition)
        _check_whole(draft)
        changes = booth_changes(before, draft.content)
        concerned = _concerned(edition, changes)
        _keep_first(edition, terms, before, by)
        write_floor(edition, before, draft.content)
        version = _finish(draft, terms, by=by, note=note)
        _tell(edition, concerned)
    return version


def _locked(draft: FloorDraft) -> FloorDraft:
    """The draft as it is now, kept from other editors until the transaction ends."""
    rows = FloorDraft.objects.select_for_update(of=("self",)).select_related("edition")
    found: FloorDraft | None = rows.filter(pk=draft.pk).first()
    if found is None:
        raise Refused("draft_gone", _("This draft is already published or was dropped. Look at the versions."))
    return found


def _check_base(draft: FloorDraft, terms: SaleTerms) -> None:
    if draft.begun_from != terms.floor_version:
        raise Refused(
            "floor_changed",
            _("The plan was published anew since this draft was begun. Drop the draft and begin from the new plan."),
        )


def _check_whole(draft: FloorDraft) -> None:
    try:
        check(draft.edition, draft.content)
    except PlanFault as fault:
        raise refusal(fault) from fault


def _concerned(edition: Edition, changes: Sequence[BoothChange]) -> list[Touched]:
    """Holders whose booths change, with those booths locked as `hold_booths` locks them: so one of the two is told."""
    rows = [row_of(change.key) for change in changes if change.before]
    lock = Booth.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    end_lapsed(list(lock.filter(edition=edition, pk__in=rows)))
    concerned = touched(changes, held_by(edition))
    orphans = [one for one in concerned if one.orphans]
    if orphans:
        raise in_use(orphans)
    return concerned


def _keep_first(edition: Edition, terms: SaleTerms, before: dict[str, object], by: Actor) -> None:
    """The plan that was laid without a draft becomes a version too, so that one can go back to it."""
    known = FloorVersion.objects.filter(edition=edition, number=terms.floor_version).exists()
    if before["booths"] and not known:
        FloorVersion.objects.create(
            edition=edition,
            number=terms.floor_version,
            content=before,
            note=_("As it was laid at first"),
            published_by=by,
            published_at=clock.now(),
        )


def _finish(draft: FloorDraft, terms: SaleTerms, *, by: Actor, note: str) -> FloorVersion:
    edition = draft.edition
    terms.floor_version += 1
    terms.save(update_fields=["floor_version"])
    version = FloorVersion.objects.create(
        edition=edition,
        number=terms.floor_version,
        content=live_content(edition) | {"aisle": draft.content["aisle"]},
        note=note.strip()[:300],
        published_by=by,
        published_at=clock.now(),
    )
    draft.delete()
    record("publish", version, by=by, fields=["halls", "zones", "booths", "facilities"])
    announce(edition, "floor")
    announce(edition, "draft")
    return version


def _tell(edition: Edition, concerned: Iterable[Touched]) -> None:
    """One letter for each application, however many of its booths change."""
    told = {one.held.application_id: one.held.application for one in concerned if one.is_told}
    for _pk, application in sorted(told.items()):
        owe("booths.booths_moved", to=application.contact, about=application, edition=edition)
