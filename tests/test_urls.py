"""Every address of the site, asked as everybody: who may not see a thing is told that it does not exist."""

from collections.abc import Iterator
from copy import copy
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from fairs import clock
from fairs.models import Entry
from tests import world
from tests.cast import Cast, assemble
from tests.urls_table import TABLE

# Addresses of libraries, which have tests of their own; what an outsider gets of them is asked below.
FOREIGN = ("admin:", "account_", "mfa_")
IGNORED = {"HEAD", "OPTIONS"}
PARTS = 8  # of equal work, for workers side by side


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """The full name of every address below a resolver, with its pattern."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern
        else:
            yield from addresses(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


def methods(pattern: URLPattern) -> set[str]:
    """What the view behind an address answers to."""
    view = getattr(pattern.callback, "view_class", None) or getattr(pattern.callback, "cls", None)
    if actions := getattr(pattern.callback, "actions", None):
        return {method.upper() for method in actions} - IGNORED
    if view is None:
        return {"GET"}
    allowed = {name.upper() for name in view.http_method_names if hasattr(view, name)}
    return allowed - IGNORED - ({"PUT"} if hasattr(view, "form_class") else set())


def every_call() -> dict[str, URLPattern]:
    """All methods of all addresses, such as "GET fairs:desk"."""
    return {
        f"{method} {name}": pattern
        for name, pattern in addresses(get_resolver())
        if not name.startswith(FOREIGN)
        for method in methods(pattern)
    }


def test_every_address_is_in_the_table():
    calls = set(every_call())
    assert sorted(calls - set(TABLE)) == [], "add these with the status for each role"
    assert sorted(set(TABLE) - calls) == [], "these are gone"


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_each_role_gets_its_status(part: int):
    with clock.at(world.NOON):
        cast = assemble()
        visitors = signed_in(cast)
        calls = sorted(every_call().items())[part::PARTS]
        told = {call: asked(cast, visitors, call, pattern) for call, pattern in calls}
    expected = {call: read(TABLE.get(call, ""), list(cast.people)) for call in told}
    wrong = {
        call: {
            role: f"{status}, not {expected[call].get(role)}"
            for role, status in row.items()
            if status != expected[call].get(role)
        }
        for call, row in told.items()
    }
    assert {call: row for call, row in wrong.items() if row} == {}


def read(entry: str, roles: list[str]) -> dict[str, int]:
    """An entry of the table as a status for each role."""
    if not entry:
        return {}
    rest, *exceptions = entry.split()
    statuses = dict.fromkeys(roles, int(rest))
    for exception in exceptions:
        named, _equals, status = exception.partition("=")
        statuses |= dict.fromkeys(named.split(","), int(status))
    return statuses


@pytest.mark.django_db
def test_the_administration_opens_for_the_administrator_alone():
    with clock.at(world.NOON):
        cast = assemble()
    statuses = {role: ask("GET", reverse("admin:index"), client) for role, client in signed_in(cast).items()}
    assert statuses == dict.fromkeys(cast.people, 302) | {"administrator": 200}


def signed_in(cast: Cast) -> dict[str, Client]:
    """A visitor for each role. One handler serves them all: loading the middleware is what takes the time."""
    handler = Client().handler
    clients = {role: Client() for role in cast.people}
    for role, person in cast.people.items():
        clients[role].handler = handler
        if person:
            clients[role].force_login(person)
    return clients


def asked(cast: Cast, visitors: dict[str, Client], call: str, pattern: URLPattern) -> dict[str, int]:
    """The status each role gets; what a call changes is taken back before the next."""
    method, name = call.split()
    address = reverse(name, kwargs=arguments(cast, name, pattern))
    return {role: ask(method, address, client) for role, client in visitors.items()}


def ask(method: str, address: str, visitor: Client) -> int:
    """The status of an answer; cookies and rows are as before afterwards."""
    cache.clear()  # nobody is slowed down for what another asked
    cookies, before = copy(visitor.cookies), transaction.savepoint()
    status = getattr(visitor, method.lower())(address).status_code
    transaction.savepoint_rollback(before)
    visitor.cookies = cookies
    return status


def arguments(cast: Cast, name: str, pattern: URLPattern) -> dict[str, Any]:
    """A value of the cast for each part of an address."""
    parts = {*pattern.pattern.converters, *pattern.pattern.regex.groupindex}
    return {part: ARGUMENTS[part](cast) if part in ARGUMENTS else _thing(cast, name, part) for part in parts}


ARGUMENTS = {
    "edition": lambda cast: cast.edition.slug,
    "rung": lambda cast: cast.things["follow_up"].rung.token,
    "follow_up": lambda cast: cast.things["follow_up"].token,
    "tag": lambda cast: cast.things["sample"].token,
    "pass_token": lambda cast: cast.things["vehicle"].token,
    "way": lambda cast: "in",
    "noted": lambda cast: "fault",
    "order": lambda cast: cast.things["follow_up"].pk,
    "token": lambda cast: cast.things["deal"].token,
    "invitation": lambda cast: cast.things["invitee"].token,
    "companion": lambda cast: cast.things["companion"].pk,
    "notice": lambda cast: cast.things["notice"].pk,
    "participation": lambda cast: cast.things["exhibitor_part"].pk,
    "gate": lambda cast: cast.things["gate"].pk,
    "item": lambda cast: cast.things["item"].pk,
    "product": lambda cast: cast.things["product"].pk,
    "member": lambda cast: cast.things["exhibitor_membership"].pk,
    "first": lambda cast: cast.things["company"].pk,
    "second": lambda cast: cast.things["duplicate"].pk,
    "line": lambda cast: "B1",
    "figure": lambda cast: "built",
    "table": lambda cast: "totals",
    "breakdown": lambda cast: "floor",
    "cut": lambda cast: "hall",
    "kind": lambda cast: "exhibitors",
    "seat": lambda cast: 1,
    "signed": lambda cast: "unsigned",
    "audience": lambda cast: "resident",
    "number": lambda cast: cast.things["floor_version"].number,
    "round": lambda cast: cast.things["round"].number,
    "timetable": lambda cast: cast.things["timetable"].number,
    "plan": lambda cast: 1,
    "version": lambda cast: "1",
    "ending": lambda cast: "pdf",
    "lang": lambda cast: "vi",
    "purpose": lambda cast: "photographs",
    "size": lambda cast: "small",
    "card": lambda cast: cast.things["booth_card"].token,
    "certificate": lambda cast: cast.things["held_certificate"].pk,
    "importer": lambda cast: cast.things["registration"].pk,
    "deal_file": lambda cast: cast.things["deal_file"].pk,
    "deal_correction": lambda cast: cast.things["deal_correction"].pk,
    "pair": lambda cast: cast.things["pair"].pk,
    "opportunity": lambda cast: cast.things["opportunity"].pk,
    "task": lambda cast: cast.things["manual_task"].pk,
    "hand_in": lambda cast: cast.things["hand_in"].pk,
    "goods": lambda cast: cast.things["special_goods"].pk,
    "co_exhibitor": lambda cast: cast.things["co_exhibitor"].pk,
    "hand_in_file": lambda cast: cast.things["hand_in"].files.get().pk,
}
# The first word found in an address's name tells whose key it takes.
KEYS = {
    "service_order": ["cancel_services", "deliver_services", "undo_delivery"],
    "service_item": ["set_service", "stop_service"],
    "circuit": ["set_circuit", "remove_circuit"],
    "zone": ["set_flames"],
    "vehicle": ["vehicle", "let_out"],
    "fault": ["mend_fault", "noted_photo"],
    "breach": ["m_breach", "p_breach"],
    "window": ["_window"],
    "payment": [
        "fairs:payment",
        "assign_payment",
        "take_off_notice",
        "void_payment",
        "refund_payment",
        "receipt_pdf",
        "payments-",
    ],
    "refund": ["finish_refund", "fail_refund", "refunds-"],
    "credit": ["credit_pdf", "credit-notes"],
    "e_invoice": ["e-invoices"],
    "review": ["booths:review"],
    "criterion": ["criterion"],
    "threshold": ["threshold"],
    "exhibitor_part": ["booths:exhibitor", "exhibitors-"],
    "company": ["company", "companies-", "product", "member", "_certificate"],
    "notice": ["notice", "record_e_invoice", "pay_by_card"],
    "checkout": ["checkout"],
    "device": ["device"],
    "access_rule": ["remove_access"],
    "print_run": ["print_run", "stop_print", "print_file"],
    "badge": ["badge", "pass"],
    "quota": ["remove_quota"],
    "grade": ["_grade", "set_quota"],
    "market": ["_market"],
    "contract": ["buyers:hosting", "plan_item", "pay_item", "item_file"],
    "evidence_item": ["edit_line", "remove_line"],
    "evidence": ["evidence_file"],
    "registration": ["ask_for_more", "check_evidence", "importer", "registrations-", "companion"],
    "campaign": ["campaign"],
    "officer": ["officer"],
    "opening": ["opening"],
    "waiting_room": ["waiting-rooms-"],
    "waiting_place": ["waiting-places-"],
    "offer": ["take_offer", "decline_offer", "offers-"],
    "paper": ["paper"],
    "statement": ["statement_columns"],
    "bank_line": ["bank_line"],
    "upload": ["upload", "import"],
    "deal": ["deal"],
    "day_pack": ["day_pack"],
    "lead": ["lead", "do_step", "take_back"],
    "application": ["application"],
    "reservation": ["reservation"],
    "booth": ["booths-"],
    "gate": ["gates-"],
    "table": ["use_table"],
    "interpreter": ["use_interpreter", "interpreter_hours"],
    "meeting": ["meeting", "mark_"],
    "programme": ["programme_item"],
    "invitation": ["invitation"],
    "support_rule": ["support_rule"],
    "fund": ["fund"],
    "vat_rate": ["vat_rate"],
    "consent": ["withdraw_consent"],
    "data_request": ["data_request", "lift_restriction"],
    "visa_letter": ["buyers:visa_letter", "visa_pdf"],
}
API_KEYS: dict[str, Any] = {
    "service-items": lambda cast: cast.things["service_item"].pk,
    "service-orders": lambda cast: cast.things["service_order"].pk,
    "circuits": lambda cast: cast.things["circuit"].pk,
    "open-flames": lambda cast: cast.things["flames"].pk,
    "service_order": ["cancel_services", "deliver_services", "undo_delivery"],
    "service_item": ["set_service", "stop_service"],
    "circuit": ["set_circuit", "remove_circuit"],
    "zone": ["set_flames"],
    "visa-letters": lambda cast: cast.things["visa_letter"].pk,
    "data-requests": lambda cast: cast.things["data_request"].pk,
    "consents": lambda cast: cast.things["consent"].pk,
    "move-windows": lambda cast: cast.things["window"].pk,
    "vehicle-passes": lambda cast: cast.things["vehicle"].pk,
    "booth-checks": lambda cast: cast.things["check"].pk,
    "faults": lambda cast: cast.things["fault"].pk,
    "breaches": lambda cast: cast.things["breach"].pk,
    "series": lambda cast: cast.edition.series.slug,
    "editions": lambda cast: cast.edition.slug,
    "opening-days": lambda cast: cast.edition.days.all()[0].pk,
    "product-groups": lambda cast: "ceramics",
    "materials": lambda cast: "rattan",
    "certificates": lambda cast: "fsc",
    "importer-campaigns": lambda cast: cast.things["campaign"].pk,
    "companions": lambda cast: cast.things["companion"].pk,
    "follow-ups": lambda cast: cast.things["follow_up"].pk,
    "samples": lambda cast: cast.things["sample"].pk,
    "spot-sales": lambda cast: cast.things["spot_sale"].pk,
    "wishes": lambda cast: cast.things["wish"].pk,
    "deal-files": lambda cast: cast.things["deal_file"].pk,
    "deal-corrections": lambda cast: cast.things["deal_correction"].pk,
    "deal-pairs": lambda cast: cast.things["pair"].pk,
    "opportunities": lambda cast: cast.things["opportunity"].pk,
    "suggestions": lambda cast: 1,
    "matching-terms": lambda cast: cast.things["matching_terms"].pk,
    "held-certificates": lambda cast: cast.things["held_certificate"].pk,
    "meeting-proposals": lambda cast: cast.things["proposal"].pk,
    "meeting-seats": lambda cast: cast.things["seat"].pk,
    "meeting-tables": lambda cast: cast.things["table"].pk,
    "interpreters": lambda cast: cast.things["interpreter"].pk,
    "craft-villages": lambda cast: "bat-trang",
    "rules": lambda cast: cast.edition.rules_texts.get().pk,
    "products": lambda cast: cast.things["product"].pk,
    "plan-versions": lambda cast: cast.things["target"].version_id,
    "targets": lambda cast: cast.things["target"].pk,
    "signed-reports": lambda cast: cast.things["signed_report"].pk,
    "programme": lambda cast: cast.things["programme"].pk,
    "bank-lines": lambda cast: cast.things["bank_line"].pk,
    "bank-accounts": lambda cast: cast.things["bank_account"].pk,
    "funds": lambda cast: cast.things["fund"].pk,
    "grants": lambda cast: cast.things["grant"].pk,
    "vat-rates": lambda cast: cast.things["vat_rate"].pk,
    "ways-offered": lambda cast: cast.things["way_offered"].pk,
    "support-rules": lambda cast: cast.things["support_rule"].pk,
    "exchange-rates": lambda cast: cast.things["rate"].pk,
    "sale-terms": lambda cast: cast.edition.sale_terms.pk,
    "criteria": lambda cast: cast.things["criterion"].pk,
    "thresholds": lambda cast: cast.things["threshold"].pk,
    "reviews": lambda cast: cast.things["review"].pk,
    "appeals": lambda cast: cast.things["appeal"].pk,
    "rounds": lambda cast: cast.things["round"].pk,
    "timetables": lambda cast: cast.things["timetable"].pk,
    "provinces": lambda cast: cast.things["province"].pk,
    "floor-drafts": lambda cast: cast.things["floor_draft"].pk,
    "floor-versions": lambda cast: cast.things["floor_version"].pk,
    "facilities": lambda cast: cast.things["facility"].pk,
    "print-runs": lambda cast: cast.things["print_run"].pk,
    "hostings": lambda cast: cast.things["contract"].pk,
    "grades": lambda cast: cast.things["grade"].pk,
    "markets": lambda cast: cast.things["market"].pk,
    "quotas": lambda cast: cast.things["quota"].pk,
    "scans": lambda cast: cast.things["scan"].pk,
    "devices": lambda cast: cast.things["device"].pk,
    "checkouts": lambda cast: cast.things["checkout"].pk,
    "payments": lambda cast: cast.things["payment"].pk,
    "refunds": lambda cast: cast.things["refund"].pk,
    "credit-notes": lambda cast: cast.things["credit"].pk,
    "e-invoices": lambda cast: cast.things["e_invoice"].pk,
    "journal": lambda cast: Entry.objects.filter(edition=cast.edition)[0].pk,
    "members": lambda cast: cast.things["exhibitor_membership"].pk,
    "member-invitations": lambda cast: cast.things["invitation"].pk,
    "halls": lambda cast: cast.things["booth"].hall_id,
    "zones": lambda cast: cast.things["booth"].zone_id,
    "booth-classes": lambda cast: cast.things["booth"].booth_class_id,
    "manual-tasks": lambda cast: cast.things["manual_task"].pk,
    "hand-ins": lambda cast: cast.things["hand_in"].pk,
    "house-rules": lambda cast: cast.things["house_rules"].pk,
    "special-goods": lambda cast: cast.things["special_goods"].pk,
    "co-exhibitors": lambda cast: cast.things["co_exhibitor"].pk,
    "withdrawals": lambda cast: cast.things["withdrawal"].pk,
}


def _thing(cast: Cast, name: str, part: str) -> Any:
    if name == "api:registrations-file" and part == "code":
        return cast.things["evidence_item"].code
    if part == "code" and not name.startswith("api:"):
        return cast.things["booth"].code
    if name.startswith("api:"):
        for prefix, key in API_KEYS.items():
            if name.startswith(f"api:{prefix}-"):
                return key(cast)
    if name == "booths:remove_price":
        return cast.things["booth"].booth_class.prices.all()[0].pk
    if name == "booths:set_price":
        return cast.things["booth"].booth_class_id
    for thing, words in KEYS.items():
        if any(word in name for word in words):
            return cast.things[thing].pk
    return 1
