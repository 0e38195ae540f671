"""What the common ground owes to people about their own data."""

from fairs.encryption import on_new_key
from fairs.second_factor import renew_secrets

on_new_key(renew_secrets)
