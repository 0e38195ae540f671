"""What an importer looks for: kept as data, taken up again, narrowed by at the desk, said by programs."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from buyers.actions.registrations import approve_registration, register_importer
from buyers.actions.wishes import say_wishes
from buyers.models import Registration, SalesMarket
from buyers.profile import missing, said_so_far
from fairs.actions.reference import load_reference
from fairs.errors import Forbidden, Invalid
from fairs.models import Certificate, Entry, Material, Person
from tests import world
from tests.buyers.importers import importer, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts():
    load_reference()
    return {
        "materials": Material.objects.filter(code__in=["rattan", "bamboo"]),
        "certificates": Certificate.objects.filter(code="fsc"),
        "markets": ["DE", "US"],
        "price_band": "middle",
        "order_size": "container",
        "volume": "large",
        "languages": "de,en",
    }


def test_reference_lists_come_with_the_others_and_again_change_nothing():
    load_reference(), load_reference()
    assert (Material.objects.count(), Certificate.objects.count()) == (38, 21)
    assert Certificate.objects.get(code="flegt").kind == "forest"


def test_what_an_importer_says_is_kept_and_nothing_is_missing(edition, facts):
    one = importer(edition)
    assert [left.field for left in missing(said_so_far(one))][:2] == ["materials", "price_band"]
    say_wishes(one, by=one.person, days=list(edition.days.all()[:2]), **facts)
    one.refresh_from_db()
    assert [market.country for market in one.markets.all()] == ["DE", "US"]
    assert {left.field for left in missing(said_so_far(one))} == {"job_title", "phone", "website"}
    say_wishes(one, by=one.person, markets=["US", "JP"])
    assert [market.country for market in one.markets.all()] == ["JP", "US"]
    assert one.materials.count() == 2
    assert Entry.objects.filter(verb="buyers.registration.edit").latest("pk").fields == ["markets"]


def test_what_is_decided_while_somebody_types_stands(edition, facts):
    one = importer(edition)
    read_before = Registration.objects.get(pk=one.pk)
    approve_registration(one, grade="ordinary", by=world.officer(edition, "importer_desk"))
    say_wishes(read_before, by=one.person, grade=world.grade(edition, "hosted"), **facts)
    one.refresh_from_db()
    assert (one.state, one.grade.code, one.volume) == ("approved", "ordinary", "large")


def test_a_day_of_another_fair_and_another_persons_registration_are_refused(edition, facts):
    one, other = importer(edition), world.edition()
    with pytest.raises(Invalid) as refused:
        say_wishes(one, by=one.person, days=list(other.days.all()[:1]))
    assert refused.value.code == "other_day"
    with pytest.raises(Forbidden):
        say_wishes(one, by=importer(edition).person, **facts)


@pytest.mark.parametrize("wrong", [{"price_band": "free"}, {"order_size": "all"}])
def test_the_database_keeps_only_what_is_offered(edition, wrong):
    one = importer(edition)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=one.pk).update(**wrong)


def test_the_database_keeps_a_market_once_and_by_its_code(edition):
    one = importer(edition)
    SalesMarket.objects.create(registration=one, country="JP")
    for country in ("JP", "jp", "J1"):
        with pytest.raises(IntegrityError), transaction.atomic():
            SalesMarket.objects.create(registration=one, country=country)


def test_registering_again_takes_up_what_was_said_last_time_but_for_the_days(edition, facts):
    before = importer(edition)
    say_wishes(before, by=before.person, days=list(edition.days.all()), **facts)
    later = world.edition(opens_on=world.OPENS + timedelta(days=30), closes_on=world.OPENS + timedelta(days=33))
    colleague = world.person("Olof Berg")
    for person in (before.person, colleague):
        again = register_importer(
            later, person=person, company=before.company, consents=["registration"], language="en", by=person,
            volume="great",
        )  # fmt: skip
        assert (again.volume, again.price_band, again.languages) == ("great", "middle", "de,en")
        assert again.materials.count() == 2
        assert again.product_groups.get() == world.product_group()
        assert again.markets.count() == 2
        assert not again.days.exists()


def test_a_stranger_takes_up_nothing(edition, facts):
    before = importer(edition)
    say_wishes(before, by=before.person, **facts)
    other = importer(edition)
    assert (other.price_band, other.materials.count(), other.markets.count()) == ("", 0, 0)


def test_the_importer_completes_the_profile_on_their_page(edition, client, facts):
    one = importer(edition)
    client.force_login(one.person)
    shown = client.get(page("registration", edition), headers={"accept-language": "en"}).content.decode()
    assert "Complete your profile" in shown
    assert 'href="#id_markets"' in shown
    said = {
        "product_groups": [world.product_group().pk],
        "materials": [fact.pk for fact in facts["materials"]],
        "certificates": [fact.pk for fact in facts["certificates"]],
        "markets": ["DE"],
        "days": [edition.days.all()[0].pk],
        "price_band": "upper",
        "order_size": "trial",
        "website": "berg.example",
        "original_name": "",
    }
    assert client.post(page("registration", edition), said).status_code == 302
    one.refresh_from_db()
    assert (one.price_band, one.order_size, one.company.website) == ("upper", "trial", "https://berg.example")
    assert one.days.count() == one.certificates.count() == one.markets.count() == 1
    wrong = client.post(page("registration", edition), said | {"days": [world.edition().days.all()[0].pk]})
    assert wrong.status_code == 422


def test_a_name_without_latin_letters_is_asked_for_on_the_own_page(edition, client):
    one = importer(edition)
    Person.objects.filter(pk=one.person_id).update(full_name="森田 恵子")
    client.force_login(one.person)
    said = {"product_groups": [world.product_group().pk], "original_name": "森田 恵子"}
    assert client.post(page("registration", edition), said).status_code == 422
    assert client.post(page("registration", edition), said | {"full_name": "森田"}).status_code == 422
    assert client.post(page("registration", edition), said | {"full_name": "Keiko Morita"}).status_code == 302
    one.person.refresh_from_db()
    assert (one.person.full_name, one.person.original_name) == ("Keiko Morita", "森田 恵子")


@pytest.mark.parametrize(
    "asked",
    [
        "product_group=ceramics", "material=rattan", "certificate=fsc", "market=DE", "price_band=middle",
        "order_size=container", "volume=large", "language=de",
    ],
)  # fmt: skip
def test_the_desk_narrows_by_each_wish(edition, client, desk, facts, asked):
    fits, other = importer(edition), importer(edition, name="Olof Dahl")
    say_wishes(fits, by=fits.person, **facts)
    other.product_groups.clear()
    shown = client.get(page("importers_desk", edition) + f"?{asked}")
    assert [row for row, _kind in shown.context["rows"]] == [fits]
    nonsense = client.get(page("importers_desk", edition) + f"?{asked.partition('=')[0]}=zz&day=²")
    assert nonsense.status_code == 200


def test_the_desk_narrows_by_day_and_reads_the_wishes(edition, client, desk, facts):
    fits, _other = importer(edition), importer(edition)
    day = edition.days.all()[1]
    say_wishes(fits, by=desk, days=[day], **facts)
    shown = client.get(page("importers_desk", edition) + f"?day={day.pk}")
    assert [row for row, _kind in shown.context["rows"]] == [fits]
    read = client.get(page("importer_desk", edition, pk=fits.pk), headers={"accept-language": "en"}).content.decode()
    assert all(word in read for word in ("Rattan", "FSC", "Germany", "US$5 to 20 a piece", "Full containers"))


def test_programs_say_and_read_wishes(edition, client, facts):
    one = importer(edition)
    client.force_login(one.person)
    day = edition.days.all()[0].date.isoformat()
    address = f"/api/v1/registrations/{one.pk}/wishes/"
    said = {"materials": ["rattan"], "markets": ["FR"], "days": [day], "price_band": "fine"}
    answer = client.post(address, said, "application/json").json()
    assert {name: answer[name] for name in said} == said
    for wrong in ({"materials": ["gold"]}, {"markets": ["XX"]}, {"days": ["2001-01-01"]}, {"price_band": "free"}):
        assert client.post(address, wrong, "application/json").status_code == 400
