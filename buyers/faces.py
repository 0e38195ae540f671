"""What a badge says, on paper and on the phone, in the holder's language first."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from buyers.models import Badge, Grade, Registration
from buyers.names import below
from fairs.papers.badge import BadgeFace
from fairs.templatetags.fair import country, day_range, local

OTHER = {"vi": "en", "en": "vi"}
# Where they come from tells nobody anything.
LOCAL_KINDS = frozenset(
    {Badge.Kind.EXHIBITOR, Badge.Kind.ORGANISER, Badge.Kind.STAFF, Badge.Kind.CONTRACTOR, Badge.Kind.VOLUNTEER}
)


def kind_words(badge: Badge, language: str) -> tuple[str, str]:
    """The badge's kind in this language, and in the other one."""
    words = []
    for spoken in (language, OTHER[language]):
        with override(spoken):
            words.append(str(badge.get_kind_display()))
    return words[0], words[1]


def faces(badges: Iterable[Badge]) -> list[BadgeFace]:
    """The printed faces of badges, which come with person, company, edition and its series."""
    badges = list(badges)
    grades = _grades(badges)
    return [_face(badge, grades.get((badge.edition_id, badge.person_id))) for badge in badges]


def _face(badge: Badge, grade: Grade | None) -> BadgeFace:
    language = "vi" if badge.person.language.startswith("vi") else "en"
    with override(language):
        return BadgeFace(
            kind=badge.kind,
            kind_words=kind_words(badge, language),
            given_name=badge.person.badge_name,
            full_name=below(badge.person.badge_name, badge.person.full_name),
            native_name=badge.person.original_name,
            home=badge.from_country,
            company=local(badge.company, "name") if badge.company else badge.organisation,
            country=_country(badge, language),
            token=badge.qr_code,
            code=badge.code,
            edition=local(badge.edition, "name"),
            dates=day_range(badge.edition.opens_on, badge.edition.closes_on),
            place=badge.edition.venue_address.split(",")[-1].strip(),
            rows=_rows(badge, grade),
        )


def _rows(badge: Badge, grade: Grade | None) -> tuple[tuple[str, str], ...]:
    edition = badge.edition
    hosted = local(grade, "name") if grade and grade.hosted else ""
    return (
        (_("Valid"), day_range(edition.opens_on, edition.closes_on)),
        (_("Position"), badge.person.job_title),
        (_("Hosted importer"), hosted),
        (_("Help"), edition.series.phone),
    )


def _country(badge: Badge, language: str) -> tuple[str, ...]:
    if not badge.from_country or badge.kind in LOCAL_KINDS:
        return ()
    names = []
    for spoken in (language, OTHER[language]):
        with override(spoken):
            names.append(country(badge.from_country))
    return tuple(names)


def _grades(badges: list[Badge]) -> dict[tuple[int, int], Grade | None]:
    rows = Registration.objects.filter(
        person__in=[badge.person_id for badge in badges], state=Registration.State.APPROVED
    )
    return {(one.edition_id, one.person_id): one.grade for one in rows.select_related("grade")}
