"""What a device at a gate is told: the rules, and who holds which badge - name, company, kind, and nothing else."""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from buyers.access import access_to
from buyers.actions.badges import key_of
from buyers.codes import KIND_DIGITS
from buyers.models import Badge, Device, Gate, GateRules, Scan
from fairs import clock
from fairs.models import Participation

PAGE = 2000
# A row that was committed a little late is told in the next answer: those asked for begin so much earlier.
OVERLAP = timedelta(minutes=2)
RECENT = timedelta(minutes=30)


def orders_for(device: Device) -> dict[str, Any]:
    """All that decides at the gates of the device's edition; moments in milliseconds since 1970."""
    edition, rules, access = device.edition, GateRules.of(device.edition), access_to(device.edition)
    return {
        "edition": {
            "id": edition.pk, "slug": edition.slug, "vi": edition.name_vi, "en": edition.name_en,
            "phone": edition.series.phone, "zone": edition.time_zone,
        },
        "device": {"name": device.name, "gate": device.gate_id},
        "gates": [
            {"id": gate.pk, "vi": gate.name_vi, "en": gate.name_en, "area": gate.area_id}
            for gate in Gate.objects.filter(edition=edition)
        ],
        "key": key_of(edition).public,
        "again": int(rules.again_after.total_seconds() * 1000),
        "wipe": stamp(rules.wipe_at),
        "windows": {
            kind: [[window.area, stamp(window.begins), stamp(window.ends)] for window in windows]
            for kind, windows in access.windows.items()
        },
        "areas": sorted(area for area in access.areas if area is not None),
        "kinds": {digit: kind for kind, digit in KIND_DIGITS.items()},
        "now": stamp(clock.now()),
    }  # fmt: skip


def badges_for(device: Device, *, since: datetime | None, after: int) -> dict[str, Any]:
    """A page of the badges that changed since a moment (all, without one), in the order of their ids after one of them.

    Each is [id, hash of the token, hash of the short code, name, company, digit of the kind, whether it is valid].
    """
    rows = Badge.objects.filter(edition=device.edition, pk__gt=after).order_by("pk")
    if since:
        rows = rows.filter(state_changed_at__gte=since - OVERLAP)
    page = list(_told(rows)[: PAGE + 1])
    return {
        "badges": [_row(device.edition_id, row) for row in page[:PAGE]],
        "more": len(page) > PAGE,
        "now": stamp(clock.now()),
    }


def ended_passes(device: Device) -> list[int]:
    """Valid passes of companies that exhibit no longer: they change with the company, not by themselves."""
    taking_part = Participation.objects.filter(
        edition=device.edition_id, role="exhibitor", state="active", company=OuterRef("company")
    )
    passes = Badge.objects.valid().filter(edition=device.edition, kind=Badge.Kind.EXHIBITOR)
    return list(passes.filter(~Exists(taking_part)).order_by().values_list("pk", flat=True))


def recent_passages(device: Device) -> list[list[Any]]:
    """Who passed which kind of door in the last half hour: [badge, area, moment, inward]."""
    since = clock.now() - RECENT
    passed = Scan.objects.passages().filter(edition=device.edition, at__gte=since).order_by("at", "pk")
    rows = passed.values_list("badge", "gate__area", "at", "direction")
    return [[badge, area, stamp(at), direction == "in"] for badge, area, at, direction in rows]


def code_hash(edition: int, code: str) -> str:
    """What a device keeps instead of a code: who takes it learns no code from it. 128 bits in base64url."""
    digest = sha256(f"cho-phien.{edition}.{code}".encode()).digest()[:16]
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def stamp(moment: datetime) -> int:
    """Milliseconds since 1970, as browsers count."""
    return round(moment.timestamp() * 1000)


def _told(rows: Any) -> Any:
    whose = Coalesce("company__name_vi", "organisation")
    return rows.annotate(whose=whose).values_list(
        "pk", "token", "short_code", "person__full_name", "whose", "kind", "state"
    )


def _row(edition: int, row: Iterable[Any]) -> list[Any]:
    pk, token, short, name, whose, kind, state = row
    return [
        pk, code_hash(edition, token), code_hash(edition, short), name, whose, KIND_DIGITS[kind],
        state == Badge.State.ACTIVE,
    ]  # fmt: skip
