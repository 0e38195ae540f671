"""How programs show who sends them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

LONGEST = timedelta(days=30)


class ProgramToken(TokenAuthentication):
    """A token of a month at most: one that was copied, or forgotten on a lent computer, does not open for ever."""

    def authenticate_credentials(self, key: str) -> Any:
        person, token = super().authenticate_credentials(key)
        if is_old(token):
            raise AuthenticationFailed(_("This token is older than 30 days. Sign in for a new one."))
        return person, token


def is_old(token: Any) -> bool:
    """By the computer's own time, as the token itself: a demonstration's clock may stand in another year."""
    return bool(timezone.now() - token.created > LONGEST)  # noqa: TID251
