"""Reads of the floor, of applications and reservations, with names."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from fairs import clock
from fairs.errors import Invalid
from fairs.text import fold, words_of

if TYPE_CHECKING:
    from fairs.permissions import Actor


def desk_editions(person: "Actor") -> models.QuerySet[Any]:
    """Editions whose booths the person looks after."""
    return apps.get_model("fairs", "Edition").objects.run_by(person, "booth_desk", "finance", "reports")


def exhibitors_of(edition: Any) -> models.QuerySet[Any]:
    """The parts of companies that exhibit at an edition, by name."""
    parts = apps.get_model("fairs", "Participation").objects.filter(edition=edition, role="exhibitor", state="active")
    return parts.order_by("company__folded", "pk")


def search_exhibitors(parts: Any, words: str) -> Any:
    """Those that hold every word in their name, village, province, product groups, or in the name, HS code or materials
    of a product; accents and the dots of an HS code do not matter.
    """
    made = apps.get_model("fairs", "Product").objects.filter(company=OuterRef("company"))
    groups = apps.get_model("fairs", "ProductGroup").objects.filter(company=OuterRef("company"))
    for word in words_of(words):
        code = word.replace(".", "")
        word = code if code.isdecimal() else word
        named = Q(company__folded__contains=word) | Q(company__craft_village__folded__contains=word)
        goods = Q(folded__contains=word) | Q(pk__in=_made_of(word))
        parts = parts.filter(
            named
            | Q(province__folded__contains=word)
            | Exists(made.filter(goods))
            | Exists(groups.filter(folded__contains=word))
        )
    return parts


def _made_of(word: str) -> Any:
    """The products with a material that is called so."""
    through = apps.get_model("fairs", "Product").materials.through.objects
    return through.filter(material__folded__contains=word).values("product")


def stands_of(part: Any) -> list[Any]:
    """The kept reservations of an exhibitor whose `stands` were fetched; a household stands where its group does."""
    stands: list[Any] = (part.host or part).company.stands
    return stands


def sharing_with(part: Any) -> models.QuerySet[Any]:
    """The approved co-exhibitors at the booth of an exhibitor."""
    rows = apps.get_model("booths", "CoExhibitor").objects.filter(application__edition=part.edition_id)
    return rows.filter(application__company=part.company_id, application__state="accepted", state="approved")


def rules_of(edition: Any) -> Any:
    """The rules of an edition that hold now: the newest that were published, or None."""
    return apps.get_model("booths", "RulesText").objects.filter(edition=edition).first()


def possible_neighbours(application: Any) -> Any:
    """The other companies that exhibit at the application's edition, which are public, by name."""
    parts = exhibitors_of(application.edition).order_by().values("company")
    companies = apps.get_model("fairs", "Company").objects.filter(pk__in=parts)
    return companies.exclude(pk=application.company_id).order_by("folded", "pk")


def households_at(edition: Any) -> models.QuerySet[Any]:
    """The households of the groups that apply to an edition or exhibit there."""
    application = apps.get_model("booths", "Application")
    rows = apps.get_model("booths", "Household").objects.filter(application__edition=edition)
    return rows.filter(application__is_group=True, application__state__in=application.LIVE)


def block_of(application: Any) -> models.QuerySet[Any]:
    """The households of a group in their order, each with `part`: its page among the exhibitors, None before."""
    parts = exhibitors_of(application.edition_id).filter(company=OuterRef("company"))
    hosted = parts.filter(host__company=application.company_id).values("pk")[:1]
    rows = application.households.all() if application.is_group else application.households.none()
    found: models.QuerySet[Any] = rows.select_related("company").annotate(part=Subquery(hosted))
    return found


class FloorQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """The floor of every edition the person may see."""
        return self.filter(edition__in=apps.get_model("fairs", "Edition").objects.visible_to(person))


