"""Applying, one's own booths, the desk and the exhibitors, page by page in both languages."""

import gzip

import pytest
from django.urls import reverse

from booths.actions.applications import submit_application
from booths.actions.floor import lay_floor
from booths.actions.reservations import hold_booths, reserve_held
from booths.floorplan import reference_floor
from booths.models import Application, Booth, Reservation
from fairs import clock
from fairs.models import Company, Participation, Product, Province
from fairs.money.actions.payments import record_receipt
from tests import world

pytestmark = pytest.mark.django_db
LANGUAGES = ["vi", "en"]


@pytest.fixture
def edition():
    """An edition whose booths are on sale."""
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made)
        world.product_group()
        Province.objects.create(code="01", name_vi="Hà Nội", name_en="Ha Noi", valid_from="2008-08-01")
        yield made


@pytest.fixture
def visit(client, edition):
    """Asks for a page, or posts to it when there is something to post; follows nothing."""

    def ask(name, *args, by=None, language="en", post=None, **query):
        client.logout()
        if by:
            client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
        address = reverse(f"booths:{name}", args=[edition.slug, *args], query=query)
        headers = {"accept-language": language}
        return client.get(address, headers=headers) if post is None else client.post(address, post, headers=headers)

    return ask


COMPANY = {"name_vi": "Gốm Lan", "legal_form": "household", "country": "VN", "phone": "0912 345 678"}
NO_PRODUCTS = {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}


def one_product(**changed):
    """The products step with one row."""
    group = str(world.product_group().pk)
    row = {"name_vi": "Lọ hoa", "product_group": group, "minimum_order": "500"} | changed
    rows = {f"form-0-{name}": value for name, value in row.items()}
    return {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "product_groups": [group]} | rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_applying_from_nothing_to_handed_in(visit, edition, language):
    person = world.person()
    assert visit("application", by=person, language=language).status_code == 200
    for step in ("apply", "apply_products"):
        assert visit(step, by=person, language=language).status_code in (200, 302)
    province = Province.objects.get().pk
    answer = visit("apply", by=person, post=COMPANY | {"province": province}, language=language)
    assert answer.headers["Location"] == reverse("booths:apply_products", args=[edition.slug])
    assert visit("apply_products", by=person, language=language).status_code == 200
    assert visit("apply_products", by=person, post=one_product(), language=language).status_code == 302
    page = visit("apply_booths", by=person, language=language).content.decode()
    assert ("13.500.000\xa0đ" if language == "vi" else "VND\xa013,500,000") in page
    booth_class = world.booth_class(edition).pk
    wishes = {"booth_class": booth_class, "booth_count": "2", "side_by_side": "on", "booths": "a02, A01"}
    assert visit("apply_booths", by=person, post=wishes, language=language).status_code == 302
    assert "Gốm Lan" in visit("apply_send", by=person, language=language).content.decode()
    assert visit("apply_send", by=person, post={}, language=language).status_code == 422
    assert (
        visit("apply_send", by=person, post={"agreed": "on", "rules_version": "1"}, language=language).status_code
        == 302
    )
    application = Application.objects.get()
    assert (application.state, application.booth_count, application.entered_by) == ("submitted", 2, None)
    assert [wish.booth.code for wish in application.booth_wishes.all()] == ["A02", "A01"]
    assert Product.objects.get().minimum_order == 500
    assert visit("apply", by=person).headers["Location"] == reverse("booths:application", args=[edition.slug])


def test_what_is_wrong_is_named_and_nothing_is_lost(visit):
    person = world.person()
    answer = visit("apply", by=person, post=COMPANY | {"province": ""}, language="vi")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Hãy chọn tỉnh, thành phố." in page
    assert 'value="Gốm Lan"' in page
    assert not Company.objects.exists()


