"""Looking for words in the whole database, in clear or as bytes."""

from django.db import connection


def tables_with(words: str) -> list[str]:
    """The tables in which these words stand, as text or inside a binary column."""
    hexed = words.encode().hex()
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            # The names come from the database itself.
            cursor.execute(
                f'SELECT 1 FROM "{table}" AS r WHERE r::text LIKE %s OR r::text LIKE %s'  # noqa: S608
                " LIMIT 1",
                [f"%{words}%", f"%{hexed}%"],
            )
            if cursor.fetchone():
                found.append(table)
    return found
