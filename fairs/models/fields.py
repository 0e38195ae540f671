"""Columns that keep text composed, searchable, and money exact."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from fairs.text import domain_key, fold, name_key, nfc, phone_key, tax_key

CURRENCIES = ["VND", "USD", "EUR", "JPY", "GBP", "CNY", "KRW", "AUD", "SGD", "HKD", "THB"]
LONGEST_NAME = 300


def without_link(value: str) -> None:
    """Names go into letters that carry the fair's own sender: a stranger's link has no place in them."""
    if "://" in value:
        raise ValidationError(_("A name holds no link. Take the web address out."), code="link")


class NameField(models.CharField):
    """A name in composed form and on one line, long enough for any company."""

    default_validators = [without_link]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_NAME)
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return " ".join(nfc(prepared).split()) if isinstance(prepared, str) else prepared

    def formfield(self, **kwargs: Any) -> Any:
        """Our forms leave the model's own checks to the actions, so the form has this one too."""
        return super().formfield(**{"validators": [without_link]} | kwargs)


class FoldedField(models.TextField):
    """What a search looks in: other columns of the row, folded at every save."""

    def __init__(self, *sources: str, **kwargs: Any) -> None:
        self.sources = sources
        kwargs |= {"editable": False, "default": "", "blank": True}
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, _args, kwargs = super().deconstruct()
        return name, path, self.sources, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        folded = fold(" ".join(str(getattr(model_instance, source) or "") for source in self.sources))
        setattr(model_instance, self.attname, folded)
        return folded


class KeyField(models.CharField):
    """By what two spellings of one thing are found: made of another column at every save; `make` names how."""

    MAKERS: ClassVar = {"domain": domain_key, "name": name_key, "phone": phone_key, "tax": tax_key}

    def __init__(self, source: str, make: str, **kwargs: Any) -> None:
        self.source, self.make = source, make
        kwargs |= {"editable": False, "default": "", "blank": True, "max_length": LONGEST_NAME, "db_index": True}
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, _args, kwargs = super().deconstruct()
        return name, path, (self.source, self.make), kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.MAKERS[self.make](str(getattr(model_instance, self.source) or ""))[:LONGEST_NAME]
        setattr(model_instance, self.attname, key)
        return key


def amount_field(**kwargs: Any) -> models.DecimalField:
    """An exact amount of one currency, which stands in a column beside it."""
    return models.DecimalField(max_digits=18, decimal_places=2, **kwargs)


def currency_field(**kwargs: Any) -> models.CharField:
    """An ISO 4217 code of those the fair deals in."""
    return models.CharField(max_length=3, choices=list(zip(CURRENCIES, CURRENCIES, strict=True)), **kwargs)
