"""Photos of products: taken in, put to a product, taken away."""

import secrets
import time
from collections.abc import Iterator
from typing import Any

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from fairs.errors import Invalid
from fairs.journal import record
from fairs.models import Product
from fairs.permissions import Actor, require
from fairs.photos import Photo, PhotoError, shrink

FOLDER = "products"
SIZES = ("large", "small")
FORGOTTEN_AFTER = 3 * 24 * 3600  # seconds; filling in a form takes its time
_signer = signing.Signer(salt="fairs.photo")


def keep_photo(data: bytes) -> str:
    """Take a photo in before it belongs to a product; the name to put there. Refuses with `bad_photo`.

    Both sizes are stored under a name that nobody guesses.
    """
    photo = _shrunk(data)
    token = secrets.token_hex(16)
    default_storage.save(f"{FOLDER}/{token}-small.jpg", ContentFile(photo.small))
    return str(default_storage.save(f"{FOLDER}/{token}-large.jpg", ContentFile(photo.large)))


def attachment(data: bytes) -> ContentFile[bytes]:
    """A photo as something noted goes with it: large, under a name that nobody guesses. Refuses with `bad_photo`."""
    return ContentFile(_shrunk(data).large, f"{secrets.token_hex(16)}.jpg")


def set_photo(product: Product, *, data: bytes, by: Actor) -> Product:
    """Put a photo to a product, in place of the one it had. Refuses with `bad_photo`."""
    require(by, "fairs.change_company", product.company)
    return _change(product, keep_photo(data), by)


def remove_photo(product: Product, *, by: Actor) -> Product:
    """Take the photo of a product away."""
    require(by, "fairs.change_company", product.company)
    return _change(product, "", by)


def drop_files(name: str) -> None:
    """Delete both sizes of a photo once the transaction that let it go is written, unless a product still has it."""
    if name:
        transaction.on_commit(lambda: _delete(name))


def small_name(name: str) -> str:
    """Where the small size of a photo is."""
    return name.replace("-large.jpg", "-small.jpg")


def signed(name: str, person: Any) -> str:
    """A photo as one person may carry it through a form and look at it."""
    return _signer.sign_object([name, person.pk]) if name else ""


def unsigned(text: str, person: Any) -> str:
    """The name of the photo that this person carries; nothing for anybody else."""
    if not text:
        return ""
    try:
        name, owner = _signer.unsign_object(text)
    except (signing.BadSignature, ValueError):
        return ""
    return str(name) if owner == person.pk else ""


def forget_photos() -> int:
    """Delete photos that were taken in days ago and never put to a product; how many."""
    forgotten = list(_forgotten())
    for name in forgotten:
        _delete(name)
    return len(forgotten)


def _shrunk(data: bytes) -> Photo:
    try:
        return shrink(data)
    except PhotoError as error:
        sentence = _sentence(error.code)
        raise Invalid("bad_photo", sentence, {"picture": [sentence]}) from None


def _change(product: Product, name: str, by: Actor) -> Product:
    with transaction.atomic():
        drop_files(product.photo.name or "")
        product.photo = name
        product.save(update_fields=["photo"])
        record("photograph", product, by=by, fields=["photo"])
    return product


def _delete(name: str) -> None:
    if not Product.objects.filter(photo=name).exists():
        default_storage.delete(name)
        default_storage.delete(small_name(name))


def _forgotten() -> Iterator[str]:
    try:
        _folders, files = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    known = set(Product.objects.exclude(photo="").values_list("photo", flat=True))
    before = time.time() - FORGOTTEN_AFTER
    for name in (f"{FOLDER}/{file}" for file in files if file.endswith("-large.jpg")):
        if name not in known and default_storage.get_modified_time(name).timestamp() < before:
            yield name


def _sentence(code: str) -> str:
    if code == "too_many_bytes":
        return _("This photo is larger than 12 MB. Choose a smaller one, or take it again in a lower quality.")
    if code == "too_many_pixels":
        return _("This photo has too many pixels. Choose a smaller one, or take it again in a lower quality.")
    return _("This is no photo we can read. Choose one in JPEG, PNG or WebP.")
