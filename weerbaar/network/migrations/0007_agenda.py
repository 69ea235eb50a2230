"""Themes are proposed and named together: what was named stays named."""

import uuid

import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_custodian"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("network", "0006_contributions_guard"),
    ]
    operations = [
        migrations.RenameField("prioritytheme", "named_by", "proposed_by"),
        migrations.RenameField("prioritytheme", "named_at", "proposed_at"),
        # What the network named before there were proposals.
        migrations.AddField(
            "prioritytheme",
            "state",
            django_fsm.FSMField(
                choices=[
                    ("proposed", "proposed"),
                    ("named", "named"),
                    ("not_chosen", "not chosen"),
                    ("withdrawn", "taken back"),
                ],
                default="named",
                max_length=50,
                protected=True,
            ),
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("committed", "money committed"),
                            ("done", "done"),
                            ("cancelled", "cancelled"),
                        ],
                        default="committed",
                        max_length=50,
                        protected=True,
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("aim", models.CharField(max_length=300)),
                ("euros", models.PositiveIntegerField()),
                ("result", models.CharField(blank=True, max_length=1000)),
                ("committed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("committed_at", "pk"),
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="BudgetYear",
            fields=[
                (
                    "year",
                    models.PositiveSmallIntegerField(primary_key=True, serialize=False),
                ),
                ("euros", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="NetworkInstrument",
            fields=[
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("proposed", "proposed"),
                            ("checked", "checked"),
                            ("published", "published"),
                            ("withdrawn", "taken off the list"),
                        ],
                        default="proposed",
                        max_length=50,
                        protected=True,
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("summary", models.CharField(max_length=300)),
                ("publisher", models.CharField(max_length=120)),
                ("url", models.URLField()),
                ("phases", models.JSONField(default=list)),
                ("topics", models.JSONField(default=list)),
                ("audiences", models.JSONField(default=list)),
                ("proposed_at", models.DateTimeField()),
                ("checked_on", models.DateField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("title", "pk"),
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="ThemeSupport",
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
                ("given_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("organisation__name",),
            },
        ),
        migrations.AlterModelOptions(
            name="prioritytheme",
            options={"ordering": ("-year", "proposed_at", "pk")},
        ),
        migrations.RemoveConstraint(
            model_name="prioritytheme",
            name="one_theme_once_a_year",
        ),
        migrations.AddField(
            model_name="prioritytheme",
            name="decided_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="prioritytheme",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="prioritytheme",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="prioritytheme",
            name="question",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="prioritytheme",
            name="support",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="prioritytheme",
            name="state",
            field=django_fsm.FSMField(
                choices=[
                    ("proposed", "proposed"),
                    ("named", "named"),
                    ("not_chosen", "not chosen"),
                    ("withdrawn", "taken back"),
                ],
                default="proposed",
                max_length=50,
                protected=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="prioritytheme",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("proposed", "named"))),
                fields=("year", "topic", "title"),
                name="one_theme_once_a_year",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="committed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="theme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activities",
                to="network.prioritytheme",
            ),
        ),
        migrations.AddField(
            model_name="networkinstrument",
            name="checked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="networkinstrument",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="networkinstrument",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="networkinstrument",
            name="published_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="themesupport",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="themesupport",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="themesupport",
            name="theme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="supports",
                to="network.prioritytheme",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "done"), _negated=True),
                    models.Q(("result", ""), _negated=True),
                    _connector="OR",
                ),
                name="done_has_a_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="networkinstrument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checked_by__isnull", True),
                    models.Q(("checked_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="somebody_else_checks",
            ),
        ),
        migrations.AddConstraint(
            model_name="themesupport",
            constraint=models.UniqueConstraint(
                fields=("theme", "organisation"), name="one_support_a_partner"
            ),
        ),
    ]
