"""What is encrypted moves to a new key, and the old one may then go."""

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management import call_command

from buyers.actions.badges import key_of
from buyers.actions.visas import read_passport
from buyers.models import VisaLetter
from fairs import clock
from fairs.encryption import decrypted, encrypted, renew_all, renewed
from fairs.second_factor import DEMO_SECRET, code_now, is_code_of, switch_on
from tests import world
from tests.buyers.visas import PASSPORT, asked

OLD, NEW = "an old phrase", "a new phrase"


def test_a_text_moves_to_the_newest_key_once(settings):
    settings.ENCRYPTION_KEYS = [OLD]
    token = encrypted("Bát Tràng")
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    fresh = renewed(token)
    assert (decrypted(fresh), renewed(fresh)) == ("Bát Tràng", fresh)
    settings.ENCRYPTION_KEYS = [NEW]
    assert decrypted(fresh) == "Bát Tràng"
    with pytest.raises(InvalidToken):
        decrypted(token)


@pytest.mark.django_db
def test_everything_moves_and_the_old_key_may_go(settings, capsys):
    settings.ENCRYPTION_KEYS = [OLD]
    with clock.at(world.NOON):
        edition = world.edition()
        letter = asked(edition)
        key = key_of(edition)
        person = world.person()
        switch_on(person, DEMO_SECRET)
        settings.ENCRYPTION_KEYS = [NEW, OLD]
        secrets = Authenticator.objects.count()
        call_command("renew_encryption")
        assert renew_all() == 0
        settings.ENCRYPTION_KEYS = [NEW]
        letter = VisaLetter.objects.with_rules().get(pk=letter.pk)
        assert read_passport(letter, by=letter.person) == PASSPORT
        key.refresh_from_db()
        assert decrypted(key.private)
        assert is_code_of(person, code_now())
    assert secrets >= 1
