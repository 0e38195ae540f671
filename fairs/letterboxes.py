"""Whose e-mail has answered: roles and companies are given to an e-mail, so only its letterbox opens the account."""

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from rest_framework.authtoken.models import Token

if TYPE_CHECKING:
    from fairs.models import Person


def is_proved(person: "Person") -> bool:
    """Whether somebody who reads the letters to this e-mail has said that the account is theirs."""
    return EmailAddress.objects.filter(user_id=person.pk, email=person.email, verified=True).exists()


def prove(person: "Person") -> None:
    """The e-mail has answered, or whoever runs this installation vouches for it."""
    EmailAddress.objects.update_or_create(
        user_id=person.pk, email=person.email, defaults={"verified": True, "primary": True}
    )


def await_proof(person: "Person") -> None:
    """Note the e-mail of somebody who has never signed in, so that their first code proves it."""
    EmailAddress.objects.get_or_create(user_id=person.pk, email=person.email, defaults={"primary": True})


def trust_only_the_letterbox(person: "Person") -> None:
    """Before an account is given something: a password chosen without proving the e-mail opens nothing any more."""
    if person.has_usable_password() and not is_proved(person):
        forget_keys(person)


def forget_keys(person: "Person") -> None:
    """Take the password and the programs' tokens; open sessions end, since they hang on the password."""
    person.set_unusable_password()
    person.save(update_fields=["password"])
    end_programs(person)


def end_programs(person: "Person") -> None:
    """No token that was given out so far works any more."""
    Token.objects.filter(user_id=person.pk).delete()
