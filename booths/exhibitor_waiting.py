"""What of the exhibitor manual and of co-exhibitors waits at the booth desk."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from booths.models import CoExhibitor, HandIn
from fairs.discovery import Task, add_waiting
from fairs.models import Edition

DECIDERS = {"director", "booth_desk"}


@add_waiting
def files_to_check(edition: Edition, roles: frozenset[str]) -> Iterator[Task]:
    """Files that exhibitors handed in, and nobody has looked at."""
    if not roles & DECIDERS:
        return
    count = HandIn.objects.filter(task__edition=edition, application__state="accepted").to_check().count()
    if count:
        yield Task(
            title=ngettext("%(count)d file to check", "%(count)d files to check", count) % {"count": count},
            note=_("Handed in for the exhibitor manual; the longest waiting comes first."),
            url=reverse("booths:manual_desk", args=[edition.slug]) + "?show=check",
            verb=_("Check"),
            icon="file-check",
        )


@add_waiting
def co_exhibitors_to_decide(edition: Edition, roles: frozenset[str]) -> Iterator[Task]:
    """Companies that would share a booth."""
    if not roles & DECIDERS:
        return
    count = CoExhibitor.objects.filter(application__edition=edition, state=CoExhibitor.State.ASKED).count()
    if count:
        yield Task(
            title=ngettext("%(count)d co-exhibitor to decide on", "%(count)d co-exhibitors to decide on", count)
            % {"count": count},
            note=_("A company that would share the booth of an exhibitor."),
            url=reverse("booths:co_exhibitors_desk", args=[edition.slug]),
            verb=_("Decide"),
            icon="users-group",
        )
