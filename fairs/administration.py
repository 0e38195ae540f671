"""The administration: everything can be read there, and only reference facts can be changed."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fairs.text import fold

SECRETS = ["password", "token", "key", "private", "signature", "key_hash", "sealed", "groups", "user_permissions"]


class Administration(admin.AdminSite):
    """Shows what our own apps register, and lets people in by the site's own door."""

    site_header = site_title = "Chợ Phiên"
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Leave out what libraries register: tokens, tasks and addresses are changed by actions alone."""
        if admin_class is not None and issubclass(admin_class, Facts):
            super().register(model_or_iterable, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """By code or password like everybody, with the same limits; for those without a key it does not exist."""
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """On the person's own page."""
        return redirect("account_change_password")


class Facts(admin.ModelAdmin[Any]):
    """Reference facts: entered and changed here."""

    list_per_page = 50
    show_full_result_count = False

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Without accents and case, as everywhere."""
        return super().get_search_results(request, queryset, fold(search_term))


class Rows(Facts):
    """Everything else: read here, changed by actions alone."""

    actions = None

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def show(
    model: type[models.Model],
    *columns: str,
    search: tuple[str, ...] = (),
    narrow: tuple[str, ...] = (),
    verbs: tuple[Any, ...] = (),
    hidden: tuple[str, ...] = (),
) -> None:
    """Let a model's rows be read, by these columns; what opens a door, or is `hidden`, never. Verbs call actions."""
    fields = {field.name: field for field in model._meta.get_fields()}
    options = {
        "list_display": columns,
        "list_select_related": [name for name in columns if fields[name].is_relation],
        "search_fields": search,
        "list_filter": narrow,
        "actions": list(verbs) or None,
        "exclude": [name for name in (*SECRETS, *hidden) if name in fields],
    }
    admin.site.register(model, type(f"{model.__name__}Rows", (Rows,), options))
