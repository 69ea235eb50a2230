"""The database refuses every state pair that is not in one of the two tables."""

from django.db import migrations

from weerbaar.steps import guard_sql

STORY = [
    ("asked", "asked"),
    ("change_wanted", "asked"),
    ("agreed", "asked"),
    ("sent", "asked"),
    ("asked", "agreed"),
    ("asked", "change_wanted"),
    ("agreed", "sent"),
    ("asked", "ended"),
    ("change_wanted", "ended"),
    ("agreed", "ended"),
    ("sent", "ended"),
]
EDITION = [
    ("waiting", "published"),
    ("waiting", "returned"),
    ("waiting", "refused"),
    ("published", "withdrawn"),
]


def guard(table: str, pairs: list[tuple[str, str]], initial: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        guard_sql(table, pairs, initial),
        reverse_sql=(
            f"DROP TRIGGER {table}_state_guard ON {table};"
            f"DROP FUNCTION {table}_state_guard();"
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("stories", "0001_initial")]
    operations = [
        guard("stories_story", STORY, "asked"),
        guard("stories_edition", EDITION, "waiting"),
    ]
