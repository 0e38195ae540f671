"""Grades as data of an edition, and the quotas that limit them by market."""

import pytest
from django.db import IntegrityError, transaction

from buyers.actions.grades import (
    add_grade,
    add_market,
    edit_grade,
    edit_market,
    remove_grade,
    remove_market,
    remove_quota,
    set_quota,
)
from buyers.actions.registrations import approve_registration, change_grade, withdraw_registration
from buyers.grades import STANDARD
from buyers.models import Grade, Quota, QuotaPlace, Registration
from buyers.set_up import copy_grades
from fairs.actions.editions import create_edition
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Company
from tests import world
from tests.buyers.importers import importer, page

pytestmark = pytest.mark.django_db
CODES = [given["code"] for given in STANDARD]


def coming_from(edition, country):
    registration = importer(edition)
    Company.objects.filter(pk=registration.company_id).update(country=country)
    return Registration.objects.select_related("company", "edition", "person").get(pk=registration.pk)


def taken(quota):
    return Quota.objects.values_list("taken", flat=True).get(pk=quota.pk)


def test_a_new_edition_begins_with_the_usual_grades(edition):
    director = world.officer(edition, "director")
    fresh = create_edition(
        edition.series, by=director, slug="next-1", name_vi="A", name_en="A", opens_on=edition.opens_on,
        closes_on=edition.closes_on, venue_vi="A", venue_en="A",
    )  # fmt: skip
    assert list(fresh.grades.values_list("code", flat=True)) == CODES
    hosted = fresh.grades.get(code="hosted")
    assert (hosted.min_meetings, hosted.min_days, hosted.one_a_company) == (8, 2, True)
    assert list(fresh.grades.filter(hosted=False).values_list("code", flat=True)) == ["ordinary"]


def test_a_copy_has_grades_markets_and_quotas_with_all_places_free(edition, desk):
    europe = add_market(edition, name_vi="Châu Âu", name_en="Europe", countries="fr, DE,fr", by=desk)
    assert europe.countries == "DE,FR"
    edit_grade(world.grade(edition, "semi"), nights=5, by=desk)
    set_quota(world.grade(edition, "semi"), market=europe, places=4, by=desk)
    set_quota(world.grade(edition, "semi"), places=9, by=desk)
    approve_registration(coming_from(edition, "FR"), grade="semi", by=desk)
    target = world.edition()
    target.grades.all().delete()
    target.hosted_terms.all().delete()
    copy_grades(edition, target)
    assert list(target.grades.values_list("code", "nights")) == [
        (grade.code, grade.nights) for grade in edition.grades.all()
    ]
    rows = Quota.objects.filter(grade__edition=target).order_by("places")
    assert [(one.places, one.taken, one.market and one.market.edition_id) for one in rows] == [
        (4, 0, target.pk), (9, 0, None),
    ]  # fmt: skip


def test_a_quota_of_a_market_and_the_total_both_count(edition, desk):
    europe = add_market(edition, name_vi="Châu Âu", name_en="Europe", countries="DE,FR", by=desk)
    grade = world.grade(edition, "hosted")
    market, total = set_quota(grade, market=europe, places=1, by=desk), set_quota(grade, places=2, by=desk)
    approve_registration(coming_from(edition, "FR"), grade="hosted", by=desk)
    german = coming_from(edition, "DE")
    with pytest.raises(Refused) as refusal:
        approve_registration(german, grade="hosted", by=desk)
    assert (refusal.value.code, "Europe" in refusal.value.message or "Châu Âu" in refusal.value.message) == (
        "quota_full", True,
    )  # fmt: skip
    german.refresh_from_db()
    assert (german.state, german.grade) == ("registered", None)
    approve_registration(coming_from(edition, "JP"), grade="hosted", by=desk)
    with pytest.raises(Refused):
        approve_registration(coming_from(edition, "US"), grade="hosted", by=desk)
    approve_registration(german, grade="ordinary", by=desk)
    assert (taken(market), taken(total)) == (1, 2)


def test_a_place_is_free_again_after_withdrawing_or_another_grade(edition, desk):
    quota = set_quota(world.grade(edition, "hosted"), places=1, by=desk)
    first, second = importer(edition, grade="hosted"), importer(edition, grade="ordinary")
    with pytest.raises(Refused):
        change_grade(second, grade="hosted", by=desk)
    second.refresh_from_db()
    assert second.grade.code == "ordinary"
    withdraw_registration(first, by=first.person)
    assert (taken(quota), QuotaPlace.objects.count()) == (0, 0)
    change_grade(second, grade="hosted", by=desk)
    assert taken(quota) == 1
    change_grade(second, grade="hosted", by=desk)
    assert taken(quota) == 1
    change_grade(second, grade="semi", by=desk)
    assert taken(quota) == 0


def test_a_new_quota_counts_those_approved_already(edition, desk):
    grade = world.grade(edition, "hosted")
    for country in ("FR", "DE", "JP"):
        approve_registration(coming_from(edition, country), grade="hosted", by=desk)
    for places in (0, 2):
        with pytest.raises(Refused) as refusal:
            set_quota(grade, places=places, by=desk)
        assert refusal.value.code == "quota_too_small"
    assert not Quota.objects.exists()
    europe = add_market(edition, name_vi="Châu Âu", name_en="Europe", countries="FR", by=desk)
    quota = set_quota(grade, market=europe, places=1, by=desk)
    assert taken(quota) == 1
    with pytest.raises(Refused):
        edit_market(europe, countries="FR,DE", by=desk)
    set_quota(grade, market=europe, places=2, by=desk)
    edit_market(europe, countries="FR,DE", by=desk)
    assert taken(quota) == 2
    with pytest.raises(Refused):
        remove_market(europe, by=desk)
    remove_quota(Quota.objects.select_related("grade__edition", "market").get(), by=desk)
    remove_market(europe, by=desk)
    assert not QuotaPlace.objects.exists()


