"""Puts what is encrypted under the newest key."""

from typing import Any

from django.core.management.base import BaseCommand

from fairs.encryption import renew_all


class Command(BaseCommand):
    """`manage.py renew_encryption`, after a new key was put before the old one; then the old one may go."""

    help = "Encrypt passport data and the secrets of second factors again, under the first of ENCRYPTION_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{renew_all()} renewed")
