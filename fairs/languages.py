"""The languages of pages: two for everybody, and more of them for importers' pages and letters alone.

Django has one list of languages for a whole site and falls back to its first one. Organisers' pages stay in those two;
a language of importers has a catalogue of its own, and what it leaves untranslated is English.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import trans_real


class ImportersCatalogue(trans_real.DjangoTranslation):
    """The sentences of one language: those of Django and its libraries, over them those for importers."""

    def _add_local_translations(self) -> None:
        super()._add_local_translations()  # type: ignore[misc]
        for folder in settings.IMPORTER_LOCALE_PATHS:
            self.merge(self._new_gnu_trans(str(folder)))  # type: ignore[attr-defined]

    def _add_fallback(self, localedirs: Any = None) -> None:
        """What is in no catalogue stays as the code has it, in English."""


def learn() -> None:
    """Have Django speak the importers' languages from their own catalogues; once, when the apps are ready."""
    for language in settings.IMPORTER_LANGUAGES:
        trans_real._translations[language] = ImportersCatalogue(language)  # type: ignore[attr-defined]


def for_everybody() -> list[str]:
    """The languages of every page."""
    return [code for code, _name in settings.LANGUAGES]


def for_importers() -> list[str]:
    """The languages of pages and letters that importers see."""
    return [*for_everybody(), *settings.IMPORTER_LANGUAGES]


def spoken(language: str) -> str:
    """The language in which somebody is written to; English when theirs is no longer kept here."""
    return language if language in for_importers() else "en"


def asked_by(request: HttpRequest) -> str:
    """The language of an importer's page: the one chosen on this device, else the browser's first that is kept here."""
    known = for_importers()
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in known:
        return chosen
    for accepted, _weight in trans_real.parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        language = accepted if accepted in known else accepted.split("-")[0]
        if language in known:
            return language
    return translation.get_language_from_request(request)
