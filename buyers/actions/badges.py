"""Giving people the right to pass the gates, and taking it back."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from buyers.codes import new_short_code, new_token, normalise, signature_digits, signed_text
from buyers.models import Badge, SigningKey
from buyers.signing import new_private_key, public_key, sign
from fairs.deliveries import owe
from fairs.discovery import more_passes
from fairs.encryption import decrypted, encrypted
from fairs.errors import Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Company, Edition, Participation, Person
from fairs.permissions import Actor, require


def issue_badge(edition: Edition, *, person: Person, company: Company | None, kind: str, by: Actor) -> Badge:
    """Give a person their badge; asked again for the same, it answers the one they have.

    Refuses with `other_badge` when the person has a valid badge of another kind or company, and an exhibitor's pass
    with `not_exhibiting` or `no_pass_left`.
    """
    require(by, "buyers.issue_badge", Badge(edition=edition, person=person, company=company, kind=kind))
    with transaction.atomic():
        return give_badge(edition, person=person, company=company, kind=kind, by=by)


def give_badge(
    edition: Edition, *, person: Person, company: Company | None, kind: str, by: Actor, **fields: str
) -> Badge:
    """The same inside the caller's transaction, for actions that have asked for their own permission.

    `fields` may hold organisation, country and the key of the form.
    """
    if kind == Badge.Kind.EXHIBITOR:
        _lock_quota(edition, company)
    if known := valid_badge(edition, person):
        return _same(known, company, kind)
    if kind == Badge.Kind.EXHIBITOR:
        _check_quota(edition, company)
    try:
        with transaction.atomic():
            badge = _new(edition, person, company, kind, by, **fields)
    except IntegrityError:  # somebody else gave it at the same moment
        known = valid_badge(edition, person)
        if known is None:
            raise
        return _same(known, company, kind)
    record("issue", badge, by=by)
    announce(edition, "badges")
    return badge


def reissue_badge(badge: Badge, *, by: Actor) -> Badge:
    """A new badge in place of a lost one: from now on only the new one opens a gate.

    Refuses with `not_exhibiting` a new pass for a company that no longer takes part.
    """
    require(by, "buyers.end_badge", badge)
    with transaction.atomic():
        if badge.kind == Badge.Kind.EXHIBITOR:
            _lock_quota(badge.edition, badge.company)
        badge.follow("revoke", by=by)
        again = {"organisation": badge.organisation, "country": badge.country}
        fresh = _new(badge.edition, badge.person, badge.company, badge.kind, by, **again)
        record("issue", fresh, by=by)
        owe("buyers.badge_reissued", to=fresh.person, about=fresh, edition=fresh.edition)
        announce(badge.edition, "badges")
    return fresh


def revoke_badge(badge: Badge, *, by: Actor) -> Badge:
    """The badge no longer opens any gate."""
    require(by, "buyers.end_badge", badge)
    with transaction.atomic():
        badge.follow("revoke", by=by)
        announce(badge.edition, "badges")
    return badge


def valid_badge(edition: Edition, person: Person) -> Badge | None:
    """The one badge with which the person passes the gates of the edition, if they have one."""
    return Badge.objects.valid().filter(edition=edition, person=person).first()


def read_code(edition: Edition, code: str) -> Badge:
    """The badge of the edition that holds what was scanned or typed, valid or not; refuses with `unknown_code`."""
    badge = Badge.objects.with_code(normalise(code)).filter(edition=edition).select_related("person", "company").first()
    if badge is None:
        raise Refused("unknown_code", _("No badge of this fair has this code. Scan it again, or type it once more."))
    return badge


def key_of(edition: Edition) -> SigningKey:
    """The edition's key, made when its first badge is signed."""
    if known := SigningKey.objects.filter(edition=edition).first():
        return known
    private = new_private_key()
    made = {"private": encrypted(private), "public": public_key(private)}
    return SigningKey.objects.get_or_create(edition=edition, defaults=made)[0]


def signature(edition: Edition, kind: str, token: str) -> str:
    """The edition's word that this token of this kind is its own, in 103 digits."""
    private = decrypted(key_of(edition).private)
    return signature_digits(sign(private, signed_text(edition.pk, kind, token)))


def exhibits(edition: Edition, company: Company | None) -> QuerySet[Participation]:
    """The company's part as an exhibitor; none once it has withdrawn."""
    return Participation.objects.filter(
        edition=edition,
        company=company,
        role=Participation.Role.EXHIBITOR,
        state=Participation.State.ACTIVE,
    )


def _new(edition: Edition, person: Person, company: Company | None, kind: str, by: Actor, **fields: str) -> Badge:
    token = new_token()
    return Badge.objects.create(
        edition=edition,
        person=person,
        company=company,
        kind=kind,
        token=token,
        signature=signature(edition, kind, token),
        short_code=new_short_code(),
        issued_by=by if by.is_authenticated else None,
        **fields,
    )


def _same(known: Badge, company: Company | None, kind: str) -> Badge:
    if known.kind == kind and known.company_id == (company.pk if company else None):
        return known
    raise Refused(
        "other_badge",
        _("%(name)s already has a valid badge (%(kind)s). Revoke that one first.")
        % {"name": known.person.full_name, "kind": known.get_kind_display()},
    )


def _lock_quota(edition: Edition, company: Company | None) -> None:
    """Two members of a company asking for its last pass stand in line here."""
    if not exhibits(edition, company).select_for_update().exists():
        raise Refused("not_exhibiting", _("Passes are for companies that exhibit at this edition."))


def _check_quota(edition: Edition, company: Company | None) -> None:
    part = Participation.objects.get(edition=edition, company=company, role=Participation.Role.EXHIBITOR)
    quota = part.pass_quota + more_passes(edition, part.company_id)
    given = Badge.objects.valid().filter(edition=edition, company=company, kind=Badge.Kind.EXHIBITOR).count()
    if given >= quota:
        raise Refused(
            "no_pass_left",
            _("All %(quota)d passes of your company are in use. Take one back first, or ask the booth desk for more.")
            % {"quota": quota},
        )
