"""Badges given at a desk: by name, and on the spot."""

import pytest

from buyers.actions.badges import issue_badge, reissue_badge, valid_badge
from buyers.actions.desk_badges import issue_by_name, welcome
from buyers.actions.registrations import decline_registration
from buyers.actions.vetting import ask_for_more
from buyers.likely import likely_people
from buyers.models import Badge, Registration
from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Consent, Participation, Person
from tests import world
from tests.buyers.importers import importer

pytestmark = pytest.mark.django_db
GUEST = {"consents": ["registration"], "language": "vi"}


@pytest.fixture
def edition():
    with clock.at(world.FIRST_MORNING):
        yield world.edition()


@pytest.fixture
def keeper(edition):
    return world.officer(edition, "gate")


@pytest.fixture
def officer(edition):
    return world.officer(edition, "importer_desk")


@pytest.mark.parametrize(
    "kind",
    ["press", "delegate", "speaker", "organiser", "staff", "contractor", "volunteer", "interpreter", "companion"],
)
def test_every_other_kind_is_issued_by_name(edition, officer, kind):
    badge = issue_by_name(
        edition,
        full_name="Nguyễn Văn Tĩnh",
        kind=kind,
        organisation="Báo Hà Nội Mới",
        job_title="Phóng viên",
        by=officer,
    )
    assert (badge.kind, badge.whose, badge.state) == (kind, "Báo Hà Nội Mới", "active")
    assert (badge.person.badge_name, badge.person.job_title, badge.person.language) == ("Tĩnh", "Phóng viên", "vi")
    assert badge.company is None
    assert badge.issued_by == officer


@pytest.mark.parametrize("kind", ["importer", "exhibitor"])
def test_importers_and_exhibitors_come_another_way(edition, officer, kind):
    with pytest.raises(Refused) as refusal:
        issue_by_name(edition, full_name="Nguyễn Văn Tĩnh", kind=kind, by=officer)
    assert refusal.value.code == "kind_elsewhere"
    assert not Person.objects.filter(full_name="Nguyễn Văn Tĩnh").exists()


def test_only_the_desks_issue_by_name(edition, keeper):
    for nobody in (keeper, world.person(), world.officer(edition, "finance")):
        with pytest.raises(Forbidden):
            issue_by_name(edition, full_name="Lan", kind="staff", by=nobody)
    assert issue_by_name(edition, full_name="Lan", kind="staff", by=world.officer(edition, "booth_desk"))


def test_the_same_form_twice_gives_one_badge(edition, officer, keeper):
    given = {"full_name": "Anna Rossi", "kind": "press", "organisation": "La Repubblica", "country": "IT", "key": "f1"}
    first = issue_by_name(edition, by=officer, **given)
    assert issue_by_name(edition, by=officer, **given) == first
    assert Person.objects.filter(full_name="Anna Rossi").count() == 1
    guest = {"full_name": "Bo Li", "kind": "visitor", "key": "f2"} | GUEST
    assert welcome(edition, by=keeper, **guest) == welcome(edition, by=keeper, **guest)


def test_whoever_is_known_by_e_mail_is_not_entered_twice(edition, officer):
    known = world.person("Anna Rossi")
    badge = issue_by_name(edition, full_name="A. Rossi", email=known.email.upper(), kind="speaker", by=officer)
    assert badge.person == known
    with pytest.raises(Refused) as refusal:
        issue_by_name(edition, full_name="A. Rossi", email=known.email, kind="press", by=officer)
    assert refusal.value.code == "other_badge"


def test_a_new_badge_for_a_lost_one_says_the_same(edition, officer):
    badge = issue_by_name(
        edition, full_name="Anna Rossi", kind="press", organisation="La Repubblica", country="IT", by=officer
    )
    fresh = reissue_badge(badge, by=officer)
    assert (fresh.whose, fresh.from_country) == ("La Repubblica", "IT")


@pytest.mark.parametrize("kind", ["trade_visitor", "visitor"])
def test_a_guest_is_registered_on_the_spot(edition, keeper, kind):
    badge = welcome(
        edition, full_name="Keiko Morita", kind=kind, organisation="Morita Living", country="JP", by=keeper, **GUEST
    )
    assert (badge.kind, badge.whose, badge.person.badge_name) == (kind, "Morita Living", "Keiko")
    consent = Consent.objects.get(person=badge.person)
    assert (consent.purpose, consent.means) == ("registration", "desk")
    assert not Registration.objects.exists()


