"""Hosting as a contract: offered, accepted in a version, given back, one for each company."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from buyers.actions.grades import edit_grade, remove_grade, set_quota
from buyers.actions.hosting import (
    accept_offer,
    decline_offer,
    lengthen_offer,
    offer_hosting,
    offer_many,
    publish_hosted_terms,
    withdraw_from_hosting,
)
from buyers.actions.registrations import approve_registration, change_grade, withdraw_registration
from buyers.models import HostedContract, Quota, Registration
from buyers.tasks import end_offers
from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Delivery, Entry
from tests import world
from tests.buyers.hosted import accepted, came, fresh, met, offered
from tests.buyers.importers import importer, page

pytestmark = pytest.mark.django_db


def loaded(one):
    return Registration.objects.select_related("edition", "person", "company", "grade").get(pk=one.pk)


def test_an_offer_freezes_what_the_grade_pays_and_asks(edition, desk):
    contract = offered(edition, desk, grade="hosted")
    edit_grade(world.grade(edition, "hosted"), nights=1, min_meetings=2, flight_ceiling=100, by=desk)
    items = {item.kind: (item.number, item.ceiling) for item in contract.items.all()}
    assert items == {"flight": (1, 800), "nights": (3, 270), "transfer": (1, None)}
    assert (fresh(contract).min_meetings, contract.min_days) == (8, 2)
    assert Delivery.objects.filter(kind="buyers.hosting_offered", to=contract.registration.person).count() == 1
    assert offer_hosting(loaded(contract.registration), answer_by=edition.opens_on, by=desk) == contract
    assert HostedContract.objects.count() == 1


def test_only_hosted_and_approved_importers_get_an_offer(edition, desk):
    read_before = loaded(importer(edition, grade="hosted"))
    change_grade(loaded(read_before), grade="ordinary", by=desk)
    for one in (loaded(importer(edition)), loaded(importer(edition, grade="ordinary")), read_before):
        with pytest.raises(Refused):
            offer_hosting(one, answer_by=edition.opens_on, by=desk)
    hosted = loaded(importer(edition, grade="hosted"))
    with pytest.raises(Invalid):
        offer_hosting(hosted, answer_by=edition.opens_on - timedelta(days=1), by=desk)
    with pytest.raises(Forbidden):
        offer_hosting(hosted, answer_by=edition.opens_on, by=hosted.person)
    edition.hosted_terms.all().delete()
    with pytest.raises(Refused) as refusal:
        offer_hosting(hosted, answer_by=edition.opens_on, by=desk)
    assert refusal.value.code == "no_terms"


def test_terms_are_accepted_in_a_version_and_stay_as_they_were(edition, desk):
    contract = offered(edition, desk, grade="hosted")
    with pytest.raises(Forbidden):
        accept_offer(contract, by=desk)
    person = contract.registration.person
    one = accept_offer(contract, by=person)
    assert (one.state, one.accepted_by, one.accepted_at, one.terms_version) == (
        "accepted", person, world.FIRST_MORNING, "1",
    )  # fmt: skip
    assert "800" in one.terms_vi
    assert "800" in one.terms_en
    assert "Nhà nhập khẩu" in one.terms_vi
    assert "boarding pass" in one.terms_en
    publish_hosted_terms(edition, version="2", text_vi="Khác", text_en="Other", by=desk)
    again = accept_offer(fresh(one), by=person)
    assert (again.terms_version, "Other" in again.terms_en) == ("1", False)
    with pytest.raises(Refused):
        publish_hosted_terms(edition, version="2", text_vi="A", text_en="A", by=desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        HostedContract.objects.filter(pk=one.pk).update(terms_en="")


def test_an_offer_ends_with_its_day_unless_it_is_lengthened(edition, desk):
    contract = offered(edition, desk)
    person = contract.registration.person
    with clock.at(world.FIRST_MORNING + timedelta(days=1)):
        with pytest.raises(Refused) as refusal:
            accept_offer(contract, by=person)
        assert refusal.value.code == "offer_over"
        assert (fresh(contract).state, fresh(contract).ran_out) == ("declined", True)
        with pytest.raises(Refused) as refusal:
            accept_offer(fresh(contract), by=person)
        assert refusal.value.code == "offer_over"
        with pytest.raises(Invalid):
            lengthen_offer(contract, answer_by=edition.opens_on, by=desk)
        lengthen_offer(contract, answer_by=edition.opens_on + timedelta(days=2), by=desk)
        accept_offer(contract, by=person)
        with pytest.raises(Refused):
            lengthen_offer(fresh(contract), answer_by=edition.closes_on, by=desk)


def test_what_nobody_answers_frees_its_place_and_may_be_offered_again(edition, desk):
    quota = set_quota(world.grade(edition, "semi"), places=1, by=desk)
    contract = offered(edition, desk)
    end_offers()
    assert fresh(contract).state == "offered"
    with clock.at(world.FIRST_MORNING + timedelta(days=1)):
        end_offers(), end_offers()
        registration = loaded(contract.registration)
        assert (fresh(contract).state, registration.state, registration.grade.code) == (
            "declined", "approved", "ordinary",
        )  # fmt: skip
        assert Quota.objects.get(pk=quota.pk).taken == 0
        assert Entry.objects.filter(verb="buyers.hostedcontract.run_out").count() == 1
        again = lengthen_offer(fresh(contract), answer_by=edition.closes_on, by=desk)
        assert (again.state, loaded(registration).grade.code, again.ran_out) == ("offered", "semi", False)
        assert Delivery.objects.filter(kind="buyers.hosting_offered", to=registration.person).count() == 2
        decline_offer(again, by=registration.person)
        assert not fresh(contract).ran_out
        change_grade(loaded(importer(edition, grade="ordinary")), grade="semi", by=desk)
        with pytest.raises(Refused) as refusal:
            lengthen_offer(fresh(contract), answer_by=edition.closes_on, by=desk)
        assert refusal.value.code == "quota_full"
        assert fresh(contract).state == "declined"


def test_an_offer_that_ran_out_stands_in_nobodys_way(edition, desk):
    set_quota(world.grade(edition, "semi"), places=1, by=desk)
    contract = offered(edition, desk)
    other = loaded(importer(edition))
    with pytest.raises(Refused):
        approve_registration(other, grade="semi", by=desk)
    with clock.at(world.FIRST_MORNING + timedelta(days=1)):
        assert approve_registration(loaded(other), grade="semi", by=desk).grade.code == "semi"
    assert fresh(contract).state == "declined"


def test_who_declines_comes_at_their_own_cost_and_frees_the_place(edition, desk):
    quota = set_quota(world.grade(edition, "semi"), places=1, by=desk)
    contract = offered(edition, desk)
    with pytest.raises(Refused):
        change_grade(loaded(contract.registration), grade="ordinary", by=desk)
    decline_offer(contract, by=contract.registration.person)
    registration = loaded(contract.registration)
    assert (registration.state, registration.grade.code) == ("approved", "ordinary")
    assert Quota.objects.get(pk=quota.pk).taken == 0
    assert change_grade(registration, grade="semi", by=desk).grade.code == "semi"
    with pytest.raises(Refused):
        remove_grade(world.grade(edition, "semi"), by=desk)
    stranger = offered(edition, desk, grade="appointment")
    with pytest.raises(Forbidden):
        decline_offer(stranger, by=world.person())


@pytest.mark.parametrize(("days_before", "late"), [(14, False), (13, True)])
def test_withdrawing_after_the_free_days_is_late(edition, desk, days_before, late):
    contract = accepted(edition, desk)
    with clock.at(world.FIRST_MORNING - timedelta(days=days_before)):
        one = withdraw_from_hosting(contract, by=contract.registration.person)
    assert (one.state, one.late) == ("withdrawn", late)


def test_hosting_ends_with_the_registration(edition, desk):
    first, second = offered(edition, desk), accepted(edition, desk)
    for contract in (first, second):
        withdraw_registration(loaded(contract.registration), by=contract.registration.person)
    assert [fresh(one).state for one in (first, second)] == ["declined", "withdrawn"]


def test_one_of_a_company_is_hosted_and_the_database_knows(edition, desk):
    contract = offered(edition, desk)
    colleague = importer(edition, grade="ordinary")
    Registration.objects.filter(pk=colleague.pk).update(company=contract.company)
    with pytest.raises(Refused) as refusal:
        change_grade(loaded(colleague), grade="hosted", by=desk)
    assert refusal.value.code == "company_has_one"
    change_grade(loaded(colleague), grade="appointment", by=desk)
    offer_hosting(loaded(colleague), answer_by=edition.opens_on, by=desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        HostedContract.objects.filter(registration=colleague).update(one_a_company=True)
    decline_offer(contract, by=desk)
    HostedContract.objects.filter(registration=colleague).update(one_a_company=True)


def test_many_are_offered_and_each_left_out_says_why(edition, desk):
    rows = [loaded(importer(edition, grade=grade)) for grade in ("semi", "ordinary", "hosted")]
    told = offer_many(rows, answer_by=edition.opens_on, by=desk)
    assert [bool(one.against) for one in told] == [False, True, False]
    assert Entry.objects.filter(verb="buyers.hostedcontract.offer").count() == 2


class TestPages:
    def test_an_importer_accepts_on_a_phone(self, edition, client, desk):
        contract = offered(edition, desk, grade="hosted")
        client.force_login(contract.registration.person)
        assert client.get(page("registration", edition)).status_code == 200
        shown = client.get(page("own_hosting", edition), headers={"accept-language": "en"}).content.decode()
        assert "boarding pass" in shown
        assert client.post(page("own_hosting", edition), {}).status_code == 422
        assert client.post(page("own_hosting", edition), {"agreed": "on"}).status_code == 302
        assert fresh(contract).state == "accepted"
        assert client.get(page("own_hosting", edition)).status_code == 200
        client.post(page("give_up_hosting", edition))
        assert fresh(contract).state == "withdrawn"

    def test_an_offer_whose_day_passed_is_not_accepted_but_declined(self, edition, client, desk):
        contract = offered(edition, desk)
        client.force_login(contract.registration.person)
        with clock.at(world.FIRST_MORNING + timedelta(days=1)):
            own, shown = (
                client.get(page(name, edition), headers={"accept-language": "en"}).content.decode()
                for name in ("registration", "own_hosting")
            )
            assert "Read and answer" not in own
            assert "The offer stood until" in shown
            assert "id_agreed" not in shown
            client.post(page("give_up_hosting", edition))
        assert fresh(contract).state == "declined"

    def test_the_desk_lives_it_from_the_offer_to_the_money(self, edition, client, desk):
        one = importer(edition, grade="semi")
        nobody = client.post(page("hosted_desk", edition), {"answer_by": edition.opens_on})
        assert nobody.status_code == 422
        client.post(page("hosted_desk", edition), {"answer_by": edition.opens_on, "chosen": one.pk})
        contract = fresh(HostedContract.objects.get())
        address = page("hosting", edition, pk=contract.pk)
        client.post(address, {"verb": "lengthen", "answer_by": edition.closes_on})
        accept_offer(fresh(contract), by=contract.registration.person)
        item = contract.items.get(kind="nights")
        fund = edition.funds.create(name_vi="Ngân sách", name_en="Budget")
        given = {"estimate": "250", "actual": "240,5", "fund": fund.pk, "paper_number": "HD1", "paper_on": "2018-10-20"}
        vi = {"headers": {"accept-language": "vi"}}
        assert client.post(page("plan_item", edition, pk=contract.pk, item=item.pk), given, **vi).status_code == 302
        client.post(address, {"verb": "arrange"})
        met(contract, held=8), came(contract)
        with clock.at(world.FIRST_MORNING.replace(day=25)):
            client.force_login(desk)
            client.post(page("judge_hostings", edition))
            shown = client.get(page("hosted_desk", edition), {"state": "fulfilled", "q": "linnea"})
            assert [row.pk for row, _kind in shown.context["rows"]] == [contract.pk]
            assert client.get(address).context["against"] == []
            client.post(address, {"verb": "release"})
            assert client.get(page("pay_item", edition, pk=contract.pk, item=item.pk)).status_code == 200
            assert (
                client.post(page("pay_item", edition, pk=contract.pk, item=item.pk), {"paid": "999"}).status_code == 422
            )
            client.post(page("pay_item", edition, pk=contract.pk, item=item.pk), {"paid": "240"})
            client.post(address, {"verb": "pay"})
            client.post(address, {"verb": "close"})
        assert fresh(contract).state == "closed"
        assert client.get(page("hosted_sheet", edition))["Content-Type"].startswith("application/vnd.openxml")

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_list_costs_the_same_however_long(self, edition, client, desk, rows, django_assert_num_queries):
        for number in range(rows):
            offered(edition, desk, name=f"Importer {number}")
            importer(edition, grade="hosted")
        with django_assert_num_queries(8):
            client.get(page("hosted_desk", edition))


class TestApi:
    def test_a_program_offers_and_the_importer_answers(self, edition, client, desk):
        def post(path, **given):
            return client.post(f"/api/v1/hostings/{path}", given, content_type="application/json")

        one = importer(edition, grade="semi")
        made = post("", registration=one.pk, answer_by=str(edition.opens_on)).json()
        assert (made["state"], made["grade"], len(made["items"])) == ("offered", "semi", 2)
        address = f"{made['id']}/"
        assert post(f"{address}accept/", agreed=True).status_code == 403
        client.force_login(one.person)
        assert post(f"{address}accept/", agreed=True).json()["terms_version"] == "1"
        assert post(f"{address}plan/", item=made["items"][0]["id"], estimate="10").status_code == 403
        client.force_login(desk)
        assert post(f"{address}plan/", item=made["items"][0]["id"], estimate="10").json()["estimate"] == "10.00"
        assert post(f"{address}arrange/").json()["state"] == "arranged"
        assert post("judge/", edition=edition.slug).json()["code"] == "fair_runs"
        client.force_login(one.person)
        assert post(f"{address}end/").json()["state"] == "withdrawn"
        client.force_login(world.person())
        assert client.get(f"/api/v1/hostings/{address}").status_code == 404
