"""Somebody who reads all that was published and works out what was withheld; shares no code with what it attacks.

Exact arithmetic over a prime for what follows by adding and subtracting, Glop for what follows from nothing being
negative. Every amount is an unknown of its own, and the attacker knows which cells it stands in.
"""

from itertools import combinations

from ortools.linear_solver import pywraplp

PRIME = 2**31 - 1


def echelon(rows):
    """The rows with a leading one each, over the prime; as many as the rank."""
    rows, done, width = [list(row) for row in rows], 0, len(rows[0]) if rows else 0
    for column in range(width):
        pivot = next((n for n in range(done, len(rows)) if rows[n][column] % PRIME), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        inverse = pow(rows[done][column], PRIME - 2, PRIME)
        rows[done] = [value * inverse % PRIME for value in rows[done]]
        for n in range(done + 1, len(rows)):
            if factor := rows[n][column]:
                rows[n] = [(value - factor * lead) % PRIME for value, lead in zip(rows[n], rows[done], strict=True)]
        done += 1
        if done == len(rows):
            break
    return rows[:done]


def read_alone(amounts, published, *, fewest=3):
    """Sets of too few companies of a side on which alone something rests that can be worked out."""
    space = echelon([[int(cell in one.cells) for one in amounts] for cell in published])
    found = []
    for side in range(len(amounts[0].companies) if amounts else 0):
        names = sorted({one.companies[side] for one in amounts})
        for few in combinations(names, min(fewest - 1, len(names))):
            outside = [n for n, one in enumerate(amounts) if one.companies[side] not in few]
            if len(outside) < len(amounts) and len(echelon([[row[n] for n in outside] for row in space])) < len(space):
                found.append(few)
    return found


def bounds(amounts, published, cell):
    """The least and the most that a cell can be, nothing being negative; None where there is no bound."""
    found = []
    for most in (False, True):
        solver = pywraplp.Solver.CreateSolver("GLOP")
        unknown = [solver.NumVar(0, solver.infinity(), "") for _ in amounts]
        for name in published:
            inside = [(x, one.value) for x, one in zip(unknown, amounts, strict=True) if name in one.cells]
            solver.Add(sum(x for x, _value in inside) == float(sum(value for _x, value in inside)))
        aim = sum(x for x, one in zip(unknown, amounts, strict=True) if cell in one.cells)
        (solver.Maximize if most else solver.Minimize)(aim)
        solved = solver.Solve() == pywraplp.Solver.OPTIMAL
        found.append(solver.Objective().Value() if solved else None)
    return found


def too_near(amounts, published, small, *, room=0.1):
    """The small cells that are known more nearly than they may be, with their bounds."""
    found = {}
    for cell in small:
        value = float(sum(one.value for one in amounts if cell in one.cells))
        least, most = bounds(amounts, published, cell)
        slack = 1e-4 * value
        if (least or 0) > value * (1 - room) + slack or (most is not None and most < value * (1 + room) - slack):
            found[cell] = (least, value, most)
    return found
