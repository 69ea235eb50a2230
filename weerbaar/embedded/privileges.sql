-- What the application's role may do, stated before the first table is made.
-- Run by the owner of the database (weerbaar_owner), inside that database.
--
-- The application reads and writes rows. It owns nothing, makes no tables (not even
-- temporary ones) and empties none: a hole in the application is no way to change the
-- rules that the tables keep.
--
-- To the tables of the history it only adds rows: their migration takes UPDATE and DELETE
-- away again (weerbaar.audit.append_only).
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO weerbaar_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT USAGE ON SEQUENCES TO weerbaar_app;
DO $$ BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;
