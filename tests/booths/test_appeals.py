"""Questions and appeals between the booth desk and an applicant."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from booths.actions.appeals import dismiss_appeal, make_appeal, uphold_appeal
from booths.actions.applications import draft_application, reject_application
from booths.actions.questions import answer_question, ask_more
from booths.models import Appeal, Application
from fairs import clock
from fairs.deliveries import compose
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Delivery, Entry
from fairs.states import StateConflict
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """An edition that gives a week to appeal."""
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made)
        yield made


@pytest.fixture
def desk(edition):
    """The booth desk."""
    return world.officer(edition, "booth_desk")


@pytest.fixture
def refused(edition, desk):
    """An application turned down."""
    application = world.application(edition, state="submitted")
    return reject_application(application, reason="Hàng không phải thủ công.", by=desk)


@pytest.fixture
def visit(client, edition):
    """Asks for a page, or posts to it."""

    def ask(name, *args, by, language="en", post=None):
        client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
        address = reverse(f"booths:{name}", args=[edition.slug, *args])
        headers = {"accept-language": language}
        return client.get(address, headers=headers) if post is None else client.post(address, post, headers=headers)

    return ask


def letter(kind):
    return compose(Delivery.objects.get(kind=kind))


def test_a_question_goes_out_and_the_answer_brings_the_application_back(edition, desk):
    application = world.application(edition, state="submitted")
    ask_more(application, question=" Bạn tự làm hay mua lại? ", by=desk)
    assert (application.state, application.question) == ("more_info", "Bạn tự làm hay mua lại?")
    text = letter("booths.application_more_info")
    assert "Bạn tự làm hay mua lại?" in text.body
    assert reverse("booths:answer", args=[edition.slug]) in text.body
    with pytest.raises(Invalid):
        answer_question(application, answer=" ", by=application.contact)
    with pytest.raises(Forbidden):
        answer_question(application, answer="Tự làm", by=world.person())
    answer_question(application, answer="Tự làm", by=application.contact)
    assert (application.state, application.answer) == ("under_review", "Tự làm")
    ask_more(application, question="Bao nhiêu thợ?", by=desk)
    assert application.answer == ""


def test_only_the_desk_asks_and_only_before_the_decision(edition, desk):
    application = world.application(edition, state="submitted")
    with pytest.raises(Forbidden):
        ask_more(application, question="?", by=application.contact)
    with pytest.raises(Invalid):
        ask_more(application, question="", by=desk)
    with pytest.raises(StateConflict):
        ask_more(world.application(edition), question="?", by=desk)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_applicant_answers_on_their_page(edition, desk, visit, language):
    application = world.application(edition, state="submitted")
    ask_more(application, question="Mấy thợ?", by=desk)
    by = application.contact
    page = visit("application", by=by, language=language).content.decode()
    assert "Mấy thợ?" in page
    assert reverse("booths:answer", args=[edition.slug]) in page
    assert visit("answer", by=by, language=language).status_code == 200
    assert visit("answer", by=by, post={"answer": ""}).status_code == 422
    assert visit("answer", by=by, post={"answer": "Bảy"}).status_code == 302
    assert Application.objects.get().answer == "Bảy"
    assert visit("answer", by=by).status_code == 404
    assert "Bảy" in visit("application", by=by, language=language).content.decode()


def test_an_appeal_that_is_upheld_reopens_the_application(refused, desk):
    appeal = make_appeal(refused, text=" Chúng tôi tự dệt. ", by=refused.contact)
    assert appeal.text == "Chúng tôi tự dệt."
    uphold_appeal(appeal, answer="Đúng vậy.", by=desk)
    refused.refresh_from_db()
    assert (appeal.state, refused.state) == ("upheld", "under_review")
    assert "Đúng vậy." in letter("booths.appeal_upheld").body
    reject_application(refused, reason="Hết chỗ", by=desk)
    make_appeal(refused, text="Lần nữa", by=refused.contact)


def test_an_appeal_that_is_dismissed_says_why_and_stands(refused, desk):
    appeal = make_appeal(refused, text="Xem lại", by=refused.contact)
    with pytest.raises(Invalid):
        dismiss_appeal(appeal, answer="", by=desk)
    dismiss_appeal(appeal, answer="Ảnh cho thấy hàng công nghiệp.", by=desk)
    refused.refresh_from_db()
    assert (appeal.state, refused.state) == ("dismissed", "rejected")
    assert "Ảnh cho thấy" in letter("booths.appeal_dismissed").body
    with pytest.raises(Refused) as refusal:
        make_appeal(refused, text="Xem lại nữa", by=refused.contact)
    assert refusal.value.code == "appeal_answered"
    with pytest.raises(StateConflict):
        uphold_appeal(appeal, by=desk)


def test_one_appeal_waits_at_a_time(refused):
    make_appeal(refused, text="Xem lại", by=refused.contact)
    with pytest.raises(Refused) as refusal:
        make_appeal(refused, text="Xem lại", by=refused.contact)
    assert refusal.value.code == "appeal_open"
    with pytest.raises(IntegrityError):
        Appeal.objects.create(application=refused, text="x", made_by=refused.contact)


def test_the_last_day_counts_and_the_next_is_too_late(refused):
    assert refused.appeal_until == (world.NOON + timedelta(days=7)).date()
    with clock.at(world.NOON + timedelta(days=8)), pytest.raises(Refused) as refusal:
        make_appeal(refused, text="Xem lại", by=refused.contact)
    assert refusal.value.code == "too_late"
    with clock.at(world.NOON + timedelta(days=7, hours=11)):  # 23:00 in Hanoi
        make_appeal(refused, text="Xem lại", by=refused.contact)


def test_who_may_appeal_and_who_may_answer(refused, edition, desk):
    with pytest.raises(Forbidden):
        make_appeal(refused, text="x", by=world.person())
    with pytest.raises(Refused):
        make_appeal(world.application(edition), text="x", by=desk)
    appeal = make_appeal(refused, text="x", by=refused.contact)
    for person in (refused.contact, world.officer(edition, "finance")):
        with pytest.raises(Forbidden):
            uphold_appeal(appeal, by=person)


def test_an_appeal_gives_way_to_a_new_application(refused, edition, desk):
    appeal = make_appeal(refused, text="x", by=refused.contact)
    person, kind = refused.contact, refused.booth_class
    draft_application(edition, company=refused.company, contact=person, booth_class=kind, by=person)
    with pytest.raises(Refused) as refusal:
        uphold_appeal(appeal, by=desk)
    assert refusal.value.code == "applied_again"
    appeal.refresh_from_db()
    assert appeal.state == "open"
    assert not Entry.objects.filter(verb="booths.appeal.uphold").exists()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_applicant_appeals_on_their_page(refused, edition, desk, visit, language):
    by = refused.contact
    link = reverse("booths:appeal", args=[edition.slug])
    assert link in visit("application", by=by, language=language).content.decode()
    assert "Hàng không phải thủ công." in visit("appeal", by=by, language=language).content.decode()
    assert visit("appeal", by=by, post={"text": ""}).status_code == 422
    assert visit("appeal", by=by, post={"text": "Chúng tôi tự dệt"}).status_code == 302
    page = visit("application", by=by, language=language).content.decode()
    assert "Chúng tôi tự dệt" in page
    assert link not in page
    assert visit("appeal", by=world.person()).status_code == 404
