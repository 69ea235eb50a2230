"""The database refuses every state pair that is not in the table of approvals."""

from django.db import migrations

from weerbaar.steps import guard_sql

ALLOWED = [
    ("asked", "granted"),
    ("asked", "refused"),
    ("asked", "withdrawn"),
    ("asked", "lapsed"),
    ("granted", "ended"),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_approval")]
    operations = [
        migrations.RunSQL(
            guard_sql("cases_approval", ALLOWED, "asked"),
            reverse_sql=(
                "DROP TRIGGER cases_approval_state_guard ON cases_approval;"
                "DROP FUNCTION cases_approval_state_guard();"
            ),
        )
    ]
