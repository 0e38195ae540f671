"""Reading a visitor's badge at a booth, and keeping what it means to do next.

Nothing is announced: a hint goes to the pages of everybody who takes part, and a lead is one company's alone.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from buyers.models import Badge
from fairs import clock
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.models import Edition, Participation, Product, ProductGroup
from fairs.permissions import Actor, require
from matchmaking.actions.at_the_booth import badge_shown, yes_to_scans
from matchmaking.actions.meetings import log_walk_in
from matchmaking.models import Lead, LeadVisit, Meeting

LEADS = frozenset({Badge.Kind.IMPORTER, Badge.Kind.COMPANION, Badge.Kind.TRADE_VISITOR, Badge.Kind.VISITOR})
ONLY_AGREED = frozenset({Badge.Kind.PRESS, Badge.Kind.DELEGATE, Badge.Kind.SPEAKER})  # else not even counted
BY_THEMSELVES = frozenset({Lead.Means.TAP, Lead.Means.LETTER, Lead.Means.TYPED})
SENT_LATER = timedelta(days=14)  # after closing: what a phone without a network had kept
LONGEST_NOTE = 2000


def scan_lead(
    exhibitor: Participation,
    *,
    code: str,
    key: str,
    by: Actor,
    at: datetime | None = None,
    rating: str = "",
    note: str = "",
) -> Lead:
    """Note the visitor whose badge is scanned, or its short code typed; the same `key` again is the same visit.

    Their details come with it only while their yes to scans stands; without it the lead is an anonymous visit that
    holds a kind and a country. A visitor who comes again has one lead with one visit more, and one who agreed
    meanwhile is named from now on. `at` is the moment of a scan sent later. Refuses with `unknown_badge`,
    `too_many_unknown`, `not_a_visitor`, `not_a_lead`, `not_taking_part`, `not_open` and `key_used`.
    """
    require(by, "matchmaking.keep_leads", Lead(edition=exhibitor.edition, exhibitor=exhibitor))
    edition = exhibitor.edition
    check_open(exhibitor)
    badge = badge_shown(edition, code, guesser=str(by.pk))
    yes = yes_to_scans(badge.person, edition)
    _check_kind(badge, agreed=yes is not None)
    fields: dict[str, Any] = {"kind": badge.kind, "country": badge.company.country if badge.company else ""}
    if yes:
        fields |= {"person": badge.person, "buyer": badge.company, "means": Lead.Means.BADGE}
        fields |= {"text_version": yes.text_version, "language": yes.language}
    visitor = visitor_of(exhibitor, f"person:{badge.person_id}")
    lead = note_visit(exhibitor, visitor, fields, key=key, at=_moment(edition, at), by=by)
    return _first_words(lead, rating, note, by=by) if rating or note else lead


def write_lead(
    lead: Lead,
    *,
    by: Actor,
    rating: str = "",
    note: str = "",
    product: Product | None = None,
    product_group: ProductGroup | None = None,
    next_step: str = "",
    next_on: date | None = None,
) -> Lead:
    """Say how good it is, what was talked about, and what to do by which day; a new step is not done yet.

    Refuses with `rating`, `next_step`, `note_too_long`, `product` of another company, and `step_missing` for a day
    without a step.
    """
    require(by, "matchmaking.keep_leads", lead)
    _check_words(lead, rating, note, product, next_step, next_on)
    if (next_step, next_on) != (lead.next_step, lead.next_on):
        lead.done_at = None
    new = {
        "rating": rating, "note": note.strip(), "product": product, "next_step": next_step, "next_on": next_on,
        "product_group": product_group or (product.product_group if product else None),
    }  # fmt: skip
    changed = [name for name, value in new.items() if getattr(lead, name) != value]
    if changed:
        _save(lead, new, changed, by=by)
    return lead


def do_step(lead: Lead, *, by: Actor) -> Lead:
    """The next step is done; said again, it changes nothing. Refuses with `no_step`."""
    require(by, "matchmaking.keep_leads", lead)
    if not lead.next_step:
        raise Refused("no_step", _("There is no next step here. Choose one first."))
    with transaction.atomic():
        if Lead.objects.filter(pk=lead.pk, done_at=None).update(done_at=clock.now()):
            record("do_step", lead, by=by)
    lead.refresh_from_db(fields=["done_at"])
    return lead


def meet_lead(lead: Lead, *, key: str, by: Actor) -> Meeting:
    """Note that one sat down with this visitor: a meeting held now. The same `key` again answers the first note.

    Refuses with `not_named` without the visitor's standing yes, and `not_a_buyer` when no importer's part stands
    behind them.
    """
    require(by, "matchmaking.keep_leads", lead)
    if lead.person is None or not Lead.objects.filter(pk=lead.pk).standing().exists():
        raise Refused("not_named", _("A meeting names both sides, and this visitor has not agreed to that."))
    importer = buyers_part(lead)
    if importer is None:
        raise Refused("not_a_buyer", _("A meeting is held with an importer; this visitor comes for themselves."))
    return log_walk_in(lead.edition, exhibitor=lead.exhibitor, importer=importer, person=lead.person, key=key, by=by)


def buyers_part(lead: Lead) -> Participation | None:
    """The importer's part that stands behind a lead."""
    parts = Participation.objects.filter(edition=lead.edition_id, role="importer", state="active")
    return parts.select_related("company").filter(company=lead.buyer_id).first() if lead.buyer_id else None


