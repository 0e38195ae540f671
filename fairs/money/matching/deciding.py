"""What each line of a statement is, in the order of the statement."""

from collections.abc import Container, Iterable
from decimal import Decimal

from fairs.money.matching.cases import FoundBy, Line, Match, Money, Outcome, Owed, Part, Rule, Standing
from fairs.money.matching.payers import Payers
from fairs.money.matching.reading import Reading, References, one_slip_apart, slips_of

MOST_SUGGESTIONS = 5
_NAMED = (  # of the rules that hold, the first names the outcome of a line whose notice is known
    (Rule.LESS_THAN_OWED, Outcome.PART),
    (Rule.MORE_THAN_OWED, Outcome.OVER),
    (Rule.OTHER_PAYER, Outcome.BY_OTHER),
    (Rule.AFTER_DUE, Outcome.LATE),
)


def match(lines: Iterable[Line], owed: Iterable[Owed], *, seen: Container[str] = ()) -> list[Match]:
    """What became of each line, in their order; `seen` are the bank's ids that were read before.

    What a line pays is not owed any more when the next one is read. Refuses with ValueError two notices with one
    reference or key.
    """
    matcher = Matcher(list(owed), seen)
    return [matcher.match(line) for line in lines]


class Matcher:
    """The notices with what is left to pay on each."""

    def __init__(self, owed: list[Owed], seen: Container[str]) -> None:
        self._by_key = {one.key: one for one in owed}
        self._by_reference = {one.reference: one for one in owed}
        if min(len(self._by_key), len(self._by_reference)) < len(owed):
            raise ValueError("Two notices share a key or a reference.")
        self._left = {one.key: one.balance.amount if one.standing == Standing.OPEN else Decimal(0) for one in owed}
        self._owing: dict[tuple[Decimal, str], dict[int, None]] = {}
        self._of_firm: dict[int, list[Owed]] = {}
        for one in owed:
            self._of_firm.setdefault(one.firm, []).append(one)
            self._note(one)
        self._references = References(self._by_reference)
        self._payers = Payers(owed)
        self._before, self._now = seen, set[str]()

    def match(self, line: Line) -> Match:
        """What a line is; what it pays is owed no more."""
        if line.transaction in self._before or line.transaction in self._now:
            return _undecided(line, Outcome.DUPLICATE, Rule.SAME_TRANSACTION)
        self._now.add(line.transaction)
        if line.money.amount <= 0:
            return _undecided(line, Outcome.NONE, Rule.NOT_INCOMING)
        reading = self._references.read(line.text)
        found = self._decide(line, reading)
        for part in found.parts:
            self._pay(self._by_key[part.key], part.money.amount)
        return found

    def _decide(self, line: Line, reading: Reading) -> Match:
        named = [self._by_reference[reference] for reference in reading.exact]
        alike = [self._by_reference[reference] for reference in reading.alike]
        if len(named) + len(alike) > 1:
            return self._several(line, [*named, *alike], reading)
        if named:
            return self._one(line, named[0], reading)
        if alike:
            return self._looking_alike(line, alike[0], reading)
        return self._without_reference(line, reading)

    # ---- with references ---------------------------------------------------------------------------------------

    def _one(self, line: Line, one: Owed, reading: Reading, found_by: FoundBy = FoundBy.REFERENCE) -> Match:
        gone = self._gone(line, one)
        if gone:
            return gone
        if self._another_owes_the_same(line, one, reading):
            return _undecided(line, Outcome.UNCERTAIN, Rule.PAYER_OWES_THE_SAME, self._suggested(line, one, reading))
        rules = self._differences(line, one, reading)
        if rules and rules[0] in {Rule.LESS_THAN_OWED, Rule.MORE_THAN_OWED}:
            doubt = _broken(reading) or self._rest_is_owed(line, one)
            if doubt:
                return _undecided(line, Outcome.UNCERTAIN, doubt, [one.key])
        outcome = next((outcome for rule, outcome in _NAMED if rule in rules), Outcome.EXACT)
        return self._paid(line, outcome, [one], rules, found_by)

    def _gone(self, line: Line, one: Owed) -> Match | None:
        """Money for which nothing is owed: another currency, a notice that was cancelled or is paid."""
        if line.money.currency != one.balance.currency:
            return _undecided(line, Outcome.WRONG_CURRENCY, Rule.CURRENCY_DIFFERS, [one.key], FoundBy.REFERENCE)
        if one.standing == Standing.CANCELLED:
            return _undecided(line, Outcome.LATE, Rule.CANCELLED, [one.key], FoundBy.REFERENCE)
        if not self._left[one.key]:
            return _undecided(line, Outcome.DUPLICATE, Rule.ALREADY_PAID, [one.key], FoundBy.REFERENCE)
        return None

    def _another_owes_the_same(self, line: Line, one: Owed, reading: Reading) -> bool:
        paying = self._payers.paying(line, reading.words) - {one.firm}
        if not paying or one.firm in self._payers.paying(line, reading.words):
            return False
        return any(self._by_key[key].firm in paying for key in self._fitting(line))

    def _suggested(self, line: Line, one: Owed, reading: Reading) -> list[int]:
        paying = self._payers.paying(line, reading.words)
        return [one.key, *(key for key in self._fitting(line) if self._by_key[key].firm in paying and key != one.key)]

    def _rest_is_owed(self, line: Line, one: Owed) -> Rule | None:
        rest = line.money.amount - self._left[one.key]
        others = [self._left[other.key] for other in self._of_firm[one.firm] if other.key != one.key]
        return Rule.REST_IS_OWED if rest > 0 and rest in {*others, sum(others)} else None

    def _differences(self, line: Line, one: Owed, reading: Reading) -> list[Rule]:
        left = self._left[one.key]
        checks = (
            (line.money.amount < left, Rule.LESS_THAN_OWED),
            (line.money.amount > left, Rule.MORE_THAN_OWED),
            (not self._payers.may_pay_for(one.firm, line, reading.words), Rule.OTHER_PAYER),
            (line.booked_on > one.due_on, Rule.AFTER_DUE),
        )
        return [rule for holds, rule in checks if holds]

    def _looking_alike(self, line: Line, one: Owed, reading: Reading) -> Match:
        """Look-alikes are read as meant only when the exact amount confirms it."""
        if one.key in self._fitting(line):
            return self._one(line, one, reading, FoundBy.LOOK_ALIKE)
        return _undecided(line, Outcome.UNCERTAIN, Rule.LOOK_ALIKE, [one.key])

    def _several(self, line: Line, named: list[Owed], reading: Reading) -> Match:
        """Several notices are paid together only when the amount is the sum of what is left on all of them."""
        keys = [one.key for one in named]
        checks = (
            (any(one.balance.currency != line.money.currency for one in named), Rule.CURRENCY_DIFFERS),
            (any(one.standing == Standing.CANCELLED for one in named), Rule.CANCELLED),
            (any(one.standing != Standing.CANCELLED and not self._left[one.key] for one in named), Rule.ALREADY_PAID),
            (sum(self._left[key] for key in keys) != line.money.amount, Rule.SUM_DIFFERS),
        )
        rules = [rule for holds, rule in checks if holds]
        if rules:
            return _undecided(line, Outcome.UNCERTAIN, rules, keys)
        late = [Rule.AFTER_DUE] if any(line.booked_on > one.due_on for one in named) else []
        other = not any(self._payers.may_pay_for(one.firm, line, reading.words) for one in named)
        rules = ([Rule.OTHER_PAYER] if other else []) + late
        return self._paid(line, Outcome.SEVERAL, named, rules, _found_by(reading))

    # ---- without -----------------------------------------------------------------------------------------------

    def _without_reference(self, line: Line, reading: Reading) -> Match:
        paying = self._payers.paying(line, reading.words)
        fitting = [self._by_key[key] for key in self._fitting(line)]
        of_payer = [one for one in fitting if one.firm in paying]
        broken = _broken(reading)
        if broken == Rule.CHECK_CHARACTER:
            meant = [one for one in of_payer if any(one_slip_apart(piece, one.reference) for piece in reading.damaged)]
            if len(meant) == 1:
                return self._by_amount_and_payer(line, meant[0], [broken])
        if broken:
            likely = dict.fromkeys(one.key for one in [*of_payer, *self._nearest(line, reading)])
            return _undecided(line, Outcome.UNCERTAIN, broken, list(likely))
        if paying:
            return self._of_known_payer(line, paying, of_payer)
        return self._of_unknown_payer(line, fitting, reading)

    def _nearest(self, line: Line, reading: Reading) -> list[Owed]:
        """Whose references are one slip away from a damaged one, those that owe this amount first."""
        slips = (slip for piece in reading.damaged for slip in slips_of(piece))
        near = [self._by_reference[slip] for slip in slips if slip in self._by_reference]
        return sorted(near, key=lambda one: (self._left[one.key] != line.money.amount, one.key))

    def _of_known_payer(self, line: Line, paying: set[int], fitting: list[Owed]) -> Match:
        if len(paying) > 1 or len(fitting) > 1:
            return _undecided(line, Outcome.UNCERTAIN, Rule.SEVERAL_FIT, [one.key for one in fitting])
        if fitting:
            return self._by_amount_and_payer(line, fitting[0], [])
        theirs = [one.key for firm in paying for one in self._of_firm[firm] if self._left[one.key]]
        if theirs:
            return _undecided(line, Outcome.UNCERTAIN, Rule.AMOUNT_DIFFERS, theirs)
        return _undecided(line, Outcome.NONE, Rule.NOTHING_FITS)

    def _of_unknown_payer(self, line: Line, fitting: list[Owed], reading: Reading) -> Match:
        named = self._payers.named(reading.words)
        theirs = [one.key for one in fitting if one.firm in named]
        theirs += [one.key for firm in sorted(named) for one in self._of_firm[firm] if self._left[one.key]]
        if theirs:
            return _undecided(line, Outcome.UNCERTAIN, Rule.NAME_IN_TEXT_ONLY, list(dict.fromkeys(theirs)))
        if fitting:
            return _undecided(line, Outcome.UNCERTAIN, Rule.PAYER_UNKNOWN, [one.key for one in fitting])
        return _undecided(line, Outcome.NONE, Rule.NOTHING_FITS)

    def _by_amount_and_payer(self, line: Line, one: Owed, rules: list[Rule]) -> Match:
        late = line.booked_on > one.due_on
        found = [*rules, Rule.AFTER_DUE] if late else rules
        return self._paid(line, Outcome.LATE if late else Outcome.EXACT, [one], found, FoundBy.AMOUNT_AND_PAYER)

    # ---- what is left ------------------------------------------------------------------------------------------

    def _fitting(self, line: Line) -> list[int]:
        """The notices on which exactly this amount is left."""
        return list(self._owing.get((line.money.amount, line.money.currency), ()))

    def _paid(self, line: Line, outcome: Outcome, notices: list[Owed], rules: list[Rule], found_by: FoundBy) -> Match:
        currency, rest, parts = line.money.currency, line.money.amount, []
        for one in notices:
            amount = min(rest, self._left[one.key])
            parts.append(Part(one.key, Money(amount, currency)))
            rest -= amount
        keys = tuple(one.key for one in notices)
        return Match(line, outcome, Money(rest, currency), tuple(rules), keys, tuple(parts), found_by)

    def _pay(self, one: Owed, amount: Decimal) -> None:
        self._owing[self._left[one.key], one.balance.currency].pop(one.key)
        self._left[one.key] -= amount
        self._note(one)

    def _note(self, one: Owed) -> None:
        if self._left[one.key]:
            self._owing.setdefault((self._left[one.key], one.balance.currency), {})[one.key] = None


def _broken(reading: Reading) -> Rule | None:
    if reading.damaged:
        return Rule.CHECK_CHARACTER
    return Rule.UNKNOWN_REFERENCE if reading.unknown else None


def _found_by(reading: Reading) -> FoundBy:
    return FoundBy.LOOK_ALIKE if reading.alike else FoundBy.REFERENCE


def _undecided(
    line: Line,
    outcome: Outcome,
    rules: Rule | list[Rule],
    notices: list[int] | None = None,
    found_by: FoundBy | None = None,
) -> Match:
    """A line none of whose money goes anywhere yet."""
    named = (rules,) if isinstance(rules, Rule) else tuple(rules)
    most = MOST_SUGGESTIONS if outcome == Outcome.UNCERTAIN else None
    return Match(line, outcome, line.money, named, tuple((notices or [])[:most]), (), found_by)
