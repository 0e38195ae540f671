"""A stand-in for Stripe on this machine, for the demonstration and the tests: without any card and any internet.

It keeps sessions, refunds and disputes, shows a page on which a test card is typed, replays idempotency keys, and signs
what it tells. It knows neither Django nor the fair. Where it is kinder or stricter than Stripe, Stripe is right.
"""

from fairs.stripe_standin.company import CardCompany
from fairs.stripe_standin.web import serve

__all__ = ["CardCompany", "serve"]
