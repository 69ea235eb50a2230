"""The database refuses every state pair that is not in the table of releases."""

from django.db import migrations

from weerbaar.steps import guard_sql

RELEASE = [
    ("audited", "published"),
    ("audited", "refused"),
    ("audited", "superseded"),
    ("draft", "audited"),
    ("draft", "refused"),
    ("draft", "superseded"),
    ("published", "superseded"),
]


class Migration(migrations.Migration):
    dependencies = [("network", "0001_initial")]
    operations = [
        migrations.RunSQL(
            guard_sql("network_release", RELEASE, "draft"),
            reverse_sql=(
                "DROP TRIGGER network_release_state_guard ON network_release;"
                "DROP FUNCTION network_release_state_guard();"
            ),
        ),
    ]
