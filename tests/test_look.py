"""The parts every page is drawn with: they render in both languages, safe under the content security policy."""

import re
from pathlib import Path

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import URLPattern
from django.utils import translation

from fairs.templatetags import parts
from fairs.views.parts import sheet

pytestmark = pytest.mark.urls(__name__)  # the parts stand alone: no station is asked
urlpatterns: list[URLPattern] = []

ROOT = Path(__file__).parent.parent
SPRITE = ROOT / "fairs/static/fairs/icons.svg"
SHELLS = ["desk", "exhibitor", "importer", "public", "wall", "gate"]


def shown(shell, language):
    request = RequestFactory().get("/parts/", {"shell": shell})
    request.user = AnonymousUser()
    with translation.override(language):
        return sheet(request).content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("shell", SHELLS)
def test_every_part_renders_in_every_shell(shell, language):
    page = shown(shell, language)
    assert f'<html lang="{language}"' in page
    assert 'id="main"' in page


@pytest.mark.parametrize("shell", SHELLS)
def test_nothing_is_inline_and_nothing_foreign(shell):
    page = shown(shell, "vi")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", page)
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)


def test_every_static_file_a_page_names_exists():
    for name in set(re.findall(r'(?:src|href)="/static/([^"#]+)', "".join(shown(shell, "vi") for shell in SHELLS))):
        assert finders.find(name), name


def test_every_icon_used_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))
    used = {*parts.STATUS_ICONS.values(), *parts.POINT_ICONS.values()}
    for template in ROOT.glob("*/templates/**/*.html"):
        used |= set(re.findall(r'{% icon "([^"]+)"', template.read_text(encoding="utf-8")))
    assert used <= drawn, used - drawn


@pytest.mark.parametrize("name", ["400", "403", "404", "500"])
def test_pages_for_trouble_need_no_context(name):
    assert "<h1>" in get_template(f"{name}.html").render()


class Order(forms.Form):
    pieces = forms.IntegerField(help_text="At least how many?", widget=forms.TextInput)
    email = forms.EmailField(required=False)
    groups = forms.MultipleChoiceField(choices=[("GS", "Ceramics")], widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField()
    picture = forms.FileField(required=False)


def test_a_field_names_its_hint_and_its_error():
    field = Order({"pieces": "five hundred"})["pieces"]
    control = parts.control(field)
    assert 'aria-describedby="id_pieces_hint id_pieces_error"' in control
    assert 'aria-invalid="true"' in control
    assert 'inputmode="numeric"' in control
    assert 'value="five hundred"' in control


def test_a_field_knows_what_the_browser_may_fill_in():
    assert 'autocomplete="email"' in parts.control(Order()["email"])


def test_shapes_of_fields():
    form = Order()
    assert [parts.field_shape(form[name]) for name in form.fields] == [
        "line",
        "line",
        "choices",
        "check",
        "file",
    ]


def test_error_summary_leads_to_each_field():
    with translation.override("en"):
        said = get_template("components/form.html").render({"form": Order({"pieces": "x"})})
    assert 'href="#id_pieces"' in said
    assert 'id="id_pieces_error"' in said
    assert said.count("id_groups_error") >= 1


def test_kinds_of_messages():
    kinds = [parts.note_kind(level) for level in ("success", "warning", "error", "info", "extra error", "")]
    assert kinds == ["ok", "wait", "stop", "info", "stop", "info"]


def test_widths_have_a_point_and_stay_in_the_bar():
    with translation.override("vi"):
        assert [parts.share(value) for value in (98.25, 140, -3, None)] == ["98.25", "100", "0", "0"]


def test_a_column_is_sorted_one_way_then_the_other():
    assert parts.other_way("amount", "") == "amount"
    assert parts.other_way("amount", "amount") == "-amount"
    assert parts.other_way("amount", "-amount") == "amount"
    assert parts.sorted_by("amount", "-amount") == "descending"
    assert parts.sorted_by("amount", None) == ""
