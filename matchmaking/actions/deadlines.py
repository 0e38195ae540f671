"""Until when a request waits for its answer."""

from datetime import datetime, timedelta

from fairs import clock
from matchmaking.models import MeetingRules


def answer_by(rules: MeetingRules, starts_at: datetime) -> datetime:
    """Days before the fair, hours once its doors are open, as the rules say; never past the meeting's own beginning.

    What was asked the evening before has, when the doors open, as long as what is asked then.
    """
    now = clock.now()
    on_site = timedelta(hours=rules.answer_hours_on_site)
    first = next(iter(rules.days), None)
    last = max(now, first.starts) + on_site if first else now + on_site
    whole = now + timedelta(hours=rules.answer_hours)
    return min(starts_at, last, max(whole, now + on_site))