class BoothQuerySet(FloorQuerySet):
    def free(self, now: datetime) -> Self:
        """To let: not blocked, and no live reservation at this moment."""
        live = apps.get_model("booths", "Reservation").objects.live(now).filter(booth=OuterRef("pk"))
        return self.filter(~Exists(live), blocked="")

    def with_status(self) -> Self:
        """Each with `status`: free, held, reserved, confirmed or blocked, as it stands now."""
        live = apps.get_model("booths", "Reservation").objects.live(clock.now()).filter(booth=OuterRef("pk"))
        return self.annotate(
            status=Case(
                When(~Q(blocked=""), then=Value("blocked")),
                default=Coalesce(Subquery(live.values("state")[:1]), Value("free")),
            )
        )

    def with_exhibitor(self) -> Self:
        """Each with `exhibitor` and `exhibitor_id`: name and part of the company that has it for sure, else None."""
        parts = apps.get_model("fairs", "Participation").objects.filter(
            role="exhibitor",
            edition=OuterRef("edition"),
            company__reservations__booth=OuterRef("pk"),
            company__reservations__state__in=apps.get_model("booths", "Reservation").KEPT,
        )
        first = parts.order_by("pk")[:1]
        return self.annotate(
            exhibitor=Subquery(first.values("company__name_vi")), exhibitor_id=Subquery(first.values("pk"))
        )

    def search(self, words: str) -> Self:
        """Booths that have every word in their code, zone or exhibitor: name, village, province, products."""
        found = self
        for word in words_of(words):
            found = found.filter(Q(code__icontains=word) | Q(zone__in=self._zones(word)) | Exists(_kept_by(word)))
        return found

    def _zones(self, word: str) -> list[int]:
        """Zones are few, and keep no folded column."""
        zones = self.order_by().values_list("zone", "zone__name_vi", "zone__name_en").distinct()
        return [pk for pk, name_vi, name_en in zones if word in fold(f"{name_vi} {name_en}")]

    def in_order(self, edition: Any, codes: Sequence[str]) -> list[Any]:
        """The edition's booths with these codes, in this order; refuses with `unknown_booth`."""
        found = {booth.code: booth for booth in self.filter(edition=edition, code__in=codes)}
        missing = [code for code in codes if code not in found]
        if missing:
            sentence = _("There is no booth %(codes)s on this floor.") % {"codes": ", ".join(missing)}
            raise Invalid("unknown_booth", sentence, {"booths": [sentence]})
        return [found[code] for code in dict.fromkeys(codes)]


def _kept_by(word: str) -> models.QuerySet[Any]:
    """Reservations of the booth at hand whose company answers to a folded word."""
    kept = apps.get_model("booths", "Reservation").objects.kept().filter(booth=OuterRef("pk"))
    places = ("", "craft_village__", "province__", "products__")
    wanted = Q()
    for place in places:
        wanted |= Q(**{f"company__{place}folded__contains": word})
    for place in ("", "products__"):  # and of the households in a group's block
        wanted |= Q(**{f"application__households__company__{place}folded__contains": word})
    return kept.filter(wanted)


class StandingFloor(models.Manager.from_queryset(FloorQuerySet)):  # type: ignore[misc]
    """Halls or zones of the plan as it is."""

    def get_queryset(self) -> FloorQuerySet:
        found: FloorQuerySet = super().get_queryset().filter(retired=False)
        return found


class StandingBooths(models.Manager.from_queryset(BoothQuerySet)):  # type: ignore[misc]
    """The booths of the plan as it is; a reservation of former days still finds its booth by the base manager."""

    def get_queryset(self) -> BoothQuerySet:
        found: BoothQuerySet = super().get_queryset().filter(retired=False)
        return found


class ApplicationQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """One's company's applications, and those handed in to editions one looks after."""
        if not person.is_authenticated:
            return self.none()
        at_the_desk = Q(edition__in=desk_editions(person)) & (~Q(state="draft") | Q(entered_by__isnull=False))
        return self.filter(Q(company_id__in=person.company_ids) | at_the_desk)

    def search(self, words: str) -> Self:
        """Those whose company answers to every word: its name, tax code, village or province."""
        found = self
        for word in words_of(words):
            found = found.filter(
                Q(company__folded__contains=word)
                | Q(company__craft_village__folded__contains=word)
                | Q(company__province__folded__contains=word)
            )
        return found

    def live(self) -> Self:
        """Neither refused nor withdrawn."""
        return self.filter(state__in=self.model.LIVE)

    def in_line(self) -> Self:
        """The waiting list in its order: the fewest offers missed, the most points, the highest score, the earliest.

        Each has `missed`, the offers it declined or let run out. Points are priority points as the last allocation
        round counted them. An application without points or a score comes after those that have some.
        """
        offers = apps.get_model("booths", "Offer")
        missed = offers.objects.filter(application=OuterRef("pk"), state__in=offers.MISSED).order_by()
        counted = missed.values("application").annotate(number=Count("pk")).values("number")
        waiting = self.filter(state="waitlisted").annotate(missed=Coalesce(Subquery(counted), 0))
        return waiting.order_by(
            "missed", F("points").desc(nulls_last=True), F("score").desc(nulls_last=True), "submitted_at", "pk"
        )

    def with_least(self) -> Self:
        """Each with `least`: the lowest threshold of its company's product groups, None where there is none.

        A group without a threshold of its own goes by the general one, and so does a company without a group.
        """
        thresholds = apps.get_model("booths", "Threshold").objects
        links: Any = apps.get_model("fairs", "Company").product_groups.through
        general = thresholds.filter(edition=OuterRef("edition"), product_group=None).values("least")[:1]
        of_group = thresholds.filter(edition=OuterRef(OuterRef("edition")))
        own = of_group.filter(product_group=OuterRef("productgroup")).values("least")[:1]
        usual = of_group.filter(product_group=None).values("least")[:1]
        groups: models.QuerySet[Any] = links.objects.filter(company=OuterRef("company"))
        lowest: models.QuerySet[Any] = groups.annotate(least=Coalesce(Subquery(own), Subquery(usual))).exclude(
            least=None
        )
        return self.annotate(least=Coalesce(Subquery(lowest.order_by("least").values("least")[:1]), Subquery(general)))

    def at_least(self) -> Self:
        """Of those `with_least`, the scored ones that reach it; where there is no threshold every score does."""
        return self.filter(Q(score__gte=F("least")) | Q(score__isnull=False, least=None))

    def below_least(self) -> Self:
        """Of those `with_least`, the scored ones that do not reach it."""
        return self.filter(score__lt=F("least"))


class RoundQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those of editions whose booths one looks after."""
        return self.filter(edition__in=desk_editions(person)) if person.is_authenticated else self.none()

    def open(self) -> Self:
        """Not signed, dropped or failed."""
        return self.filter(state__in=self.model.OPEN)

    def published(self) -> Self:
        """Signed and offered, the newest first."""
        return self.filter(state="published").order_by("-number")


class OfferQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those made to one's company, and those of editions one looks after."""
        if not person.is_authenticated:
            return self.none()
        own = Q(application__company_id__in=person.company_ids)
        return self.filter(own | Q(application__edition__in=desk_editions(person)))

    def open_at(self, now: datetime) -> Self:
        """Those that can still be taken at this moment."""
        return self.filter(state="open", expires_at__gt=now)

    def ran_out(self, now: datetime) -> Self:
        """Those whose hours are over, and that nobody has ended yet."""
        return self.filter(state="open", expires_at__lte=now)


class ReviewQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """One's own, in editions in whose jury one sits; a juror sees nobody else's, and the desk reads the results."""
        if not person.is_authenticated:
            return self.none()
        judged = apps.get_model("fairs", "Edition").objects.judged_by(person)
        return self.filter(reviewer=person, application__edition__in=judged)

    def open(self) -> Self:
        """Those whose application can still be scored."""
        return self.filter(application__state__in=self.model.JUDGED)


class AppealQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those of one's company, and of editions one decides for."""
        if not person.is_authenticated:
            return self.none()
        run = apps.get_model("fairs", "Edition").objects.run_by(person, "booth_desk")
        return self.filter(Q(application__company_id__in=person.company_ids) | Q(application__edition__in=run))


class ReservationQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """One's company's reservations, and those of editions one looks after."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(Q(company_id__in=person.company_ids) | Q(edition__in=desk_editions(person)))

    def live(self, now: datetime) -> Self:
        """Those that keep a booth from others at this moment: a hold counts until its minute is over."""
        return self.filter(Q(state__in=["reserved", "confirmed", "handed_over"]) | Q(state="held", held_until__gt=now))

    def kept(self) -> Self:
        """Reserved, confirmed or handed over: those whose exhibitor the public may know."""
        return self.filter(state__in=self.model.KEPT)

    def holders(self, edition: Any, now: datetime) -> Self:
        """Those that keep a booth of the edition from others, each with who has it."""
        return (
            self.live(now).filter(edition=edition).select_related("edition", "booth", "company", "application__contact")
        )

    def with_days(self) -> Self:
        """Each with `due_on` and `release_on` of the unpaid notice that charges for it, None without one."""
        lines = apps.get_model("fairs", "NoticeLine").objects.filter(
            source_kind=self.model.SOURCE, source_id=OuterRef("pk")
        )
        unpaid = lines.filter(notice__state="issued").order_by("-notice")
        return self.annotate(
            due_on=Subquery(unpaid.values("notice__due_on")[:1]),
            release_on=Subquery(unpaid.values("notice__release_on")[:1]),
        )

    def with_booths(self) -> Self:
        """Together with what a price line and a list of booths say about the booth."""
        return self.select_related("booth__booth_class", "booth__hall", "booth__zone")


class OfApplicationQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """One's company's, and those of editions one looks after."""
        if not person.is_authenticated:
            return self.none()
        own = Q(application__company_id__in=person.company_ids)
        return self.filter(own | Q(application__edition__in=desk_editions(person)))


class HandInQuerySet(OfApplicationQuerySet):
    def to_check(self) -> Self:
        """Handed in, and waiting for the desk's word; the longest waiting first."""
        return self.filter(state="handed_in").order_by("state_changed_at", "pk")


class HandInFileQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """With what they were handed in for."""
        return self.filter(hand_in__in=apps.get_model("booths", "HandIn").objects.visible_to(person))
