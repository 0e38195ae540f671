"""Columns that keep text composed, searchable, and money exact."""

from typing import Any, ClassVar

from django.db import models

from fairs.text import fold, name_key, nfc, phone_key, tax_key

CURRENCIES = ["VND", "USD", "EUR", "JPY", "GBP", "CNY", "KRW", "AUD", "SGD", "HKD", "THB"]
LONGEST_NAME = 300


class NameField(models.CharField):
    """A name in composed form, long enough for any company."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_NAME)
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return nfc(prepared) if isinstance(prepared, str) else prepared


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

    MAKERS: ClassVar = {"name": name_key, "phone": phone_key, "tax": tax_key}

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
