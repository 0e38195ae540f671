"""Setting up fairs: series, editions, their days, papers, programme."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fairs import clock
from fairs.actions.people import know_person
from fairs.actions.plans import carry_targets
from fairs.actions.report_frames import copy_report_frame
from fairs.deliveries import owe
from fairs.discovery import beginnings, copiers
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import (
    BankAccount,
    Edition,
    ExchangeRate,
    Fund,
    LegalPaper,
    Officer,
    OpeningDay,
    Person,
    ProgrammeItem,
    Series,
    SupportRule,
    VatRate,
    WayOffered,
)
from fairs.permissions import Actor, may, require

LARGEST_FILE = 10 * 1024 * 1024  # bytes
PDF_BEGINS = b"%PDF-"
A_YEAR = timedelta(days=366)
OF_A_RULE = [
    "order", "name_vi", "name_en", "item", "kind", "percent", "ceiling", "booths_at_most", "legal_form", "group",
    "times_from", "times_to", "adds",
]  # fmt: skip
COPIED = ["kind", "time_zone", "venue_vi", "venue_en", "venue_address", "country", "theme_vi", "theme_en"]


def create_series(*, by: Actor, **fields: Any) -> Series:
    """Begin a series of fairs; the administrator's business."""
    require(by, "fairs.create_series")
    with transaction.atomic():
        series = Series.objects.create(**fields)
        record("create", series, by=by, fields=fields)
    return series


def create_edition(series: Series, *, by: Actor, days: Sequence[OpeningDay] = (), **fields: Any) -> Edition:
    """Begin an edition as a draft, with its opening days; whoever runs the series may, and directs it from then on."""
    with transaction.atomic():
        edition = _begin(series, by=by, days=days, fields=fields)
        for begin in beginnings():
            begin(edition)
    return edition


def _begin(series: Series, *, by: Actor, days: Sequence[OpeningDay], fields: Mapping[str, Any]) -> Edition:
    """An edition with nothing but itself and its days."""
    require(by, "fairs.create_edition", series)
    _check_days(days)
    with transaction.atomic():
        edition = Edition(series=series, **fields)
        _check(edition)
        edition.save()
        for day in days:
            day.edition = edition
        OpeningDay.objects.bulk_create(days)
        record("create", edition, by=by, fields=fields)
        _direct(edition, by)
    return edition


def change_edition(edition: Edition, *, by: Actor, **fields: Any) -> Edition:
    """Change an edition's name, dates, place or whether the public sees it."""
    require(by, "fairs.set_up_edition", edition)
    changed = {name for name, value in fields.items() if getattr(edition, name) != value}
    with transaction.atomic():
        for name in changed:
            setattr(edition, name, fields[name])
        _check(edition)
        edition.save(update_fields=changed)
        record("change", edition, by=by, fields=changed)
        announce(edition, "floor")
    return edition


def copy_edition(source: Edition, *, by: Actor, opens_on: date, **fields: Any) -> Edition:
    """A new draft edition with an earlier one's set-up: days, targets, floor, prices, rules; never its people.

    `fields` name what differs (slug, number, names). Days move with the opening date; upper apps copy what is theirs.
    """
    require(by, "fairs.create_edition", source.series)
    _check_year(opens_on)
    shift = opens_on - source.opens_on
    given = {name: getattr(source, name) for name in COPIED} | fields
    with transaction.atomic():
        edition = _begin(
            source.series,
            by=by,
            days=[_moved(day, shift) for day in source.days.all()],
            fields=given | {"opens_on": opens_on, "closes_on": source.closes_on + shift},
        )
        carry_targets(source, edition, by=by)
        _copy_support(source, edition, shift)
        BankAccount.objects.bulk_create(_same_account(account, edition) for account in source.bank_accounts.all())
        WayOffered.objects.bulk_create(_same_way(way, edition) for way in source.ways_offered.all())
        VatRate.objects.bulk_create(
            VatRate(edition=edition, item=rate.item, percent=rate.percent, starts_on=rate.starts_on)  # the law's days
            for rate in source.vat_rates.all()
        )
        copy_report_frame(source, edition)
        for copy in copiers():
            copy(source, edition)
        record("copy", edition, by=by)
    return edition


def set_days(edition: Edition, *, days: Sequence[OpeningDay], by: Actor) -> None:
    """Replace the opening days of an edition; refuses a day outside it, twice, or closed before it opens."""
    require(by, "fairs.set_up_edition", edition)
    _check_days(days)
    outside = [day for day in days if not edition.opens_on <= day.date <= edition.closes_on]
    if outside:
        sentence = _("An opening day lies between the first and the last day of the fair.")
        raise Invalid("day_outside", sentence, {"date": [sentence]})
    with transaction.atomic():
        edition.days.all().delete()
        for day in days:
            day.edition = edition
        OpeningDay.objects.bulk_create(days)
        record("set_days", edition, by=by, fields=["days"])


