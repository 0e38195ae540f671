"""A round of the sale in words."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext as _

from booths.models import Opening
from fairs.models import Company, ProductGroup
from fairs.templatetags.fair import local, number

register = template.Library()


@register.filter
def for_whom(opening: Opening, groups: Mapping[str, ProductGroup]) -> str:
    """Whom a round is for: all that it asks, one after the other; `groups` are the product groups by code."""
    if opening.for_all:
        return _("everybody who is accepted")
    said = [_("groups of households")] if opening.groups_only else []
    said += [_("exhibitors of earlier editions")] if opening.returning else []
    forms = [str(Company.LegalForm(form).label) for form in opening.legal_forms if form in Company.LegalForm.values]
    said += [", ".join(forms)] if forms else []
    if opening.product_groups:
        said += [", ".join(local(groups[code], "name") for code in opening.product_groups if code in groups)]
    if opening.least_score is not None:
        said += [_("score from %(score)s") % {"score": number(opening.least_score, 2)}]
    if opening.least_points is not None:
        said += [_("priority points from %(points)s") % {"points": number(opening.least_points, 2)}]
    return "; ".join(said)
