"""Importers for the tests of their pages, and the addresses of these."""

import re

from django.urls import reverse
from PIL import Image, ImageDraw

from buyers.actions.registrations import approve_registration, register_importer
from buyers.models import Gate
from tests import world


def page(name, edition, **kwargs):
    return reverse(f"buyers:{name}", kwargs={"edition": edition.slug} | kwargs)


def importer(edition, *, grade=None, name="Linnea Berg"):
    person = world.person(name, given_name=name.split()[0], language="en")
    registration = register_importer(
        edition,
        person=person,
        company=world.importer_company(person),
        consents=["registration"],
        language="en",
        by=person,
        product_groups=[world.product_group()],
    )
    if grade:
        approve_registration(registration, grade=grade, by=world.officer(edition, "importer_desk"))
    return registration


def gate_of(edition):
    return Gate.objects.get_or_create(edition=edition, name_vi="Cổng 1", name_en="Gate 1")[0]


def drawn(html, module=6):
    """The QR code's SVG path of a page, drawn: runs of dark modules as M x y h length."""
    side = int(re.findall(r'class="qr"[^>]*viewBox="0 0 (\d+)', html)[0])
    picture = Image.new("L", (side * module, side * module), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)", html.split('class="qr"')[1].split("</svg>")[0]):
        left, top = int(x) * module, int(y) * module
        pen.rectangle([left, top, left + int(run) * module - 1, top + module - 1], fill=0)
    return picture