def add_legal_paper(edition: Edition, *, by: Actor, **fields: Any) -> LegalPaper:
    """Register an official paper; refuses a number the edition already has, and a file that is no PDF."""
    require(by, "fairs.set_up_edition", edition)
    _check_file(fields.get("file"))
    if edition.legal_papers.filter(number=fields["number"]).exists():
        sentence = _("This edition already has a paper with that number.")
        raise Refused("paper_known", sentence, {"number": [sentence]})
    with transaction.atomic():
        paper = LegalPaper.objects.create(edition=edition, **fields)
        record("add", paper, by=by, fields=fields)
    return paper


def add_programme_item(edition: Edition, *, by: Actor, **fields: Any) -> ProgrammeItem:
    """Put something on the programme; refuses an end before the start, and a day far from the fair."""
    require(by, "fairs.set_up_edition", edition)
    _check_moments(edition, **fields)
    with transaction.atomic():
        item = ProgrammeItem.objects.create(edition=edition, **fields)
        record("add", item, by=by)
    return item


def change_programme_item(item: ProgrammeItem, *, by: Actor, **fields: Any) -> ProgrammeItem:
    """Change what the programme says; refuses as adding does."""
    require(by, "fairs.set_up_edition", item.edition)
    _check_moments(item.edition, **{"starts_at": item.starts_at, "ends_at": item.ends_at} | fields)
    with transaction.atomic():
        for name, value in fields.items():
            setattr(item, name, value)
        item.save()
        record("change", item, by=by, fields=fields)
    return item


def remove_programme_item(item: ProgrammeItem, *, by: Actor) -> None:
    """Take something off the programme."""
    require(by, "fairs.set_up_edition", item.edition)
    with transaction.atomic():
        record("remove", item, by=by)
        item.delete()


def appoint_officer(edition: Edition, *, person: Person, role: str, by: Actor) -> Officer:
    """Give a person a role for the edition; giving it again changes nothing."""
    require(by, "fairs.appoint_officer", edition)
    with transaction.atomic():
        officer, new = Officer.objects.get_or_create(person=person, role=role, edition=edition, series=None)
        if new:
            record("appoint", officer, by=by)
    return officer


def appoint_by_email(edition: Edition, *, email: str, full_name: str, role: str, by: Actor) -> Officer:
    """Give a role to the person with this e-mail; one not known yet is entered.

    With the first role in an edition comes a letter that says so and how to sign in.
    """
    require(by, "fairs.appoint_officer", edition)
    with transaction.atomic():
        person = know_person(email=email, full_name=full_name, by=by, language=by.language)
        if not edition.officers.filter(person=person).exists():
            owe("fairs.officer_appointed", to=person, about=edition, edition=edition)
        return appoint_officer(edition, person=person, role=role, by=by)


def dismiss_officer(officer: Officer, *, by: Actor) -> None:
    """Take a role back; the last director of an edition stays."""
    require(by, "fairs.appoint_officer", officer)
    directors = Officer.objects.filter(edition=officer.edition, role=Officer.Role.DIRECTOR)
    if officer.role == Officer.Role.DIRECTOR and directors.count() == 1:
        raise Refused("last_director", _("An edition needs a director. Appoint another one first."))
    with transaction.atomic():
        record("dismiss", officer, by=by)
        officer.delete()


def set_rate(*, currency: str, day: date, usd: Decimal, source: str, by: Actor, edition: Edition) -> ExchangeRate:
    """Enter what a currency was worth on a day that has come; all editions count by it.

    A director may correct a wrong one while no deal rests on it. Refuses with `not_positive`, `day_to_come` and
    `rate_known`.
    """
    require(by, "fairs.set_rate", edition)
    if usd <= 0:
        sentence = _("A rate is more than zero.")
        raise Invalid("not_positive", sentence, {"usd": [sentence]})
    if day > clock.today(edition):
        sentence = _("This day has not come yet. Enter its rate when it is known.")
        raise Invalid("day_to_come", sentence, {"day": [sentence]})
    known = ExchangeRate.objects.filter(currency=currency, date=day).first()
    if known:
        same = (known.usd, known.source) == (usd, source)
        return known if same else _correct_rate(known, usd=usd, source=source, by=by, edition=edition)
    with transaction.atomic():
        rate = ExchangeRate.objects.create(currency=currency, date=day, usd=usd, source=source)
        record("set", rate, by=by, fields=["usd", "source"])
    return rate


