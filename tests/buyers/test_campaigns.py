"""Inviting many: who is asked and who is left out, the letters one by one, stopping, the record."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from buyers.actions import campaigns as module
from buyers.actions.campaigns import begin_campaign, resume_campaign, send_invitations, stop_campaign
from buyers.actions.invitations import refuse_invitations
from buyers.actions.registrations import approve_registration, invite_importer, register_importer
from buyers.audience import Choice, Reason, gather
from buyers.campaign_figures import by_country, by_group
from buyers.models import Campaign, Invitee, Registration
from buyers.pasted import Typed, read_lines
from buyers.tasks import go_on_inviting
from fairs import clock
from fairs.deliveries import compose
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Company, Consent, Delivery, Entry, Officer, Person
from tests import world
from tests.buyers.importers import importer, page

pytestmark = pytest.mark.django_db
NEW = Typed("keiko@morita.example", "Keiko Morita", "Morita Living", "JP")


@pytest.fixture
def later(edition):
    """The next edition of the same series; its invitations leave while the earlier one is on."""
    return world.edition(opens_on=world.OPENS + timedelta(days=365), closes_on=world.OPENS + timedelta(days=368))


@pytest.fixture
def desk_of_both(edition, later):
    officer = world.officer(edition, "importer_desk")
    Officer.objects.create(person=officer, role="importer_desk", edition=later)
    return officer


@pytest.fixture(autouse=True)
def queue(monkeypatch):
    """What waits for the worker."""
    waiting = []
    monkeypatch.setattr(module, "_enqueue", waiting.append)
    return waiting


def agreed(edition, *, news=True, **fields):
    """An importer of the earlier edition who agreed, or not, to be invited again."""
    one = importer(edition, name=fields.pop("name", "Linnea Berg"))
    if news:
        Consent.objects.create(person=one.person, edition=edition, purpose="news", text_version="1", language="en",
                               means="web")  # fmt: skip
    return one


def earlier(edition, **more):
    return Choice(editions=(edition.pk,), **more)


def test_everybody_chosen_is_asked_or_left_out_with_the_reason(edition, later, desk_of_both):
    asked = agreed(edition, name="Anna")
    silent = agreed(edition, name="Bert", news=False)
    gone, here, known = (agreed(edition, name=name) for name in ("Cleo", "Dora", "Emil"))
    Consent.objects.filter(person=gone.person, purpose="news").update(withdrawn_at=world.FIRST_MORNING)
    register_importer(later, person=here.person, company=here.company, consents=["registration"], language="en",
                      by=here.person)  # fmt: skip
    invite_importer(later, person=known.person, company=known.company, by=desk_of_both)
    closed = agreed(edition, name="Fred")
    Person.objects.filter(pk=closed.person_id).update(is_active=False)
    found = gather(later, choice=earlier(edition), typed=[NEW], by=desk_of_both)
    assert [guest.full_name for guest in found.guests] == ["Anna", "Keiko Morita"]
    assert found.new == 1
    assert found.left_out == {
        Reason.NO_CONSENT: ["Bert"], Reason.UNSUBSCRIBED: ["Cleo"], Reason.REGISTERED: ["Dora"],
        Reason.INVITED: ["Emil"], Reason.NO_ADDRESS: ["Fred"],
    }  # fmt: skip
    assert {asked.person, silent.person} <= set(Person.objects.all())


def test_people_are_chosen_by_what_they_were(edition, later, desk_of_both):
    fits, other = agreed(edition, name="Anna"), agreed(edition, name="Bert")
    Company.objects.filter(pk=fits.company_id).update(country="JP")
    fits.product_groups.set([world.product_group("lacquer")])
    fits.markets.create(country="US")
    approve_registration(fits, grade="hosted", by=desk_of_both)
    for more in (
        {"countries": ("JP",)}, {"product_groups": (world.product_group("lacquer").pk,)}, {"markets": ("US",)},
        {"grades": ("hosted",)},
    ):  # fmt: skip
        found = gather(later, choice=earlier(edition, **more), typed=[], by=desk_of_both)
        assert [guest.person for guest in found.guests] == [fits.person], more
    assert not gather(later, choice=earlier(edition, attended=True), typed=[], by=desk_of_both).guests
    assert other.person not in {fits.person}


def test_an_officer_asks_nobody_of_a_fair_they_do_not_look_after(edition, later):
    agreed(edition)
    stranger = world.officer(later, "importer_desk")
    assert not gather(later, choice=earlier(edition), typed=[], by=stranger).guests
    with pytest.raises(Forbidden):
        begin_campaign(later, name="A", choice=earlier(edition), by=world.officer(later, "gate"))


def test_a_typed_address_of_somebody_known_follows_what_they_said(edition, later, desk_of_both):
    never_asked = world.person("Olof", email="olof@x.example")
    said_no = agreed(edition, name="Bert", news=False)
    typed = [Typed(one.email, one.full_name, "X", "SE") for one in (never_asked, said_no.person)]
    found = gather(later, choice=Choice(), typed=typed, by=desk_of_both)
    assert [guest.person for guest in found.guests] == [never_asked]
    assert found.left_out == {Reason.NO_CONSENT: ["Bert"]}


def test_lines_are_understood_or_said_to_be_wrong():
    lines, faults = read_lines(
        "a@x.example; Anna Berg; Berg AB; Sweden\n\nA@x.example;Anna again;Berg;SE\nb@x.example\tBo\tBo AB\tThụy Điển\n"
        "no mail; C; C; SE\nd@x.example;D;D;Atlantis\ne@x.example;森田;E;JP\nf@x.example;http://x;F;JP\nonly@x.example"
    )
    assert lines == [Typed("a@x.example", "Anna Berg", "Berg AB", "SE"), Typed("b@x.example", "Bo", "Bo AB", "SE")]
    assert len(faults) == 5
    many, said = read_lines("\n".join(f"p{n}@x.example;P;P;SE" for n in range(600)))
    assert (len(many), len(said)) == (500, 1)


def test_each_gets_a_letter_with_a_link_of_their_own(
    edition, later, desk_of_both, queue, django_capture_on_commit_callbacks
):
    one = agreed(edition)
    with django_capture_on_commit_callbacks(execute=True):
        campaign = begin_campaign(
            later, name="Lacquer", note="See you in Hanoi.", choice=earlier(edition), typed=[NEW],
            typed_groups=[world.product_group()], by=desk_of_both, expected=2,
        )  # fmt: skip
    assert queue == [campaign.pk]
    assert not Registration.objects.filter(edition=later).exists()
    with django_capture_on_commit_callbacks(execute=True):
        send_invitations(campaign.pk)
        send_invitations(campaign.pk)
    campaign.refresh_from_db()
    assert campaign.state == "sent"
    assert set(Registration.objects.filter(edition=later).values_list("state", flat=True)) == {"invited"}
    tokens = dict(Invitee.objects.values_list("person__email", "token"))
    letters = [compose(owed) for owed in Delivery.objects.filter(kind="buyers.invited").select_related("to", "edition")]
    assert len(letters) == 2
    for letter in letters:
        assert f"/invited/{tokens[letter.to[0]]}/" in letter.body
        assert "See you in Hanoi." in letter.body
    assert Company.objects.get(name_vi="Morita Living").people.get().email == NEW.email
    assert Invitee.objects.get(person=one.person).product_groups.get() == world.product_group()


def test_stopped_it_asks_nobody_else_and_goes_on_later(edition, later, desk_of_both, queue):
    for name in ("Anna", "Bert", "Cleo"):
        agreed(edition, name=name)
    campaign = begin_campaign(later, name="A", choice=earlier(edition), by=desk_of_both)
    first = Invitee.objects.filter(campaign=campaign).earliest("pk")
    assert module._ask(campaign.pk, first.pk)
    stop_campaign(campaign, by=desk_of_both)
    send_invitations(campaign.pk)
    assert Invitee.objects.filter(asked_at__isnull=False).count() == 1
    campaign.refresh_from_db()
    refuse_invitations(Invitee.objects.get(person__full_name="Cleo"))
    resume_campaign(campaign, by=desk_of_both)
    send_invitations(campaign.pk)
    assert set(Registration.objects.filter(edition=later).values_list("person__full_name", flat=True)) == {
        "Anna",
        "Bert",
    }
    assert Campaign.objects.get().state == "sent"


def test_who_registered_meanwhile_is_not_asked(edition, later, desk_of_both):
    one = agreed(edition)
    campaign = begin_campaign(later, name="A", choice=earlier(edition), by=desk_of_both)
    register_importer(later, person=one.person, company=one.company, consents=["registration"], language="en",
                      by=one.person)  # fmt: skip
    send_invitations(campaign.pk)
    assert not Invitee.objects.exists()
    assert Registration.objects.get(edition=later).state == "registered"


def test_other_numbers_than_those_seen_are_refused_and_nobody_is_kept(edition, later, desk_of_both):
    with pytest.raises(Refused) as changed:
        begin_campaign(later, name="A", choice=Choice(), typed=[NEW], by=desk_of_both, expected=2)
    with pytest.raises(Invalid) as nobody:
        begin_campaign(later, name="A", choice=earlier(edition), by=desk_of_both)
    assert (changed.value.code, nobody.value.code) == ("changed_meanwhile", "nobody")
    assert not Campaign.objects.exists()
    assert not Person.objects.filter(email=NEW.email).exists()


def test_whoever_wants_no_more_is_never_invited_again(edition, later, desk_of_both):
    one = agreed(edition)
    begin_campaign(later, name="A", choice=earlier(edition), by=desk_of_both)
    refuse_invitations(Invitee.objects.get())
    refuse_invitations(Invitee.objects.get())
    assert Consent.objects.get(person=one.person, purpose="news").withdrawn_at is not None
    assert Entry.objects.filter(verb="fairs.consent.withdraw").count() == 1
    next_one = world.edition()
    Officer.objects.create(person=desk_of_both, role="importer_desk", edition=next_one)
    found = gather(next_one, choice=earlier(edition), typed=[], by=desk_of_both)
    assert found.left_out == {Reason.UNSUBSCRIBED: ["Linnea Berg"]}
    with pytest.raises(Refused) as refused:
        invite_importer(later, person=one.person, company=one.company, by=desk_of_both)
    assert refused.value.code == "unsubscribed"


def test_the_database_asks_a_person_once_an_edition(edition):
    person = world.person()
    made = Invitee.objects.create(edition=edition, person=person, company=world.importer_company(person))
    assert len(made.token) == 32
    for wrong in (lambda: Invitee.objects.create(edition=edition, person=person, company=made.company),
                  lambda: Invitee.objects.update(opened_at=world.NOON)):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_what_a_crash_left_is_taken_up_again(edition, later, desk_of_both, monkeypatch):
    agreed(edition)
    campaign = begin_campaign(later, name="A", choice=earlier(edition), by=desk_of_both)
    taken = []
    monkeypatch.setattr("buyers.tasks.send_campaign", SimpleNamespace(enqueue=taken.append))
    go_on_inviting()
    assert taken == []
    with clock.at(world.FIRST_MORNING + timedelta(minutes=5)):
        go_on_inviting(), go_on_inviting()
    assert taken == [campaign.pk]


def test_the_record_counts_by_country_and_group(edition, later, desk_of_both):
    one, other = agreed(edition, name="Anna"), agreed(edition, name="Bert")
    other.product_groups.clear()
    campaign = begin_campaign(later, name="A", choice=earlier(edition), by=desk_of_both)
    send_invitations(campaign.pk)
    Invitee.objects.filter(person=one.person).update(opened_at=world.FIRST_MORNING)
    again = register_importer(later, person=one.person, company=one.company, consents=["registration"], language="en",
                              by=one.person)  # fmt: skip
    approve_registration(again, grade="ordinary", by=desk_of_both)
    assert [row["numbers"] for row in by_country(later.invitees.all())] == [[2, 1, 1, 1, 0]]
    assert sorted(row["numbers"] for row in by_group(later.invitees.all())) == [[1, 0, 0, 0, 0], [1, 1, 1, 1, 0]]


def test_the_desk_looks_then_sends_then_watches(edition, later, desk_of_both, client, queue):
    agreed(edition)
    agreed(edition, name="Bert", news=False)
    client.force_login(desk_of_both)
    english = {"accept-language": "en"}
    said = {"name": "Lacquer", "editions": [edition.pk], "pasted": "keiko@morita.example;Keiko;Morita;Japan\nwrong"}
    look = client.post(page("new_campaign", later), said, headers=english)
    shown = look.content.decode()
    assert "2 people will be invited" in shown
    assert "Did not agree to be invited" in shown
    assert "Line 2" in shown
    assert not Campaign.objects.exists()
    assert client.post(page("new_campaign", later), said | {"send": "1", "expected": "9"}).status_code == 422
    sent = client.post(page("new_campaign", later), said | {"send": "1", "expected": "2"})
    campaign = Campaign.objects.get()
    assert sent.url == page("campaign", later, pk=campaign.pk)
    watched = client.get(sent.url, headers=english).content.decode()
    assert 'data-live="importers"' in watched
    part = client.get(sent.url, headers=english | {"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="campaign"')
    client.post(page("stop_campaign", later, pk=campaign.pk))
    client.post(page("resume_campaign", later, pk=campaign.pk))
    send_invitations(campaign.pk)
    assert client.get(sent.url + "?only=asked").context["page"].paginator.count == 2
    assert client.get(sent.url + "?only=attended").context["page"].paginator.count == 0
    assert "Lacquer" in client.get(page("campaigns", later), headers=english).content.decode()
    empty = client.post(page("new_campaign", later), {"name": "Nobody"})
    assert empty.status_code == 422


@pytest.mark.parametrize("rows", world.ROWS)
def test_looking_costs_the_same_however_many(edition, later, desk_of_both, rows, django_assert_num_queries):
    people = Person.objects.bulk_create(Person(full_name=f"P {n}", email=f"p{n}@x.example") for n in range(rows))
    firms = Company.objects.bulk_create(Company(name_vi=f"C {n}", country="FR") for n in range(rows))
    Registration.objects.bulk_create(
        Registration(edition=edition, person=person, company=firm, registered_at=world.NOON)
        for person, firm in zip(people, firms, strict=True)
    )
    Consent.objects.bulk_create(
        Consent(edition=edition, person=person, purpose="news", text_version="1", language="en", means="web")
        for person in people
    )
    with django_assert_num_queries(9):
        found = gather(later, choice=earlier(edition), typed=[NEW], by=desk_of_both)
    assert len(found.guests) == rows + 1


def test_programs_look_begin_stop_and_go_on(edition, later, desk_of_both, client):
    agreed(edition)
    client.force_login(desk_of_both)
    body = {"edition": later.slug, "name": "A", "earlier_editions": [edition.slug]}
    assert client.post("/api/v1/importer-campaigns/preview/", body, "application/json").json() == {
        "guests": 1, "new": 0, "left_out": {}
    }  # fmt: skip
    made = client.post("/api/v1/importer-campaigns/", body, "application/json")
    assert (made.status_code, made.json()["all_of_them"], made.json()["asked"]) == (201, 1, 0)
    address = f"/api/v1/importer-campaigns/{made.json()['id']}"
    assert client.post(f"{address}/stop/").json()["state"] == "stopped"
    assert client.post(f"{address}/resume/").json()["state"] == "sending"
    client.force_login(world.officer(later, "gate"))
    assert client.post("/api/v1/importer-campaigns/preview/", body, "application/json").status_code == 403
