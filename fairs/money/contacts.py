"""To whom the letters about a notice go."""

from collections.abc import Iterable

from fairs.models import Delivery, Notice, Person


def readers(notices: Iterable[Notice]) -> dict[int, Person]:
    """By the key of each notice the person to whom it was sent when it was issued."""
    abouts = [f"fairs.notice:{one.pk}" for one in notices]
    rows = Delivery.objects.filter(kind="fairs.notice_issued", about__in=abouts).select_related("to").order_by("pk")
    return {int(row.about.partition(":")[2]): row.to for row in rows}