def test_a_number_in_words_comes_back_with_the_number_meant(visit):
    person = world.person()
    visit("apply", by=person, post=COMPANY | {"province": Province.objects.get().pk})
    answer = visit("apply_products", by=person, post=one_product(minimum_order="năm trăm"), language="vi")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Có phải bạn muốn ghi 500?" in page
    assert 'data-value="500"' in page
    assert not Product.objects.exists()


def test_products_are_added_and_dropped_without_scripts(visit):
    person = world.person()
    visit("apply", by=person, post=COMPANY | {"province": Province.objects.get().pk})
    page = visit("apply_products", by=person, post=one_product() | {"add": "1"}).content.decode()
    assert 'name="form-1-name_vi"' in page
    assert 'value="Lọ hoa"' in page
    page = visit("apply_products", by=person, post=one_product() | {"drop": "0"}).content.decode()
    assert "Lọ hoa" not in page
    assert visit("apply_products", by=person, post=one_product() | {"form-TOTAL_FORMS": "x"}).status_code == 422


def test_products_are_changed_and_removed_on_a_second_visit(visit):
    person = world.person()
    visit("apply", by=person, post=COMPANY | {"province": Province.objects.get().pk})
    visit("apply_products", by=person, post=one_product())
    known = Product.objects.get()
    visit("apply_products", by=person, post=one_product(id=str(known.pk), name_vi="Bát"))
    assert (Product.objects.get().pk, Product.objects.get().name_vi) == (known.pk, "Bát")
    visit("apply_products", by=person, post=one_product(name_vi="Đĩa"))
    assert Product.objects.get().name_vi == "Đĩa"


def test_nobody_elses_product_is_changed_by_its_number(visit):
    other = Product.objects.create(
        company=world.company(), product_group=world.product_group(), name_vi="Của người khác"
    )
    person = world.person()
    visit("apply", by=person, post=COMPANY | {"province": Province.objects.get().pk})
    visit("apply_products", by=person, post=one_product(id=str(other.pk), name_vi="Bát"))
    other.refresh_from_db()
    assert other.name_vi == "Của người khác"


def test_before_there_is_a_floor_nothing_can_be_applied_for(client):
    edition = world.edition()
    client.force_login(world.person(), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("booths:apply", args=[edition.slug]), headers={"accept-language": "en"})
    assert "Applications have not opened yet" in page.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", [*Application.State.values, "held", "reserved", "confirmed"])
def test_my_booths_says_what_to_do_in_every_state(visit, edition, state, language):
    person = world.person()
    application = world.application(edition, person, state=state if state in Application.State.values else "accepted")
    if state in ("held", "reserved", "confirmed"):
        hold_booths(application, booths=list(edition.booths.all())[:2], by=person)
    if state in ("reserved", "confirmed"):
        notice = reserve_held(application, by=person)
    if state == "confirmed":
        finance = world.officer(edition, "finance")
        record_receipt(notice, way="cash", amount=notice.due, received_on=clock.today(edition), key="k", by=finance)
    page = visit("application", by=person, language=language)
    assert page.status_code == 200
    assert page.content.decode().count('class="frame next-frame"') == 1
    assert visit("permit_pdf", by=person, language=language).status_code == (200 if state == "confirmed" else 404)


def test_the_permit_is_a_paper_for_the_exhibitor_and_the_desk(visit, edition):
    person, desk = world.person(), world.officer(edition, "booth_desk")
    application = world.application(edition, person)
    [held] = hold_booths(application, booths=list(edition.booths.all())[:1], by=person)
    Reservation.objects.filter(pk=held.pk).update(state="confirmed", permit="HGS-GP00001")
    for by, query in ((person, {}), (desk, {"for": application.pk})):
        answer = visit("permit_pdf", by=by, **query)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
    assert visit("permit_pdf", by=world.person(), **{"for": application.pk}).status_code == 404


def test_withdrawing_by_the_button(visit, edition):
    person = world.person()
    application = world.application(edition, person)
    assert visit("withdraw", by=person, post={}).status_code == 302
    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert visit("withdraw", by=person, post={}).status_code == 404


