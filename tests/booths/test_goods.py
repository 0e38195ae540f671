"""Goods imported for the fair only, counterfeits shown for comparison: declared, then looked at before the opening."""

import pytest
from django.urls import reverse

from booths.actions.goods import Flags, check_goods, declare_goods
from booths.goods import looks_at
from booths.manual import own_progress
from booths.models import GoodsCheck, GoodsDeclaration, Reservation, SpecialGoods
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Product
from tests import world
from tests.booths.manual import task

pytestmark = pytest.mark.django_db
API = "/api/v1"
IMPORTED, FAKE = Flags(temporary_import=True, papers="TK 1058"), Flags(counterfeit=True)


@pytest.fixture
def application(edition):
    """An exhibitor with two products."""
    made = world.application(edition)
    for name in ("Bình men lam", "Lụa nhái"):
        Product.objects.create(company=made.company, product_group=world.product_group(), name_vi=name)
    return made


def products(application):
    """Its products in their order."""
    return list(application.company.products.all())


def declared(application, flags=IMPORTED):
    """Its first product as special goods."""
    [goods] = declare_goods(application, flags={products(application)[0].pk: flags}, by=application.contact)
    return goods


def test_each_kind_is_looked_at_for_its_own_points(application):
    vase, silk = products(application)
    made = declare_goods(application, flags={vase.pk: IMPORTED, silk.pk: FAKE}, by=application.contact)
    assert [list(map(str, one.points)) for one in made] == [
        ["labelled", "papers", "re_export"], ["labelled", "declared", "marked"],
    ]  # fmt: skip
    assert looks_at(application.edition)[0].re_export_on.isoformat() == "2018-11-20"


def test_saying_that_there_are_none_is_a_declaration_too(edition, application):
    asked = task(edition, asks="form", form="goods")
    for_them = task(edition, audience="imported")
    assert [cell.state for cell in own_progress(application).cells] == ["open"]
    goods = declared(application)
    assert {cell.task: cell.state for cell in own_progress(application).cells} == {asked: "done", for_them: "open"}
    declare_goods(application, flags={}, by=application.contact)
    assert not SpecialGoods.objects.filter(pk=goods.pk).exists()
    assert GoodsDeclaration.objects.count() == 1
    stranger = Product.objects.create(company=world.company(), product_group=world.product_group(), name_vi="x")
    with pytest.raises(Invalid) as refusal:
        declare_goods(application, flags={stranger.pk: FAKE}, by=application.contact)
    assert refusal.value.code == "other_product"


def test_an_officer_finds_faults_with_a_note_and_who_found_them_is_kept(application, desk):
    goods = declared(application)
    with pytest.raises(Invalid) as refusal:
        check_goods(goods, found={"labelled": False}, by=desk)
    assert refusal.value.code == "no_note"
    with pytest.raises(Invalid) as refusal:
        check_goods(goods, found={"marked": True}, by=desk)
    assert refusal.value.code == "unknown_point"
    with pytest.raises(Forbidden):
        check_goods(goods, found={"labelled": True}, by=application.contact)
    check_goods(goods, found={"labelled": False, "papers": True}, notes={"labelled": "Thiếu nhãn"}, by=desk)
    [look] = looks_at(application.edition)
    assert (look.state, look.left, [fault.note for fault in look.faults]) == ("left", 1, ["Thiếu nhãn"])
    other = world.officer(application.edition, "booth_desk")
    check_goods(goods, found={"labelled": True, "papers": True, "re_export": True}, by=other)
    assert looks_at(application.edition)[0].state == "sound"
    assert [row.checked_by for row in GoodsCheck.objects.order_by("point")] == [other, desk, other]


def test_what_was_looked_at_is_not_taken_off_by_its_exhibitor(application, desk):
    goods = declared(application)
    check_goods(goods, found={"labelled": True}, by=desk)
    with pytest.raises(Refused) as refusal:
        declare_goods(application, flags={}, by=application.contact)
    assert refusal.value.code == "checked"
    other = {goods.product_id: Flags(temporary_import=True, papers="another number")}
    with pytest.raises(Refused) as refusal:
        declare_goods(application, flags=other, by=application.contact)
    assert refusal.value.code == "checked"
    assert declare_goods(application, flags=other, by=desk)[0].papers == "another number"
    goods.product.delete()
    goods.refresh_from_db()
    assert (goods.product, goods.name) == (None, "Bình men lam")


def test_what_is_left_stands_first_by_booth(edition, desk):
    found = []
    for booth in list(edition.booths.all())[:3]:
        application = world.application(edition)
        Product.objects.create(company=application.company, product_group=world.product_group(), name_vi="Bình")
        Reservation.objects.create(
            edition=edition, booth=booth, application=application, company=application.company, state="confirmed",
            held_until=world.NOON,
        )  # fmt: skip
        found.append(declared(application, FAKE))
    points = dict.fromkeys(["labelled", "declared", "marked"], True)
    check_goods(found[0], found=points, by=desk)
    check_goods(found[1], found=points | {"marked": False}, notes={"marked": "Chưa ghi"}, by=desk)
    assert [look.goods for look in looks_at(edition)] == [found[2], found[1], found[0]]


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_list_takes_as_many_statements_for_many(edition, desk, client, rows, django_assert_num_queries):
    for _each in range(rows):
        application = world.application(edition)
        product = Product.objects.create(
            company=application.company, product_group=world.product_group(), name_vi="Bình"
        )
        SpecialGoods.objects.create(application=application, product=product, name="Bình", counterfeit=True)
    client.force_login(desk)
    address = reverse("booths:goods_desk", args=[edition.slug])
    client.get(address)
    with django_assert_num_queries(8):
        assert len(client.get(address).context["looks"]) == rows


def test_the_pages(edition, application, desk, client):
    vase, _silk = products(application)
    client.force_login(application.contact)
    own = reverse("booths:goods", args=[edition.slug])
    assert client.get(own).status_code == 200
    assert client.post(own, {f"import_{vase.pk}": "on", f"papers_{vase.pk}": "TK 1"}).status_code == 302
    goods = SpecialGoods.objects.get()
    assert (goods.product, goods.papers, goods.counterfeit) == (vase, "TK 1", False)
    client.force_login(desk)
    page = reverse("booths:check_goods", args=[edition.slug, goods.pk])
    assert "TK 1" in client.get(page).content.decode()
    assert client.post(page, {"labelled": "no"}).status_code == 422
    assert client.post(page, {"labelled": "no", "note_labelled": "Mờ", "papers": "yes"}).status_code == 302
    listed = client.get(reverse("booths:goods_desk", args=[edition.slug]), headers={"accept-language": "en"})
    assert "1 point to look at" in listed.content.decode()
    client.force_login(world.officer(edition, "reports"))
    assert b'type="radio"' not in client.get(page).content
    assert client.post(page, {"papers": "yes"}).status_code == 422


def test_programs(edition, application, desk, client):
    vase, _silk = products(application)
    client.force_login(application.contact)
    given = {"application": application.pk, "goods": [{"product": vase.pk, "counterfeit": True}]}
    made = client.post(f"{API}/special-goods/", given, content_type="application/json")
    assert made.status_code == 201
    [row] = made.json()
    assert row["points"] == ["labelled", "declared", "marked"]
    found = {"found": [{"point": "labelled", "in_order": False, "note": "Thiếu"}]}
    check = f"{API}/special-goods/{row['id']}/check/"
    assert client.post(check, found, content_type="application/json").status_code == 403
    client.force_login(desk)
    assert client.post(check, found, content_type="application/json").json()["checks"][0]["note"] == "Thiếu"
