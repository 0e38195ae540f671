"""Tables whose rows nobody changes or deletes, kept so by the database itself: for migrations.

SQLite loses the triggers of a table whenever a migration rebuilds it; a migration that changes such a table ends with
`keep` again.
"""

from typing import Any

SAYS = "Rows of {table} are never changed or deleted."
POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
DROP TRIGGER IF EXISTS {table}_stays ON {table};
CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_stays();
"""
SQLITE = [
    "DROP TRIGGER IF EXISTS {table}_stays_as_it_is",
    "CREATE TRIGGER {table}_stays_as_it_is BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{says}'); END",
    "DROP TRIGGER IF EXISTS {table}_stays",
    "CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{says}'); END",
]
LET_GO = {
    "postgresql": ["DROP TRIGGER IF EXISTS {table}_stays ON {table}", "DROP FUNCTION IF EXISTS {table}_stays()"],
    "sqlite": ["DROP TRIGGER IF EXISTS {table}_stays_as_it_is", "DROP TRIGGER IF EXISTS {table}_stays"],
}


def keep(connection: Any, table: str) -> None:
    """From now on the database refuses to change or delete a row of the table."""
    _run(connection, [POSTGRESQL] if connection.vendor == "postgresql" else SQLITE, table)


def let_go(connection: Any, table: str) -> None:
    """The way back of `keep`."""
    _run(connection, LET_GO[connection.vendor], table)


def _run(connection: Any, statements: list[str], table: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(table=table, says=SAYS.format(table=table)))