# ---- the desk -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desk_opens_its_pages(visit, edition, language):
    desk = world.officer(edition, "booth_desk")
    application = world.application(edition, state="submitted")
    assert visit("application_desk", application.pk, by=desk, language=language).status_code == 200
    for name in ("applications_desk", "enter_application", "booths_desk", "plan", "plan_table"):
        assert visit(name, by=desk, language=language).status_code == 200, name


def test_the_desk_does_not_exist_for_others(visit, edition):
    application = world.application(edition, state="submitted")
    for by in (
        world.person(),
        application.contact,
        world.officer(edition, "gate"),
        world.officer(world.edition(), "booth_desk"),
    ):
        assert visit("applications_desk", by=by).status_code == 404
        assert visit("application_desk", application.pk, by=by).status_code == 404
        assert visit("booths_desk", by=by).status_code == 404
        assert visit("decide", by=by, post={"id": [application.pk]}).status_code == 404
        assert visit("hand_over", "A01", by=by, post={}).status_code == 404
    assert visit("applications_desk").status_code == 302


def test_a_draft_is_nobodys_business_but_its_company(visit, edition):
    draft = world.application(edition, state="draft")
    desk = world.officer(edition, "booth_desk")
    assert visit("application_desk", draft.pk, by=desk).status_code == 404
    assert draft.company.name_vi not in visit("applications_desk", by=desk).content.decode()


def test_an_answer_without_a_reason_comes_back(visit, edition):
    desk = world.officer(edition, "booth_desk")
    application = world.application(edition, state="submitted")
    answer = visit("application_desk", application.pk, by=desk, post={"verb": "reject"}, language="vi")
    assert answer.status_code == 422
    assert "Hãy ghi lý do" in answer.content.decode()
    assert visit("application_desk", application.pk, by=desk, post={"verb": "explode"}).status_code == 422
    answer = visit("application_desk", application.pk, by=desk, post={"verb": "reject", "reason": "Hết chỗ"})
    assert answer.status_code == 302
    application.refresh_from_db()
    assert application.state == "rejected"


def test_the_history_tells_who_did_what(visit, edition):
    person, desk = world.person("Bùi Thị Hiền"), world.officer(edition, "booth_desk")
    application = world.application(edition, person, state="draft")
    submit_application(application, by=person, rules_version="1")
    page = visit("application_desk", application.pk, by=desk).content.decode()
    assert "handed in its application" in page


def test_an_application_is_entered_for_an_artisan(visit, edition):
    desk = world.officer(edition, "booth_desk")
    asked = {"booth_class": world.booth_class(edition).pk, "booth_count": "1", "legal_form": "artisan", "agreed": "on"}
    answer = visit("enter_application", by=desk, post=asked, language="vi")
    assert answer.status_code == 422
    assert "Đơn vị mới cần có mục này." in answer.content.decode()
    given = {"name_vi": "Gốm Lan", "province": Province.objects.get().pk, "full_name": "Lan", "phone": "0912 345 678"}
    answer = visit("enter_application", by=desk, post=asked | given)
    application = Application.objects.get()
    assert answer.headers["Location"] == reverse("booths:application_desk", args=[edition.slug, application.pk])
    assert "on behalf of Lan" in visit("application_desk", application.pk, by=desk).content.decode()


def test_the_buttons_of_the_booths(visit, edition):
    desk, person = world.officer(edition, "booth_desk"), world.person()
    application = world.application(edition, person)
    held, paid = hold_booths(application, booths=list(edition.booths.all())[:2], by=person)
    Reservation.objects.filter(pk=paid.pk).update(state="confirmed")
    visit("take_back", "A01", by=desk, post={})
    answer = visit("hand_over", "A02", by=desk, post={"back": "?status=confirmed"})
    assert answer.headers["Location"].endswith("/desk/booths/?status=confirmed")
    visit("block", "A03", by=desk, post={"reason": "Cột"})
    visit("block", "A04", by=desk, post={"reason": "Cột"})
    visit("unblock", "A04", by=desk, post={})
    assert [Reservation.objects.get(pk=row.pk).state for row in (held, paid)] == ["released", "handed_over"]
    assert list(edition.booths.order_by("code").values_list("blocked", flat=True)) == ["", "", "Cột", ""]
    assert visit("take_back", "A04", by=desk, post={}).status_code == 404


