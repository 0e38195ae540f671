"""The rules of the fair: published in versions that never change, accepted one by one."""

import re

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from booths.models import Application, RulesAcceptance, RulesText
from booths.querysets import rules_of
from fairs.deliveries import owe_many
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition
from fairs.permissions import Actor, require

HANDED_IN = [state for state in Application.LIVE if state != Application.State.DRAFT]
VERSION = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]{0,18}[0-9A-Za-z])?")  # it stands in an address


def publish_rules(edition: Edition, *, version: str, text_vi: str, text_en: str, by: Actor) -> RulesText:
    """Publish the rules in a new version: whoever hands in from now on accepts this one, and those who have handed in
    already are asked by a letter to accept it too.

    A published version stays as it is, since applications name it. Refuses with `bad_version`, `version_taken` or
    `no_text`.
    """
    require(by, "booths.publish_rules", edition)
    texts = {"text_vi": text_vi.strip(), "text_en": text_en.strip()}
    _check(version.strip(), texts)
    try:
        with transaction.atomic():
            rules = RulesText.objects.create(edition=edition, version=version.strip(), **texts)
            record("publish", rules, by=by, fields=texts)
            asked = Application.objects.filter(edition=edition, state__in=HANDED_IN).select_related("contact")
            owe_many("booths.rules_changed", [(one.contact, one) for one in asked], edition=edition)
    except IntegrityError:
        sentence = _("Version %(version)s is published already. Give the changed rules a new name.")
        sentence %= {"version": version}
        raise Refused("version_taken", sentence, {"version": [sentence]}) from None
    return rules


def accept_rules(application: Application, *, version: str, by: Actor) -> Application:
    """Accept the version that holds now, for whoever handed in under an earlier one; said again it stays as it is.

    Refuses with `rules_changed`, `rules_not_accepted` and, once the application is closed, `not_open`.
    """
    require(by, "booths.apply", application)
    with transaction.atomic():
        application = Application.objects.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
        if application.state not in HANDED_IN:
            raise Refused("not_open", _("This application is closed."))
        check_accepted(application.edition, version)
        if application.rules_version != version:
            application.rules_version = version
            application.save(update_fields=["rules_version"])
            note_acceptance(application, by=by)
            record("accept_rules", application, by=by, fields=["rules_version"])
            announce(application.edition, "applications")
    return application


def note_acceptance(application: Application, *, by: Actor) -> None:
    """Keep who accepted the version that the application names, and when; inside the caller's transaction."""
    rules = RulesText.objects.filter(edition=application.edition_id, version=application.rules_version).first()
    if rules:
        RulesAcceptance.objects.get_or_create(rules=rules, application=application, defaults={"accepted_by": by})


def newest_version(edition: Edition) -> str:
    """What an applicant accepts who hands in now; nothing while there are no rules."""
    rules = rules_of(edition)
    return rules.version if rules else ""


def next_version(version: str) -> str:
    """A name for the version after this one: its last number raised by one."""
    found = re.fullmatch(r"(.*?)(\d+)", version)
    return f"{found[1]}{int(found[2]) + 1}" if found else f"{version}-2"[-20:] if version else "1"


def check_accepted(edition: Edition, version: str) -> None:
    """Refuses unless this is the version of the rules that holds now."""
    newest = newest_version(edition)
    if not newest:
        raise Refused(
            "rules_not_published",
            _("The organiser has not published the rules of the fair yet. Your draft is kept: hand in later."),
        )
    if not version:
        sentence = _("Read the rules of the fair and accept them to hand in.")
        raise Invalid("rules_not_accepted", sentence, {"rules": [sentence]})
    if version != newest:
        sentence = _("The rules have changed meanwhile. Read version %(version)s and accept it to hand in.")
        raise Refused("rules_changed", sentence % {"version": newest}, {"agreed": [sentence % {"version": newest}]})


def _check(version: str, texts: dict[str, str]) -> None:
    if not VERSION.fullmatch(version):
        sentence = _("Name the version with letters, digits, dots and dashes, such as 2018-1.")
        raise Invalid("bad_version", sentence, {"version": [sentence]})
    for name, text in texts.items():
        if not text:
            sentence = _("Write the rules in both languages: foreign exhibitors accept them too.")
            raise Invalid("no_text", sentence, {name: [sentence]})
