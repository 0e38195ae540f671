"""The demonstration's rounds of invitations, and who comes with the importers hosted."""

from datetime import timedelta
from functools import partial
from random import Random

from buyers.actions.campaigns import begin_campaign, send_invitations
from buyers.actions.companions import add_companion
from buyers.actions.invitations import open_invitation, refuse_invitations
from buyers.audience import Choice
from buyers.models import Invitee, Registration
from buyers.pasted import Typed
from fairs.demo.stages import moment
from fairs.demo.world import SEED, Demo
from fairs.invention import ImporterIdea
from fairs.invention.people import vietnamese
from fairs.models import ProductGroup

ROUNDS = {
    "Quà tặng và trang trí: danh sách của tham tán thương mại": "2018-05-08 10:00",
    "Mây tre đan: người mua mới": "2018-06-12 14:30",
}
IN_A_ROUND = 60


def in_a_round(demo: Demo) -> int:
    """How many are invited at once; no more at a greater fair."""
    return min(IN_A_ROUND, demo.many(IN_A_ROUND))


def invite_in_rounds(demo: Demo, ideas: list[ImporterIdea]) -> None:
    """Some of those who were only invited were so in many, from a list; not all open the letter, some want no more."""
    for number, (name, begun) in enumerate(ROUNDS.items()):
        of_round = ideas[number * in_a_round(demo) : (number + 1) * in_a_round(demo)]
        demo.timeline.at(moment(begun), partial(_begin, demo, name, of_round))


def _begin(demo: Demo, name: str, ideas: list[ImporterIdea]) -> None:
    chance = Random(f"{SEED}/{name}")
    desk = demo.officers["importer_desk"]
    typed = [Typed(idea.contact.email, idea.contact.full_name, idea.name, idea.country) for idea in ideas]
    groups = ProductGroup.objects.filter(code__in=ideas[0].groups)
    campaign = begin_campaign(demo.edition, name=name, choice=Choice(), typed=typed, typed_groups=groups, by=desk)
    send_invitations(campaign.pk)
    for invitee in campaign.invitees.select_related("edition", "person", "company"):
        fate, later = chance.random(), timedelta(hours=chance.uniform(1, 90))
        demo.timeline.at(moment(ROUNDS[name]) + later, partial(_answer, invitee, fate))


def _answer(invitee: Invitee, fate: float) -> None:
    """Half of them open the letter; a few want no more of them."""
    if fate < 0.5:
        open_invitation(invitee)
    elif fate > 0.97:
        refuse_invitations(invitee)


def bring_companions(demo: Demo, registration: Registration) -> None:
    """Every second importer who is hosted brings an interpreter from here, some a colleague too."""
    chance = Random(f"{SEED}/companions/{registration.person.email}")
    if chance.random() < 0.5:
        idea = vietnamese(chance, position=("", ""), domain="interpreters.example")
        add_companion(registration, full_name=idea.full_name, kind="interpreter", by=registration.person)
    if chance.random() < 0.2:
        name = f"{chance.choice(['Alex', 'Robin', 'Kim', 'Noa', 'Jo'])} {registration.person.full_name.split()[-1]}"
        add_companion(registration, full_name=name, kind="companion", by=registration.person)
