"""The tree of events, its checkpoints, and the guard of all three tables."""

from django.db import migrations, models

from weerbaar.audit.append_only import GUARD, guard_sql, unguard_sql

TABLES = ["audit_event", "audit_leaf", "audit_checkpoint"]
# Written by the database, so that no way of recording an event passes it by.
WAITING = """
INSERT INTO audit_waiting (event_id) SELECT id FROM audit_event;
CREATE FUNCTION audit_event_waits() RETURNS trigger AS $$
BEGIN
  INSERT INTO audit_waiting (event_id) VALUES (NEW.id);
  RETURN NULL;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER audit_event_waits AFTER INSERT ON audit_event
  FOR EACH ROW EXECUTE FUNCTION audit_event_waits();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("event_id", models.BigIntegerField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("place", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.BigIntegerField(unique=True)),
                ("hashes", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("note", models.TextField()),
                ("signed_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(
            WAITING,
            reverse_sql=(
                "DROP TRIGGER audit_event_waits ON audit_event;"
                "DROP FUNCTION audit_event_waits();"
            ),
        ),
        migrations.RunSQL(
            GUARD + "".join(guard_sql(table) for table in TABLES),
            reverse_sql="".join(unguard_sql(table) for table in TABLES)
            + "DROP FUNCTION audit_append_only();",
        ),
    ]
