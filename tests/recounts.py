"""An independent recount of every figure of the result report: plain SQL over the tables, for SQLite and PostgreSQL.

Each statement is written from the line's definition, not from the code that measures it. It takes the edition's key as
%(edition)s and answers one number, or a unit with its number for each currency. A figure without one fails a test.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from fairs.models import Edition
from fairs.reports import Figure

EXHIBITORS = """
    FROM fairs_participation part JOIN fairs_company firm ON firm.id = part.company_id
    WHERE part.edition_id = %(edition)s AND part.role = 'exhibitor' AND part.state = 'active' AND part.host_id IS NULL
"""
FORM = """COALESCE((SELECT app.legal_form FROM booths_application app WHERE app.edition_id = part.edition_id
    AND app.company_id = part.company_id AND app.legal_form <> '' ORDER BY app.id DESC LIMIT 1), firm.legal_form)"""
GROUP = """(SELECT named.productgroup_id FROM fairs_company_product_groups named
    WHERE named.company_id = part.company_id ORDER BY named.id LIMIT 1)"""
BOOTHS = """
    FROM booths_booth booth JOIN booths_boothclass kind ON kind.id = booth.booth_class_id
    WHERE booth.edition_id = %(edition)s AND NOT booth.retired
"""
TAKEN = """EXISTS (SELECT 1 FROM booths_reservation held WHERE held.booth_id = booth.id
    AND held.state IN ('reserved', 'confirmed', 'handed_over'))"""
REGISTERED = """
    FROM buyers_registration reg JOIN fairs_company firm ON firm.id = reg.company_id
    LEFT JOIN buyers_grade grade ON grade.id = reg.grade_id
    LEFT JOIN buyers_hostedcontract contract ON contract.registration_id = reg.id
    WHERE reg.edition_id = %(edition)s
"""
PRESENT = """ AND reg.state = 'approved' AND EXISTS (
    SELECT 1 FROM buyers_badge badge JOIN buyers_scan scan ON scan.badge_id = badge.id
    JOIN buyers_gate gate ON gate.id = scan.gate_id
    WHERE badge.person_id = reg.person_id AND badge.edition_id = reg.edition_id
    AND scan.entered AND gate.area_id IS NULL)"""
VISITS = """
    FROM buyers_scan scan JOIN buyers_badge badge ON badge.id = scan.badge_id
    JOIN buyers_gate gate ON gate.id = scan.gate_id
    WHERE scan.edition_id = %(edition)s AND scan.entered AND gate.area_id IS NULL
    AND badge.kind IN ('importer', 'companion', 'trade_visitor', 'visitor', 'press', 'delegate')
