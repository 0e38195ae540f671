"""Cards in a demonstration: a stand-in for the card company beside the server, with keys made up for this start."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings

from fairs import clock
from fairs.stripe_standin import CardCompany, serve

BANK_TAKES = 60  # seconds until a slow test card is decided


@contextmanager
def take_cards(folder: Path, *, port: int) -> Iterator[CardCompany]:
    """Let the site on this port take test cards, until the end. What the card company knows survives a restart.

    Its page stands two ports further, or where there is room.
    """
    company = CardCompany(
        key=f"sk_test_{secrets.token_hex(16)}", signs_with=f"whsec_{secrets.token_hex(16)}",
        now=lambda: clock.now().timestamp(), keep=folder / "cards.json",
    )  # fmt: skip
    company.bank_takes = BANK_TAKES
    company.hook = f"http://127.0.0.1:{port}/hooks/stripe/"
    with ExitStack() as stack:
        try:
            stack.enter_context(serve(company, port=port + 2))
        except OSError:
            stack.enter_context(serve(company))
        settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = company.key, company.signs_with
        settings.STRIPE_API_BASE = company.address
        yield company
