"""Who may do what with the floor."""

from typing import Any

import rules

from fairs.permissions import JURY, Actor, member, officer


@rules.predicate
def juror(person: Actor, thing: Any) -> bool:
    """Somebody who sits in the jury of the thing's edition."""
    edition = getattr(thing, "edition", thing)
    return bool(person.is_authenticated and edition and person.roles_in(edition) & JURY)


@rules.predicate
def own_review(person: Actor, review: Any) -> bool:
    """The juror to whom the review was given."""
    return bool(person.is_authenticated and review.reviewer_id == person.pk)


rules.add_perm("booths.open_desk", officer("booth_desk", "finance", "reports"))
rules.add_perm("booths.set_up_floor", officer("booth_desk"))
rules.add_perm("booths.publish_rules", officer())
rules.add_perm("booths.apply", member | officer("booth_desk"))
rules.add_perm("booths.decide", officer("booth_desk"))
rules.add_perm("booths.judge", own_review & juror)
# Who judges reads nobody else's scores, whatever other office they hold.
rules.add_perm("booths.read_scores", officer("booth_desk") & ~juror)
rules.add_perm("booths.hold", member | officer("booth_desk"))
rules.add_perm("booths.hand_over", officer("booth_desk"))

# The exhibitor manual.
rules.add_perm("booths.do_task", member | officer("booth_desk"))
rules.add_perm("booths.check_task", officer("booth_desk"))
rules.add_perm("booths.set_up_manual", officer("booth_desk"))
# Services: whoever exhibits orders; the booth desk and finance look after the orders.
rules.add_perm("booths.order_services", member | officer("booth_desk"))
rules.add_perm("booths.cancel_order", member | officer("booth_desk", "finance"))
rules.add_perm("booths.run_services", officer("booth_desk", "finance"))
rules.add_perm("booths.set_up_services", officer("booth_desk"))
# ---- moving in and out ----
rules.add_perm("booths.book_vehicle", member | officer("booth_desk"))
rules.add_perm("booths.read_passes", officer("booth_desk", "gate"))
rules.add_perm("booths.open_yard", officer("booth_desk", "gate"))
rules.add_perm("booths.check_booths", officer("booth_desk"))
rules.add_perm("booths.take_back", officer("booth_desk"))
rules.add_perm("booths.check_goods", officer("booth_desk"))