def test_an_importer_on_the_spot_is_an_ordinary_one(edition, keeper):
    given = {"full_name": "Keiko Morita", "email": "keiko@morita.example", "organisation": "Morita", "country": "JP"}
    badge = welcome(edition, kind="importer", by=keeper, **given, **GUEST)
    registration = Registration.objects.get()
    assert (registration.state, registration.grade.code, registration.entered_by) == ("approved", "ordinary", keeper)
    assert badge.company == registration.company
    assert badge.company.country == "JP"
    assert Participation.objects.get(company=badge.company).role == "importer"
    assert welcome(edition, kind="importer", by=keeper, **given, **GUEST) == badge


def test_an_importer_asked_for_more_is_let_in_on_the_spot(edition, keeper, officer):
    asked = importer(edition)
    ask_for_more(asked, text="Where are your shops?", by=officer)
    badge = welcome(
        edition, full_name="x", kind="importer", person=asked.person, organisation=asked.company.name_vi, by=keeper,
        **GUEST,
    )  # fmt: skip
    asked.refresh_from_db()
    assert (asked.state, valid_badge(edition, asked.person)) == ("approved", badge)


def test_an_importer_needs_e_mail_and_company(edition, keeper):
    with pytest.raises(Invalid) as refusal:
        welcome(edition, full_name="Keiko", kind="importer", by=keeper, **GUEST)
    assert set(refusal.value.fields) == {"email", "organisation"}


def test_a_hosted_importer_stays_hosted_and_a_declined_one_declined(edition, keeper, officer):
    hosted = importer(edition, grade="hosted")
    badge = welcome(
        edition, full_name="x", kind="importer", person=hosted.person, organisation=hosted.company.name_vi, by=keeper,
        **GUEST,
    )  # fmt: skip
    hosted.refresh_from_db()
    assert (hosted.grade.code, badge.person) == ("hosted", hosted.person)
    declined = importer(edition, name="Anna Rossi")
    decline_registration(declined, reason="Services only", by=officer)
    with pytest.raises(Refused) as refusal:
        welcome(
            edition, full_name="x", kind="importer", person=declined.person, organisation="Rossi", by=keeper, **GUEST
        )
    assert refusal.value.code == "declined"
    assert valid_badge(edition, declined.person) is None
    assert welcome(edition, full_name="x", kind="visitor", person=declined.person, by=keeper, **GUEST)


def test_without_a_yes_nobody_is_registered(edition, keeper):
    with pytest.raises(Invalid) as refusal:
        welcome(edition, full_name="Lan", kind="visitor", consents=["news"], language="vi", by=keeper)
    assert refusal.value.code == "consent_needed"
    assert not Badge.objects.exists()


def test_the_desk_on_the_spot_gives_three_kinds_and_is_kept_by_two_roles(edition, keeper):
    with pytest.raises(Refused) as refusal:
        welcome(edition, full_name="Lan", kind="press", by=keeper, **GUEST)
    assert refusal.value.code == "kind_elsewhere"
    for nobody in (world.person(), world.officer(edition, "booth_desk"), world.officer(world.edition(), "gate")):
        with pytest.raises(Forbidden):
            welcome(edition, full_name="Lan", kind="visitor", by=nobody, **GUEST)


def test_known_people_are_offered_by_e_mail_and_by_name_with_company(edition, officer):
    lan = issue_by_name(
        edition, full_name="Trần Thị Lan", kind="staff", organisation="Công ty Gốm Lan", by=officer
    ).person
    mail = world.person("Somebody Else", email="lan@example.vn")
    elsewhere = world.person("Trần Thị Lan")  # has nothing to do with this edition

    def offered(name, organisation="", email=""):
        return likely_people(edition, full_name=name, organisation=organisation, email=email)

    assert offered("tran thi lan") == [lan]
    assert offered("TRẦN THỊ LAN", "Cty khác") == []
    assert offered("Trần Thị Lan", "Gốm Lan") == [lan]
    assert offered("Trần Thị Lan", "Gốm Lan", "LAN@example.vn") == [mail, lan]
    assert offered("Trần Thị") == []
    assert elsewhere not in offered("Trần Thị Lan")


def test_a_passes_quota_does_not_stand_in_the_way_of_other_kinds(edition, officer):
    contact = world.person()
    company = world.company(contact)
    part = world.participation(edition, company, "exhibitor")
    part.pass_quota = 0
    part.save()
    with pytest.raises(Refused):
        issue_badge(edition, person=contact, company=company, kind="exhibitor", by=contact)
    assert issue_by_name(edition, full_name="Thợ mộc", kind="contractor", organisation=company.name_vi, by=officer)
