"""A group that has handed in changes its households: until the day for it, and as long as none has passes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from booths.actions.groups import name_households
from booths.actions.households import change_households
from booths.models import Application
from buyers.actions.badges import revoke_badge
from buyers.actions.passes import issue_pass
from fairs import clock
from fairs.actions.people import add_member, change_company
from fairs.errors import Forbidden
from fairs.models import Company, Entry, Participation
from tests import world
from tests.booths.test_groups import accepted, desk, draft, edition, handed_in, named, refusal  # noqa: F401

pytestmark = pytest.mark.django_db


def rows(*names, **facts):
    return [{"name": name} | facts for name in names]


def changed(application, *names, by=None, **facts):
    return change_households(application, households=rows(*names, **facts), by=by or application.contact)


def test_one_stays_with_its_company_one_leaves_one_comes(edition):  # noqa: F811
    application = handed_in(edition)
    lan = application.households.get(name="Hộ Lan")
    made = changed(application, "Hộ Cúc", "hộ lan", phone="0912 345 678")
    assert [row.name for row in made] == ["Hộ Cúc", "hộ lan"]
    assert (made[1].pk, made[1].company_id, made[1].phone) == (lan.pk, lan.company_id, "0912 345 678")
    assert made[0].company.name_vi == "Hộ Cúc"
    assert Company.objects.filter(name_vi="Hộ Mai").exists()  # what it was stays true
    verbs = ["booths.application.add_household", "booths.application.remove_household"]
    told = Entry.objects.filter(verb__in=verbs, company=application.company)
    assert {(entry.verb.rpartition(".")[2], entry.subject) for entry in told} == {
        ("add_household", "Hộ Cúc"), ("remove_household", "Hộ Mai"),
    }  # fmt: skip
    assert not Participation.objects.exists()


def members(company):
    return {one.full_name for one in company.people.all()}


def test_who_entered_a_household_acts_for_it_only_while_it_is_in_the_group(edition):  # noqa: F811
    application = handed_in(edition, "Hộ Lan", "Hộ Mai", "Hộ Cúc", person_in_charge="Nguyễn Thị Lan")
    contact = application.contact
    lan, mai, _cuc = (row.company for row in application.households.all())
    assert {lan.pk, mai.pk} < contact.company_ids
    owner = mai.people.exclude(pk=contact.pk).get()
    add_member(mai, person=contact, by=owner)  # whom the household itself lets in stays
    changed(application, "Hộ Cúc", "Hộ Đào")
    assert (members(lan), members(mai)) == ({"Nguyễn Thị Lan"}, {"Nguyễn Thị Lan", "Lê Văn Cam"})
    assert lan.pk not in contact.company_ids
    assert mai.pk in contact.company_ids
    with pytest.raises(Forbidden):
        change_company(lan, name_en="Lan", by=contact)


def test_nobody_adds_themselves_to_a_household_they_entered(edition):  # noqa: F811
    application = handed_in(edition)
    lan = application.households.first().company
    with pytest.raises(Forbidden):
        add_member(lan, person=application.contact, by=application.contact)


def test_a_household_of_another_group_of_the_contact_stays_with_them(edition):  # noqa: F811
    before = handed_in(edition, "Hộ Lan", "Hộ Mai")
    lan = before.households.first().company
    later = world.application(world.edition(), before.contact, state="submitted")
    Application.objects.filter(pk=later.pk).update(is_group=True)
    later.households.create(name="Hộ Lan", company=lan)
    changed(before, "Hộ Mai", "Hộ Cúc")
    assert members(lan) == {"Lê Văn Cam"}


def test_a_household_that_comes_back_has_its_contact_again_and_no_stranger(edition):  # noqa: F811
    application = handed_in(edition, "Hộ Lan", "Hộ Mai", "Hộ Cúc")
    lan = application.households.get(name="Hộ Lan").company
    changed(application, "Hộ Mai", "Hộ Cúc")
    assert members(lan) == set()
    handed_in(edition, "Hộ Lan", "Hộ Sen", group="Xã Bát Tràng")  # of somebody else
    assert members(lan) == set()
    Application.objects.get(company__name_vi="Xã Bát Tràng").households.all().delete()
    changed(application, "Hộ Mai", "Hộ Cúc", "Hộ Lan")
    assert members(lan) == {"Lê Văn Cam"}
    assert lan.memberships.get().on_behalf


def test_accepted_who_comes_takes_part_and_who_leaves_does_not(edition, desk):  # noqa: F811
    application = accepted(edition, desk, passes=1)
    changed(application, "Hộ Lan", "Hộ Cúc", "Hộ Đào", passes=2)
    parts = Participation.objects.filter(host__company=application.company)
    assert dict(parts.values_list("company__name_vi", "state")) == {
        "Hộ Lan": "active", "Hộ Mai": "withdrawn", "Hộ Cúc": "active", "Hộ Đào": "active",
    }  # fmt: skip
    assert set(parts.filter(state="active").values_list("pass_quota", flat=True)) == {2}
    assert Participation.objects.get(company=application.company).pass_quota == 3  # six of two booths are given away
    changed(application, "Hộ Mai", "Hộ Cúc")
    assert parts.get(company__name_vi="Hộ Mai").state == "active"


def test_passes_keep_the_block_as_it_is_until_they_are_taken_back(edition, desk):  # noqa: F811
    application = accepted(edition, desk)
    lan = application.households.get(name="Hộ Lan").company
    badge = issue_pass(edition, company=lan, full_name="Lan", job_title="", by=application.contact)
    assert refusal(changed, application, "Hộ Lan", "Hộ Cúc") == "passes_given"
    revoke_badge(badge, by=application.contact)
    assert len(changed(application, "Hộ Cúc", "Hộ Đào")) == 2


def test_the_day_for_changes_ends_them(edition):  # noqa: F811
    application = handed_in(edition)
    edition.sale_terms.households_until = clock.today(edition)
    edition.sale_terms.save()
    assert len(changed(application, "Hộ Lan", "Hộ Mai", "Hộ Cúc")) == 3
    with clock.at(world.NOON + timedelta(days=1)):
        assert refusal(changed, application, "Hộ Lan", "Hộ Mai") == "households_closed"
        assert not Application.objects.get(pk=application.pk).households_may_change
    edition.sale_terms.households_until = None
    edition.sale_terms.save()
    with clock.at(world.FIRST_MORNING + timedelta(days=1)):
        assert refusal(changed, application, "Hộ Lan", "Hộ Mai") == "households_closed"


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["Hộ Lan"], "too_few_households"),
        ([f"Hộ {n}" for n in range(5)], "too_many_households"),
        (["Hộ Lan", "ho lan"], "same_household_twice"),
        (["Hộ Lan", "Hộ Bận"], "household_applies"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(edition, names, code):  # noqa: F811
    handed_in(edition, "Hộ Bận", "Hộ Khác", group="Xã Bát Tràng")
    application = handed_in(edition)
    assert refusal(changed, application, *names) == code
    assert [row.name for row in application.households.all()] == ["Hộ Lan", "Hộ Mai"]
    assert not Entry.objects.filter(verb__endswith="remove_household").exists()


@pytest.mark.parametrize(
    ("state", "group", "code"),
    [
        ("draft", True, "not_waiting_any_more"),
        ("withdrawn", True, "not_waiting_any_more"),
        ("rejected", True, "not_waiting_any_more"),
        ("submitted", False, "not_a_group"),
    ],
)
def test_only_a_group_that_waits_or_exhibits_changes_its_households(edition, state, group, code):  # noqa: F811
    application = handed_in(edition)
    Application.objects.filter(pk=application.pk).update(state=state, is_group=group)
    assert refusal(changed, application, "Hộ Lan", "Hộ Cúc") == code


def test_strangers_change_nothing_and_the_draft_has_its_own_way(edition):  # noqa: F811
    application = handed_in(edition)
    with pytest.raises(Forbidden):
        changed(application, "Hộ Lan", "Hộ Cúc", by=world.person())
    assert refusal(name_households, application, households=rows("Hộ Lan"), by=application.contact) == "handed_in"


@pytest.mark.parametrize(
    ("language", "words", "done"),
    [
        ("vi", "Các hộ trong nhóm của bạn", "Đã đổi danh sách hộ."),
        ("en", "Households of your group", "The households are changed."),
    ],
)
def test_the_page_and_its_way_there(edition, client, language, words, done):  # noqa: F811
    application = handed_in(edition)
    client.force_login(application.contact)
    headers = {"accept-language": language}
    home, address = (reverse(f"booths:{name}", args=[edition.slug]) for name in ("application", "households"))
    assert address in client.get(home, headers=headers).content.decode()
    page = client.get(address, headers=headers).content.decode()
    assert words in page
    assert page.count('value="Hộ ') == 2
    assert f'data-draft="households-{application.pk}"' in page
    assert ("18/10" in page) or ("18 Oct" in page) or ("October 18" in page)
    given = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "Hộ Lan", "form-1-name": "Hộ Cúc"}
    given |= {"form-0-passes": "2", "form-1-passes": "2"}
    assert 'value="Hộ Lan"' not in client.post(address, given | {"drop": "0"}, headers=headers).content.decode()
    too_few = client.post(address, {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"} | {
        "form-0-name": "Hộ Lan", "form-0-passes": "2",
    }, headers=headers)  # fmt: skip
    assert too_few.status_code == 422
    answer = client.post(address, given, headers=headers)
    assert answer["Location"] == home
    assert done in client.get(home, headers=headers, follow=True).content.decode()  # the one that left is a choice now
    edition.sale_terms.households_until = clock.today(edition) - timedelta(days=1)
    edition.sale_terms.save()
    assert client.get(address).status_code == 404
    assert address not in client.get(home, follow=True).content.decode()


def test_the_api_changes_what_is_handed_in(edition, client):  # noqa: F811
    application = handed_in(edition)
    client.force_login(application.contact)
    address = f"/api/v1/applications/{application.pk}/households/"
    answer = client.post(address, {"households": rows("Hộ Lan", "Hộ Cúc")}, content_type="application/json")
    assert [row["name"] for row in answer.json()["households"]] == ["Hộ Lan", "Hộ Cúc"]
    client.force_login(named(draft(edition, "Xã"), "Hộ X").contact)
    assert client.post(address, {"households": []}, content_type="application/json").status_code == 404