# ---- exhibitors ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_exhibitors_are_public_with_products_and_booths(visit, edition, language):
    maker = world.exhibitor(edition, name_vi="Gốm Đông Triều", province=Province.objects.get())
    Participation.objects.update(province=Province.objects.get())
    Product.objects.create(
        company=maker.part.company,
        product_group=world.product_group(),
        name_vi="Lọ hoa",
        name_en="Vase",
        minimum_order=50,
    )
    page = visit("exhibitors", language=language, q="dong trieu", province="01")
    assert "Gốm Đông Triều" in page.content.decode()
    page = visit("exhibitor", maker.part.pk, language=language).content.decode()
    assert ("Lọ hoa" if language == "vi" else "Vase") in page
    assert reverse("matchmaking:ask", args=[edition.slug, maker.part.pk]) in page


def test_exhibitors_are_found_by_product_and_group(visit, edition):
    maker = world.exhibitor(edition, name_vi="Gốm Lan")
    world.exhibitor(edition, name_vi="Mộc Hùng")
    maker.part.company.product_groups.add(world.product_group())
    Product.objects.create(company=maker.part.company, product_group=world.product_group(), name_vi="Ấm trà")
    for query in ({"q": "am tra"}, {"group": "ceramics"}, {"q": "GOM lan"}):
        assert [part.company.name_vi for part in visit("exhibitors", **query).context["page"]] == ["Gốm Lan"], query
    assert visit("exhibitors", q="xyz", page="99").status_code == 200


def test_an_importer_or_one_who_left_is_no_exhibitor(visit, edition):
    buyer, gone = world.importer(edition), world.exhibitor(edition)
    Participation.objects.filter(pk=gone.part.pk).update(state="withdrawn")
    assert not visit("exhibitors").context["page"].object_list
    for part in (buyer.part, gone.part):
        assert visit("exhibitor", part.pk).status_code == 404


# ---- queries ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", world.ROWS)
@pytest.mark.parametrize(("name", "queries"), [("applications_desk", 15), ("booths_desk", 8), ("exhibitors", 11)])
def test_lists_take_the_same_queries_for_any_number_of_rows(
    client, edition, count, name, queries, django_assert_num_queries
):
    desk = world.officer(edition, "booth_desk")
    kind, zone = world.booth_class(edition), edition.zones.get()
    firms = Company.objects.bulk_create(Company(name_vi=f"Cơ sở {n}", folded=f"co so {n}") for n in range(count))
    Participation.objects.bulk_create(Participation(edition=edition, company=firm, role="exhibitor") for firm in firms)
    asked = Application.objects.bulk_create(
        Application(
            edition=edition, company=firm, contact=desk, booth_class=kind, state="submitted", submitted_at=world.NOON
        )
        for firm in firms
    )  # fmt: skip
    Application.zones.through.objects.bulk_create(
        Application.zones.through(application=application, zone=zone) for application in asked
    )
    hall = edition.halls.get()
    Booth.objects.bulk_create(
        Booth(edition=edition, hall=hall, zone=zone, booth_class=kind, code=f"B{n}", x=n, y=9, width=1, depth=1)
        for n in range(count)
    )
    client.force_login(desk, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse(f"booths:{name}", args=[edition.slug])
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)


def test_the_reference_floor_is_light(client):
    edition = world.edition()
    lay_floor(edition, floor=reference_floor(), by=world.officer(edition, "booth_desk"))
    page = client.get(reverse("booths:plan", args=[edition.slug]), headers={"accept-encoding": "identity"}).content
    assert len(gzip.compress(page)) < 60_000
    assert page.count(b"<title>") == 651
    assert len(page) < 160_000
