"""Photos of products: taken by their content, small and bare, seen by those who may."""

import io
import os
import struct
import time
import zlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from fairs.actions.people import remove_product
from fairs.actions.photos import forget_photos, keep_photo, remove_photo, set_photo, signed, small_name, unsigned
from fairs.errors import Forbidden, Invalid
from fairs.models import Product
from fairs.photos import LARGE, SMALL, PhotoError, shrink
from tests import world

API = "/api/v1"


def picture(size=(64, 48), form="JPEG", mode="RGB", **saved):
    """A photo as a phone might send it."""
    out = io.BytesIO()
    Image.new(mode, size, 90 if mode == "L" else (180, 60, 30, 128)[: len(mode)]).save(out, form, **saved)
    return out.getvalue()


def with_place():
    """A photo that tells where it was taken, and stands on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 1.0, 30.0), 3: "E", 4: (105.0, 54.0, 0.0)})
    exif[0x010F] = "Phone of Lan"
    return picture((80, 40), exif=exif)


def bomb():
    """A PNG of a few bytes that says it is 40,000 pixels wide and high."""
    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100_000)), (b"IEND", b"")]
    chunks = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


class TestShrinking:
    @pytest.mark.parametrize(
        ("form", "mode"),
        [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "L"), ("WEBP", "RGB"), ("WEBP", "RGBA")],
    )
    def test_what_phones_send_becomes_a_jpeg(self, form, mode):
        for data in shrink(picture(form=form, mode=mode)):
            made = Image.open(io.BytesIO(data))
            assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (64, 48))

    def test_no_size_is_larger_than_it_needs_to_be(self):
        large, small = (Image.open(io.BytesIO(data)) for data in shrink(picture((4000, 3000))))
        assert (large.size, small.size) == ((LARGE, LARGE * 3 // 4), (SMALL, SMALL * 3 // 4))

    def test_nothing_but_pixels_goes_along_and_they_stand_upright(self):
        data = with_place()
        assert b"Phone of Lan" in data
        for made in shrink(data):
            again = Image.open(io.BytesIO(made))
            assert not again.getexif()
            assert again.size == (40, 80)
            assert b"Exif" not in made
            assert b"Lan" not in made

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"", "empty"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "no_photo"),
            (b"%PDF-1.7", "no_photo"),
            (picture(form="GIF"), "no_photo"),
            (picture()[:200], "no_photo"),
            (b"\xff\xd8\xff\xe0" + b"x" * 500, "no_photo"),
            (bomb(), "too_many_pixels"),
            (b"\xff" * (12 * 1024 * 1024 + 1), "too_many_bytes"),
        ],
        ids=["empty", "svg", "pdf", "gif", "cut off", "pretended", "bomb", "heavy"],
    )
    def test_what_is_no_photo_is_refused(self, data, code):
        with pytest.raises(PhotoError) as refusal:
            shrink(data)
        assert refusal.value.code == code


@pytest.fixture
def maker():
    """Who acts for a company."""
    return world.person()


@pytest.fixture
def product(maker):
    """Something that company makes."""
    return Product.objects.create(company=world.company(maker), product_group=world.product_group(), name_vi="Bình")


def files(name):
    """Which of the two files of a photo are there."""
    return [default_storage.exists(one) for one in (name, small_name(name))]


@pytest.mark.django_db
class TestActions:
    def test_a_new_photo_takes_the_place_of_the_old(self, product, maker, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            first = set_photo(product, data=picture(), by=maker).photo.name
            assert files(first) == [True, True]
            second = set_photo(product, data=picture(), by=maker).photo.name
        assert (files(first), files(second)) == ([False, False], [True, True])
        with django_capture_on_commit_callbacks(execute=True):
            remove_photo(product, by=maker)
        assert files(second) == [False, False]

    def test_a_removed_product_takes_its_photo_along(self, product, maker, django_capture_on_commit_callbacks):
        name = set_photo(product, data=picture(), by=maker).photo.name
        with django_capture_on_commit_callbacks(execute=True):
            remove_product(product, by=maker)
        assert files(name) == [False, False]

    def test_strangers_and_other_files_are_refused(self, product, maker):
        with pytest.raises(Forbidden):
            set_photo(product, data=picture(), by=world.person())
        with pytest.raises(Invalid) as refusal:
            set_photo(product, data=b"nothing", by=maker)
        assert refusal.value.code == "bad_photo"

    def test_what_nobody_put_to_a_product_is_forgotten(self, product, maker):
        kept, fresh, old = (
            set_photo(product, data=picture(), by=maker).photo.name,
            keep_photo(picture()),
            keep_photo(picture()),
        )
        for name in (kept, old):
            past = time.time() - 5 * 24 * 3600
            os.utime(default_storage.path(name), (past, past))
        assert forget_photos() >= 1
        assert [files(name)[0] for name in (kept, fresh, old)] == [True, True, False]

    def test_a_signed_name_is_good_for_one_person(self, maker):
        text = signed("products/a-large.jpg", maker)
        assert unsigned(text, maker) == "products/a-large.jpg"
        assert unsigned(text, world.person()) == unsigned(text + "x", maker) == unsigned("", maker) == ""


@pytest.mark.django_db
class TestPages:
    def test_the_public_sees_the_photos_of_exhibitors_alone(self, client, product, maker):
        set_photo(product, data=picture(), by=maker)
        address = reverse("fairs:photo", args=[product.photo_token, "small"])
        assert client.get(address).status_code == 404
        hidden = world.edition(published=False)
        part = world.participation(hidden, product.company, "exhibitor")
        assert client.get(address).status_code == 404
        hidden.published = True
        hidden.save()
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in answer.headers["Cache-Control"]
        assert client.get(reverse("fairs:photo", args=[product.photo_token, "huge"])).status_code == 404
        part.state = "withdrawn"
        part.save()
        assert client.get(address).status_code == 404

    def test_a_carried_photo_is_seen_by_whoever_carries_it(self, client, product, maker):
        name = set_photo(product, data=picture(), by=maker).photo.name
        address = reverse("fairs:carried_photo", args=[signed(name, maker), "large"])
        assert client.get(address).status_code == 404
        client.force_login(maker)
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Cache-Control"][:7]) == (200, "private")
        default_storage.delete(name)
        assert client.get(address).status_code == 404

    def test_a_product_gets_its_photo_on_the_page_of_its_company(self, client, product, maker):
        client.force_login(maker)
        address = reverse("fairs:change_product", args=[product.company_id, product.pk])
        given = {"name_vi": "Bình", "product_group": product.product_group_id}
        bad = {"picture": SimpleUploadedFile("a.jpg", b"nothing")}
        assert client.post(address, given | bad).status_code == 422
        good = {"picture": SimpleUploadedFile("a.txt", picture())}
        assert client.post(address, given | good).status_code == 302
        product.refresh_from_db()
        assert product.photo_token
        assert client.post(address, given).status_code == 302
        assert Product.objects.get().photo.name == product.photo.name

    def test_programs_send_and_remove_photos(self, client, product, maker):
        address = f"{API}/products/{product.pk}/photo/"
        sent = {"photo": SimpleUploadedFile("a.jpg", picture())}
        assert client.post(address, sent).status_code == 401
        client.force_login(maker)
        answer = client.post(address, {"photo": SimpleUploadedFile("a.jpg", picture())})
        product.refresh_from_db()
        assert answer.json()["photo"] == reverse("fairs:photo", args=[product.photo_token, "large"])
        bad = client.post(address, {"photo": SimpleUploadedFile("a.jpg", b"nothing")})
        assert (bad.status_code, bad.json()["code"]) == (400, "bad_photo")
        assert client.delete(address).json()["photo"] == ""
