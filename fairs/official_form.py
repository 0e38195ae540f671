"""The form of the official result report that comes with the program, as a template of Word in either language.

It is laid out as form 14 of the annex of Decree 81/2018/NĐ-CP: sender, addressee, the fair, its scale planned and
reached, who took part, results, remarks. Whoever needs another one changes it in Word and hands it in.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fairs.papers.official import Block, Form, official_form
from fairs.templatetags.fair import language


def default_template() -> bytes:
    """The form in the language of the page."""
    return official_form(
        Form(
            superior="{{superior}}",
            sender="{{sender_capitals}}",
            number=_("No.: {{number}}"),
            nation=_("SOCIALIST REPUBLIC OF VIET NAM"),
            motto=_("Independence – Freedom – Happiness"),
            place_and_day="{{place}}, {{day}}",
            title=_("REPORT"),
            subject=_("Results of organising a trade fair and exhibition"),
            addressee=_("To: {{addressee}}"),
            blocks=[*_of_the_fair(), *_of_results()],
            annex=[*_annex()],
            copies_title=_("Copies to:"),
            copies="{{copies}}",
            office="{{office}}",
            signer="{{signer}}",
            lang="vi-VN" if language() == "vi" else "en-GB",
        )
    )


def _of_the_fair() -> Iterator[Block]:
    yield Block("{{basis}}")
    yield Block(
        _(
            "{{sender}} (address: {{sender_address}}; {{sender_contact}}; tax code: {{sender_tax_code}}) reports on "
            "the fair as follows:"
        )
    )
    yield Block(_("1. The fair"), "heading")
    yield Block(_("Name: {{name}}; number of the edition: {{edition_number}}"))
    yield Block(_("Theme: {{theme}}"))
    yield Block(_("Time: {{days}} days, from {{opens_on}} to {{closes_on}}"))
    yield Block(_("Place: {{venue}}. {{venue_address}}"))
    yield Block(_("2. Scale planned and reached"), "heading")
    yield Block(
        _(
            "Booths: {{B1.built.plan}} planned, {{B1.built}} built ({{B1.built.percent}}), {{B1.allocated}} allocated, "
            "{{B1.occupied}} taken over; of these {{B2.international}} international, {{B2.domestic}} domestic, "
            "{{B2.technical}} for technical support."
        )
    )


def _of_results() -> Iterator[Block]:
    yield Block(_("3. Traders who took part"), "heading")
    yield Block(
        _(
            "Exhibitors: {{C1.companies}} ({{C1.companies.plan}} planned), from {{C2.provinces}} provinces and cities "
            "and {{C2.countries}} countries and territories."
        )
    )
    yield Block(
        _(
            "Importers: {{D1.invited}} invited, {{D1.registered}} registered, {{D1.attended}} came "
            "({{D1.attended.plan}} planned), from {{D3.countries}} countries and territories."
        )
    )
    yield Block(_("Visits: {{D4.entries}} entries by {{D4.visitors}} people."))
    yield Block(_("4. Results"), "heading")
    yield Block(_("Business meetings: {{E1.held}} held of {{E1.requested}} asked for."))
    yield Block(
        _(
            "Contracts: {{F1.count}}, worth {{F1.value}}, together {{F1.value_usd}} at the rate of the day of signing. "
            "Counted: contracts {{level}}."
        )
    )
    yield Block(_("Memoranda: {{F2.count}}; their expected value is no part of that of the contracts."))
    yield Block(_("5. Remarks and proposals"), "heading")
    yield Block("{{remarks}}")


def _annex() -> Iterator[Block]:
    yield Block(_("Annex: all figures"), "heading")
    yield Block("{{table}}", "plain")
    yield Block(_("Plan and result, figure by figure"), "heading")
    yield Block("{{indicators}}", "plain")
    yield Block("{{source}}", "plain")
