"""For which of their companies somebody acts: the address of a page says it, and the session remembers the last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fairs.discovery import hosts_of
from fairs.inputs import whole_number
from fairs.models import Company, Edition
from fairs.views.base import SignedInPage

KEY = "company"


@dataclass(frozen=True)
class Acting:
    """The companies whose things a page shows: the chosen one, with the guests in its block.

    `choices` is empty where there is nothing to choose; `company` may then be unknown.
    """

    ids: frozenset[int] = frozenset()
    company: Company | None = None
    choices: Sequence[Company] = ()

    @property
    def address(self) -> str:
        """What an address carries on, so that a page stays with its company; nothing where there is no choice."""
        return f"?{KEY}={self.company.pk}" if self.company and self.choices else ""


def acting_of(request: HttpRequest, edition: Edition, role: str = "") -> Acting:
    """The company that the address names, else the one chosen last, else the likeliest. A foreign one is 404.

    With a role only companies that take part in it are to be chosen, if there is one.
    """
    person: Any = request.user
    if not person.is_authenticated:
        return Acting()
    asked = request.GET.get(KEY, "")
    wanted = _own(person, asked) if asked else None
    if len(person.company_ids) < 2:
        return Acting(person.company_ids)
    found = _choice(person, edition, role)
    if not found.companies:
        return Acting(person.company_ids)
    last = int(wanted or request.session.get(KEY) or 0)
    acting = found.of(found.hosts.get(last, last))
    if wanted is not None and wanted not in acting.ids:
        raise Http404
    if wanted is not None:
        remember(request, wanted)
    return acting


@dataclass(frozen=True)
class _Choice:
    """The companies among which a person chooses, and those that stand in the block of one of them."""

    companies: list[Company]
    hosts: dict[int, int]

    def of(self, wanted: int) -> Acting:
        """The one that is wanted, if it is there, else the first; with it act the guests in its block."""
        company = next((one for one in self.companies if one.pk == wanted), self.companies[0])
        guests = {guest for guest, host in self.hosts.items() if host == company.pk}
        several = self.companies if len(self.companies) > 1 else ()
        return Acting(frozenset({company.pk, *guests}), company, several)


def _choice(person: Any, edition: Edition, role: str = "") -> _Choice:
    hosts = hosts_of(edition, person.company_ids)
    own = [one for one in Company.objects.acted_for(person, edition, role) if one.pk not in hosts]
    return _Choice(own, hosts)


def remember(request: HttpRequest, company_id: int) -> None:
    """From now on the person acts for this company, until they choose another one."""
    if request.session.get(KEY) != company_id:
        request.session[KEY] = company_id


def _own(person: Any, asked: str) -> int:
    """The company asked for, or the one it was merged into; somebody else's is 404."""
    wanted = whole_number(asked)
    if wanted in person.company_ids:
        return wanted  # type: ignore[return-value]
    kept = Company.objects.filter(pk=wanted, merged_into__in=person.company_ids) if wanted is not None else None
    found = kept.values_list("merged_into", flat=True).first() if kept is not None else None
    if found is None:
        raise Http404
    return found


class CompanyPage(SignedInPage):
    """A page of one company. Where there is a choice its address names the company: two windows never mix them."""

    acts_as: ClassVar[str] = ""  # the role in which the company takes part, where the page is for one role
    acting: Acting

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.acting = acting_of(request, self.edition, self.acts_as)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "GET" and self.acting.choices and KEY not in request.GET:
            query = request.GET.copy()
            query[KEY] = self.acting.address.rpartition("=")[2]
            return redirect(f"{request.path}?{query.urlencode()}")
        return super().dispatch(request, *args, **kwargs)

    @property
    def switch_url(self) -> str:
        """Where another company is chosen: the same page."""
        return self.request.path

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(acting=self.acting, switch_url=self.switch_url, **kwargs)


class CompanyThing(SignedInPage):
    """A page of one thing of a company: whoever opens it acts for that company from then on."""

    acting: Acting = Acting()
    stands_under: ClassVar[str] = ""  # the page of all such things

    def act_for(self, company_id: int) -> None:
        """Called once the thing is known; of a thing of others, as at a desk, nothing follows."""
        person = self.person
        if company_id in person.company_ids and len(person.company_ids) > 1:
            found = _choice(person, self.edition)
            if not found.companies:
                return
            self.acting = found.of(found.hosts.get(company_id, company_id))
            remember(self.request, company_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Another company is chosen on the page that this one stands under."""
        if self.acting.choices:
            kwargs |= {"acting": self.acting, "switch_url": reverse(self.stands_under, args=[self.edition.slug])}
        return super().get_context_data(**kwargs)
