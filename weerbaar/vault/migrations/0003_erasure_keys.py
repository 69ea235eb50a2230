"""Erasure keys in a database of their own, and which of them a key is made with."""

import uuid

from django.db import migrations, models

from weerbaar.vault.databases import ERASURE

# They are made, read and destroyed, never changed.
NEVER_CHANGED = """
DO $$ DECLARE grantee text; BEGIN
  FOR grantee IN
    SELECT DISTINCT CASE acl.grantee WHEN 0 THEN 'PUBLIC'
                    ELSE quote_ident(pg_get_userbyid(acl.grantee)) END
    FROM pg_class, aclexplode(relacl) AS acl
    WHERE oid = 'vault_erasurekey'::regclass AND acl.grantee <> relowner
  LOOP
    EXECUTE 'REVOKE UPDATE, TRUNCATE ON vault_erasurekey FROM ' || grantee;
  END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("vault", "0002_endorsement")]

    operations = [
        migrations.CreateModel(
            name="ErasureKey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("value", models.BinaryField(max_length=32)),
                ("made_on", models.DateField()),
            ],
        ),
        migrations.AddField(
            model_name="key",
            name="erasure_id",
            field=models.UUIDField(null=True),
        ),
        migrations.RunSQL(
            NEVER_CHANGED, migrations.RunSQL.noop, hints={"database": ERASURE}
        ),
    ]
