"""The administration: everything readable, only facts changeable, no other door."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from fairs.administration import Rows
from fairs.models import PastResult, Person, Province
from tests import world

pytestmark = pytest.mark.django_db
OURS = ("fairs", "booths", "buyers", "matchmaking")
FACTS = {
    "Certificate",
    "CraftVillage",
    "ExchangeRate",
    "Holiday",
    "Material",
    "ProductGroup",
    "Province",
    "RequestTerm",
    "Series",
}


@pytest.fixture
def administrator():
    return Person.objects.create_superuser("admin@example.org", "secret-lacquer")


def test_every_model_of_ours_is_shown_and_nothing_else():
    shown = {*admin.site._registry, PastResult}  # which stands on the page of its series
    assert shown == {model for label in OURS for model in apps.get_app_config(label).get_models()}


def test_only_facts_can_be_changed(administrator):
    request = RequestFactory().get("/")
    request.user = administrator
    changeable = {
        model.__name__
        for model, page in admin.site._registry.items()
        if page.has_change_permission(request)
        or page.has_add_permission(request)
        or page.has_delete_permission(request)
    }
    assert changeable == FACTS
    assert {model.__name__ for model, page in admin.site._registry.items() if not isinstance(page, Rows)} == FACTS


def test_every_list_opens_and_asks_nothing_inline(administrator):
    world.edition()
    page = Client()
    page.force_login(administrator)
    for model in admin.site._registry:
        answer = page.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
        assert answer.status_code == 200, model
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=", answer.content.decode()), model


def test_no_secret_is_shown(administrator):
    page = Client()
    page.force_login(administrator)
    answer = page.get(reverse("admin:fairs_person_change", args=[administrator.pk])).content.decode()
    assert "admin@example.org" in answer
    assert administrator.password not in answer


def test_a_fact_can_be_entered_and_found_without_accents(administrator):
    page = Client()
    page.force_login(administrator)
    given = {
        "code": "01", "name_vi": "Hà Nội", "name_en": "Hanoi", "kind": "city", "region": "", "valid_from": "2008-08-01",
    }  # fmt: skip
    assert page.post(reverse("admin:fairs_province_add"), given).status_code == 302
    assert Province.objects.get().name_vi == "Hà Nội"
    assert "Hà Nội" in page.get(reverse("admin:fairs_province_changelist"), {"q": "HA nội"}).content.decode()


def test_the_only_door_is_the_sites_own(client):
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.redirect_chain[-1][0] == f"{reverse('account_login')}?next={reverse('admin:index')}"


def test_for_others_it_does_not_exist(client):
    client.force_login(world.officer(world.edition(), "director"))
    assert client.get(reverse("admin:index"), follow=True).status_code == 404
