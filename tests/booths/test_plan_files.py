"""A plan as files, and a sheet as a plan."""

import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from booths.actions.drafts import begin_draft, save_draft
from booths.actions.floor import lay_floor
from booths.actions.reservations import hold_booths
from booths.drawing.printed import SCALES, scale_for
from booths.floorplan import Rect, reference_floor
from booths.models import FloorDraft
from booths.plan_files import plan_rows, plan_sheets, plan_svg
from fairs import clock
from fairs.actions.uploads import begin_import, receive_upload
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def desk(edition):
    return world.officer(edition, "booth_desk")


@pytest.fixture
def draft(edition, desk):
    """The demo floor with a wall, a pillar and a power point."""
    world.product_group()
    lay_floor(edition, floor=reference_floor(), by=desk)
    draft = begin_draft(edition, by=desk)
    things = {
        f"n{number}": {
            "kind": kind,
            "name_vi": "",
            "name_en": "",
            "x": 10 + number,
            "y": 20.25,
            "width": 0.4,
            "depth": 0.4,
        }
        for number, kind in enumerate(("wall", "pillar", "power"), 1)
    }
    return save_draft(draft, version=0, changes={"facilities": things}, by=desk)


def taken(edition, desk, data, filename="plan.csv"):
    """The upload after everything sound was taken over."""
    upload = receive_upload(edition, kind="plan", data=data, filename=filename, by=desk)
    assert upload.is_ready, upload.findings
    upload.findings["sound"] = 1  # at once, without a worker
    upload.save()
    return begin_import(upload, by=desk)


def plain(content):
    """A plan by codes instead of keys."""
    halls = {key: hall["code"] for key, hall in content["halls"].items()}
    zones = {key: zone["code"] for key, zone in content["zones"].items()}
    booths = [one | {"hall": halls[one["hall"]], "zone": zones[one["zone"]]} for one in content["booths"].values()]

    def in_order(things):
        return sorted(things, key=str)

    return {
        "halls": in_order(content["halls"].values()),
        "zones": in_order(content["zones"].values()),
        "booths": in_order(booths),
        "facilities": in_order(content["facilities"].values()),
    }


def test_a_plan_goes_out_and_comes_back(edition, draft, desk):
    rows = plan_rows(edition, draft.content)
    again = taken(edition, desk, rows)
    assert again.result == {"new": 0, "changed": 0, "same": 650 + 5 + 11 + 82 + 3, "skipped": 0}
    other = world.edition()
    other_desk = world.officer(other, "booth_desk")
    begin_draft(other, by=other_desk)
    taken(other, other_desk, rows)
    assert plain(FloorDraft.objects.get(edition=other).content) == plain(draft.content)


def test_booths_alone_bring_their_hall_and_zone(edition, desk):
    begin_draft(edition, by=desk)
    sheet = "Mã gian,Nhà,Khu,Cách trái (m),Cách trên (m),Rộng (m),Sâu (m)\nA01,A,GS,3,3,3,3\nA02,A,GS,6,3,3,3\n"
    upload = taken(edition, desk, sheet.encode())
    assert upload.result["new"] == 2
    content = FloorDraft.objects.get(edition=edition).content
    [hall] = content["halls"].values()
    assert (hall["code"], hall["x"], hall["width"], hall["depth"]) == ("A", 0, 12, 9)
    assert [zone["code"] for zone in content["zones"].values()] == ["GS"]
    assert {booth["class"] for booth in content["booths"].values()} == {"domestic-standard"}


def test_faults_are_named_row_by_row(edition, desk):
    booths = world.floor(edition)
    application = world.application(edition)
    hold_booths(application, booths=booths[:1], by=application.contact)
    begin_draft(edition, by=desk)
    sheet = (
        "Code,Hall,Zone,Class,From the left (m),From the top (m),Width (m),Depth (m)\n"
        "A01,A,GS,,3,3,6,3\n"  # held: another size
        "B 1,A,GS,,30,3,3,3\n"
        "B2,A,GS,,33,3,,3\n"
        "B3,A,GS,,36,3,0,3\n"
        "B4,A,GS,no such,39,3,3,3\n"
        "B5,A,GS,,42,3,3,3\n"
        "B5,A,GS,,45,3,3,3\n"
    )
    upload = receive_upload(edition, kind="plan", data=sheet.encode(), filename="a.csv", by=desk)
    faults = {row: [fault[1] for fault in found] for row, found in upload.findings["faults"].items()}
    assert faults == {
        "2": ["held_size"], "3": ["no_code"], "4": ["required"], "5": ["out_of_range"], "6": ["not_a_choice"],
        "8": ["same_code"],
    }  # fmt: skip


def test_a_sheet_asks_alike_for_few_and_many_rows(edition, draft, desk, django_assert_max_num_queries):
    rows = plan_rows(edition, draft.content)
    upload = receive_upload(edition, kind="plan", data=rows, filename="plan.csv", by=desk)
    upload.findings["sound"] = 1
    upload.save()
    with django_assert_max_num_queries(45):
        begin_import(upload, by=desk)


def test_the_picture_stands_alone(edition, draft):
    svg = plan_svg(edition, draft.content, "Sơ đồ")
    tree = ElementTree.fromstring(svg)
    codes = [text.text for text in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert {"A001", "E110"} <= set(codes)
    assert not re.search(r"class=|style=|href=", svg)


def test_the_sheets_are_a3_to_a_common_scale(edition, draft):
    pdf = plan_sheets(edition, draft.content, "Sơ đồ")
    assert pdf.startswith(b"%PDF")
    boxes = re.findall(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+) ?\]", pdf)
    assert len(boxes) == 6, "the site and five halls"
    assert {(round(float(wide) / 72 * 25.4), round(float(high) / 72 * 25.4)) for wide, high in boxes} == {(420, 297)}


@pytest.mark.parametrize("size", [(10, 10), (81, 42), (168, 109), (900, 500)])
def test_the_scale_is_the_largest_that_fits(size):
    scale = scale_for(Rect(0, 0, *size))
    assert scale in SCALES
    assert size[0] * 1000 / scale <= 396
    assert size[1] * 1000 / scale <= 246


def test_an_empty_plan_has_files_too(edition, desk, client):
    begin_draft(edition, by=desk)
    client.force_login(desk)
    for name in ("floor_svg", "floor_pdf", "floor_csv"):
        assert client.get(reverse(f"booths:{name}", args=[edition.slug]) + "?of=draft").status_code == 200
        assert client.get(reverse(f"booths:{name}", args=[edition.slug])).status_code == 200
        assert client.get(reverse(f"booths:{name}", args=[edition.slug]) + "?of=9").status_code == 404
        assert client.get(reverse(f"booths:{name}", args=[edition.slug]) + "?of=x").status_code == 404
