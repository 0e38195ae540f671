"""The report of an edition as its numbers, for the tests of its lines."""

from fairs import reports


def numbers(edition):
    """Every measured figure by its name: a number, or a number for each currency."""
    found = {}
    for line, results in reports.results(edition):
        for one in results:
            counted = len(one.amounts) == 1 and not one.unit
            found[f"{line.code}.{one.figure.key}"] = (
                one.actual if counted else {amount.unit: amount.value for amount in one.amounts}
            )
    return found
