"""Letters owed to people: written with the deed that owes them, sent after it."""

import logging
import re
import secrets
from collections.abc import Callable, Iterable
from datetime import timedelta
from email.utils import make_msgid
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.db.models import F
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation

from fairs import clock
from fairs.languages import spoken
from fairs.models import Delivery, Edition, Person
from fairs.personal import is_unasked

log = logging.getLogger("fairs.deliveries")
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 8


class Enclosure(NamedTuple):
    """A file that goes with a letter."""

    name: str
    content: bytes
    kind: str  # such as text/calendar; method=REQUEST


Enclosing = Callable[[Any, Person], Enclosure | None]
_enclosures: dict[str, Enclosing] = {}


def encloses(*kinds: str) -> Callable[[Enclosing], Enclosing]:
    """From an app's letters.py: what goes with letters of these kinds (about, person), made when one is sent."""

    def keep(make: Enclosing) -> Enclosing:
        _enclosures.update(dict.fromkeys(kinds, make))
        return make

    return keep


def owe(kind: str, *, to: Person, about: models.Model, edition: Edition | None = None) -> Delivery:
    """Owe a person the letter `letters/<kind>.txt` about a thing; it leaves after commit.

    The first line of the template is the subject. A person without an e-mail is owed it too, and the desk sees it
    given up.
    """
    [delivery] = owe_many(kind, [(to, about)], edition=edition)
    return delivery


def owe_many(
    kind: str, letters: Iterable[tuple[Person, models.Model]], *, edition: Edition | None = None
) -> list[Delivery]:
    """Owe each of these people the letter about their thing, as `owe` does, by one statement."""
    host, now = urlsplit(settings.SITE_URL).hostname, clock.now()
    owed = Delivery.objects.bulk_create(
        Delivery(
            kind=kind,
            to=to,
            edition=edition,
            about=f"{about._meta.label_lower}:{about.pk}",
            message_id=make_msgid(secrets.token_hex(6), domain=host),
            due_at=now,
        )
        for to, about in letters
    )
    for delivery in owed:
        transaction.on_commit(partial(_enqueue, delivery.pk))
    return owed


def send(pk: int) -> None:
    """Send one letter if it is still owed and nobody else is sending it; a failure is tried again later."""
    now = clock.now()
    owed = Delivery.objects.filter(pk=pk, state=Delivery.State.OWED, due_at__lte=now)
    if not owed.update(due_at=now + LEASE, attempts=F("attempts") + 1):
        return
    delivery = Delivery.objects.select_related("to", "edition").get(pk=pk)
    if not delivery.to.email or (delivery.to.restricted_at and is_unasked(delivery.kind)):
        _give_up(delivery)
        return
    try:
        compose(delivery).send()
    except Exception as error:  # one letter that cannot be written or sent never stops those behind it
        facts = {"letter": delivery.pk, "kind": delivery.kind, "error": type(error).__name__}
        log.error("letter", extra={"facts": facts})
        _back_off(delivery)
    else:
        Delivery.objects.filter(pk=pk).update(state=Delivery.State.SENT, sent_at=clock.now())


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """The letter in the language of the person it goes to, its times those of the fair."""
    label, _colon, pk = delivery.about.partition(":")
    about = apps.get_model(label)._base_manager.get(pk=pk)
    subject, body = write(delivery.kind, to=delivery.to, about=about, edition=delivery.edition)
    letter = EmailMultiAlternatives(
        subject,
        body,
        to=[delivery.to.email or ""],
        headers={"Message-ID": delivery.message_id},
    )
    letter.attach_alternative(laid_out(subject, body, language=spoken(delivery.to.language)), "text/html")
    _enclose(letter, delivery, about)
    return letter


def send_before_forgetting(kind: str, *, to: Person, about: models.Model, edition: Edition) -> None:
    """Write a last letter now and send it once the transaction holds; nothing of it is kept, and it is tried once."""
    if not to.email:
        return
    subject, body = write(kind, to=to, about=about, edition=edition)
    letter = EmailMultiAlternatives(subject, body, to=[to.email])
    letter.attach_alternative(laid_out(subject, body, language=to.language), "text/html")
    transaction.on_commit(partial(letter.send, fail_silently=True))


def write(kind: str, *, to: Person, about: models.Model, edition: Edition | None) -> tuple[str, str]:
    """Subject and text of a letter; also for a page that shows it before it is owed."""
    zone = edition.zone if edition else None
    with translation.override(spoken(to.language)), timezone.override(zone):
        facts = {"about": about, "person": to, "edition": edition, "site_url": settings.SITE_URL}
        letter: Any = get_template(f"letters/{kind}.txt")
        text = letter.template.render(Context(facts, autoescape=False))  # plain text: an ampersand stays one
    subject, _newline, body = text.lstrip().partition("\n")
    return subject.strip(), body.strip() + "\n"


def laid_out(subject: str, body: str, *, language: str) -> str:
    """The words of a plain letter as a page. Only addresses of this site are links: others may be of a stranger."""
    ours = re.compile(rf"({re.escape(settings.SITE_URL.rstrip('/'))}(?=[/\s]|$)\S*)")
    paragraphs = [
        [[(words, place % 2 == 1) for place, words in enumerate(ours.split(line))] for line in paragraph.splitlines()]
        for paragraph in re.split(r"\n\s*\n", body.strip())
    ]
    facts = {"subject": subject, "language": language, "paragraphs": paragraphs}
    page: str = render_to_string("letters/base.html", facts)
    return page


def _enclose(letter: EmailMultiAlternatives, delivery: Delivery, about: models.Model) -> None:
    """What belongs to letters of this kind, in the language of the letter."""
    if make := _enclosures.get(delivery.kind):
        with translation.override(spoken(delivery.to.language)):
            enclosure = make(about, delivery.to)
        if enclosure:
            letter.attach(*enclosure)


def _back_off(delivery: Delivery) -> None:
    if delivery.attempts >= MOST_ATTEMPTS:
        _give_up(delivery)
        return
    wait = timedelta(minutes=2**delivery.attempts)
    Delivery.objects.filter(pk=delivery.pk).update(due_at=clock.now() + wait)


def _give_up(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.GIVEN_UP)


def _enqueue(pk: int) -> None:
    from fairs.tasks import send_letter  # the tasks import this module

    send_letter.enqueue(pk)
