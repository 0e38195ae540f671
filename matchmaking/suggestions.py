"""Whom one importer, or one exhibitor, should meet: the best first, each with why and with what is missing."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from booths.querysets import search_exhibitors
from buyers.models import Registration
from fairs.models import Edition, Participation
from matchmaking.actions.matching import terms_of
from matchmaking.exposure import close, lifted_for
from matchmaking.gathering import certificates_day, closed_pairs, exhibitors_of, importers_of, refusals_of, ties_of
from matchmaking.models import Wish
from matchmaking.querysets import importers_listed, search_importers, taking_part
from matchmaking.ranking.facts import Exhibitor, Importer, Pair, Ties
from matchmaking.ranking.lists import CLOSED, fill_list
from matchmaking.ranking.reasons import Reason, explain
from matchmaking.ranking.scoring import Array, scores, shares
from matchmaking.ranking.terms import Terms


@dataclass(frozen=True)
class Suggestion:
    """One pair: the key of the registration and of the exhibitor's part, 0 to 100, and the reasons for and against."""

    importer: int
    exhibitor: int
    score: int
    reasons: list[Reason]
    lifted: bool = False


@dataclass(frozen=True)
class _Known:
    """What is known of some importers and exhibitors, and how they score."""

    edition: Edition
    importers: list[Importer]
    exhibitors: list[Exhibitor]
    ties: Ties
    closed: frozenset[Pair]
    scored: Array
    terms: Terms

    def suggest(self, line: int, column: int, *, lifted: bool = False) -> Suggestion:
        importer, exhibitor = self.importers[line], self.exhibitors[column]
        kinds = self.ties.get((importer.id, exhibitor.id), frozenset())
        reasons = explain(importer, exhibitor, kinds, on=certificates_day(self.edition), lifted=lifted)
        return Suggestion(importer.id, exhibitor.id, round(float(self.scored[line, column])), reasons, lifted)


def exhibitors_for(registration: Registration, *, words: str = "") -> list[Suggestion]:
    """Whom an importer should meet; with words all exhibitors found, but for those to whom they said no.

    Nobody is proposed of whom they have spoken, with whom they have a meeting, or where either side said no.
    """
    edition, own = registration.edition, Registration.objects.filter(pk=registration.pk)
    refusals = refusals_of(Wish.objects.of_importer(registration), "registration")
    terms = terms_of(edition).terms.after(refusals[registration.pk])
    known = _known(edition, own, exhibitors_of(edition), terms, side=Wish.Side.IMPORTER)
    columns = {one.id: number for number, one in enumerate(known.exhibitors)}
    if words:
        found = _found_by(registration, words)
        order = sorted((-known.scored[0, columns[pk]], pk) for pk in found if pk in columns)
        return [known.suggest(0, columns[pk]) for _score, pk in order]
    spoken_of = _spoken_of(Wish.objects.of_importer(registration))
    close(known.scored, known.importers, known.exhibitors, known.closed | spoken_of)
    listed = fill_list(known.exhibitors, known.scored[0], terms, lifted_for(registration))
    return [known.suggest(0, columns[one.exhibitor], lifted=one.lifted) for one in listed]


def importers_for(exhibitor: Participation, *, words: str = "") -> list[Suggestion]:
    """Which importers an exhibitor should meet, of those who agreed to be listed; one for each company.

    With words all that are found, but for those where either side said no: that is all an exhibitor learns of a no.
    """
    edition = exhibitor.edition
    refusals = refusals_of(Wish.objects.of_exhibitor(exhibitor), "exhibitor")
    terms = terms_of(edition).terms.after(refusals[exhibitor.pk])
    rows = importers_listed(edition)
    known = _known(
        edition, search_importers(rows, words), exhibitors_of(edition, exhibitor), terms, side=Wish.Side.EXHIBITOR
    )
    spoken_of = _spoken_of(Wish.objects.of_exhibitor(exhibitor))
    closed = _refused(known, exhibitor) if words else known.closed | spoken_of
    close(known.scored, known.importers, known.exhibitors, closed)
    best = _one_a_company(known, rows)
    return [known.suggest(line, 0) for line in (best if words else best[: terms.listed])]


def _known(
    edition: Edition, rows: QuerySet[Registration], exhibitors: list[Exhibitor], terms: Terms, *, side: str
) -> _Known:
    importers = importers_of(rows)
    ties = ties_of(edition, rows, side=side)
    found = shares(importers, exhibitors, ties, on=certificates_day(edition))
    scored = scores(found, [terms])
    return _Known(edition, importers, exhibitors, ties, closed_pairs(edition, rows), scored, terms)


def _found_by(registration: Registration, words: str) -> Collection[int]:
    refused = Wish.objects.of_importer(registration).refusals().values("exhibitor")
    parts = taking_part(registration.edition, Participation.Role.EXHIBITOR).exclude(pk__in=refused)
    found: Collection[int] = search_exhibitors(parts, words).order_by().values_list("pk", flat=True)
    return found


def _spoken_of(own: QuerySet[Wish]) -> frozenset[Pair]:
    """The pairs of which one has said something already: they stand on one's list."""
    return frozenset(own.order_by().values_list("registration", "exhibitor"))


def _refused(known: _Known, exhibitor: Participation) -> frozenset[Pair]:
    """The pairs of an exhibitor in which either side said no."""
    said = Wish.objects.filter(exhibitor=exhibitor).refusals()
    companies = said.order_by().values("registration__company")
    rows = Registration.objects.filter(edition=known.edition, company__in=companies).values_list("pk", flat=True)
    return frozenset((pk, exhibitor.pk) for pk in rows)


def _one_a_company(known: _Known, rows: Any) -> list[int]:
    """The lines of the importers by score, of each company the best alone."""
    company = dict(rows.values_list("pk", "company"))
    order = sorted(range(len(known.importers)), key=lambda line: (-known.scored[line, 0], known.importers[line].id))
    best: dict[int, int] = {}
    for line in order:
        if known.scored[line, 0] > CLOSED:
            best.setdefault(company[known.importers[line].id], line)
    return list(best.values())
