"""The terms of data requests and the working days by which they are counted, as the database says them."""

from datetime import date

from fairs import reference
from fairs.models import Holiday, RequestTerm
from fairs.working_days import Calendar


def calendar() -> Calendar:
    """The holidays that are known."""
    days = list(Holiday.objects.values_list("date", "works"))
    return Calendar(
        off=frozenset(day for day, works in days if not works), worked=frozenset(day for day, works in days if works)
    )


def term_of(kind: str) -> RequestTerm:
    """The term of a kind of request: as an organiser set it, else as it ships."""
    known = RequestTerm.objects.filter(kind=kind).first()
    return known or next(RequestTerm(**fact) for fact in reference.request_terms() if fact["kind"] == kind)


def due_days(kind: str, received_on: date) -> tuple[date, date]:
    """The days by which a request is acknowledged and answered."""
    term, days = term_of(kind), calendar()
    return days.after(received_on, term.acknowledge_days), days.after(received_on, term.days)


def extended(kind: str, due_on: date) -> date:
    """The day by which an extended request is answered."""
    return calendar().after(due_on, term_of(kind).extension_days)
