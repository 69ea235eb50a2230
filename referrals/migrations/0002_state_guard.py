"""The database refuses every state pair that is not in the table of the referral."""

from django.db import migrations

from weerbaar.steps import guard_sql

PAIRS = [
    ("proposed", "proposed"),
    ("consented", "proposed"),
    ("proposed", "consented"),
    ("proposed", "withdrawn"),
    ("consented", "sent"),
    ("sent", "received"),
    ("received", "accepted"),
    ("received", "declined"),
    ("sent", "completed"),
    ("accepted", "completed"),
    ("consented", "withdrawn"),
    ("sent", "withdrawn"),
    ("received", "withdrawn"),
]


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial")]
    operations = [
        migrations.RunSQL(
            guard_sql("referrals_referral", PAIRS, "proposed"),
            reverse_sql=(
                "DROP TRIGGER referrals_referral_state_guard ON referrals_referral;"
                "DROP FUNCTION referrals_referral_state_guard();"
            ),
        )
    ]
