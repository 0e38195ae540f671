"""From the first question to the delivered goods: opened, quoted, moved by papers, lapsed, taken up again."""

import secrets
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fairs import clock
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Participation, ProductGroup
from fairs.permissions import Actor, require
from matchmaking.models import Consignment, Deal, Meeting, Opportunity, Quotation

State = Opportunity.State
MOST_QUOTATIONS = 50
# The verb that leads to each stage, in the order of the stages.
VERBS: dict[str, str] = {
    State.QUOTED: "quote",
    State.MEMORANDUM: "note_memorandum",
    State.TRIAL_ORDER: "order",
    State.SIGNED: "sign",
    State.SHIPPED: "ship",
    State.DELIVERED: "deliver",
}
STAGE_OF_PAPER = {
    Deal.Kind.MEMORANDUM: State.MEMORANDUM,
    Deal.Kind.TRIAL_ORDER: State.TRIAL_ORDER,
    Deal.Kind.CONTRACT: State.SIGNED,
}
# Into which one a paper goes that names none: one that has not come so far yet.
BEFORE = {
    Deal.Kind.MEMORANDUM: (State.ENQUIRY, State.QUOTED),
    Deal.Kind.TRIAL_ORDER: (State.ENQUIRY, State.QUOTED, State.MEMORANDUM),
    Deal.Kind.CONTRACT: Opportunity.OPEN,
}


def open_opportunity(
    exhibitor: Participation,
    *,
    importer: Participation,
    key: str,
    by: Actor,
    product_group: ProductGroup | None = None,
    goods: str = "",
) -> Opportunity:
    """Begin to follow what an exhibitor and an importer talk about; the same `key` again answers the same one.

    Refuses with `not_taking_part`.
    """
    new = Opportunity(
        edition=exhibitor.edition, exhibitor=exhibitor, importer=importer, product_group=product_group,
        goods=goods.strip(), source=Opportunity.Source.TYPED, key=f"{exhibitor.pk}-{key}"[:80],
    )  # fmt: skip
    require(by, "matchmaking.keep_opportunities", new)
    if importer.edition_id != exhibitor.edition_id or importer.role != Participation.Role.IMPORTER:
        raise Invalid("not_taking_part", _("Choose an importer who takes part in this edition."))
    return opened(new, by=by)


def follow_meeting(meeting: Meeting, *, by: Actor) -> Opportunity:
    """Follow what came up at a meeting, for the exhibitor; one that is open between the two goes on."""
    require(by, "matchmaking.keep_opportunities", meeting)
    new = Opportunity(
        edition=meeting.edition, exhibitor=meeting.exhibitor, importer=meeting.importer,
        product_group=meeting.product_group, source=Opportunity.Source.MEETING, meeting=meeting,
        key=f"meeting-{meeting.pk}",
    )  # fmt: skip
    return begun_between(meeting.exhibitor, meeting.importer) or opened(new, by=by)


def quote(
    opportunity: Opportunity,
    *,
    currency: str,
    amount: Decimal,
    key: str,
    by: Actor,
    valid_until: date | None = None,
    **more: Any,
) -> Quotation:
    """Write down a new version of what is offered; earlier ones stay. The same `key` again answers the same version.

    `more` are goods, incoterm, place, payment and lead_days. Refuses with `amount`, `valid_until`, `too_many`.
    """
    require(by, "matchmaking.keep_opportunities", opportunity)
    if not amount.is_finite() or amount <= 0 or amount >= Decimal(10) ** 15:
        raise _wrong("amount", _("Write a value above zero."))
    if valid_until and valid_until < clock.today(opportunity.edition):
        raise _wrong("valid_until", _("This day is over. Choose a later one."))
    with transaction.atomic():
        opportunity, key = _locked(opportunity), f"{opportunity.pk}-{key}"[:80]
        if known := opportunity.quotations.filter(key=key).first():
            return known
        last = opportunity.quotations.order_by("-number").first()
        number = last.number + 1 if last else 1
        if number > MOST_QUOTATIONS:
            raise Refused("too_many", _("There are fifty quotations here already. Begin a new opportunity."))
        made = Quotation.objects.create(
            opportunity=opportunity, number=number, currency=currency, amount=amount, valid_until=valid_until,
            made_by=by, key=key, **more,
        )  # fmt: skip
        record("make", made, by=by)
        restage(opportunity, by=by, revive=True)
        announce(opportunity.edition, "deals")
    return made


def lapse(opportunity: Opportunity, *, reason: str, by: Actor) -> Opportunity:
    """Nothing comes of it, and why. Refuses with `reason` and once there is a contract."""
    require(by, "matchmaking.keep_opportunities", opportunity)
    if not reason.strip():
        raise _wrong("reason", _("Say in a few words why nothing comes of it."))
    with transaction.atomic():
        opportunity.follow("lapse", by=by, reason=reason.strip()[:300])
        announce(opportunity.edition, "deals")
    return opportunity


