"""The pages around importers in Chromium, role by role: each keeps nobody out, speaks one language, fits the window."""

import pytest
from django.urls import reverse

from fairs import clock
from tests import world
from tests.buyers.devices import quiet
from tests.cast import assemble
from tests.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A name with an argument takes the thing of that name from the cast.
PAGES = {
    "importer_desk": [
        "buyers:vetting", "buyers:importer_desk registration", "buyers:ask_for_more registration",
        "buyers:check_evidence registration", "buyers:companions_desk registration", "buyers:campaigns",
        "buyers:campaign campaign", "buyers:new_campaign", "buyers:grades", "buyers:edit_grade grade",
        "buyers:hosted_desk", "buyers:hosting contract", "buyers:badges_desk", "buyers:print_run print_run",
        "buyers:welcome",
    ],
    "visa": ["buyers:visa_desk", "buyers:visa_letter visa_letter", "buyers:visa_rules"],
    "privacy": ["fairs:data_requests", "fairs:data_request data_request", "fairs:record_data_request"],
    "gate": [
        "buyers:gate", "buyers:access", "buyers:add_device", "buyers:device device", "buyers:gate_figures",
    ],
    "importer": [
        "buyers:registration", "buyers:companions", "buyers:evidence", "buyers:own_hosting", "buyers:visa",
        "matchmaking:who_to_meet", "matchmaking:makers",
    ],
    "exhibitor": ["buyers:passes", "matchmaking:leads", "matchmaking:lead lead", "matchmaking:booth_card"],
}  # fmt: skip


@pytest.mark.parametrize(("language", "phone"), [("vi", True), ("en", False)])
def test_the_pages_of_each_role(live_site, open_window, monkeypatch, language, phone):
    quiet(monkeypatch)
    walk = Walk(live_site, language, open_window)
    with clock.at(world.NOON):
        cast = assemble()
    for role, pages in PAGES.items():
        visitor = walk.visitor(role, phone=phone)
        visitor.window.sign_in(cast.people[role], live_site)
        for page in pages:
            name, *things = page.split()
            visitor.go(reverse(name, args=[cast.edition.slug, *(cast.things[thing].pk for thing in things)]))
            visitor.look()
