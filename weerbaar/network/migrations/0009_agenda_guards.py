"""The database refuses every state pair that is not in the tables of the agenda."""

from django.db import migrations

from weerbaar.steps import guard_sql

THEME = [
    ("named", "not_chosen"),
    ("proposed", "named"),
    ("proposed", "not_chosen"),
    ("proposed", "withdrawn"),
]
ACTIVITY = [("committed", "cancelled"), ("committed", "done"), ("done", "done")]
INSTRUMENT = [
    ("checked", "published"),
    ("checked", "withdrawn"),
    ("proposed", "checked"),
    ("proposed", "withdrawn"),
    ("published", "published"),
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
    dependencies = [("network", "0008_agenda_named")]
    operations = [
        guard("network_prioritytheme", THEME, "proposed"),
        guard("network_activity", ACTIVITY, "committed"),
        guard("network_networkinstrument", INSTRUMENT, "proposed"),
    ]