"""
MEETINGS = " FROM matchmaking_meeting meeting WHERE meeting.edition_id = %(edition)s"
LEADS = " FROM matchmaking_lead WHERE edition_id = %(edition)s"
DEALS = " FROM matchmaking_deal WHERE edition_id = %(edition)s"
# A paper that was declared twice counts once; its level from 1, a claim, to 4, delivered; and the level that counts.
STANDING = " AND state <> 'cancelled' AND same_as_id IS NULL"
CONTRACTS = f"{DEALS} AND kind IN ('contract', 'trial_order') {STANDING}"
MEMORANDA = f"{DEALS} AND kind = 'memorandum' {STANDING}"
LEVEL = """CASE WHEN NOT (state = 'confirmed' OR (state = 'recorded' AND seen_at IS NOT NULL)) THEN 1
    WHEN delivered_at IS NOT NULL THEN 4 WHEN seen_at IS NOT NULL THEN 3 ELSE 2 END"""
NEEDED = """COALESCE((SELECT
    CASE rule.counts_from WHEN 'claimed' THEN 1 WHEN 'confirmed' THEN 2 WHEN 'seen' THEN 3 ELSE 4 END
    FROM matchmaking_contractrules rule WHERE rule.edition_id = matchmaking_deal.edition_id), 2)"""
COUNTS = f"AND {LEVEL} >= {NEEDED}"
AFTERWARDS = f"{CONTRACTS} {COUNTS} AND signed_on > %(closes)s AND signed_on <= %(month_12)s"
# Its two sides met, or left details by which they stand, or an answer after the fair says so.
OF_THE_FAIR = """(meeting_id IS NOT NULL
    OR EXISTS (SELECT 1 FROM matchmaking_followup asked WHERE asked.deal_id = matchmaking_deal.id)
    OR EXISTS (SELECT 1 FROM matchmaking_meeting met WHERE met.edition_id = matchmaking_deal.edition_id
        AND met.state = 'held' AND met.exhibitor_id = matchmaking_deal.exhibitor_id
        AND met.importer_id = matchmaking_deal.importer_id)
    OR EXISTS (SELECT 1 FROM matchmaking_lead noted
        JOIN fairs_participation buys ON buys.edition_id = noted.edition_id AND buys.company_id = noted.buyer_id
        LEFT JOIN fairs_person who ON who.id = noted.person_id
        WHERE noted.edition_id = matchmaking_deal.edition_id AND noted.exhibitor_id = matchmaking_deal.exhibitor_id
        AND buys.role = 'importer' AND buys.state = 'active' AND buys.id = matchmaking_deal.importer_id
        AND noted.handed_at IS NOT NULL AND noted.taken_back_at IS NULL AND who.restricted_at IS NULL
        AND (noted.means <> 'badge' OR EXISTS (SELECT 1 FROM fairs_consent yes WHERE yes.person_id = noted.person_id
            AND yes.edition_id = noted.edition_id AND yes.purpose = 'share_on_scan' AND yes.withdrawn_at IS NULL))))"""
ORDERS = f"{CONTRACTS} {COUNTS} AND kind = 'trial_order' AND signed_on >= %(opens)s AND signed_on <= %(closes)s"
SIDE = " FROM fairs_participation part WHERE part.edition_id = %(edition)s AND part.role = 'exhibitor'"
DECLARED = "EXISTS (SELECT 1 FROM matchmaking_spotsale day WHERE day.exhibitor_id = part.id)"
NOTICES = " FROM fairs_notice notice WHERE notice.edition_id = %(edition)s AND notice.state IN ('issued', 'paid')"
MOVES = """
    FROM fairs_posting move JOIN fairs_notice notice ON notice.id = move.notice_id
    JOIN fairs_payment payment ON payment.id = move.payment_id
    WHERE notice.edition_id = %(edition)s AND notice.state IN ('issued', 'paid')
"""
GRANTS = """
    FROM fairs_grant given JOIN fairs_noticeline line ON line.id = given.line_id
    JOIN fairs_notice notice ON notice.id = line.notice_id
    JOIN fairs_supportrule rule ON rule.id = given.rule_id LEFT JOIN fairs_fund fund ON fund.id = rule.fund_id
    WHERE given.edition_id = %(edition)s AND given.state = 'granted'
"""
JOURNEYS = """
    FROM buyers_travelitem item JOIN buyers_hostedcontract contract ON contract.id = item.contract_id
    LEFT JOIN fairs_fund fund ON fund.id = item.fund_id
    WHERE contract.edition_id = %(edition)s AND item.paid IS NOT NULL
