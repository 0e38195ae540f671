"""What the matcher found, and why it left a line to a person, in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from fairs.money.actions.matching import REFUSED
from fairs.money.matching import Outcome, Rule

OUTCOMES: dict[str, Any] = {
    Outcome.EXACT: _("What was owed, by whom it was owed."),
    Outcome.PART: _("A part of what is owed: it is on the notice, and the rest stays owed."),
    Outcome.OVER: _("More than was owed: the notice is paid, and what is too much is free."),
    Outcome.WRONG_CURRENCY: _("Another currency than the notice’s: the money is taken in and on no notice."),
    Outcome.DUPLICATE: _("The notice was paid already: the money is taken in and on no notice."),
    Outcome.LATE: _("It came late."),
    Outcome.SEVERAL: _("One transfer for several notices: each of them got what it owed."),
    Outcome.BY_OTHER: _("What was owed, paid by somebody else."),
    Outcome.UNCERTAIN: _("It is not certain which notice this is for, so nothing was done with it."),
    Outcome.NONE: _("Nothing that is owed fits, so nothing was done with it."),
}
RULES: dict[str, Any] = {
    Rule.SAME_TRANSACTION: _("The bank told of this transfer before."),
    Rule.NOT_INCOMING: _("This money went out; only what comes in is matched."),
    Rule.CURRENCY_DIFFERS: _("It came in another currency than the notice asks for."),
    Rule.ALREADY_PAID: _("Its reference is that of a notice which is paid already."),
    Rule.CANCELLED: _("Its reference is that of a notice which was cancelled or credited."),
    Rule.LESS_THAN_OWED: _("It is less than the notice owes."),
    Rule.MORE_THAN_OWED: _("It is more than the notice owes."),
    Rule.SUM_DIFFERS: _("It names several notices, and the amount is not what they owe together."),
    Rule.REST_IS_OWED: _(
        "It is more than its notice owes by exactly what the same company owes on others: is it meant for all of them?"
    ),
    Rule.AFTER_DUE: _("It came after the day on which it was to be paid."),
    Rule.OTHER_PAYER: _("The payer is nobody whom the notice names."),
    Rule.PAYER_OWES_THE_SAME: _(
        "Its reference is one company’s, and the payer is another that owes the same amount: one of the two is wrong."
    ),
    Rule.LOOK_ALIKE: _(
        "Its reference reads only with letters taken for digits, such as O for 0, and the amount does not confirm it."
    ),
    Rule.CHECK_CHARACTER: _("Its reference has a mistake: the check character does not fit."),
    Rule.UNKNOWN_REFERENCE: _("Its reference is well written, and no notice here has it."),
    Rule.SEVERAL_FIT: _("Several notices or companies fit amount and payer."),
    Rule.AMOUNT_DIFFERS: _("There is no reference; the payer is known and owes other amounts."),
    Rule.NAME_IN_TEXT_ONLY: _("There is no reference; the text names a company that owes, and the payer is another."),
    Rule.PAYER_UNKNOWN: _("There is no reference; somebody owes this amount, and the payer is nobody known."),
    Rule.NOTHING_FITS: _("There is no reference, and neither amount nor payer fits anything that is owed."),
    REFUSED: _("It could not be put onto its notice: what the notice is for has changed. Look at it, then decide."),
}
SHORT: dict[str, Any] = {
    Outcome.EXACT: _("exact"),
    Outcome.PART: _("a part"),
    Outcome.OVER: _("too much"),
    Outcome.WRONG_CURRENCY: _("other currency"),
    Outcome.DUPLICATE: _("paid already"),
    Outcome.LATE: _("late"),
    Outcome.SEVERAL: _("several notices"),
    Outcome.BY_OTHER: _("by somebody else"),
    Outcome.UNCERTAIN: _("not certain"),
    Outcome.NONE: _("nothing fits"),
}


def outcome_sentence(outcome: str) -> Any:
    """What a line is, in a sentence."""
    return OUTCOMES.get(outcome, "")


def rule_sentences(rules: Iterable[str]) -> list[Any]:
    """Which rules hold for a line, each in a sentence."""
    return [RULES[rule] for rule in rules if rule in RULES]
