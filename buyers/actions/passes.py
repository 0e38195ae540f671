"""Exhibitors' passes for the people who stand at their booths."""

from django.db import transaction

from buyers.actions.badges import give_badge
from buyers.models import Badge
from buyers.names import given_name
from fairs.journal import record
from fairs.models import Company, Edition, Person
from fairs.permissions import Actor, require


def issue_pass(edition: Edition, *, company: Company, full_name: str, job_title: str, by: Actor) -> Badge:
    """A pass for somebody who needs no account here, within the company's quota.

    Refuses with `not_exhibiting` and `no_pass_left`; then the person is not kept either.
    """
    require(by, "buyers.issue_badge", Badge(edition=edition, company=company, kind=Badge.Kind.EXHIBITOR))
    with transaction.atomic():
        person = Person.objects.create_user(
            full_name=full_name, job_title=job_title, given_name=given_name(full_name, company.country)
        )
        record("enter", person, by=by)
        return give_badge(edition, person=person, company=company, kind=Badge.Kind.EXHIBITOR, by=by)
