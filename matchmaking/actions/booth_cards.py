"""The card on an exhibitor's table, and visitors who leave their details by it."""

from datetime import timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buyers.models import Badge
from fairs import clock
from fairs.callers import count_try
from fairs.deliveries import owe
from fairs.errors import Invalid, Refused, TooMany
from fairs.journal import record
from fairs.models import Participation, Person
from fairs.permissions import Actor, require
from fairs.text import nfc
from matchmaking.actions.at_the_booth import badge_shown, yes_to_scans
from matchmaking.actions.leads import LEADS, ONLY_AGREED, check_open, note_visit, visitor_of
from matchmaking.models import BoothCard, Lead

TEXT_VERSION = "2026-1"  # a new one whenever the sentence that a visitor ticks changes its meaning
LEFT_AT_MOST, LEFT_WITHIN = 30, timedelta(minutes=10)  # by one visitor, and by one address, which a hall may share
SHARING = Signer(salt="matchmaking.sharing")


def make_card(exhibitor: Participation, *, by: Actor) -> BoothCard:
    """The exhibitor's card; asked again, the one it has. Refuses with `not_taking_part`."""
    require(by, "matchmaking.keep_leads", Lead(edition=exhibitor.edition, exhibitor=exhibitor))
    if exhibitor.role != Participation.Role.EXHIBITOR or exhibitor.state != Participation.State.ACTIVE:
        raise Refused("not_taking_part", _("Only a company that exhibits at this edition has a card."))
    if known := BoothCard.objects.filter(exhibitor=exhibitor, revoked_at=None).first():
        return known
    try:
        with transaction.atomic():
            return _new(exhibitor, by=by)
    except IntegrityError:  # a colleague made it at this moment
        return BoothCard.objects.get(exhibitor=exhibitor, revoked_at=None)


def renew_card(card: BoothCard, *, by: Actor) -> BoothCard:
    """A card with a new address; what is printed of the old one leads nowhere from now on."""
    require(by, "matchmaking.keep_leads", card)
    with transaction.atomic():
        if not BoothCard.objects.filter(pk=card.pk, revoked_at=None).update(revoked_at=clock.now()):
            sentence = _("This card has been renewed already. Open the page again and print the new one.")
            raise Refused("card_gone", sentence)
        record("revoke", card, by=by)
        return _new(card.exhibitor, by=by)


def leave_details(card: BoothCard, *, person: Person, language: str, key: str) -> Lead:
    """Somebody signed in hands over their name, company, country and e-mail by one tap.

    Said again it is the same lead. Refuses with `own_card` and as noting a visit does.
    """
    _check_live(card)
    if card.company_id in person.company_ids:
        raise Refused("own_card", _("This is the card of your own company."))
    fields = facts_of(card, person) | {"means": Lead.Means.TAP, "text_version": TEXT_VERSION, "language": language}
    return _visit(card, f"person:{person.pk}", fields, key=key)


def leave_by_badge(card: BoothCard, *, code: str, key: str, guesser: str) -> None:
    """Somebody types the code of a badge and ticks that this maker may have the details.

    A code is read by whoever sees the badge, so the tick alone hands nothing over: where the holder's yes to scans
    does not stand, a letter asks them, once for each maker. It answers nothing, so that no one learns whose badge it
    is. Refuses with `unknown_badge`, `too_many_unknown`, `not_a_visitor` and as noting a visit does.
    """
    _check_live(card)
    badge = badge_shown(card.edition, code, guesser=guesser)
    if badge.kind not in LEADS | ONLY_AGREED:
        sentence = _("This badge belongs to somebody who works at the fair, not to a visitor.")
        raise Invalid("not_a_visitor", sentence, {"code": [sentence]})
    yes = yes_to_scans(badge.person, card.edition)
    fields: dict[str, Any] = {"kind": badge.kind, "country": badge.company.country if badge.company else ""}
    if yes:
        fields = facts_of(card, badge.person) | {"means": Lead.Means.BADGE}
        fields |= {"text_version": yes.text_version, "language": yes.language}
    with transaction.atomic():
        lead = _visit(card, f"person:{badge.person_id}", fields, key=key)
        if not Lead.objects.filter(pk=lead.pk).standing().exists():
            _ask_by_letter(lead, badge.person)


def leave_typed(
    card: BoothCard, *, name: str, email: str, company: str, country: str, language: str, key: str, guesser: str
) -> Lead:
    """Somebody without a badge types who they are; nothing is looked up by it.

    Refuses with `too_many_left` what comes too often from one `guesser`, and as noting a visit does.
    """
    _check_live(card)
    _count(guesser)
    address = email.strip().lower()
    fields = {
        "kind": Badge.Kind.VISITOR, "country": country, "means": Lead.Means.TYPED, "text_version": TEXT_VERSION,
        "language": language, "guest_name": nfc(name), "guest_email": address, "guest_company": nfc(company),
    }  # fmt: skip
    return _visit(card, f"email:{address}", fields, key=key)