"""
COSTS = f"""(
    SELECT notice.currency AS unit, given.amount AS amount, fund.share AS share {GRANTS}
    UNION ALL SELECT item.currency, item.paid, fund.share {JOURNEYS}) cost"""
HOURS_BEFORE = {
    "sqlite": "(julianday(meeting.starts_at) - julianday(meeting.cancelled_at)) * 24",
    "postgresql": "EXTRACT(EPOCH FROM meeting.starts_at - meeting.cancelled_at) / 3600",
}
LATE = f"{MEETINGS} AND meeting.state = 'cancelled' AND {HOURS_BEFORE[connection.vendor]} < 24"


def _costs(where: str = "1 = 1") -> str:
    return f"SELECT unit, SUM(amount) FROM {COSTS} WHERE {where} GROUP BY unit"


SQL = {
    "A1.papers": "SELECT COUNT(*) FROM fairs_legalpaper WHERE edition_id = %(edition)s",
    "B1.planned": """SELECT target.value
        FROM fairs_target target JOIN fairs_planversion plan ON plan.id = target.version_id
        WHERE plan.edition_id = %(edition)s AND target.figure = 'B1.planned'
        AND plan.number = (SELECT MAX(number) FROM fairs_planversion WHERE edition_id = %(edition)s)""",
    "B1.built": f"SELECT COUNT(*) {BOOTHS}",
    "B1.allocated": f"SELECT COUNT(*) {BOOTHS} AND {TAKEN}",
    "B1.signed": f"""SELECT COUNT(*) {BOOTHS} AND EXISTS (
        SELECT 1 FROM booths_reservation held JOIN booths_boothcheck seen ON seen.reservation_id = held.id
        WHERE held.booth_id = booth.id AND held.state = 'handed_over' AND seen.signed_name <> '' AND seen.id = (
            SELECT MAX(last.id) FROM booths_boothcheck last
            WHERE last.reservation_id = held.id AND last.moment = 'in'))""",
    "B1.occupied": f"""SELECT COUNT(*) {BOOTHS} AND EXISTS (
        SELECT 1 FROM booths_reservation held WHERE held.booth_id = booth.id AND held.state = 'handed_over')""",
    **{f"B2.{one}": f"SELECT COUNT(*) {BOOTHS} AND kind.origin = '{one}'"
       for one in ("international", "domestic", "technical")},
    "B3.area": f"SELECT 'm²', SUM(booth.width * booth.depth) {BOOTHS}",
    **{f"B3.{one}": f"SELECT 'm²', SUM(booth.width * booth.depth) {BOOTHS} AND kind.build = '{one}'"
       for one in ("standard", "raw")},
    "B4.booths": f"SELECT '%%', SUM(CASE WHEN {TAKEN} THEN 100.0 ELSE 0 END) / NULLIF(COUNT(*), 0) {BOOTHS}",
    "B4.area": f"""SELECT '%%', SUM(CASE WHEN {TAKEN} THEN 100.0 * booth.width * booth.depth ELSE 0 END)
        / NULLIF(SUM(booth.width * booth.depth), 0) {BOOTHS}""",
    "C1.companies": f"SELECT COUNT(DISTINCT part.company_id) {EXHIBITORS}",
    "C1.households": """SELECT COUNT(*) FROM fairs_participation WHERE edition_id = %(edition)s AND role = 'exhibitor'
        AND state = 'active' AND host_id IS NOT NULL""",
    "C2.provinces": f"""SELECT COUNT(DISTINCT province.name_vi) FROM fairs_province province
        WHERE province.id IN (SELECT part.province_id {EXHIBITORS} AND firm.country = 'VN')""",
    "C2.countries": f"SELECT COUNT(DISTINCT firm.country) {EXHIBITORS}",
    "C2.home": f"SELECT COUNT(*) {EXHIBITORS} AND firm.country = 'VN' AND part.province_id IS NOT NULL",
    "C2.abroad": f"SELECT COUNT(*) {EXHIBITORS} AND firm.country <> 'VN'",
    "C2.unsaid": f"SELECT COUNT(*) {EXHIBITORS} AND firm.country = 'VN' AND part.province_id IS NULL",
    **{f"C3.{one}": f"SELECT COUNT(*) {EXHIBITORS} AND {FORM} = '{one}'"
       for one in ("household", "cooperative", "company", "association", "artisan", "public")},
    "C4.groups": f"SELECT COUNT(DISTINCT {GROUP}) {EXHIBITORS}",
    "C4.by_group": f"SELECT SUM(many) FROM (SELECT COUNT(*) AS many {EXHIBITORS} GROUP BY {GROUP}) counted",
    "C4.villages": f"SELECT COUNT(DISTINCT firm.craft_village_id) {EXHIBITORS}",
    "C4.of_villages": f"SELECT COUNT(*) {EXHIBITORS} AND firm.craft_village_id IS NOT NULL",
    "C4.elsewhere": f"SELECT COUNT(*) {EXHIBITORS} AND firm.craft_village_id IS NULL",
    "C5.turns": f"SELECT COUNT(*) {GRANTS}",
    "C5.companies": f"SELECT COUNT(DISTINCT given.company_id) {GRANTS}",
    "D1.invited": f"""SELECT COUNT(DISTINCT reg.company_id) {REGISTERED} AND (reg.state = 'invited' OR EXISTS (
        SELECT 1 FROM fairs_entry said WHERE said.verb = 'buyers.registration.invite'
        AND said.object_id = CAST(reg.id AS VARCHAR(40))))""",
    "D1.registered": f"""SELECT COUNT(DISTINCT reg.company_id) {REGISTERED}
        AND reg.state IN ('registered', 'more', 'approved', 'declined')""",
    "D1.approved": f"SELECT COUNT(DISTINCT reg.company_id) {REGISTERED} AND reg.state = 'approved'",
    "D1.attended": f"SELECT COUNT(DISTINCT reg.company_id) {REGISTERED} {PRESENT}",
    "D1.people": f"SELECT COUNT(DISTINCT reg.person_id) {REGISTERED} {PRESENT}",
    "D1.entries": f"SELECT COUNT(*) {VISITS} AND badge.kind = 'importer'",
    "D2.people": f"SELECT COUNT(*) {REGISTERED} AND reg.state = 'approved' AND grade.hosted",
    "D2.companies": f"SELECT COUNT(DISTINCT reg.company_id) {REGISTERED} AND reg.state = 'approved' AND grade.hosted",
    "D2.fulfilled": f"""SELECT COUNT(*) {REGISTERED} AND reg.state = 'approved' AND grade.hosted
        AND contract.meetings >= contract.min_meetings AND contract.days >= contract.min_days""",
    "D2.paid": f"""SELECT COUNT(*) {REGISTERED} AND reg.state = 'approved' AND grade.hosted
        AND (contract.state IN ('released', 'paid') OR EXISTS (
            SELECT 1 FROM buyers_travelitem item WHERE item.contract_id = contract.id AND item.paid IS NOT NULL))""",
    "D2.cost": f"SELECT item.currency, SUM(item.paid) {JOURNEYS} GROUP BY item.currency",
    "D3.countries": f"SELECT COUNT(DISTINCT firm.country) {REGISTERED} {PRESENT}",
    "D3.approved": f"SELECT COUNT(DISTINCT firm.country) {REGISTERED} AND reg.state = 'approved'",
    "D4.entries": f"SELECT COUNT(*) {VISITS}",
    "D4.visitors": f"SELECT COUNT(DISTINCT badge.person_id) {VISITS}",
    "D4.by_day": f"SELECT SUM(many) FROM (SELECT COUNT(*) AS many {VISITS} GROUP BY badge.kind) counted",
    "E1.requested": f"SELECT COUNT(*) {MEETINGS}",
    "E1.accepted": f"SELECT COUNT(*) {MEETINGS} AND meeting.state IN ('accepted', 'held', 'no_show')",
    "E1.held": f"SELECT COUNT(*) {MEETINGS} AND meeting.state = 'held'",
    "E1.no_show": f"SELECT COUNT(*) {MEETINGS} AND meeting.state = 'no_show'",
    "E1.cancelled": f"SELECT COUNT(*) {MEETINGS} AND meeting.state = 'cancelled'",
    "E1.cancelled_late": f"SELECT COUNT(*) {LATE}",
    "E1.walk_in": f"SELECT COUNT(*) {MEETINGS} AND meeting.walk_in",
    "E2.per_exhibitor": f"""SELECT 1.0 * (SELECT COUNT(*) {MEETINGS} AND meeting.state = 'held'
        AND meeting.exhibitor_id IN (SELECT part.id {EXHIBITORS})) / NULLIF((SELECT COUNT(*) {EXHIBITORS}), 0)""",
    "E2.per_importer": f"""SELECT 1.0 * (SELECT COUNT(*) {MEETINGS} AND meeting.state = 'held'
            AND meeting.importer_id IN (SELECT side.id FROM fairs_participation side
            WHERE side.company_id IN (SELECT reg.company_id {REGISTERED} {PRESENT})))
        / NULLIF((SELECT COUNT(DISTINCT reg.company_id) {REGISTERED} {PRESENT}), 0)""",
    "E3.noted": f"SELECT COUNT(*) {LEADS}",
    "E3.named": f"SELECT COUNT(*) {LEADS} AND handed_at IS NOT NULL",
    "F1.count": f"SELECT COUNT(*) {CONTRACTS} {COUNTS}",
    "F1.value": f"SELECT currency, SUM(amount) {CONTRACTS} {COUNTS} GROUP BY currency",
    "F1.value_usd": f"SELECT 'USD', SUM(usd) {CONTRACTS} {COUNTS}",
    "F1.without_rate": f"SELECT COUNT(*) {CONTRACTS} {COUNTS} AND usd IS NULL",
    "F1.claimed": f"SELECT COUNT(*) {CONTRACTS} AND {LEVEL} < {NEEDED}",
    "F2.count": f"SELECT COUNT(*) {MEMORANDA} {COUNTS}",
    "F2.value": f"SELECT currency, SUM(amount) {MEMORANDA} {COUNTS} GROUP BY currency",
    "F2.claimed": f"SELECT COUNT(*) {MEMORANDA} AND {LEVEL} < {NEEDED}",
    **{f"{line}.recorded": f"SELECT COUNT(*) {papers}" for line, papers in (("F1", CONTRACTS), ("F2", MEMORANDA))},
    **{f"{line}.level_{one}": f"SELECT COUNT(*) {papers} AND {LEVEL} = {rank}"
       for line, papers in (("F1", CONTRACTS), ("F2", MEMORANDA))
       for rank, one in enumerate(("claimed", "confirmed", "seen", "delivered"), 1)},
    "F3.orders": f"SELECT COUNT(*) {ORDERS}",
    "F3.orders_value": f"SELECT currency, SUM(amount) {ORDERS} GROUP BY currency",
    "F3.sold": "SELECT 'VND', SUM(amount) FROM matchmaking_spotsale WHERE edition_id = %(edition)s",
    "F3.selling": f"SELECT COUNT(*) {SIDE} AND part.state = 'active' AND {DECLARED}",
    "F3.silent": f"""SELECT COUNT(*) {SIDE} AND part.state = 'active' AND NOT {DECLARED}
        AND EXISTS (SELECT 1 FROM matchmaking_spotsale WHERE edition_id = %(edition)s)""",
    **{f"F4.within_{months}": f"""SELECT 'USD', SUM(usd) {AFTERWARDS} AND {OF_THE_FAIR}
        AND signed_on <= %(month_{months})s""" for months in (3, 6, 12)},
    **{f"F4.months_{first + 1}_{last}": f"""SELECT 'USD', SUM(usd) {AFTERWARDS} AND {OF_THE_FAIR}
        AND signed_on > %(month_{first})s AND signed_on <= %(month_{last})s""" for first, last in ((3, 6), (6, 12))},
    "F4.count": f"SELECT COUNT(*) {AFTERWARDS} AND {OF_THE_FAIR}",
    "F4.value": f"SELECT currency, SUM(amount) {AFTERWARDS} AND {OF_THE_FAIR} GROUP BY currency",
    "F4.without_rate": f"SELECT COUNT(*) {AFTERWARDS} AND {OF_THE_FAIR} AND usd IS NULL",
    "F4.untraced": f"SELECT COUNT(*) {AFTERWARDS} AND NOT {OF_THE_FAIR}",
    "F5.signing": f"SELECT 'USD', 1.0 * SUM(usd) / NULLIF(COUNT(DISTINCT exhibitor_id), 0) {CONTRACTS} {COUNTS}",
    "F5.taking_part": f"""SELECT 'USD', 1.0 * (SELECT SUM(usd) {CONTRACTS} {COUNTS}) / NULLIF(COUNT(*), 0) {SIDE}
        AND (part.state = 'active' OR part.id IN (SELECT exhibitor_id {CONTRACTS} {COUNTS}))""",
    "F5.enterprises": f"SELECT COUNT(DISTINCT exhibitor_id) {CONTRACTS} {COUNTS}",
    "H1.due": f"SELECT notice.currency, SUM(notice.due - notice.credited) {NOTICES} GROUP BY notice.currency",
    "H1.paid": f"""SELECT notice.currency, SUM(move.amount) {MOVES} AND payment.way NOT IN ('support', 'waived')
        GROUP BY notice.currency""",
    "H1.covered": f"""SELECT notice.currency, SUM(move.amount) {MOVES} AND payment.way IN ('support', 'waived')
        GROUP BY notice.currency""",
    "H1.outstanding": f"""SELECT notice.currency, SUM(notice.due - notice.credited - (
            SELECT COALESCE(SUM(move.amount), 0) FROM fairs_posting move WHERE move.notice_id = notice.id))
        {NOTICES} AND notice.state = 'issued' GROUP BY notice.currency""",
    "H1.waiting": """SELECT currency, SUM(amount - assigned - returned) FROM fairs_payment
        WHERE edition_id = %(edition)s AND amount > assigned + returned GROUP BY currency""",
    "H2.cost": _costs(),
    "H2.granted": f"SELECT notice.currency, SUM(given.amount) {GRANTS} GROUP BY notice.currency",
    "H2.hosting": f"SELECT item.currency, SUM(item.paid) {JOURNEYS} GROUP BY item.currency",
    "H2.budget": _costs("share = 'budget'"),
    "H2.counterpart": _costs("share = 'counterpart'"),
    "H2.other": _costs("share IS NULL"),
    "H2.budget_share": f"""SELECT '%%', 100.0 * SUM(CASE WHEN share = 'budget' THEN amount ELSE 0 END)
        / NULLIF(SUM(amount), 0) FROM {COSTS} WHERE unit = 'VND'""",
}  # fmt: skip
# About other figures: recounted from the recounts of these.
OVER = {"J1.planned", "J1.reached"}
# A share of a hundred is written with one decimal, anything else exactly, or with two.
LEEWAY = {"%": Decimal("0.051")}


def recounted(name: str, edition: Edition) -> dict[str, Decimal]:
    """What the tables themselves say, by unit; nothing where it is zero."""
    with connection.cursor() as cursor:
        cursor.execute(SQL[name], _facts(edition))
        rows = cursor.fetchall()
    found = {row[0] if len(row) == 2 else "": row[-1] for row in rows}
    return {unit: Decimal(str(value)) for unit, value in found.items() if value}


def _facts(edition: Edition) -> dict[str, Any]:
    """The edition's key and days; a month that has no such day ends on its last one."""
    facts: dict[str, Any] = {"edition": edition.pk, "opens": edition.opens_on, "closes": edition.closes_on}
    for months in (3, 6, 12):
        year, month = divmod(edition.closes_on.year * 12 + edition.closes_on.month - 1 + months, 12)
        last = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
        facts[f"month_{months}"] = date(year, month + 1, min(edition.closes_on.day, last))
    return facts


def reported(figure: Figure, edition: Edition) -> dict[str, Decimal]:
    """What the report says, in the same form."""
    return {amount.unit: Decimal(amount.value) for amount in figure.amounts(edition) if amount.value}


def same(one: dict[str, Decimal], other: dict[str, Decimal]) -> bool:
    """Whether two counts agree, as exactly as the report writes them."""
    return one.keys() == other.keys() and all(
        abs(one[unit] - other[unit]) <= LEEWAY.get(unit, Decimal("0.00501")) for unit in one
    )


def differing(lines: Any, edition: Edition) -> dict[str, tuple[Any, Any]]:
    """The figures of which the report and the tables say different things, with both."""
    wrong = {}
    for line in lines:
        for figure in line.figures:
            name = f"{line.code}.{figure.key}"
            if name in SQL:
                said, found = reported(figure, edition), recounted(name, edition)
                if not same(said, found):
                    wrong[name] = (said, found)
    return wrong
