"""Making the lists of one day: asked for by an officer, written by the worker, deleted after two days."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from fairs import clock
from fairs.day_packs import files_of, lists_for, zipped
from fairs.downloads import drop_file
from fairs.errors import Invalid
from fairs.journal import record
from fairs.live import announce
from fairs.models import DayPack, Edition
from fairs.models.day_packs import KEPT_FOR, MADE_WITHIN
from fairs.permissions import Actor, require


def ask_for_pack(edition: Edition, *, day: date, by: Actor) -> DayPack:
    """Have the lists of a day made, those that the person's roles open; asked while some are made, those.

    Refuses with `not_a_day` a day far from the fair.
    """
    require(by, "fairs.make_day_pack", edition)
    if abs((day - edition.opens_on).days) > 60:
        sentence = _("Choose a day near the fair.")
        raise Invalid("not_a_day", sentence, {"day": [sentence]})
    roles = by.roles_in(edition)
    try:
        with transaction.atomic():
            pack = DayPack.objects.create(
                edition=edition, day=day, by=by, roles=sorted(roles), asked_at=clock.now(), of=2 * len(lists_for(roles))
            )
            record("ask", pack, by=by)
            transaction.on_commit(lambda: _enqueue(pack.pk))
    except IntegrityError:  # pressed twice
        return DayPack.objects.get(edition=edition, by=by, made_at=None, failed_at=None)
    return pack


def make_pack(pk: int) -> None:
    """Write the lists of a pack that was asked for; what has been made, or given up, stays as it is."""
    pack = DayPack.objects.select_related("edition__series", "by").get(pk=pk)
    if not pack.being_made:
        return
    try:
        with translation.override(pack.by.language), timezone.override(pack.edition.zone):
            content = zipped(_said_on_the_way(pack))
        pack.file.save(f"{get_random_string(32)}.zip", ContentFile(content), save=False)
        if not DayPack.objects.filter(pk=pk).update(file=pack.file.name, made_at=clock.now()):
            pack.file.delete(save=False)  # dropped meanwhile
    except Exception:
        DayPack.objects.filter(pk=pk).update(failed_at=clock.now())
        raise
    finally:
        announce(pack.edition, "day_pack")


def forget_packs() -> None:
    """Delete what is older than two days, and give up what no worker has finished."""
    now = clock.now()
    DayPack.objects.filter(made_at=None, failed_at=None, asked_at__lt=now - MADE_WITHIN).update(failed_at=now)
    _drop(DayPack.objects.filter(asked_at__lt=now - KEPT_FOR))


def drop_packs() -> None:
    """Delete every pack, for they may name somebody who is erased; whoever needs one asks again. Inside the caller's
    transaction.
    """
    _drop(DayPack.objects.all())


def may_have(pack: DayPack, *, by: Actor) -> bool:
    """Whether somebody gets the file: whoever asked for it, while they hold every role it was made with."""
    return bool(pack.by_id == by.pk and pack.file and set(pack.roles) <= by.roles_in(pack.edition))


def _drop(packs: Iterable[DayPack]) -> None:
    for pack in packs:
        if pack.file:
            drop_file(pack.file)
        pack.delete()


def _said_on_the_way(pack: DayPack) -> Iterator[tuple[str, bytes]]:
    """The files one by one; the row says how many there are, so that the page can."""
    for number, file in enumerate(files_of(pack.edition, pack.day, frozenset(pack.roles)), start=1):
        yield file
        DayPack.objects.filter(pk=pack.pk).update(done=number)


def _enqueue(pk: int) -> None:
    from fairs.tasks import make_day_pack  # the tasks import this module

    make_day_pack.enqueue(pk)
