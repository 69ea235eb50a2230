"""The database refuses every state pair that is not in the table of the case."""

from django.db import migrations

from weerbaar.steps import guard_sql

PAIRS = [
    ("reported", "triage"),
    ("reported", "closed"),
    ("triage", "closed"),
    ("triage", "advice"),
    ("triage", "response"),
    ("advice", "response"),
    ("advice", "aftercare"),
    ("advice", "closed"),
    ("response", "advice"),
    ("response", "aftercare"),
    ("aftercare", "response"),
    ("aftercare", "evaluation"),
    ("evaluation", "closed"),
    ("closed", "triage"),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [
        migrations.RunSQL(
            guard_sql("cases_case", PAIRS, "reported"),
            reverse_sql=(
                "DROP TRIGGER cases_case_state_guard ON cases_case;"
                "DROP FUNCTION cases_case_state_guard();"
            ),
        )
    ]
