"""Names the administration's site before any model is loaded."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's administration with our site."""

    default_site = "fairs.administration.Administration"
