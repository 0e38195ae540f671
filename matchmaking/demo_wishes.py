"""Whom the demonstration's two sides would like to meet, said before meetings may be asked for."""

from random import Random

from buyers.models import Registration
from fairs.demo.world import Demo
from fairs.models import Participation, Person
from matchmaking.actions.wishes import wish
from matchmaking.models import Wish
from matchmaking.querysets import importers_listed, taking_part

LISTS, LONGEST, MAKERS = 150, 5, 40
REASONS = ("price", "order", "certificates", "known", "other")


def say_wishes(demo: Demo) -> None:
    """The first importers approved say whom they must meet, and at times whom not; some makers do the same."""
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
            wish(registration, exhibitor=part, side="importer", kind="must", by=registration.person)
    _more(demo, [part for part, _groups in makers])


def _more(demo: Demo, makers: list[Participation]) -> None:
    """By a chance of its own: what importers would like and what not, and what makers think of importers."""
    chance = demo.chance("wishes")
    listed = list(importers_listed(demo.edition).order_by("pk").select_related("edition", "person", "company"))
    for registration in listed[:LISTS]:
        for part in chance.sample(makers, min(len(makers), 3)):
            _say(chance, registration, part, "importer", registration.person)
    for part in chance.sample(makers, min(len(makers), MAKERS)):
        boss = part.company.memberships.order_by("pk")[0].person
        for registration in chance.sample(listed, min(len(listed), 3)):
            _say(chance, registration, part, "exhibitor", boss)


def _say(chance: Random, registration: Registration, part: Participation, side: str, by: Person) -> None:
    """Two of three would like to meet; what stands on the list of must-meets stays."""
    if Wish.objects.filter(registration=registration, exhibitor=part, side=side).exists():
        return
    no = chance.random() < 0.34
    kind, reason = ("no", chance.choice(REASONS)) if no else ("like", "")
    wish(registration, exhibitor=part, side=side, kind=kind, reason=reason, by=by)
