"""Whatever an exhibitor opens or sends, nothing tells them who an importer is without the importer's yes to scans."""

import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client

from buyers.models import Registration
from fairs import clock
from matchmaking.models import BoothCard, Deal
from tests import world
from tests.cast import assemble
from tests.matchmaking.asking import agrees
from tests.test_urls import ask, asked, every_call, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OURS = (
    "matchmaking:",
    "buyers:",
    "api:meetings",
    "api:deals",
    "api:leads",
    "api:registrations",
    "api:badges",
    "api:scans",
)


@pytest.fixture
def fair():
    """The fair of all roles on its first day, with an importer of whom no exhibitor knows, who has a badge."""
    with clock.at(world.FIRST_MORNING):
        cast = assemble()
        person = world.person("Séraphine Quellec", phone="+33 600000777", email="seraphine@quellec.example")
        company = world.importer_company(person, name_vi="Comptoir Quellec", email="office@quellec.example")
        world.participation(cast.edition, company, "importer")
        registration = Registration.objects.create(
            edition=cast.edition,
            person=person,
            company=company,
            state="approved",
            grade=world.grade(cast.edition),
            interest="Quellec wants lamps",
        )
        badge = world.badge(cast.edition, person, company)
        Deal.objects.update(number=Concat(Value("before-"), "number"))  # else the first to be recorded meets it
        cast.things |= {"registration": registration, "badge": badge}
        yield cast


def reading(visitor):
    """A visitor whose answers are kept, as `ask` takes back what each of them changed."""
    told = []
    for method in ("get", "post", "put", "patch", "delete"):
        original = getattr(visitor, method)

        def called(address, *args, original=original, **given):
            answer = original(address, *args, **given)
            told.append((address, answer.getvalue() if answer.streaming else answer.content))
            return answer

        setattr(visitor, method, called)
    return told


def test_no_address_tells_an_exhibitor_of_an_importer(fair):
    visitors = {"other_exhibitor": signed_in(fair)["other_exhibitor"]}
    told = reading(visitors["other_exhibitor"])
    calls = {call: pattern for call, pattern in every_call().items() if call.split()[1].startswith(OURS)}
    assert len(calls) > 100
    for call, pattern in sorted(calls.items()):
        asked(fair, visitors, call, pattern)
    assert leaks(told) == []


def test_no_code_that_is_typed_tells_of_its_holder(fair):
    visitor = signed_in(fair)["other_exhibitor"]
    told = reading(visitor)
    for code in (fair.things["badge"].short_code, fair.things["badge"].qr_code):
        for address, given in attempts(fair, code):
            visitor.post(address, given)
            visitor.get(address)
    visitor.get(f"/{fair.edition.slug}/visitors/?q=quelle")
    visitor.get(f"/{fair.edition.slug}/visitors.xlsx")
    visitor.get("/api/v1/leads/"), visitor.get("/api/v1/meetings/"), visitor.get("/api/v1/deals/")
    assert leaks(told) == []


def test_the_same_attempts_tell_of_one_who_agreed(fair):
    """The control: the attack finds what there is to find."""
    agrees(fair, fair.things["badge"].person)
    visitor = signed_in(fair)["other_exhibitor"]
    told = reading(visitor)
    for address, given in attempts(fair, fair.things["badge"].short_code):
        visitor.post(address, given)
    visitor.get("/api/v1/leads/")
    assert leaks(told)


def attempts(cast, code):
    """Every place where the code of a badge may be given."""
    company = cast.people["other_exhibitor"].companies.get()
    part = company.participations.get(edition=cast.edition)
    card, _new = BoothCard.objects.get_or_create(edition=cast.edition, exhibitor=part, defaults={"token": "own"})
    slug, key = cast.edition.slug, "11111111-1111-4111-8111-111111111111"
    base = {"edition": slug, "exhibitor": part.pk, "badge": code, "key": key}
    deal = {
        "recorded_side": "exhibitor", "kind": "contract", "product_group": "ceramics", "currency": "USD", "amount": "1",
        "signed_on": "2018-10-18",
    }  # fmt: skip
    return [
        (f"/{slug}/visitors/scan/", {"code": code, "key": key}),
        (f"/{slug}/meetings/walk-in/", {"code": code, "key": key}),
        (f"/{slug}/contracts/new/", deal | {"other": "badge", "code": code, "key": key, "goods": ""}),
        (f"/{slug}/hello/{card.token}/", {"way": "badge", "code": code, "agreed": "on", "key": "k"}),
        ("/api/v1/leads/", base),
        ("/api/v1/meetings/walk_in/", base),
        ("/api/v1/deals/", base | deal),
    ]


def leaks(told):
    """The answers in which something of the importer stands."""
    secrets = ("Quellec", "quellec", "Séraphine", "0777")
    return [address for address, content in told if any(secret.encode() in content for secret in secrets)]


def test_an_outsider_is_told_nothing_either(fair):
    visitor = Client()
    told = reading(visitor)
    for address, given in attempts(fair, fair.things["badge"].short_code):
        visitor.post(address, given), ask("GET", address, visitor)
    assert leaks(told) == []
