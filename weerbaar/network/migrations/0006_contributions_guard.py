"""The pool is only added to; a row leaves the inbox only after one came into the pool.

Inside one transaction the pool's trigger counts what was added and the inbox's takes
off what is removed: a mistake in the code can lose no record. That holds for the owner
of the tables too.
"""

from django.db import migrations

from weerbaar.audit.append_only import guard_sql, unguard_sql

INBOX, POOL = "contributions_contribution", "contributions_pooledcontribution"

MOVES = f"""
CREATE OR REPLACE FUNCTION contributions_added() RETURNS trigger AS $$
BEGIN
  PERFORM set_config('weerbaar.pooled', ((SELECT count(*) FROM added) + coalesce(
    nullif(current_setting('weerbaar.pooled', true), ''), '0')::bigint)::text, true);
  RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE OR REPLACE FUNCTION contributions_moved() RETURNS trigger AS $$
DECLARE left_over bigint;
BEGIN
  left_over := coalesce(nullif(current_setting('weerbaar.pooled', true), ''),
    '0')::bigint - (SELECT count(*) FROM moved);
  IF left_over < 0 THEN
    RAISE EXCEPTION 'rows of % leave only for the pool', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM set_config('weerbaar.pooled', left_over::text, true);
  RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE TRIGGER {POOL}_added AFTER INSERT ON {POOL}
  REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION contributions_added();
CREATE TRIGGER {INBOX}_moved AFTER DELETE ON {INBOX}
  REFERENCING OLD TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION contributions_moved();
CREATE TRIGGER {INBOX}_append_only BEFORE UPDATE ON {INBOX}
  FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER {INBOX}_no_truncate BEFORE TRUNCATE ON {INBOX}
  FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
ALTER TABLE {POOL} ENABLE ALWAYS TRIGGER {POOL}_added;
ALTER TABLE {INBOX} ENABLE ALWAYS TRIGGER {INBOX}_moved;
ALTER TABLE {INBOX} ENABLE ALWAYS TRIGGER {INBOX}_append_only;
ALTER TABLE {INBOX} ENABLE ALWAYS TRIGGER {INBOX}_no_truncate;
"""  # noqa: S608 - the tables are our own

BACK = f"""
DROP TRIGGER {POOL}_added ON {POOL};
DROP TRIGGER {INBOX}_moved ON {INBOX};
DROP TRIGGER {INBOX}_append_only ON {INBOX};
DROP TRIGGER {INBOX}_no_truncate ON {INBOX};
DROP FUNCTION contributions_added();
DROP FUNCTION contributions_moved();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0005_release_report"),
        ("contributions", "0002_pool"),
        ("audit", "0002_tree"),
    ]
    operations = [
        migrations.RunSQL(guard_sql(POOL), reverse_sql=unguard_sql(POOL)),
        migrations.RunSQL(MOVES, reverse_sql=BACK),
    ]