def confirm_sharing(signed: str, *, language: str) -> Lead:
    """The holder of a badge confirms, by the link of the letter, that a maker may have their details.

    Said again it changes nothing. Refuses with `link_unknown`.
    """
    lead, person = asked_in(signed)
    if lead.means == Lead.Means.LETTER and not lead.taken_back_at:
        return lead
    with transaction.atomic():
        Lead.objects.filter(pk=lead.pk).update(
            person=person, **_company_of(lead.edition_id, person), means=Lead.Means.LETTER, language=language,
            text_version=TEXT_VERSION, handed_at=clock.now(), taken_back_at=None,
        )  # fmt: skip
        record("hand_over", lead, by=None)  # the journal says nothing of who it was
    lead.refresh_from_db()
    return lead


def take_back(lead: Lead, *, by: Actor) -> Lead:
    """Whoever handed their details to one maker takes them back: they are given to nobody any more.

    What the maker has received, it has; it is told. Said again it changes nothing.
    """
    require(by, "matchmaking.take_back", lead)
    with transaction.atomic():
        if Lead.objects.filter(pk=lead.pk, taken_back_at=None).update(taken_back_at=clock.now(), asked_at=None):
            record("take_back", lead, by=None)
    lead.refresh_from_db(fields=["taken_back_at"])
    return lead


def sharing_link(lead: Lead, person: Person) -> str:
    """What the link in a letter carries: which lead, and whose details."""
    return SHARING.sign(f"{lead.pk}-{person.pk}")


def asked_in(signed: str) -> tuple[Lead, Person]:
    """The lead and the person of the link in a letter; refuses with `link_unknown` one that was not made here."""
    try:
        lead_pk, person_pk = SHARING.unsign(signed).split("-")
        lead = Lead.objects.select_related("edition", "exhibitor__company").get(pk=int(lead_pk))
        person = Person.objects.get(pk=int(person_pk), is_active=True)
    except (BadSignature, ValueError, Lead.DoesNotExist, Person.DoesNotExist):
        raise Refused("link_unknown", _("This link is not whole. Open it from the letter once more.")) from None
    return lead, person


def facts_of(card: BoothCard, person: Person) -> dict[str, Any]:
    """Who a person is at this edition: their badge's kind, their company and its country."""
    badge = Badge.objects.valid().filter(edition=card.edition, person=person).first()
    kind = badge.kind if badge else Badge.Kind.VISITOR
    return {"person": person, "kind": kind} | _company_of(card.edition_id, person)


def _company_of(edition_id: int, person: Person) -> dict[str, Any]:
    """The company for which a person comes: of their badge, else of their part as an importer."""
    badge = Badge.objects.valid().filter(edition=edition_id, person=person).select_related("company").first()
    parts = Participation.objects.filter(edition=edition_id, role="importer", state="active")
    part = parts.filter(company_id__in=person.company_ids).select_related("company").first()
    company = badge.company if badge and badge.company else part.company if part else None
    return {"buyer": company, "country": company.country if company else ""}


def _ask_by_letter(lead: Lead, holder: Person) -> None:
    """One letter for each maker and holder, however often a code is typed."""
    if Lead.objects.filter(pk=lead.pk, asked_at=None).update(asked_at=clock.now()):
        owe("matchmaking.share_details", to=holder, about=lead, edition=lead.edition)


def _visit(card: BoothCard, who: str, fields: dict[str, Any], *, key: str) -> Lead:
    """Noted by nobody: neither the row nor the journal says who came.

    Refuses with `too_many_left` one visitor who comes to this card too often.
    """
    visitor = visitor_of(card.exhibitor, who)
    _count(visitor)
    # A key is the browser's own: one that a stranger made up never meets that of another card.
    return note_visit(card.exhibitor, visitor, fields, key=f"card:{card.pk}:{key}"[:80], at=clock.now(), by=None)


def _new(exhibitor: Participation, *, by: Actor) -> BoothCard:
    card = BoothCard.objects.create(
        edition=exhibitor.edition, exhibitor=exhibitor, token=BoothCard.new_token(), made_at=clock.now()
    )
    record("make", card, by=by)
    return card


def _check_live(card: BoothCard) -> None:
    if card.revoked_at:
        raise Refused("card_gone", _("This card is no longer in use. Scan the one that lies on the table now."))
    check_open(card.exhibitor)


def _count(guesser: str) -> None:
    if count_try("left-details", guesser, within=LEFT_WITHIN.total_seconds()) > LEFT_AT_MOST:
        raise TooMany(
            "too_many_left", _("Too many details came from here. Wait ten minutes, then send them once more.")
        )
