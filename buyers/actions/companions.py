"""Who comes with an importer: named within the edition's limit, approved and gone with the importer."""

from django.db import transaction
from django.utils.translation import gettext as _

from buyers.actions.badges import give_badge, valid_badge
from buyers.latin import is_latin
from buyers.models import Companion, CompanionRules, Registration
from buyers.names import given_name
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition, Person
from fairs.permissions import Actor, require

STANDARD = 2


def limit_of(edition: Edition) -> int:
    """How many may come with each importer of an edition."""
    rules = CompanionRules.objects.filter(edition=edition).first()
    return rules.at_most if rules else STANDARD


def set_companion_rules(edition: Edition, *, at_most: int, by: Actor) -> CompanionRules:
    """Say how many may come with each importer; those named before stay."""
    require(by, "buyers.decide", edition)
    with transaction.atomic():
        rules, _new = CompanionRules.objects.update_or_create(edition=edition, defaults={"at_most": at_most})
        record("set", rules, by=by, fields=["at_most"])
        announce(edition, "importers")
    return rules


def add_companion(
    registration: Registration, *, full_name: str, kind: str, by: Actor, original_name: str = "", job_title: str = ""
) -> Companion:
    """Name somebody who comes with the importer; with an approved one they are approved at once, with a badge.

    They need no account. Refuses with `not_latin`, `not_coming` beside an importer who does not come, and
    `no_place_left` beyond the edition's limit.
    """
    require(by, "buyers.register", registration)
    if not is_latin(full_name):
        sentence = _("Write the name in Latin letters, as in the passport.")
        raise Invalid("not_latin", sentence, {"full_name": [sentence]})
    with transaction.atomic():
        now = _in_line(registration)
        if now.state not in Registration.COMING:
            raise Refused("not_coming", _("Only who is registered can bring somebody."))
        place = _free_place(now)
        person = Person.objects.create_user(
            full_name=full_name,
            original_name=original_name,
            job_title=job_title,
            given_name=given_name(full_name, now.company.country),
            language=now.person.language,
        )
        record("enter", person, by=by)
        companion = Companion.objects.create(registration=now, person=person, kind=kind, place=place)
        record("add", companion, by=by)
        if now.state == Registration.State.APPROVED:
            _let_in(companion, by=by)
        announce(now.edition, "importers")
    return companion


def remove_companion(companion: Companion, *, by: Actor) -> Companion:
    """They do not come: their badge opens no gate, and their place is free."""
    require(by, "buyers.register", companion.registration)
    with transaction.atomic():
        let_go(companion, by=by)
        announce(companion.registration.edition, "importers")
    return companion


def come_along(registration: Registration, *, by: Actor) -> None:
    """Whoever was named comes with the importer who is approved. Inside the caller's transaction."""
    _in_line(registration)
    for companion in registration.companions.filter(state=Companion.State.NAMED).with_people():
        _let_in(companion, by=by)


def stay_away(registration: Registration, *, by: Actor) -> None:
    """Without the importer nobody comes. Inside the caller's transaction."""
    _in_line(registration)
    for companion in registration.companions.live().with_people():
        let_go(companion, by=by)


def let_go(companion: Companion, *, by: Actor) -> None:
    """One of them does not come. Inside the caller's transaction."""
    companion.follow("leave", by=by)
    badge = valid_badge(companion.registration.edition, companion.person)
    if badge and badge.kind == companion.kind:
        badge.follow("revoke", by=by)


def _in_line(registration: Registration) -> Registration:
    """The registration as it is now; whoever brings one more, approves or withdraws stands in line here."""
    rows = Registration.objects.select_for_update(of=("self",)).select_related("edition", "company", "person")
    now: Registration = rows.get(pk=registration.pk)
    return now


def _free_place(registration: Registration) -> int:
    limit = limit_of(registration.edition)
    taken = set(registration.companions.live().values_list("place", flat=True))
    if len(taken) >= limit:
        sentence = _(
            "At most %(limit)d may come with an importer. Take one off first, or let them register themselves."
        )
        raise Refused("no_place_left", sentence % {"limit": limit})
    return next(place for place in range(1, len(taken) + 2) if place not in taken)


def _let_in(companion: Companion, *, by: Actor) -> None:
    companion.follow("approve", by=by)
    registration = companion.registration
    give_badge(registration.edition, person=companion.person, company=registration.company, kind=companion.kind, by=by)
