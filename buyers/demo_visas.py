"""The demonstration's letters for visas: asked for, checked, issued, one refused, one revoked, one replaced."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

from django.utils.translation import override

from buyers.actions.visa_rules import set_visa_rules
from buyers.actions.visas import (
    ask_for_letter,
    check_letter,
    issue_letter,
    read_passport,
    refuse_letter,
    replace_letter,
    revoke_letter,
)
from buyers.models import Registration, VisaLetter
from buyers.passports import Passport
from fairs import clock
from fairs.demo.plan import CLOSES, OPENS
from fairs.demo.stages import BEGINNING, moment
from fairs.demo.world import SEED, Demo, planner
from fairs.models import Consent
from fairs.templatetags.fair import country
from fairs.text import fold

FIRST, EVERY = moment("2018-08-02 09:30"), timedelta(days=4, hours=3)
LETTERS = 14
REFUSED, REVOKED, REPLACED = 4, 2, 3  # by their place in the row of those who ask
ANSWER = timedelta(hours=29)


@planner(order=33)
def guests_need_visas(demo: Demo) -> None:
    """From August every few days somebody asks; the officer answers the next day, except the newest."""
    with clock.at(BEGINNING):
        set_visa_rules(
            demo.edition, keep_days=90, office_vi="Giám đốc", office_en="Director", signer="Nguyễn Thu Hà",
            contact="Đinh Thị Thanh Hằng", phone="+84 24 3200 0018", by=demo.officers["visa"],
        )  # fmt: skip
    for number in range(LETTERS):
        demo.timeline.at(FIRST + EVERY * number, Request(demo, number).ask)


@dataclass
class Request:
    """One guest's way to the letter."""

    demo: Demo
    number: int

    def ask(self) -> None:
        """An approved importer from abroad who has not asked yet."""
        edition, asked = self.demo.edition, VisaLetter.objects.values("person")
        guests = Registration.objects.filter(edition=edition, state="approved").exclude(company__country="VN")
        guest = guests.exclude(person__in=asked).select_related("person", "company").order_by("pk").first()
        if guest is None:
            return
        self.letter = ask_for_letter(
            edition,
            person=guest.person,
            passport=_passport(guest),
            consents=[Consent.Purpose.PASSPORT],
            language="en",
            by=guest.person,
        )
        self.demo.timeline.at(clock.now() + ANSWER, self.answer)

    def answer(self) -> None:
        """Checked and issued, or refused."""
        visa = self.demo.officers["visa"]
        letter = VisaLetter.objects.with_rules().get(pk=self.letter.pk)
        read_passport(letter, by=visa)
        if self.number == REFUSED:
            refuse_letter(letter, reason="We could not reach your company by the telephone number you gave.", by=visa)
            return
        issued = issue_letter(check_letter(letter, version=letter.version, by=visa), by=visa)
        if self.number in (REVOKED, REPLACED):
            self.demo.timeline.at(clock.now() + timedelta(days=3), partial(self.take_back, issued))

    def take_back(self, letter: VisaLetter) -> None:
        """One is revoked; one is written again with the right number of the passport."""
        visa = self.demo.officers["visa"]
        if self.number == REVOKED:
            revoke_letter(letter, reason="The guest’s company told us that they will not travel.", by=visa)
        else:
            replace_letter(letter, reason="One digit of the passport number was wrong.", number="XA2018765", by=visa)


def _embassy(code: str) -> str:
    """As guests write it, in English whatever language the demonstration is made in."""
    with override("en"):
        return f"Embassy of Viet Nam, {country(code)}"


def _passport(guest: Registration) -> Passport:
    """Invented from the guest's key, the same every time."""
    chance = Random(f"{SEED}/passport/{guest.pk}")
    code = guest.company.country
    issued = date(2014 + chance.randrange(4), chance.randrange(1, 13), chance.randrange(1, 28))
    return Passport(
        full_name=fold(guest.person.full_name).title(),
        sex=chance.choice("fm"),
        birth_date=date(1958 + chance.randrange(35), chance.randrange(1, 13), chance.randrange(1, 28)),
        nationality=code,
        number=f"{chance.choice('ABCEX')}{chance.randrange(10**7, 10**8)}",
        issued_on=issued,
        expires_on=issued.replace(year=issued.year + 10),
        consulate=_embassy(code),
        arrives_on=OPENS - timedelta(days=chance.randrange(1, 4)),
        departs_on=CLOSES + timedelta(days=chance.randrange(1, 6)),
    )
