"""Photos in the application: sent once, carried through the form, shown where the products are."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fairs import clock
from fairs.actions.photos import SIZES, set_photo, signed
from fairs.models import Product
from tests import world
from tests.fairs.test_photos import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """An edition whose booths are on sale."""
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made)
        yield made


@pytest.fixture
def step(client, edition):
    """The step of products of somebody's draft; the answer to what was typed."""
    draft = world.application(edition, state="draft")
    client.force_login(draft.contact)

    def post(data=None, **changed):
        group = str(world.product_group().pk)
        row = {"name_vi": "Lọ hoa", "product_group": group} | changed.pop("row", {})
        rows = {f"form-0-{name}": value for name, value in row.items()}
        given = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "product_groups": [group]} | rows | changed
        if data is not None:
            given["form-0-picture"] = SimpleUploadedFile("a.jpg", data)
        address = reverse("booths:apply_products", args=[edition.slug])
        return client.post(address, given, headers={"accept-language": "en"})

    post.draft = draft
    return post


def carried(answer):
    """The signed name in the first row."""
    return answer.context["made"][0]["photo"].value()


def test_a_photo_is_sent_once_whatever_has_to_be_put_right(step):
    answer = step(picture(), row={"name_vi": ""})
    assert answer.status_code == 422
    name = carried(answer)
    assert name
    answer = step(add="1", row={"photo": name})
    assert carried(answer) == name
    assert reverse("fairs:carried_photo", args=[name, "small"]) in answer.content.decode()
    assert step(row={"photo": name}).status_code == 302
    assert Product.objects.get().photo_token in name or Product.objects.get().photo


def test_adding_a_row_takes_the_photo_in(step):
    name = carried(step(picture(), add="1"))
    assert step(row={"photo": name}).status_code == 302
    assert Product.objects.get().photo


def test_no_photo_is_named_beside_its_product(step):
    answer = step(b"nothing")
    assert answer.status_code == 422
    assert "This is no photo we can read." in answer.content.decode()
    assert not Product.objects.exists()


def test_a_photo_is_kept_replaced_and_taken_away(step):
    step(picture())
    product = Product.objects.get()
    first, name = product.photo.name, signed(product.photo.name, step.draft.contact)
    assert carried(step(add="1", row={"id": product.pk, "photo": name})) == name
    assert carried(step(drop_photo="0", row={"id": product.pk, "photo": name})) == ""
    step(row={"id": product.pk, "photo": name})
    assert Product.objects.get().photo.name == first
    step(picture(), row={"id": product.pk, "photo": name})
    assert Product.objects.get().photo.name != first
    step(row={"id": product.pk, "photo": ""})
    assert not Product.objects.get().photo


def test_the_photo_of_somebody_else_cannot_be_carried_off(step):
    other = world.person()
    product = Product.objects.create(company=world.company(other), product_group=world.product_group(), name_vi="Bình")
    set_photo(product, data=picture(), by=other)
    step(row={"photo": signed(product.photo.name, other)})
    assert not Product.objects.get(company=step.draft.company).photo


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_juror_sees_the_photos_of_what_they_judge_and_nobody_elses(edition, client, language):
    world.criterion(edition)
    application = world.application(edition, state="under_review")
    product = Product.objects.create(
        company=application.company, product_group=world.product_group(), name_vi="Bình", name_en="Vase"
    )
    set_photo(product, data=picture(), by=application.contact)
    juror, other = (world.officer(edition, "reviewer") for _each in range(2))
    review = world.review(application, juror)
    client.force_login(juror)
    page = client.get(reverse("booths:review", args=[edition.slug, review.pk]), headers={"accept-language": language})
    addresses = [reverse("fairs:carried_photo", args=[signed(product.photo.name, juror), of]) for of in SIZES]
    for address in addresses:
        assert f'"{address}"' in page.content.decode()
        assert client.get(address).status_code == 200
    client.force_login(other)
    assert client.get(reverse("booths:review", args=[edition.slug, review.pk])).status_code == 404
    assert [client.get(address).status_code for address in addresses] == [404, 404]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_desk_and_the_public_see_the_photo(edition, client, language):
    application = world.application(edition, state="accepted")
    product = Product.objects.create(
        company=application.company, product_group=world.product_group(), name_vi="Bình", name_en="Vase"
    )
    set_photo(product, data=picture(), by=application.contact)
    desk, headers = world.officer(edition, "booth_desk"), {"accept-language": language}
    part = application.company.participations.get()
    public = client.get(reverse("booths:exhibitor", args=[edition.slug, part.pk]), headers=headers).content.decode()
    assert reverse("fairs:photo", args=[product.photo_token, "small"]) in public
    client.force_login(desk)
    page = client.get(reverse("booths:application_desk", args=[edition.slug, application.pk]), headers=headers)
    address = reverse("fairs:carried_photo", args=[signed(product.photo.name, desk), "small"])
    assert address in page.content.decode()
    assert client.get(address).status_code == 200
