"""Inviting many: begun with a preview, sent one by one by the worker, stopped and gone on with at any time."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from buyers.actions.imports import invited_company
from buyers.actions.registrations import ask_to_come
from buyers.audience import Audience, Choice, Guest, gather, groups_of, unsubscribed
from buyers.models import Campaign, Invitee
from buyers.names import given_name
from buyers.pasted import Typed
from fairs.actions.people import know_person
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition, Person, ProductGroup
from fairs.permissions import Actor, require

ANNOUNCED_EVERY = 10  # letters


def begin_campaign(
    edition: Edition,
    *,
    name: str,
    choice: Choice,
    by: Actor,
    note: str = "",
    typed: Iterable[Typed] = (),
    typed_groups: Iterable[ProductGroup] = (),
    expected: int | None = None,
) -> Campaign:
    """Keep who is to be asked, each with a link of their own; the worker sends the letters.

    New addresses become people and companies now. `expected` is the number the officer saw in the preview: refuses with
    `changed_meanwhile` when it is another by now, and with `nobody` when nobody is left to ask.
    """
    require(by, "buyers.invite", edition)
    with transaction.atomic():
        Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)  # sent twice, the second finds them invited
        audience = gather(edition, choice=choice, typed=typed, by=by)
        _as_seen(audience, expected)
        campaign = Campaign.objects.create(
            edition=edition, name=name, note=note.strip(), made_by=by, left_out=audience.numbers_left_out
        )
        _keep(campaign, audience, list(typed_groups), by)
        record("begin", campaign, by=by)
        announce(edition, "importers")
        transaction.on_commit(lambda: _enqueue(campaign.pk))
    return campaign


def stop_campaign(campaign: Campaign, *, by: Actor) -> Campaign:
    """Send no more letters; whoever was asked stays asked."""
    require(by, "buyers.invite", campaign)
    with transaction.atomic():
        campaign.follow("stop", by=by)
        announce(campaign.edition, "importers")
    return campaign


def resume_campaign(campaign: Campaign, *, by: Actor) -> Campaign:
    """Go on with those who were not asked yet."""
    require(by, "buyers.invite", campaign)
    with transaction.atomic():
        campaign.follow("resume", by=by)
        announce(campaign.edition, "importers")
        transaction.on_commit(lambda: _enqueue(campaign.pk))
    return campaign


def send_invitations(pk: int) -> None:
    """Ask everybody of a campaign who waits, each in a transaction of their own, until it is stopped.

    Two workers at once ask nobody twice.
    """
    waiting = Invitee.objects.waiting().filter(campaign=pk).order_by("pk").values_list("pk", flat=True)
    for number, invitee in enumerate(list(waiting)):
        if not _ask(pk, invitee):
            return
        if number % ANNOUNCED_EVERY == 0:
            with transaction.atomic():
                announce(Campaign.objects.select_related("edition").get(pk=pk).edition, "importers")
    _finish(pk)


def _ask(campaign_pk: int, invitee_pk: int) -> bool:
    """Ask one of them; False once the campaign is stopped. Who has registered or refused meanwhile is left out."""
    with transaction.atomic():
        campaigns = Campaign.objects.select_related("edition", "made_by")
        campaign = campaigns.select_for_update(of=("self",)).get(pk=campaign_pk)
        if campaign.state != Campaign.State.SENDING:
            return False
        rows = Invitee.objects.waiting().select_related("person", "company", "edition")
        invitee = rows.filter(pk=invitee_pk).first()
        if invitee is None:
            return True
        if unsubscribed([invitee.person_id]) or not ask_to_come(invitee, by=campaign.made_by):
            invitee.delete()
    return True


def _finish(pk: int) -> None:
    with transaction.atomic():
        campaign = Campaign.objects.select_related("edition", "made_by").get(pk=pk)
        if campaign.can("finish") and not campaign.invitees.waiting().exists():
            campaign.follow("finish", by=campaign.made_by)
            announce(campaign.edition, "importers")


def _keep(campaign: Campaign, audience: Audience, typed_groups: list[ProductGroup], by: Actor) -> None:
    """A row for everybody, by a few statements for those who are known."""
    prefetch_related_objects([one.registration for one in audience.guests if one.registration], "product_groups")
    rows = [
        Invitee(campaign=campaign, edition=campaign.edition, person=person, company_id=company)
        for person, company in (_place(guest, by) for guest in audience.guests)
    ]
    kept = Invitee.objects.bulk_create(rows)
    through: Any = Invitee.product_groups.through
    through.objects.bulk_create(
        through(invitee=row, productgroup=group)
        for row, guest in zip(kept, audience.guests, strict=True)
        for group in groups_of(guest, typed_groups)
    )


def _place(guest: Guest, by: Actor) -> tuple[Person, int]:
    """The person and the company they are asked for."""
    if guest.person and guest.registration:
        return guest.person, guest.registration.company_id
    assert guest.typed is not None
    line = guest.typed
    person = guest.person or know_person(
        email=line.email, full_name=line.full_name, by=by, given_name=given_name(line.full_name, line.country),
        language="en",
    )  # fmt: skip
    return person, invited_company(person, name=line.company, country=line.country, by=by).pk


def _as_seen(audience: Audience, expected: int | None) -> None:
    if not audience.guests:
        raise Invalid("nobody", _("Nobody is left to invite. Choose others, or look why they are left out."))
    if expected is not None and expected != len(audience.guests):
        sentence = _("Meanwhile it is %(number)d people. Look at them once more, then send.")
        raise Refused("changed_meanwhile", sentence % {"number": len(audience.guests)})


def _enqueue(pk: int) -> None:
    from buyers.tasks import send_campaign  # the tasks import this module

    send_campaign.enqueue(pk)
