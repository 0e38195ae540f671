"""Rules with an effect: accepted anew when they change, withdrawing in time or late, nothing paid back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from booths.actions.applications import submit_application, withdraw_application
from booths.actions.house_rules import set_house_rules
from booths.actions.reservations import hand_over, hold_booths, reserve_held
from booths.actions.rules import accept_rules, publish_rules
from booths.actions.withdrawals import withdraw_in_writing
from booths.models import HouseRules, RulesAcceptance, Withdrawal, house_rules_of
from fairs import clock
from fairs.actions.editions import copy_edition
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Delivery, Notice, Participation
from fairs.money.actions.payments import record_receipt
from tests import world
from tests.booths import services

pytestmark = pytest.mark.django_db
API = "/api/v1"
TEXTS = {"text_vi": "1. Trả gian sạch.", "text_en": "1. Leave it clean."}


@pytest.fixture
def application(edition):
    """An exhibitor that was accepted."""
    return world.application(edition)


def paid(application, share=1):
    """Two booths that are paid for, or of which a share is paid; answers the notice."""
    edition = application.edition
    hold_booths(application, booths=list(edition.booths.all())[:2], by=application.contact)
    notice = reserve_held(application, by=application.contact)
    finance, day = world.officer(edition, "finance"), clock.today(edition)
    record_receipt(notice, way="cash", amount=notice.due * share, received_on=day, key="k", by=finance)
    return notice


def test_handing_in_keeps_who_accepted_which_version_and_when(edition):
    application = world.application(edition, state="draft")
    submit_application(application, by=application.contact, rules_version="1")
    kept = RulesAcceptance.objects.get()
    assert (kept.application, kept.rules.version, kept.accepted_by) == (application, "1", application.contact)
    assert kept.accepted_at == world.NOON


def test_a_new_version_asks_again_by_a_letter(edition, application):
    draft = world.application(edition, state="draft")
    publish_rules(edition, version="2", by=world.officer(edition, "director"), **TEXTS)
    assert [one.to for one in Delivery.objects.filter(kind="booths.rules_changed")] == [application.contact]
    with pytest.raises(Refused) as refusal:
        accept_rules(application, version="1", by=application.contact)
    assert refusal.value.code == "rules_changed"
    for _again in range(2):
        assert accept_rules(application, version="2", by=application.contact).rules_version == "2"
    assert RulesAcceptance.objects.count() == 1
    with pytest.raises(Forbidden):
        accept_rules(application, version="2", by=draft.contact)
    with pytest.raises(Refused) as refusal:
        accept_rules(draft, version="2", by=draft.contact)
    assert refusal.value.code == "not_open"


def test_the_exhibitor_reads_and_accepts_on_a_page(edition, application, client):
    application.rules_version = "1"
    application.save()
    client.force_login(application.contact)
    home, page = (reverse(f"booths:{name}", args=[edition.slug]) for name in ("application", "accept_rules"))
    assert page not in client.get(home).content.decode()
    publish_rules(edition, version="2", by=world.officer(edition, "director"), **TEXTS)
    assert page in client.get(home).content.decode()
    assert client.post(page, {"rules_version": "2"}).status_code == 422
    assert client.post(page, {"rules_version": "2", "agreed": "on"}).status_code == 302
    assert page not in client.get(home).content.decode()
    client.force_login(world.person())
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(("days", "late"), [(51, False), (50, False), (49, True)])
def test_a_withdrawal_is_late_when_it_comes_later_than_the_rules_ask(edition, application, days, late):
    moment = world.FIRST_MORNING - timedelta(days=days)
    with clock.at(moment):
        withdraw_application(application, by=application.contact)
    kept = Withdrawal.objects.get()
    assert (kept.days_before, kept.days_asked, kept.is_late, kept.forfeits) == (days, 50, late, False)
    set_house_rules(edition, withdraw_days=90, by=world.officer(edition, "booth_desk"))
    assert Withdrawal.objects.get().is_late is late  # by the rules of then


def test_paid_booths_are_given_up_in_writing_and_nothing_is_paid_back(edition, application):
    notice = paid(application)
    with pytest.raises(Refused) as refusal:
        withdraw_application(application, by=application.contact)
    assert refusal.value.code == "has_booths"
    with pytest.raises(Invalid) as refusal:
        withdraw_in_writing(application, words=" ", by=application.contact)
    assert refusal.value.code == "no_words"
    withdraw_in_writing(application, words="Chúng tôi xin rút.", by=application.contact)
    assert set(application.reservations.values_list("state", "permit")) == {("released", "")}
    notice.refresh_from_db()
    assert (notice.state, notice.paid) == ("paid", notice.due)
    kept = Withdrawal.objects.get()
    assert (kept.forfeits, kept.words) == (True, "Chúng tôi xin rút.")
    assert not Participation.objects.filter(company=application.company, state="active").exists()


def test_a_notice_with_some_money_stays_for_finance_and_one_without_is_cancelled(edition, application):
    notice = paid(application, Decimal("0.5"))
    withdraw_in_writing(application, words="Xin rút.", by=application.contact)
    notice.refresh_from_db()
    assert (notice.state, notice.paid) == ("issued", notice.due / 2)
    assert not Withdrawal.objects.get().forfeits
    other = world.application(edition)
    hold_booths(other, booths=list(edition.booths.all())[:1], by=other.contact)
    reserve_held(other, by=other.contact)
    withdraw_in_writing(other, words="Xin rút.", by=other.contact)
    assert Notice.objects.get(company=other.company).state == "cancelled"


def test_the_desk_says_when_the_paper_came(edition, application, desk):
    day = clock.today(edition) - timedelta(days=20)
    for wrong, by in ((day, application.contact), (clock.today(edition) + timedelta(days=1), desk)):
        with pytest.raises(Invalid) as refusal:
            withdraw_in_writing(application, words="Giấy", received_on=wrong, by=by)
        assert refusal.value.code == "bad_day"
    withdraw_in_writing(application, words="Giấy", received_on=day, by=desk)
    assert Withdrawal.objects.get().received_on == day


def test_what_was_handed_over_is_taken_back_first(edition, application, desk):
    paid(application)
    hand_over(application.reservations.all()[0], by=desk)
    with pytest.raises(Refused) as refusal:
        withdraw_in_writing(application, words="Xin rút.", by=application.contact)
    assert refusal.value.code == "handed_over"
    assert not Withdrawal.objects.exists()


def test_the_pages_say_what_follows_before(edition, application, desk, client):
    paid(application)
    client.force_login(application.contact)
    page = reverse("booths:give_up", args=[edition.slug])
    text = client.get(page, headers={"accept-language": "en"}).content.decode()
    assert "This would be late" in text  # 47 days before
    assert "at least 50 days before the opening, that is by 29 Aug 2018" in text
    assert client.post(page, {"words": "Xin rút."}).status_code == 422
    assert client.post(page, {"words": "Xin rút.", "knows": "on"}).status_code == 302
    text = client.get(reverse("booths:application", args=[edition.slug]), headers={"accept-language": "en"})
    assert "That was later than the rules ask. What was paid is not paid back." in text.content.decode()
    client.force_login(desk)
    shown = client.get(reverse("booths:application_desk", args=[edition.slug, application.pk]))
    assert "Xin rút." in shown.content.decode()
    other = world.application(edition)
    address = reverse("booths:withdraw_application", args=[edition.slug, other.pk])
    assert client.post(address, {"words": "Giấy", "received_on": "2018-08-20"}).status_code == 302
    assert Withdrawal.objects.get(application=other).days_before == 59


def test_house_rules_are_set_and_copied(edition, desk, client):
    assert house_rules_of(edition).withdraw_until == date(2018, 8, 29)
    client.force_login(desk)
    given = {"withdraw_days": 60, "co_exhibitors_for_a_booth": 1, "re_export_days": 20}
    page = reverse("booths:set_house_rules", args=[edition.slug])
    assert client.get(page).status_code == 200
    assert client.post(page, given | {"withdraw_days": -1}).status_code == 422
    assert client.post(page, given).status_code == 302
    assert HouseRules.objects.get().no_subletting is False
    with pytest.raises(Invalid):
        set_house_rules(edition, re_export_days=999, by=desk)
    made = copy_edition(
        edition, by=world.officer(edition, "director"), slug="next", name_vi="Kỳ sau", name_en="Next",
        opens_on=date(2019, 10, 18),
    )  # fmt: skip
    assert house_rules_of(made).withdraw_days == 60
    answer = client.post(f"{API}/house-rules/", {"edition": edition.slug, "re_export_days": 30})
    assert (answer.json()["re_export_on"], answer.json()["withdraw_days"]) == ("2018-11-20", 60)


def test_programs_accept_and_withdraw(edition, application, client):
    publish_rules(edition, version="2", by=world.officer(edition, "director"), **TEXTS)
    client.force_login(application.contact)
    address = f"{API}/applications/{application.pk}"
    assert client.post(f"{address}/accept-rules/", {"rules_version": "1"}).status_code == 409
    assert client.post(f"{address}/accept-rules/", {"rules_version": "2"}).json()["rules_version"] == "2"
    answer = client.post(f"{address}/withdraw-in-writing/", {"words": "We withdraw."})
    assert (answer.json()["late"], answer.json()["days_before"]) == (True, 47)
    assert client.get(f"{API}/withdrawals/").json()["count"] == 1
    client.force_login(world.person())
    assert client.get(f"{API}/withdrawals/").json()["count"] == 0


def test_a_draft_is_dropped_and_not_withdrawn_in_writing(edition, application):
    application.state = "draft"
    application.save()
    with pytest.raises(Refused) as refusal:
        withdraw_in_writing(application, words="We withdraw.", by=application.contact)
    assert refusal.value.code == "not_handed_in"


def test_unpaid_services_end_with_the_withdrawal_and_paid_ones_are_not_paid_back(edition, desk):
    table, [booth, *_others] = services.service(edition), edition.booths.all()
    application = services.holder(booth)
    order = services.ordered(application, table, booth, state="confirmed")
    with pytest.raises(Refused):
        withdraw_application(application, by=application.contact)
    withdraw_in_writing(application, words="Xin rút.", by=application.contact)
    order.refresh_from_db()
    table.refresh_from_db()
    assert (order.state, table.taken) == ("cancelled", 0)
