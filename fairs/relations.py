"""Everything that points to a row, found in the meta of the models, so that a new table is never forgotten."""

from collections.abc import Iterator
from typing import Any

from django.db import models

JOURNAL = "fairs.Entry"  # append-only: it tells what was, and points to whom it was then


def relations_to(model: type[models.Model]) -> list[Any]:
    """Every column of every app that points to a model, the tables between many-to-many columns among them."""
    relations = model._meta.get_fields(include_hidden=True)
    pointing = [
        one for one in relations if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one)
    ]
    return sorted(pointing, key=lambda one: (one.related_model._meta.label_lower, one.field.name))


def editions_of(row: models.Model) -> set[int]:
    """The editions with which something points to a row: applied, takes part, registered, was charged."""
    return {
        edition
        for relation in of_editions(type(row))
        for edition in relation.related_model._base_manager.filter(**{relation.field.attname: row.pk})
        .exclude(edition=None)
        .order_by()
        .values_list("edition_id", flat=True)
        .distinct()
    }


def of_editions(model: type[models.Model]) -> Iterator[Any]:
    """Those of a table that belongs to an edition, but for the journal."""
    for relation in relations_to(model):
        table = relation.related_model._meta
        if table.label != JOURNAL and any(column.name == "edition" for column in table.concrete_fields):
            yield relation
