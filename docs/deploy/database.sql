-- The databases, once, as its superuser: psql -f docs/deploy/database.sql (docs/deploy.md).
--
-- Two roles. weerbaar_owner owns the tables and changes them when the code is renewed.
-- weerbaar_app is the running application: it reads and writes rows, and changes no rule
-- that the tables keep. Two databases: the erasure keys stand apart, for their backups
-- have another term.
\set ON_ERROR_STOP on
CREATE ROLE weerbaar_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
CREATE ROLE weerbaar_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
CREATE DATABASE weerbaar OWNER weerbaar_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE weerbaar FROM PUBLIC;
GRANT CONNECT ON DATABASE weerbaar TO weerbaar_app;
CREATE DATABASE weerbaar_erasure OWNER weerbaar_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE weerbaar_erasure FROM PUBLIC;
GRANT CONNECT ON DATABASE weerbaar_erasure TO weerbaar_app;
\connect weerbaar
ALTER SCHEMA public OWNER TO weerbaar_owner;
SET ROLE weerbaar_owner;
\ir ../../weerbaar/embedded/privileges.sql
RESET ROLE;
\connect weerbaar_erasure
ALTER SCHEMA public OWNER TO weerbaar_owner;
SET ROLE weerbaar_owner;
\ir ../../weerbaar/embedded/privileges.sql