def test_the_database_lets_no_quota_be_passed(edition, desk):
    quota = set_quota(world.grade(edition, "hosted"), places=1, by=desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quota.objects.filter(pk=quota.pk).update(taken=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quota.objects.create(grade=quota.grade, places=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=importer(edition).pk).update(state="approved")


def test_what_makes_no_sense_is_refused(edition, desk):
    with pytest.raises(Invalid):
        approve_registration(importer(edition), grade="golden", by=desk)
    with pytest.raises(Refused):
        add_grade(edition, code="semi", name_vi="A", name_en="A", by=desk)
    for given in ({"countries": "Frankreich"}, {"countries": ""}, {"name_vi": ""}):
        with pytest.raises(Invalid):
            add_market(edition, **{"name_vi": "A", "name_en": "A", "countries": "FR"} | given, by=desk)
    foreign = add_market(edition, name_vi="A", name_en="A", countries="FR", by=desk)
    elsewhere = world.edition()
    with pytest.raises(Invalid):
        set_quota(
            world.grade(elsewhere, "semi"), market=foreign, places=1, by=world.officer(elsewhere, "importer_desk")
        )
    importer(edition, grade="semi")
    with pytest.raises(Refused):
        remove_grade(world.grade(edition, "semi"), by=desk)
    remove_grade(add_grade(edition, code="press", name_vi="Báo chí", name_en="Press", by=desk), by=desk)
    for stranger in (world.officer(edition, "matchmaking_desk"), world.officer(elsewhere, "importer_desk")):
        with pytest.raises(Forbidden):
            edit_grade(world.grade(edition, "semi"), nights=9, by=stranger)


def test_the_desk_sets_them_on_pages(edition, client, desk):
    grade = world.grade(edition, "semi")
    client.post(page("add_market", edition), {"name_vi": "Nhật Bản", "name_en": "Japan", "countries": "jp"})
    market = edition.markets.get()
    client.post(page("set_quota", edition, pk=grade.pk), {"market": market.pk, "places": 7})
    assert client.get(page("set_quota", edition, pk=grade.pk), {"market": "9" * 30}).status_code == 200
    shown = client.get(page("grades", edition), headers={"accept-language": "en"}).content.decode()
    assert "Japan" in shown
    assert "0 / 7" in shown
    assert (
        client.get(page("set_quota", edition, pk=grade.pk), {"market": market.pk}).context["form"]["places"].value()
        == 7
    )
    form = client.get(page("edit_grade", edition, pk=grade.pk)).context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | {"transfers": "on", "hosted": "on", "nights": 4}
    assert client.post(page("edit_grade", edition, pk=grade.pk), given).status_code == 302
    assert Grade.objects.get(pk=grade.pk).nights == 4
    client.post(page("edit_market", edition, pk=market.pk), {"name_vi": "Nhật", "name_en": "Japan", "countries": "JP"})
    client.post(page("remove_quota", edition, pk=Quota.objects.get().pk))
    client.post(page("remove_market", edition, pk=market.pk))
    assert not edition.markets.exists()
    client.post(page("add_grade", edition), given | {"code": "press", "name_en": "Press"})
    client.post(page("remove_grade", edition, pk=edition.grades.get(code="press").pk))
    assert list(edition.grades.values_list("code", flat=True)) == CODES


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_many_grades(edition, client, desk, rows, django_assert_num_queries):
    for number in range(rows):
        grade = add_grade(edition, code=f"more{number}", name_vi="A", name_en="A", by=desk)
        set_quota(grade, places=1, by=desk)
    with django_assert_num_queries(8):
        client.get(page("grades", edition))


class TestApi:
    def test_a_program_sets_grades_markets_and_quotas(self, edition, client, desk):
        def call(method, path, **given):
            return getattr(client, method)(f"/api/v1/{path}/", given, content_type="application/json")

        market = call("post", "markets", edition=edition.slug, name_vi="A", name_en="A", countries="FR").json()
        quota = call("post", "quotas", edition=edition.slug, grade="semi", market=market["id"], places=2)
        assert quota.json() == {
            "id": quota.json()["id"], "edition": edition.slug, "grade": "semi", "market": market["id"], "places": 2,
            "taken": 0,
        }  # fmt: skip
        grade = world.grade(edition, "semi")
        assert call("patch", f"grades/{grade.pk}", nights=6).json()["nights"] == 6
        assert call("delete", f"markets/{market['id']}").json()["code"] == "market_in_use"
        assert call("patch", f"markets/{market['id']}", countries="FR,IT").json()["countries"] == "FR,IT"
        assert call("delete", f"quotas/{quota.json()['id']}").status_code == 204
        made = call("post", "grades", edition=edition.slug, code="press", name_vi="A", name_en="A")
        assert (made.status_code, made.json()["min_meetings"]) == (201, 8)
        assert call("delete", f"grades/{made.json()['id']}").status_code == 204
        importer(edition, grade="hosted")
        assert client.get("/api/v1/registrations/", {"grade": "hosted"}).json()["count"] == 1
        assert client.get("/api/v1/registrations/", {"grade": "semi"}).json()["count"] == 0
