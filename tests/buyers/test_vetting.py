"""Vetting: the checklist, questions and answers, many decided at once with the reason of each that is left out."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from buyers.actions.checklist import add_evidence_item, edit_evidence_item, remove_evidence_item
from buyers.actions.grades import set_quota
from buyers.actions.registrations import approve_registration, change_grade
from buyers.actions.vetting import (
    answer_question,
    approve_many,
    ask_for_more,
    check_evidence,
    decline_many,
    give_evidence,
)
from buyers.checklists import STANDARD, begin_checklist, known, outlooks
from buyers.models import Evidence, Question, Registration
from buyers.set_up import copy_grades
from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Company, Delivery, Entry, Person
from tests import world
from tests.buyers.importers import importer, page

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 a paper"


@pytest.fixture
def lines(edition, desk):
    """Two lines that hosting asks for, one that nobody needs, and a proof for afterwards."""
    hosted = [world.grade(edition, "hosted")]
    return {
        code: add_evidence_item(edition, code=code, grades=needed, by=desk, stage=stage, name_vi=code, name_en=code)
        for code, needed, stage in (
            ("company", hosted, "vetting"), ("licence", hosted, "vetting"), ("earlier", [], "vetting"),
            ("boarding", hosted, "claim"),
        )
    }  # fmt: skip


def photo():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return out.getvalue()


def test_a_grade_is_given_once_its_lines_are_ticked(edition, desk, lines):
    one = importer(edition)
    with pytest.raises(Refused) as refusal:
        approve_registration(one, grade="hosted", by=desk)
    assert (refusal.value.code, "company" in refusal.value.message, "boarding" in refusal.value.message) == (
        "evidence_missing", True, False,
    )  # fmt: skip
    one.refresh_from_db()
    assert one.state == "registered"
    assert check_evidence(one, verdicts={"company": "ticked", "licence": "refused"}, by=desk) == ["company", "licence"]
    with pytest.raises(Refused):
        approve_registration(one, grade="hosted", by=desk)
    approve_registration(one, grade="ordinary", by=desk)
    with pytest.raises(Refused):
        change_grade(one, grade="hosted", by=desk)
    check_evidence(one, verdicts={"licence": "ticked"}, notes={"licence": "Seen at the embassy"}, by=desk)
    assert change_grade(one, grade="hosted", by=desk).grade.code == "hosted"


def test_a_verdict_keeps_who_said_it_and_when_until_it_changes(edition, desk, lines):
    one, second = importer(edition), world.officer(edition, "importer_desk")
    check_evidence(one, verdicts={"company": "ticked"}, by=desk)
    with clock.at(world.NOON):
        assert check_evidence(one, verdicts={"company": "ticked", "licence": ""}, by=second) == []
    row = Evidence.objects.get()
    assert (row.checked_by, row.checked_at) == (desk, world.FIRST_MORNING)
    assert Entry.objects.get(verb="buyers.registration.check").fields == ["company"]
    for verdicts in ({"strange": "ticked"}, {"company": "perhaps"}):
        with pytest.raises(Invalid):
            check_evidence(one, verdicts=verdicts, by=desk)
    with pytest.raises(Forbidden):
        check_evidence(one, verdicts={"company": "refused"}, by=one.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.update(checked_by=None)


def test_what_an_importer_gives_is_looked_at_again(edition, desk, lines, django_capture_on_commit_callbacks):
    one = importer(edition)
    check_evidence(one, verdicts={"company": "refused"}, notes={"company": "Not readable"}, by=desk)
    row = give_evidence(one, item=lines["company"], data=PDF, by=one.person)
    assert (row.verdict, row.file.read(), row.file.name.endswith(".pdf")) == ("", PDF, True)
    assert row.note == "Not readable"
    with django_capture_on_commit_callbacks(execute=True):
        again = give_evidence(one, item=lines["company"], said="https://x.example", data=photo(), by=one.person)
    assert again.file.name.endswith(".jpg")
    assert not again.file.storage.exists(row.file.name)
    assert Image.open(again.file).format == "JPEG"
    assert give_evidence(one, item=lines["company"], data=PDF, by=one.person).said == "https://x.example"


def test_what_is_no_evidence_is_refused(edition, desk, lines):
    one, item = importer(edition), lines["company"]
    for given, code in (
        ({}, "nothing_given"), ({"data": b"MZ executable"}, "bad_file"), ({"data": b"<svg/>"}, "bad_file"),
        ({"data": PDF + b"0" * (10 * 1024 * 1024)}, "bad_file"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refusal:
            give_evidence(one, item=item, by=one.person, **given)
        assert refusal.value.code == code
    with pytest.raises(Forbidden):
        give_evidence(one, item=item, said="mine", by=world.person())
    elsewhere = importer(world.edition())
    with pytest.raises(Invalid):
        give_evidence(elsewhere, item=item, said="x", by=elsewhere.person)
    Registration.objects.filter(pk=one.pk).update(state="declined")
    one.refresh_from_db()
    with pytest.raises(Refused):
        give_evidence(one, item=item, said="x", by=one.person)


def test_a_question_waits_for_its_answer(edition, desk):
    one = importer(edition)
    with pytest.raises(Invalid):
        ask_for_more(one, text=" ", by=desk)
    question = ask_for_more(one, text="Where are your shops?", by=desk)
    assert one.state == "more"
    assert Delivery.objects.filter(kind="buyers.more_wanted", to=one.person).count() == 1
    with pytest.raises(Refused):
        ask_for_more(one, text="And when?", by=desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.create(registration=one, text="x", asked_by=desk)
    with pytest.raises(Invalid):
        answer_question(one, answer="", by=one.person)
    answer_question(one, answer="In Lyon.", by=one.person)
    question.refresh_from_db()
    assert (one.state, question.answer, question.answered_at) == ("registered", "In Lyon.", world.FIRST_MORNING)
    with pytest.raises(Refused):
        answer_question(one, answer="Again", by=one.person)
    ask_for_more(one, text="More", by=desk)
    assert approve_registration(one, grade="ordinary", by=desk).state == "approved"


def test_many_are_decided_and_each_left_out_says_why(edition, desk, lines):
    many = [importer(edition, name=name) for name in ("Ann", "Ben", "Cleo", "Dora", "Eve")]
    for one in many[:4]:
        check_evidence(one, verdicts={"company": "ticked", "licence": "ticked"}, by=desk)
    Registration.objects.filter(pk=many[1].pk).update(company=many[0].company_id)
    Registration.objects.filter(pk=many[2].pk).update(state="withdrawn")
    rows = list(Registration.objects.select_related("company", "edition", "person").order_by("-pk"))
    set_quota(world.grade(edition, "hosted"), places=1, by=desk)
    expected = outlooks(sorted(rows, key=lambda one: one.pk), world.grade(edition, "hosted"))
    told = approve_many(rows, grade="hosted", by=desk)
    assert [one.registration.person.full_name for one in told] == ["Ann", "Ben", "Cleo", "Dora", "Eve"]
    assert [bool(one.against) for one in told] == [bool(one.against) for one in expected] == [
        False, True, True, True, True,
    ]  # fmt: skip
    assert "Ann" in expected[1].against[0]
    assert {row.state for row in Registration.objects.filter(grade__code="hosted")} == {"approved"}
    left = [one.registration for one in told if one.against]
    told = decline_many(left, reason="Full this year", by=desk)
    assert [bool(one.against) for one in told] == [False, True, False, False]
    with pytest.raises(Forbidden):
        decline_many(left, reason="x", by=world.officer(edition, "reports"))


def test_the_outlook_asks_the_same_however_many(edition, desk, lines, django_assert_num_queries):
    set_quota(world.grade(edition, "hosted"), places=2, by=desk)
    grade = world.grade(edition, "hosted")
    for number in (1, 4):
        rows = [importer(edition) for _one in range(number)]
        with django_assert_num_queries(4):
            outlooks(rows, grade)


def test_the_checklist_is_copied_and_changed(edition, desk, lines):
    target = world.edition()
    target.grades.all().delete()
    target.hosted_terms.all().delete()
    copy_grades(edition, target)
    copied = {item.code: [grade.edition_id for grade in item.grades.all()] for item in target.evidence_items.all()}
    assert copied == {"company": [target.pk], "licence": [target.pk], "earlier": [], "boarding": [target.pk]}
    edit_evidence_item(lines["licence"], grades=[], by=desk)
    give_evidence(one := importer(edition), item=lines["company"], said="x", by=desk)
    with pytest.raises(Refused):
        remove_evidence_item(lines["company"], by=desk)
    remove_evidence_item(lines["licence"], by=desk)
    with pytest.raises(Invalid):
        edit_evidence_item(lines["earlier"], grades=[world.grade(target, "hosted")], by=desk)
    fresh = world.edition()
    begin_checklist(fresh)
    assert fresh.evidence_items.count() == len(STANDARD)
    assert known(one)["country"]


def test_what_the_fair_knows_stands_beside_a_line(edition):
    before = importer(world.edition(), grade="ordinary")
    one = Registration.objects.create(edition=edition, person=before.person, company=before.company, volume="great")
    Company.objects.filter(pk=one.company_id).update(website="https://x.example")
    one = Registration.objects.select_related("company").get(pk=one.pk)
    facts = known(one)
    assert facts["website"] == "https://x.example"
    assert "10" in facts["volume"]
    assert "1" in facts["earlier"]


class TestPages:
    def test_the_desk_works_from_the_queue(self, edition, client, desk, lines):
        one, other = importer(edition, name="Ann Berg"), importer(edition, name="Ben Ito")
        queue = client.get(page("vetting", edition), {"q": "ann"})
        assert [row.person.full_name for row in queue.context["rows"]] == ["Ann Berg"]
        client.post(page("check_evidence", edition, pk=one.pk), {"verdict_company": "ticked", "note_company": "Seen"})
        assert Evidence.objects.get().note == "Seen"
        client.post(page("ask_for_more", edition, pk=one.pk), {"text": "Where?"})
        assert client.post(page("ask_for_more", edition, pk=other.pk), {"text": ""}).status_code == 422
        shown = client.get(page("vetting", edition), {"state": "more"})
        assert [(row.pk, row.ticked) for row in shown.context["rows"]] == [(one.pk, 1)]
        assert client.get(page("importer_desk", edition, pk=one.pk)).status_code == 200
        chosen = {"chosen": [one.pk, other.pk], "grade": "hosted", "verb": "approve"}
        preview = client.get(page("decide_many", edition), chosen)
        assert (preview.context["fitting"], Registration.objects.filter(state="approved").count()) == (0, 0)
        check_evidence(other, verdicts={"company": "ticked", "licence": "ticked"}, by=desk)
        answer = client.post(page("decide_many", edition), chosen)
        assert f"chosen={one.pk}" in answer["Location"]
        assert f"chosen={other.pk}" not in answer["Location"]
        shown = client.get(answer["Location"], headers={"accept-language": "en"}).content.decode()
        assert "Not ticked yet" in shown
        done = client.post(page("decide_many", edition), {"chosen": one.pk, "verb": "decline", "reason": "Retail"})
        assert done["Location"] == page("vetting", edition)
        assert client.post(page("decide_many", edition), {"verb": "decline"}).status_code == 422

    @pytest.mark.parametrize("rows", world.ROWS)
    def test_the_queue_costs_the_same_however_long(self, edition, client, desk, lines, rows, django_assert_num_queries):
        people = Person.objects.bulk_create(Person(full_name=f"P {n}", email=f"p{n}@x.example") for n in range(rows))
        companies = Company.objects.bulk_create(Company(name_vi=f"C {n}", country="FR") for n in range(rows))
        Registration.objects.bulk_create(
            Registration(edition=edition, person=person, company=company)
            for person, company in zip(people, companies, strict=True)
        )
        with django_assert_num_queries(10):
            client.get(page("vetting", edition))

    def test_an_importer_answers_and_sends_on_a_phone(self, edition, client, desk, lines):
        one = importer(edition)
        ask_for_more(one, text="Where are your shops?", by=desk)
        client.force_login(one.person)
        assert "Where are your shops?" in client.get(page("evidence", edition)).content.decode()
        assert client.post(page("evidence", edition), {}).status_code == 422
        file = SimpleUploadedFile("a.exe", b"MZ")
        assert client.post(page("evidence", edition), {"file_company": file}).status_code == 422
        given = {"answer": "In Lyon", "file_company": SimpleUploadedFile("a.pdf", PDF), "said_licence": "DE 123"}
        assert client.post(page("evidence", edition), given).status_code == 302
        one.refresh_from_db()
        assert one.state == "registered"
        row = Evidence.objects.get(item=lines["company"])
        answer = client.get(page("evidence_file", edition, pk=row.pk))
        assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        for stranger in (world.person(), world.officer(edition, "matchmaking_desk")):
            client.force_login(stranger)
            assert client.get(page("evidence_file", edition, pk=row.pk)).status_code == 404

    def test_after_the_approval_it_asks_for_the_proofs_of_the_grade(self, edition, client, lines):
        client.force_login(importer(edition, grade="ordinary").person)
        assert client.get(page("evidence", edition)).context["lines"] == []

    def test_the_desk_keeps_the_checklist(self, edition, client, desk):
        given = {
            "name_vi": "A",
            "name_en": "A",
            "order": 1,
            "stage": "vetting",
            "grades": [world.grade(edition, "semi").pk],
        }
        assert client.post(page("add_line", edition), given | {"code": "visits"}).status_code == 302
        item = edition.evidence_items.get()
        assert client.get(page("edit_line", edition, pk=item.pk)).status_code == 200
        client.post(page("edit_line", edition, pk=item.pk), given | {"name_en": "Visits"})
        item.refresh_from_db()
        assert (item.name_en, item.grades.count()) == ("Visits", 1)
        client.post(page("remove_line", edition, pk=item.pk))
        assert not edition.evidence_items.exists()


class TestApi:
    def test_a_program_vets(self, edition, client, desk, lines):
        one = importer(edition)
        address = f"/api/v1/registrations/{one.pk}"

        def post(path, **given):
            return client.post(path, given, content_type="application/json")

        client.force_login(one.person)
        given = client.post(f"{address}/give/", {"code": "company", "file": SimpleUploadedFile("a.pdf", PDF)})
        assert (given.status_code, given.json()["has_file"]) == (201, True)
        assert client.get(f"{address}/evidence/company/file/").content == PDF
        client.force_login(desk)
        assert post(f"{address}/ask/", text="Where?").json()["state"] == "more"
        client.force_login(one.person)
        assert post(f"{address}/check/", verdicts={"company": "ticked"}).status_code == 403
        assert post(f"{address}/answer/", answer="Lyon").json()["state"] == "registered"
        client.force_login(desk)
        told = post(f"{address}/check/", verdicts={"company": "ticked"}, notes={"company": "Seen"}).json()
        assert [(row["code"], row["verdict"], row["note"]) for row in told] == [("company", "ticked", "Seen")]
        many = {"edition": edition.slug, "registrations": [one.pk], "verb": "approve", "grade": "hosted"}
        [left] = post("/api/v1/registrations/decide/", **many, only_look=True).json()
        assert "licence" in left["against"][0]
        no = many | {"verb": "decline", "reason": "No shop"}
        for _twice in range(2):  # looking changes nothing
            assert post("/api/v1/registrations/decide/", **no, only_look=True).json()[0]["against"] == []
        post(f"{address}/check/", verdicts={"licence": "ticked"})
        assert post("/api/v1/registrations/decide/", **many).json() == [{"registration": one.pk, "against": []}]
        assert len(client.get(f"{address}/evidence/").json()) == 2
        client.force_login(world.officer(edition, "reports"))
        assert client.get(f"{address}/evidence/").status_code == 404