def _correct_rate(rate: ExchangeRate, *, usd: Decimal, source: str, by: Actor, edition: Edition) -> ExchangeRate:
    """Put right what was typed wrong; refuses with `rate_known` once a deal has been counted by it."""
    if not may(by, "fairs.correct_rate", edition):
        raise Refused("rate_known", _("There is already a rate for that day. The fair director can correct it."))
    with transaction.atomic():
        held = ExchangeRate.objects.select_for_update().get(pk=rate.pk)
        if any(kind.related_model.objects.filter(**{kind.field.name: held}).exists() for kind in _resting()):
            raise Refused("rate_known", _("There is already a rate for that day, and contracts rest on it."))
        held.usd, held.source = usd, source
        held.save(update_fields=["usd", "source"])
        record("correct", held, by=by, fields=["usd", "source"])
    return held


def _resting() -> list[Any]:
    """Whatever points at rates, in any app; this one knows none of them."""
    fields = ExchangeRate._meta.get_fields(include_hidden=True)
    return [field for field in fields if field.auto_created and field.is_relation]


def _direct(edition: Edition, person: Person) -> None:
    """Who begins an edition runs it; the administrator appoints somebody instead."""
    if not person.is_superuser and "director" not in person.roles_in(edition):
        Officer.objects.create(person=person, role=Officer.Role.DIRECTOR, edition=edition)
        person.__dict__.pop("_offices", None)


def _copy_support(source: Edition, edition: Edition, shift: timedelta) -> None:
    """The same funds and rules for another edition, which rests on papers of its own; the rules' days move with it."""
    funds = {}
    for fund in source.funds.all():
        twin = Fund(edition=edition, name_vi=fund.name_vi, name_en=fund.name_en, share=fund.share)
        twin.save()
        funds[fund.pk] = twin
    for rule in source.support_rules.prefetch_related("provinces"):
        made = SupportRule(edition=edition, **{name: getattr(rule, name) for name in OF_A_RULE})
        made.fund = funds[rule.fund_id] if rule.fund_id else None
        made.valid_from, made.valid_to = (day and day + shift for day in (rule.valid_from, rule.valid_to))
        made.save()
        made.provinces.set(rule.provinces.all())


def _same_way(way: WayOffered, edition: Edition) -> WayOffered:
    kept = {name: getattr(way, name) for name in ("audience", "way", "days", "days_before_opening", "order")}
    return WayOffered(edition=edition, **kept)


def _same_account(account: BankAccount, edition: Edition) -> BankAccount:
    return BankAccount(
        edition=edition, bin=account.bin, bank_name=account.bank_name, number=account.number, holder=account.holder
    )


def _moved(day: OpeningDay, shift: timedelta) -> OpeningDay:
    return OpeningDay(date=day.date + shift, opens_at=day.opens_at, closes_at=day.closes_at, audience=day.audience)


def _check(edition: Edition) -> None:
    """The model's own rules as one refusal, field by field."""
    _check_year(edition.opens_on)
    _check_year(edition.closes_on)
    try:
        edition.full_clean(validate_constraints=True)
    except ValidationError as error:
        raise Invalid(
            "edition",
            _("Something about the edition is not right."),
            {k: list(v) for k, v in error.message_dict.items()},
        ) from None


def _check_year(day: date) -> None:
    if not 1990 <= day.year <= 2100:
        sentence = _("This year is too far away. Check the date.")
        raise Invalid("far_away", sentence, {"opens_on": [sentence]})


def _check_days(days: Sequence[OpeningDay]) -> None:
    if any(day.closes_at <= day.opens_at for day in days):
        sentence = _("The doors close after they open.")
        raise Invalid("closes_first", sentence, {"closes_at": [sentence]})
    if len({day.date for day in days}) < len(days):
        sentence = _("A day is named twice.")
        raise Invalid("day_twice", sentence, {"date": [sentence]})


def _check_moments(edition: Edition, *, starts_at: datetime, ends_at: datetime | None = None, **_others: Any) -> None:
    if ends_at and ends_at < starts_at:
        sentence = _("It ends after it starts.")
        raise Invalid("ends_first", sentence, {"ends_at": [sentence]})
    if any(abs(moment.date() - edition.opens_on) > A_YEAR for moment in (starts_at, ends_at) if moment):
        sentence = _("This is more than a year away from the fair. Check the date.")
        raise Invalid("far_away", sentence, {"starts_at": [sentence]})


def _check_file(file: Any) -> None:
    """Only what is a PDF inside, whatever its name says, and of a bearable size."""
    if not file:
        return
    if file.size > LARGEST_FILE:
        sentence = _("The file is larger than 10 MB. Scan it in black and white, then try again.")
        raise Invalid("file_too_large", sentence, {"file": [sentence]})
    begins = file.read(len(PDF_BEGINS))
    file.seek(0)
    if begins != PDF_BEGINS:
        sentence = _("This is not a PDF. Save the paper as PDF, then try again.")
        raise Invalid("not_a_pdf", sentence, {"file": [sentence]})
