"""Counting, rounding, checking, approving and withdrawing become states of their own."""

import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

from weerbaar.audit.append_only import guard_sql as append_only
from weerbaar.audit.append_only import unguard_sql
from weerbaar.steps import guard_sql

WAITING = ["counted", "rounded", "audited", "approved"]
RELEASE = [
    ("draft", "counted"),
    ("counted", "rounded"),
    ("rounded", "audited"),
    ("audited", "approved"),
    ("approved", "published"),
    *((state, "refused") for state in WAITING[2:]),
    *((state, "superseded") for state in [*WAITING, "published"]),
    ("published", "withdrawn"),
    ("superseded", "withdrawn"),
]
BEFORE = [
    ("audited", "published"),
    ("audited", "refused"),
    ("audited", "superseded"),
    ("draft", "audited"),
    ("draft", "refused"),
    ("draft", "superseded"),
    ("published", "superseded"),
]
STATES = [
    ("draft", "draft"),
    ("counted", "counted"),
    ("rounded", "rounded"),
    ("audited", "checked"),
    ("approved", "approved"),
    ("published", "published"),
    ("superseded", "replaced"),
    ("withdrawn", "withdrawn"),
    ("refused", "refused"),
]
OFF = "DROP TRIGGER network_release_state_guard ON network_release;"
# What was a draft was rounded, and audited unless something was found.
RENAMED = """
UPDATE network_release SET state = 'approved' WHERE state = 'audited';
UPDATE network_release SET state = 'audited'
  WHERE state = 'draft' AND findings = '[]'::jsonb;
UPDATE network_release SET state = 'rounded' WHERE state = 'draft';
"""
NAMED_BACK = """
UPDATE network_release SET state = 'draft'
  WHERE state IN ('counted', 'rounded', 'audited');
UPDATE network_release SET state = 'audited' WHERE state = 'approved';
UPDATE network_release SET state = 'superseded' WHERE state = 'withdrawn';
"""
TWO_PEOPLE = "two_people_publish"
USER = settings.AUTH_USER_MODEL


def two_people(first: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(("published_by__isnull", True))
        | models.Q(("published_by", models.F(first)), _negated=True),
        name=TWO_PEOPLE,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0009_agenda_guards"),
        ("audit", "0002_tree"),
        migrations.swappable_dependency(USER),
    ]
    operations = [
        migrations.RunSQL(
            OFF + RENAMED + guard_sql("network_release", RELEASE, "draft"),
            reverse_sql=OFF
            + NAMED_BACK
            + guard_sql("network_release", BEFORE, "draft"),
        ),
        migrations.RemoveConstraint("release", TWO_PEOPLE),
        migrations.RenameField("release", "audited_by", "approved_by"),
        migrations.RenameField("release", "audited_at", "approved_at"),
        migrations.AddConstraint("release", two_people("approved_by")),
        migrations.AlterField(
            "release",
            "state",
            django_fsm.FSMField(
                choices=STATES, default="draft", max_length=50, protected=True
            ),
        ),
        migrations.AddField(
            "release",
            "withdrawn_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=USER,
            ),
        ),
        migrations.AddField("release", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "release",
            "withdrawn_why",
            models.CharField(
                blank=True,
                choices=[
                    ("wrong", "something was counted wrongly"),
                    ("tells", "the figures told too much"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            "release", "withdrawn_words", models.CharField(blank=True, max_length=300)
        ),
        migrations.CreateModel(
            "Attestation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("act", models.CharField(max_length=10)),
                ("note", models.TextField()),
                ("verifier", models.CharField(max_length=200)),
                ("signed_at", models.DateTimeField()),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attestations",
                        to="network.release",
                    ),
                ),
            ],
            options={
                "ordering": ("signed_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("release", "act"), name="one_signature_an_act"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            append_only("network_attestation"),
            reverse_sql=unguard_sql("network_attestation"),
        ),
    ]
