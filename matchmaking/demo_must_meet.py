"""Whom the demonstration's importers come for, chosen before they may ask for meetings."""

from buyers.models import Registration
from fairs.demo.world import Demo
from matchmaking.actions.must_meet import must_meet
from matchmaking.querysets import taking_part

LISTS, LONGEST = 150, 5


def list_must_meets(demo: Demo) -> None:
    """The first importers approved list some makers of what they look for."""
    chance = demo.chance("must_meets")
    makers = [
        (part, {group.pk for group in part.company.product_groups.all()})
        for part in taking_part(demo.edition, "exhibitor").prefetch_related("company__product_groups").order_by("pk")
    ]
    approved = Registration.objects.filter(edition=demo.edition, state="approved").order_by("pk")
    for registration in approved.select_related("edition", "person").prefetch_related("product_groups")[:LISTS]:
        wanted = {group.pk for group in registration.product_groups.all()}
        fitting = [part for part, groups in makers if groups & wanted]
        for part in chance.sample(fitting, min(len(fitting), chance.randint(1, LONGEST))):
            must_meet(registration, exhibitor=part, by=registration.person)
