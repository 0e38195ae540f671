"""Who comes with an importer, as pages list them: with the state in words and the badge that is printed."""

from typing import Any

from buyers.models import Badge, Companion, Registration

KINDS = {"named": "wait", "approved": "ok", "left": "off"}


def rows_of(registration: Registration | None) -> list[dict[str, Any]]:
    """Everybody who means to come along, with their valid badge; two queries."""
    companions = list(Companion.objects.live().filter(registration=registration).select_related("person"))
    people = [one.person_id for one in companions]
    edition = registration.edition_id if registration else None
    badges = {badge.person_id: badge for badge in Badge.objects.valid().filter(edition=edition, person__in=people)}
    return [{"companion": one, "kind": KINDS[one.state], "badge": badges.get(one.person_id)} for one in companions]