def reopen(opportunity: Opportunity, *, by: Actor) -> Opportunity:
    """Take up again what had lapsed, at the stage of its papers."""
    require(by, "matchmaking.keep_opportunities", opportunity)
    with transaction.atomic():
        opportunity.follow("reopen", by=by, reason="")
        restage(opportunity, by=by)
        announce(opportunity.edition, "deals")
    return opportunity


def opportunity_for(deal: Deal, named: Opportunity | None, *, by: Actor) -> Opportunity:
    """The one a new paper belongs to: the one named, else the latest between the two that had not come so far, else a
    new one. Refuses with `another_opportunity` one of other companies.
    """
    pair = {"edition": deal.edition, "exhibitor": deal.exhibitor, "importer": deal.importer}
    if named:
        if (named.exhibitor_id, named.importer_id) != (deal.exhibitor_id, deal.importer_id):
            raise _wrong("another_opportunity", _("That opportunity is between other companies."))
        return named
    begun = Opportunity.objects.filter(**pair, state__in=BEFORE[Deal.Kind(deal.kind)]).order_by("-opened_at", "-pk")
    new = Opportunity(
        **pair, product_group=deal.product_group, goods=deal.goods, source=Opportunity.Source.PAPER,
        meeting=deal.meeting, key=f"paper-{secrets.token_hex(16)}",
    )  # fmt: skip
    return begun.first() or opened(new, by=by)


def restage(opportunity: Opportunity | None, *, by: Actor, revive: bool = False, why: str = "") -> None:
    """Let the stage be that of its papers; what lapsed stays so unless a new paper revives it.

    One that only a paper had opened lapses with it, for the reason given.
    """
    if opportunity is None:
        return
    opportunity = _locked(opportunity)
    if opportunity.state == State.LAPSED:
        if not revive:
            return
        opportunity.follow("reopen", by=by, reason="")
    stage = stage_of(opportunity)
    if stage == opportunity.state:
        return
    verb = VERBS.get(stage, "go_back")
    if verb != "go_back" and not opportunity.can(verb):
        opportunity.follow("go_back", by=by)
    if opportunity.state != stage:
        opportunity.follow(verb, by=by)
    if stage == State.ENQUIRY and opportunity.source == Opportunity.Source.PAPER and why:
        opportunity.follow("lapse", by=by, reason=why[:300])


def stage_of(opportunity: Opportunity) -> str:
    """The furthest stage that its papers have reached."""
    deals = Deal.objects.counted().filter(opportunity=opportunity)
    kinds = set(deals.values_list("kind", flat=True))
    signed = bool(kinds - {Deal.Kind.MEMORANDUM})
    if signed and deals.contracts().filter(delivered_at__isnull=False).exists():
        return State.DELIVERED
    under_way = (Consignment.State.SHIPPED, Consignment.State.CLAIMED)
    if signed and deals.contracts().filter(consignment__state__in=under_way).exists():
        return State.SHIPPED
    if Deal.Kind.CONTRACT in kinds:
        return State.SIGNED
    if Deal.Kind.TRIAL_ORDER in kinds:
        return State.TRIAL_ORDER
    if kinds:
        return State.MEMORANDUM
    return State.QUOTED if opportunity.quotations.exists() else State.ENQUIRY


def stages_gone_through(opportunity: Opportunity) -> set[str]:
    """Every stage that a paper of its own, a quotation or a day of shipping speaks for; the enquiry began it."""
    deals = Deal.objects.counted().filter(opportunity=opportunity)
    gone: set[str] = {State.ENQUIRY} | {
        STAGE_OF_PAPER[Deal.Kind(kind)] for kind in deals.values_list("kind", flat=True)
    }
    if opportunity.quotations.exists():
        gone.add(State.QUOTED)
    if deals.contracts().filter(consignment__shipped_on__isnull=False).exists():
        gone.add(State.SHIPPED)
    return gone


def begun_between(exhibitor: Participation, importer: Participation) -> Opportunity | None:
    """What is open between the two, so that one thing is not followed twice."""
    begun = Opportunity.objects.filter(exhibitor=exhibitor, importer=importer, state__in=Opportunity.OPEN)
    found: Opportunity | None = begun.order_by("-opened_at", "-pk").first()
    return found


def opened(new: Opportunity, *, by: Actor) -> Opportunity:
    """A new one written down; the same key again answers the one that is there."""
    if known := Opportunity.objects.filter(key=new.key, exhibitor=new.exhibitor).first():
        return known
    new.opened_by, new.opened_at = by, clock.now()
    try:
        with transaction.atomic():
            new.save(force_insert=True)
            record("open", new, by=by)
            announce(new.edition, "deals")
    except IntegrityError:  # the same, at the same moment
        return Opportunity.objects.get(key=new.key, exhibitor=new.exhibitor)
    return new


def _locked(opportunity: Opportunity) -> Opportunity:
    rows = Opportunity.objects.select_for_update(of=("self",), no_key=True).with_sides().select_related("edition")
    return rows.get(pk=opportunity.pk)


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(field, sentence, {field: [sentence]})