def note_visit(
    exhibitor: Participation, visitor: str, fields: dict[str, Any], *, key: str, at: datetime, by: Actor
) -> Lead:
    """The one lead of a visitor with one visit more, unless this visit is known by its key; what a yes hands over
    is written once it is there, and stays.
    """
    for _attempt in range(2):  # of two first visits at one moment, the second finds the lead of the first
        try:
            with transaction.atomic():
                return _noted(exhibitor, visitor, fields, key=key, at=at, by=by)
        except IntegrityError:
            if known := LeadVisit.objects.filter(key=key).select_related("lead").first():
                return _same(known.lead, exhibitor, visitor)
    raise Refused("key_used", _("This visit was being noted at the same moment. Look at the list, it is there."))


def visitor_of(exhibitor: Participation, who: str) -> str:
    """By what an exhibitor's lead of a visitor is found again, without telling whose it is."""
    return salted_hmac("matchmaking.lead", f"{exhibitor.pk}:{who}", algorithm="sha256").hexdigest()


def check_open(exhibitor: Participation) -> None:
    """Refuse with `not_taking_part`, and `not_open` before the first day or long after the last."""
    edition = exhibitor.edition
    if exhibitor.role != Participation.Role.EXHIBITOR or exhibitor.state != Participation.State.ACTIVE:
        raise Refused("not_taking_part", _("Only a company that exhibits at this edition notes visitors."))
    if not edition.opens_on <= clock.today(edition) <= edition.closes_on + SENT_LATER:
        raise Refused("not_open", _("Visitors are noted from the first day of the fair on, and until two weeks after."))


def _noted(
    exhibitor: Participation, visitor: str, fields: dict[str, Any], *, key: str, at: datetime, by: Actor
) -> Lead:
    if known := LeadVisit.objects.filter(key=key).select_related("lead").first():
        return _same(known.lead, exhibitor, visitor)
    leads = Lead.objects.select_for_update(of=("self",)).filter(exhibitor=exhibitor, visitor=visitor)
    lead = leads.first() or Lead(
        edition=exhibitor.edition, exhibitor=exhibitor, visitor=visitor, first_at=at, last_at=at
    )
    new = lead.pk is None
    # A scan hands over once, and never again what was taken back; the visitor's own hand always does.
    if new or lead.handed_at is None or fields.get("means") in BY_THEMSELVES:
        _take(lead, fields)
    lead.first_at, lead.last_at = min(lead.first_at, at), max(lead.last_at, at)
    lead.save()
    LeadVisit.objects.create(lead=lead, at=at, by=by, key=key)
    record("note" if new else "note_again", lead, by=by, company_id=exhibitor.company_id)
    return lead


def _take(lead: Lead, fields: dict[str, Any]) -> None:
    """What is known of the visitor; their details with the moment at which they came into the exhibitor's hands."""
    for name, value in fields.items():
        setattr(lead, name, value)
    if "means" in fields:
        lead.handed_at, lead.taken_back_at = clock.now(), None


def _same(known: Lead, exhibitor: Participation, visitor: str) -> Lead:
    if (known.exhibitor_id, known.visitor) != (exhibitor.pk, visitor):
        raise Refused("key_used", _("This scan has been sent before for another visitor. Scan the badge once more."))
    return known


def _first_words(lead: Lead, rating: str, note: str, *, by: Actor) -> Lead:
    """What was typed beside the code; what a colleague wrote before stays above it."""
    before = "" if note.strip() in lead.note else lead.note
    return write_lead(
        lead, by=by, rating=rating or lead.rating, note="\n".join(filter(None, [before, note.strip() or lead.note])),
        product=lead.product, product_group=lead.product_group, next_step=lead.next_step, next_on=lead.next_on,
    )  # fmt: skip


def _save(lead: Lead, new: dict[str, Any], changed: list[str], *, by: Actor) -> None:
    for name, value in new.items():
        setattr(lead, name, value)
    with transaction.atomic():
        lead.save(update_fields=[*new, "done_at", "folded"])
        record("write", lead, by=by, fields=changed)


def _check_kind(badge: Badge, *, agreed: bool) -> None:
    if badge.kind in LEADS or (badge.kind in ONLY_AGREED and agreed):
        return
    sentence = _("This badge belongs to somebody who works at the fair, not to a visitor.")
    if badge.kind in ONLY_AGREED:
        sentence = _("Press, delegations and speakers are visitors of a booth only if they agree. Nothing was kept.")
        raise _invalid("not_a_lead", sentence, field="code")
    raise _invalid("not_a_visitor", sentence, field="code")


def _moment(edition: Edition, at: datetime | None) -> datetime:
    """When it was, by the phone: never later than now, and not before the fair."""
    opened = datetime.combine(edition.opens_on, time.min, edition.zone)
    return max(opened, min(at or clock.now(), clock.now()))


def _check_words(
    lead: Lead, rating: str, note: str, product: Product | None, next_step: str, next_on: date | None
) -> None:
    if rating not in ("", *Lead.Rating.values):
        raise _invalid("rating", _("Choose A, B or C."))
    if next_step not in ("", *Lead.Step.values):
        raise _invalid("next_step", _("Choose one of the steps on the list."))
    if next_on and not next_step:
        raise _invalid("step_missing", _("Say what is to be done by that day."), field="next_step")
    if len(note) > LONGEST_NOTE:
        sentence = _("Shorten the note to %(most)d characters.") % {"most": LONGEST_NOTE}
        raise _invalid("note_too_long", sentence, field="note")
    if product and product.company_id != lead.exhibitor.company_id:
        raise _invalid("product", _("Choose one of your own products."))


def _invalid(code: str, sentence: str, *, field: str = "") -> Invalid:
    return Invalid(code, sentence, {field or code: [sentence]})
