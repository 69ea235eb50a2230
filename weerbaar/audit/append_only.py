"""Tables to which rows are only added: PostgreSQL refuses all else, to everybody.

The triggers hold for the owner of the tables too, and where a session switches ordinary
triggers off. Who may change the tables themselves can drop them; that a row was then
changed is what `manage.py verify_audit` finds.
"""

GUARD = """
CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$ LANGUAGE plpgsql;
"""


def guard_sql(table: str) -> str:
    """Refuse UPDATE, DELETE and TRUNCATE, and take the privileges for them away."""
    return f"""
CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate;
DO $$ DECLARE grantee text; BEGIN
  FOR grantee IN
    SELECT DISTINCT CASE acl.grantee WHEN 0 THEN 'PUBLIC'
                    ELSE quote_ident(pg_get_userbyid(acl.grantee)) END
    FROM pg_class, aclexplode(relacl) AS acl
    WHERE oid = '{table}'::regclass AND acl.grantee <> relowner
  LOOP
    EXECUTE 'REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM ' || grantee;
  END LOOP;
END $$;
"""  # noqa: S608 - the table is one of our own


def unguard_sql(table: str) -> str:
    """What undoes the triggers of `guard_sql`."""
    return (
        f"DROP TRIGGER {table}_append_only ON {table};"
        f"DROP TRIGGER {table}_no_truncate ON {table};"
    )
