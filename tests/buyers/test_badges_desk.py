"""The desk's pages of badges: the list, one badge, issuing, registering on the spot."""

import pytest

from buyers.actions.companions import add_companion
from buyers.actions.desk_badges import issue_by_name
from buyers.models import Badge, PrintRun
from fairs.models import Person
from tests import world
from tests.buyers.importers import importer, page

pytestmark = pytest.mark.django_db


def named(edition, officer, name, kind="press", **more):
    return issue_by_name(edition, full_name=name, kind=kind, by=officer, **more)


def shown(client, edition, **asked):
    return [badge.person.full_name for badge in client.get(page("badges_desk", edition), asked).context["page"]]


def test_the_list_is_searched_without_accents_and_narrowed(edition, client, desk):
    tinh = named(edition, desk, "Nguyễn Văn Tĩnh", organisation="Báo Hà Nội Mới")
    named(edition, desk, "Anna Rossi", kind="speaker")
    importer(edition, grade="ordinary")
    assert shown(client, edition) == ["Anna Rossi", "Linnea Berg", "Nguyễn Văn Tĩnh"]
    assert shown(client, edition, q="tinh") == ["Nguyễn Văn Tĩnh"]
    assert shown(client, edition, q="ha noi moi") == ["Nguyễn Văn Tĩnh"]
    assert shown(client, edition, q=tinh.code) == ["Nguyễn Văn Tĩnh"]
    assert shown(client, edition, kind="speaker") == ["Anna Rossi"]
    assert shown(client, edition, kind="x", state="y", sort="z") == ["Anna Rossi", "Linnea Berg", "Nguyễn Văn Tĩnh"]
    assert shown(client, edition, sort="-name")[0] == "Nguyễn Văn Tĩnh"
    client.post(page("revoke_badge", edition, pk=tinh.pk), {"here": "1"})
    assert shown(client, edition, state="revoked") == ["Nguyễn Văn Tĩnh"]


def test_importers_ticked_on_their_own_list_are_found_and_printed_with_who_comes_along(edition, client, desk):
    one, other = importer(edition, grade="ordinary"), importer(edition, grade="ordinary", name="Bruno Costa")
    add_companion(one, full_name="Aiko Sato", kind="companion", by=one.person)
    add_companion(other, full_name="Ana Costa", kind="companion", by=other.person)
    importers = client.get(page("importers_desk", edition)).content.decode()
    assert f'formaction="{page("badges_desk", edition)}"' in importers
    assert shown(client, edition, chosen=[one.pk, "²"]) == ["Aiko Sato", "Linnea Berg"]
    assert shown(client, edition, chosen=one.pk, q="aiko") == ["Aiko Sato"]
    assert len(shown(client, edition, chosen="x")) == 4
    client.post(page("begin_print", edition) + f"?chosen={one.pk}", {"which": "found", "size": "a6"})
    holders = Badge.objects.filter(pk__in=PrintRun.objects.get().badges).values_list("person__full_name", flat=True)
    assert set(holders) == {"Aiko Sato", "Linnea Berg"}


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_list_asks_the_database_equally_often(edition, client, desk, rows, django_assert_num_queries):
    for number in range(rows):
        world.badge(edition, world.person(f"Người {number}"), kind="press")
    client.get(page("badges_desk", edition))
    with django_assert_num_queries(9):
        client.get(page("badges_desk", edition))


def test_one_badge_is_issued_looked_at_replaced_and_revoked(edition, client, desk):
    form = {"kind": "press", "full_name": "Anna Rossi", "organisation": "La Repubblica", "country": "IT", "key": "1"}
    issued = client.post(page("issue_badge", edition), form)
    badge = Badge.objects.get()
    assert issued.url == page("badge_desk", edition, pk=badge.pk)
    assert badge.code in client.get(issued.url).content.decode()
    replaced = client.post(page("reissue_badge", edition, pk=badge.pk), {"here": "1"})
    fresh = Badge.objects.valid().get()
    assert replaced.url == page("badge_desk", edition, pk=fresh.pk)
    assert page("badge_desk", edition, pk=badge.pk) in client.get(replaced.url).content.decode()
    client.post(page("revoke_badge", edition, pk=fresh.pk), {"here": "1"})
    assert not Badge.objects.valid().exists()
    assert page("reissue_badge", edition, pk=fresh.pk) not in client.get(replaced.url).content.decode()


