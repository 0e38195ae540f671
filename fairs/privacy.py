"""What the common ground owes to people about their own data."""

from typing import Any

from fairs.actions.day_packs import drop_packs
from fairs.encryption import on_new_key
from fairs.models import Person
from fairs.personal import hand_over, leave_out, on_erasure
from fairs.second_factor import renew_secrets

DEED = "Says which officer or member did something; the lines of the journal that are handed over say the same."
KEY = "A key of the account: it opens a door, and is worth nothing to its holder on paper."

hand_over("fairs.consent", "person", "edition", "purpose", "text_version", "language", "means", "ip", "given_at",
    "withdrawn_at", masks={"ip": None}, more=lambda consent, reader: {"words": consent.words})  # fmt: skip
hand_over("fairs.membership", "person", "company", "role", goes=True)
hand_over("fairs.invitation", "person", "company", "full_name", "email", "role", goes=True)
hand_over("fairs.officer", "person", "role", "edition", "series", goes=True)
hand_over("fairs.delivery", "to", "kind", "edition", "state", "due_at", "sent_at")
hand_over("fairs.entry", "actor", "at", "verb", "edition", "company", "subject")
hand_over("fairs.notice", "contact", "number", "edition", "company", "currency", "due", "paid", "issued_at")
hand_over("fairs.datarequest", "person", "edition", "kind", "means", "wish", "state", "received_on", "due_on",
    "reason", masks={"wish": "", "reason": ""})  # fmt: skip
hand_over("account.emailaddress", "user", "email", "verified", "primary", goes=True)

leave_out("fairs.datarequest", "recorded_by", why=DEED)
leave_out("fairs.daypack", "by", why=DEED)
leave_out("fairs.creditnote", "issued_by", why=DEED)
leave_out("fairs.einvoice", "recorded_by", why=DEED)
leave_out("fairs.linedecision", "by", why=DEED)
leave_out("fairs.notice", "issued_by", why=DEED)
leave_out("fairs.payment", "recorded_by", why=DEED)
leave_out("fairs.planversion", "made_by", why=DEED)
leave_out("fairs.posting", "by", why=DEED)
leave_out("fairs.publication", "by", why=DEED)
leave_out("fairs.refund", "asked_by", why=DEED)
leave_out("fairs.signedreport", "signed_by", why=DEED)
leave_out("fairs.statementshape", "changed_by", why=DEED)
leave_out("fairs.upload", "by", why=DEED)
leave_out("admin.logentry", "user", why=DEED)
leave_out("fairs.person_groups", "person", why="Rights of Django’s own, which nobody here is given.")
leave_out("fairs.person_user_permissions", "person", why="Rights of Django’s own, which nobody here is given.")
leave_out("authtoken.token", "user", why=KEY)
leave_out("mfa.authenticator", "user", why=KEY)

on_new_key(renew_secrets)


@on_erasure
def lists_of_days_go(person: Person, by: Any) -> None:
    """They are copies that may hold the name."""
    drop_packs()
