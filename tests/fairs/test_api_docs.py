"""The description of the API as a page."""

import re

import pytest
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator

from fairs.api.docs import sections, shapes

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def schema():
    return SchemaGenerator().get_schema(public=True)


def test_every_operation_is_described_with_a_sentence(schema):
    operations = [operation for section in sections(schema) for operation in section["operations"]]
    assert len(operations) == sum(len(methods) for methods in schema["paths"].values())
    assert [operation["id"] for operation in operations if not operation["about"]] == []


def test_every_shape_that_is_named_is_there(schema):
    names = {shape["name"] for shape in shapes(schema)}
    operations = [operation for section in sections(schema) for operation in section["operations"]]
    named = {item["shape"] for operation in operations for item in [*operation["sends"], *operation["answers"]]}
    named |= {field["shape"] for shape in shapes(schema) for field in shape["fields"]}
    assert named - {""} <= names


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_is_ours_and_clean(client, language):
    client.cookies["django_language"] = language
    page = client.get(reverse("api:docs"))
    assert page.status_code == 200
    assert "/api/v1/editions/{slug}/copy/" in page.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=", page.content.decode())