def test_a_form_that_is_refused_keeps_what_was_typed(edition, client, desk):
    anna = world.person("Anna Rossi")
    named(edition, desk, "Anna Rossi", email=anna.email)
    again = client.post(page("issue_badge", edition), {"kind": "staff", "full_name": "A. Rossi", "email": anna.email})
    assert again.status_code == 422
    assert "A. Rossi" in again.content.decode()


def test_who_keeps_a_gate_finds_badges_and_neither_codes_nor_deeds(edition, client, desk):
    badge = named(edition, desk, "Anna Rossi")
    client.force_login(world.officer(edition, "gate"))
    assert shown(client, edition, q="rossi") == ["Anna Rossi"]
    one = client.get(page("badge_desk", edition, pk=badge.pk)).content.decode()
    assert badge.code not in one
    assert page("revoke_badge", edition, pk=badge.pk) not in one
    assert client.get(page("badge_pdf", edition, pk=badge.pk)).status_code == 403


GUEST = {
    "full_name": "Keiko Morita", "organisation": "Morita Living", "country": "JP", "kind": "trade_visitor",
    "registration": "on", "size": "card",
}  # fmt: skip


def test_a_guest_gets_a_badge_whose_print_opens_for_the_keeper_who_gave_it(edition, client):
    client.force_login(world.officer(edition, "gate"))
    answer = client.post(page("welcome", edition), GUEST | {"key": "1"})
    badge = Badge.objects.get()
    assert answer.url == page("welcome", edition) + f"?given={badge.pk}"
    print_url = page("badge_pdf", edition, pk=badge.pk)
    assert f"{print_url}?size=card" in client.get(answer.url).content.decode()
    sent = client.get(print_url)
    assert sent.status_code == 200
    assert (sent["X-Frame-Options"], "frame-ancestors 'self'" in sent["Content-Security-Policy"]) == (
        "SAMEORIGIN",
        True,
    )
    client.force_login(world.officer(edition, "gate"))
    assert client.get(print_url).status_code == 403


def test_somebody_known_is_offered_and_not_made_twice(edition, client, desk):
    client.post(page("welcome", edition), GUEST)
    offered = client.post(page("welcome", edition), GUEST)
    badge = Badge.objects.get()
    assert [one for one, _badge in offered.context["offered"]] == [badge.person]
    assert "Morita Living" in offered.content.decode()  # what was typed is still there
    same = client.post(page("welcome", edition), GUEST | {"who": badge.person.pk})
    assert same.url.endswith(f"?given={badge.pk}")
    assert Badge.objects.count() == 1
    client.post(page("welcome", edition), GUEST | {"who": "new"})
    assert Person.objects.filter(full_name="Keiko Morita").count() == 2


def test_somebody_new_does_not_take_the_e_mail_of_somebody_known(edition, client, desk):
    known = world.person("Somebody Else", email="keiko@morita.example")
    form = GUEST | {"email": "Keiko@Morita.example"}
    assert [one for one, _badge in client.post(page("welcome", edition), form).context["offered"]] == [known]
    assert client.post(page("welcome", edition), form | {"who": "new"}).status_code == 422
    assert not Badge.objects.exists()


def test_the_form_names_nobody_it_did_not_offer(edition, client, desk):
    client.post(page("welcome", edition), GUEST)
    stranger = world.person("Somebody Else")
    client.post(page("welcome", edition), GUEST | {"who": stranger.pk})
    assert not Badge.objects.filter(person=stranger).exists()


def test_without_the_needed_yes_the_form_comes_back(edition, client, desk):
    answer = client.post(page("welcome", edition), {**GUEST, "registration": ""})
    assert answer.status_code == 422
    assert not Badge.objects.exists()


def test_the_badge_of_a_guest_shows_organisation_and_country_on_the_phone(edition, client, desk):
    person = named(edition, desk, "Anna Rossi", organisation="La Repubblica", country="IT").person
    client.force_login(person)
    shown_there = client.get(page("badge", edition), headers={"accept-language": "en"}).content.decode()
    assert "La Repubblica" in shown_there
    assert "Italy" in shown_there


def test_the_worker_of_the_badge_is_a_script_of_ours(edition, client):
    answer = client.get(page("badge_worker", edition))
    assert answer["Content-Type"].startswith("text/javascript")
    assert page("badge_worker", edition) == page("badge", edition) + "worker.js"
