"""Brings the shipped facts into the database."""

from typing import Any

from django.core.management.base import BaseCommand

from fairs.actions.reference import load_reference


class Command(BaseCommand):
    """`manage.py load_reference`, safe to repeat."""

    help = "Load provinces, product groups, craft villages, materials, certificates, holidays and terms of requests."

    def handle(self, *args: Any, **options: Any) -> None:
        load_reference()
