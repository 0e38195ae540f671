"""Companies that share a booth: named by its exhibitor, approved by the desk, never a hidden sub-letting."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from booths.models import Application, CoExhibitor, house_rules_of
from fairs import clock
from fairs.deliveries import owe
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.permissions import Actor, require
from fairs.text import name_key


def ask_co_exhibitor(
    application: Application,
    *,
    name: str,
    shows: str,
    no_rent: bool,
    by: Actor,
    country: str = "VN",
    tax_code: str = "",
) -> CoExhibitor:
    """Name a company that would share the booth; the desk decides.

    Refuses with `no_name`, `rent` unless the exhibitor says that it takes none, `itself`, `named_already`,
    `not_accepted` and `too_many`: the house rules say how many each booth may have.
    """
    require(by, "booths.do_task", application)
    _check(name, shows)
    with transaction.atomic():
        application = _locked(application)
        rules = house_rules_of(application.edition)
        if rules.no_subletting and not no_rent:
            sentence = _("Sub-letting is forbidden: say that you take no rent for the place.")
            raise Invalid("rent", sentence, {"no_rent": [sentence]})
        if name_key(name) in (name_key(application.company.name_vi), name_key(application.company.name_en)):
            raise Invalid("itself", _("This is your own company."), {"name": [_("This is your own company.")]})
        most = rules.co_exhibitors_for_a_booth * booths_of(application)
        if application.co_exhibitors.filter(state__in=CoExhibitor.LIVE).count() >= most:
            raise Refused("too_many", _("Your booths may have %(most)d co-exhibitors at most.") % {"most": most})
        given = {"name": name.strip(), "shows": shows.strip(), "country": country, "tax_code": tax_code.strip()}
        row = _create(application, given | {"no_rent": no_rent}, by)
        record("ask", row, by=by)
        announce(application.edition, "co_exhibitors")
    return row


def approve_co_exhibitor(row: CoExhibitor, *, by: Actor) -> CoExhibitor:
    """Agree: it stands in the catalogue beside the main exhibitor from now on."""
    return _decide(row, "approve", by=by, reason="")


def refuse_co_exhibitor(row: CoExhibitor, *, reason: str, by: Actor) -> CoExhibitor:
    """Not agree, or not any more, with a reason that the exhibitor reads. Refuses with `no_reason`."""
    if not reason.strip():
        sentence = _("Give the reason: the exhibitor reads it.")
        raise Invalid("no_reason", sentence, {"reason": [sentence]})
    return _decide(row, "refuse", by=by, reason=reason.strip())


def withdraw_co_exhibitor(row: CoExhibitor, *, by: Actor) -> CoExhibitor:
    """The exhibitor takes the name back."""
    require(by, "booths.do_task", row)
    with transaction.atomic():
        row.follow("withdraw", by=by)
        announce(row.edition, "co_exhibitors")
    return row


def booths_of(application: Application) -> int:
    """How many booths it keeps; while it has none yet, how many it asked for."""
    return application.reservations.kept().count() or application.booth_count


def _decide(row: CoExhibitor, verb: str, *, by: Actor, reason: str) -> CoExhibitor:
    require(by, "booths.decide", row)
    with transaction.atomic():
        row.follow(verb, by=by, reason=reason)
        owe("booths.co_exhibitor_answered", to=row.application.contact, about=row, edition=row.edition)
        announce(row.edition, "co_exhibitors")
    return row


def _check(name: str, shows: str) -> None:
    for field, text in (("name", name), ("shows", shows)):
        if not text.strip():
            sentence = _("Say who shares your booth and what it shows.")
            raise Invalid("no_name", sentence, {field: [sentence]})


def _create(application: Application, given: dict[str, object], by: Actor) -> CoExhibitor:
    """One live row a name, by constraint."""
    try:
        with transaction.atomic():
            return CoExhibitor.objects.create(application=application, asked_by=by, asked_at=clock.now(), **given)
    except IntegrityError:
        sentence = _("You have named this company already.")
        raise Refused("named_already", sentence, {"name": [sentence]}) from None


def _locked(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",), no_key=True).select_related("edition", "company")
    found: Application = rows.get(pk=application.pk)
    if found.state != Application.State.ACCEPTED:
        raise Refused("not_accepted", _("This is for exhibitors who have been accepted."))
    return found
