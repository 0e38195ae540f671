"""One more language for importers alone: their pages and letters come in it, organisers' pages do not."""

import shutil
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real as loaded

from buyers.actions.registrations import approve_registration
from buyers.importers_sentences import FILES
from fairs import languages
from fairs.deliveries import compose
from fairs.models import Delivery
from fairs.templatetags import fair
from tests import world
from tests.buyers.importers import importer, page

pytestmark = pytest.mark.django_db
FRENCH = {"accept-language": "fr-CA,fr;q=0.9,en;q=0.5"}
SENTENCES = {
    "Register as an importer": "S’inscrire comme importateur",
    "Your badge is ready": "Votre badge est prêt",
    "Dear %(name)s,": "Bonjour %(name)s,",
    "My badge": "Mon badge",
    "Importer": "Importateur",
}


@pytest.fixture
def french(tmp_path: Path, settings, monkeypatch):
    """A catalogue with a handful of sentences."""
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8", "Plural-Forms": "nplurals=2; plural=n>1;"}
    catalogue.extend(polib.POEntry(msgid=english, msgstr=text) for english, text in SENTENCES.items())
    catalogue.save_as_mofile(str(folder / "django.mo"))
    settings.IMPORTER_LANGUAGES = ["fr"]
    settings.IMPORTER_LOCALE_PATHS = [tmp_path]
    monkeypatch.setattr(loaded, "_translations", {**vars(loaded)["_translations"]})
    languages.learn()


def test_the_registration_comes_in_it_and_the_rest_in_english(french, edition, client):
    answer = client.get(page("register", edition), headers=FRENCH)
    shown = answer.content.decode()
    assert answer["Content-Language"] == "fr"
    assert '<html lang="fr"' in shown
    assert "S’inscrire comme importateur" in shown
    assert "Free for trade buyers." in shown
    assert "Japon" in shown
    assert "Đăng ký" not in shown


def test_the_choice_of_a_person_holds_for_their_pages(french, edition, client):
    one = importer(edition, grade="ordinary")
    client.force_login(one.person)
    chosen = {"language": "fr", "next": page("badge", edition)}
    client.post(reverse("set_language"), chosen, headers={"accept-language": "en"})
    one.person.refresh_from_db()
    assert one.person.language == "fr"
    shown = client.get(page("badge", edition), headers={"accept-language": "en"}).content.decode()
    assert "Mon badge" in shown
    assert "Importateur" in shown
    assert "Opening hours" in shown
    assert "jeudi 18 octobre 2018" in shown


def test_a_letter_comes_in_it(french, edition):
    one = importer(edition)
    one.person.language = "fr"
    one.person.save()
    approve_registration(one, grade="ordinary", by=world.officer(edition, "importer_desk"))
    letter = compose(Delivery.objects.select_related("to", "edition").get(kind="buyers.approved"))
    assert letter.subject == "Votre badge est prêt"
    assert "Bonjour Linnea Berg," in letter.body
    assert "Your registration for Gift Show 2018 has been approved." in letter.body
    assert "18–21 oct. 2018" in letter.body
    assert 'lang="fr"' in str(letter.alternatives[0])


def test_organisers_pages_do_not_offer_it(french, edition, client):
    desk = world.officer(edition, "importer_desk")
    client.force_login(desk)
    client.cookies["django_language"] = "fr"
    answer = client.get(page("importers_desk", edition), headers=FRENCH)
    assert answer["Content-Language"] == "en"
    assert 'name="language" value="fr"' not in answer.content.decode()
    client.logout()
    assert 'name="language" value="fr"' in client.get(page("register", edition)).content.decode()
    client.force_login(desk)
    own = client.get(reverse("fairs:profile"), headers=FRENCH).content.decode()
    assert 'value="fr"' not in own


def test_somebody_without_an_office_keeps_it_in_their_profile(french, client):
    client.force_login(world.person())
    assert 'value="fr"' in client.get(reverse("fairs:profile"), headers=FRENCH).content.decode()


def test_without_it_the_same_browser_reads_english(edition, client):
    answer = client.get(page("register", edition), headers=FRENCH)
    assert answer["Content-Language"] == "en"
    assert 'value="fr"' not in answer.content.decode()
    one = importer(edition)
    one.person.language = "fr"  # chosen while it was kept here
    one.person.save()
    letter = compose(Delivery.objects.select_related("to", "edition").get(kind="buyers.registered"))
    assert letter.subject == "We have your registration"


def test_days_numbers_and_countries_are_written_as_the_language_does(french):
    with translation.override("fr"):
        assert fair.number(Decimal("1234567.5"), 1).replace("\u202f", " ") == "1 234 567,5"
        assert fair.money(1234, "USD").replace("\u202f", " ").replace("\xa0", " ") == "1 234 US$"
        assert fair.day(date(2018, 10, 18)) == "18 oct. 2018"
        assert fair.day(date(2018, 10, 18), "short") == "18 oct."
        assert fair.day_range(date(2018, 9, 30), date(2018, 10, 2)) == "30 sept.\u2009–\u20092 oct. 2018"
        assert fair.weekday(date(2018, 10, 18)) == "jeudi"
        assert fair.moment(datetime(2018, 10, 18, 9, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))).endswith("09:05")
        assert (fair.country("DE"), fair.language_name("ja")) == ("Allemagne", "Japonais")
        assert fair.number_short(1_742_500).replace("\xa0", " ") == "1,74 M"
    with translation.override("en"):
        assert fair.day(date(2018, 10, 18)) == "18 Oct 2018"


@pytest.mark.parametrize(
    ("header", "language"),
    [("fr", "fr"), ("fr-CH, de;q=0.7", "fr"), ("de, fr;q=0.7", "fr"), ("de, en;q=0.7", "en"), ("vi", "vi"), ("", "vi")],
)
def test_the_browser_is_asked_in_its_order(french, edition, client, header, language):
    assert client.get(page("register", edition), headers={"accept-language": header})["Content-Language"] == language


def test_every_file_of_importers_exists_and_a_catalogue_is_made_of_them(tmp_path):
    missing = [pattern for pattern in FILES if not list(Path(settings.BASE_DIR).glob(pattern))]
    assert missing == []
    if shutil.which("xgettext") is None:
        pytest.skip("needs gettext")
    made = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    call_command("importer_messages", "fr", into=str(tmp_path), stdout=StringIO())
    catalogue = polib.pofile(str(made))
    assert catalogue.find("Register as an importer") is not None
    assert catalogue.find("The importer desk reads your registration and answers by e-mail") is not None
    assert catalogue.find("Allocation") is None
    catalogue.find("My badge").msgstr = "Mon badge"
    catalogue.save()
    call_command("importer_messages", "fr", into=str(tmp_path), stdout=StringIO())
    assert polib.pofile(str(made)).find("My badge").msgstr == "Mon badge"
