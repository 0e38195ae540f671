"""The words of consents, which are proof: a version that was shown never changes."""

from hashlib import sha256

import pytest

from buyers.consents import ASKED
from fairs.consent_texts import TEXTS, VERSION, words
from fairs.models import Consent

# Whoever changes a sentence gives it a new version, and adds that version's fingerprint.
FINGERPRINTS = {"2026-1": "037edfb49f506eb4"}


@pytest.mark.parametrize("version", TEXTS)
def test_a_version_keeps_its_words_for_ever(version):
    said = "\n".join(f"{purpose}\t{text.vi}\t{text.en}" for purpose, text in sorted(TEXTS[version].items()))
    assert sha256(said.encode()).hexdigest()[:16] == FINGERPRINTS[version]


def test_every_purpose_has_words_in_both_languages():
    assert set(TEXTS[VERSION]) == set(Consent.Purpose.values)
    for purpose in Consent.Purpose.values:
        vi, en = words(purpose, VERSION, "vi"), words(purpose, VERSION, "en")
        assert vi
        assert en
        assert vi != en
        assert words(purpose, VERSION, "en-gb") == en


def test_a_version_that_never_was_has_no_words():
    assert words("news", "1999-1", "vi") == ""


@pytest.mark.parametrize("language", ["vi", "en"])
def test_importers_are_asked_in_the_words_of_the_newest_version(language, settings):
    from django.utils import translation

    with translation.override(language):
        assert [str(asked.sentence) for asked in ASKED] == [words(asked.purpose, VERSION, language) for asked in ASKED]
