"""The files that speak for a contract: given by a side, looked at by an officer, never replaced."""

import hashlib
import secrets
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fairs import clock
from fairs.deliveries import owe
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.kept_files import kept_file
from fairs.live import announce
from fairs.permissions import Actor, require
from matchmaking.actions.contacts import people_of
from matchmaking.models import Deal, DealCorrection, DealPaper

MOST_PAPERS = 12


def give_paper(deal: Deal, *, data: bytes, by: Actor) -> DealPaper:
    """Keep a file that speaks for a deal, by what it is inside: a PDF, or a photo made anew from its pixels.

    The same file again is the same paper. Refuses with `bad_file`, `taken_back` and `too_many`.
    """
    require(by, "matchmaking.give_paper", deal)
    ending, content = kept_file(data)
    print_of_it = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        deal = _locked(deal)
        if known := deal.papers.filter(sha256=print_of_it).first():
            return known
        if deal.state == Deal.State.CANCELLED:
            raise Refused("taken_back", _("This record was taken back. Record the paper anew."))
        if deal.papers.count() >= MOST_PAPERS:
            raise Refused("too_many", _("There are %(most)d files here already.") % {"most": MOST_PAPERS})
        paper = DealPaper(
            deal=deal, sha256=print_of_it, given_side=side_in(deal, by), given_by=by, given_at=clock.now()
        )
        paper.file.save(f"{secrets.token_hex(16)}{ending}", ContentFile(content), save=False)
        paper.save(force_insert=True)
        record("give", paper, by=by)
        announce(deal.edition, "deals")
    return paper


def check_paper(paper: DealPaper, *, verdict: str, by: Actor, reason: str = "") -> DealPaper:
    """An officer of neither side has opened the file: it fits, or it does not, for a reason the side reads; empty takes
    the word back. Refuses with `bad_verdict` and `reason`.
    """
    require(by, "matchmaking.check_paper", paper)
    if verdict not in DealPaper.Verdict.values:
        raise Invalid("bad_verdict", _("Say “seen” or “does not fit”."))
    if verdict == DealPaper.Verdict.UNFIT and not reason.strip():
        sentence = _("Say in a few words what does not fit.")
        raise Invalid("reason", sentence, {"reason": [sentence]})
    with transaction.atomic():
        deal = _locked(paper.deal)
        paper = DealPaper.objects.select_related("deal__edition").get(pk=paper.pk)
        if (paper.verdict, paper.reason) == (verdict, reason.strip()) and not _is_stale(paper, deal):
            return paper
        paper.verdict, paper.reason = verdict, reason.strip()[:300]
        paper.checked_by, paper.checked_at = by, clock.now()
        paper.save()
        record({"": "look_again", "fits": "see", "unfit": "refuse"}[verdict], paper, by=by)
        settle_seen(deal)
        _tell(paper, deal)
        announce(deal.edition, "deals")
    return paper


def settle_seen(deal: Deal) -> None:
    """Whether a paper was seen that fits what the deal says now: a look from before a correction no longer counts."""
    fits = deal.papers.filter(verdict=DealPaper.Verdict.FITS)
    if corrected := last_correction(deal):
        fits = fits.filter(checked_at__gt=corrected)
    deal.seen_at = fits.aggregate(at=Max("checked_at"))["at"]
    deal.save(update_fields=["seen_at"])


def last_correction(deal: Deal) -> datetime | None:
    """When both sides last agreed on a correction; nothing without one."""
    agreed = deal.corrections.filter(state=DealCorrection.State.AGREED)
    return agreed.aggregate(at=Max("answered_at"))["at"]


def side_in(deal: Deal, by: Actor) -> str:
    """The side for which somebody acts; nothing for an officer."""
    own = by.company_ids if by is not None and by.is_authenticated else frozenset()
    if deal.exhibitor.company_id in own:
        return Deal.Side.EXHIBITOR
    return Deal.Side.IMPORTER if deal.importer.company_id in own else ""


def _is_stale(paper: DealPaper, deal: Deal) -> bool:
    corrected = last_correction(deal)
    return bool(corrected and paper.checked_at and paper.checked_at <= corrected)


def _tell(paper: DealPaper, deal: Deal) -> None:
    """The side that gave a paper learns that it does not fit; one that an officer gave is nobody's to put right."""
    if paper.verdict == DealPaper.Verdict.UNFIT and paper.given_side:
        for person in people_of(deal, paper.given_side):
            owe("matchmaking.paper_unfit", to=person, about=paper, edition=deal.edition)


def _locked(deal: Deal) -> Deal:
    """The deal as it is now, which nobody else changes until the transaction ends."""
    rows = Deal.objects.select_for_update(of=("self",), no_key=True).with_sides().select_related("edition")
    return rows.get(pk=deal.pk)
