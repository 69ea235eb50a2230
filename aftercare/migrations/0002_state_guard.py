"""The database refuses every state pair that is not in the tables of aftercare."""

from django.db import migrations

from weerbaar.steps import guard_sql

PLAN = [
    ("offered", "active"),
    ("offered", "declined"),
    ("active", "completed"),
]
CHECK_IN = [
    ("planned", "answered"),
    ("planned", "held"),
    ("planned", "missed"),
    ("planned", "cancelled"),
]


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0001_initial")]
    operations = [
        migrations.RunSQL(
            guard_sql("aftercare_plan", PLAN, "offered"),
            reverse_sql=(
                "DROP TRIGGER aftercare_plan_state_guard ON aftercare_plan;"
                "DROP FUNCTION aftercare_plan_state_guard();"
            ),
        ),
        migrations.RunSQL(
            guard_sql("aftercare_checkin", CHECK_IN, "planned"),
            reverse_sql=(
                "DROP TRIGGER aftercare_checkin_state_guard ON aftercare_checkin;"
                "DROP FUNCTION aftercare_checkin_state_guard();"
            ),
        ),
    ]
