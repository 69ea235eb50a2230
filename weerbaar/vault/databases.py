"""Two databases: one for everything, and a small one for the erasure keys.

The small one has a connection and a backup term of its own: what is destroyed there is
gone within days, while the backups of everything else may live for years.
"""

from typing import Any

ERASURE = "erasure"
MAIN = "default"


class Router:
    """Sends erasure keys to their database, and everything else to the main one.

    An SQL step of a migration says by `hints={"database": ERASURE}` that it is meant
    for the small one.
    """

    def db_for_read(self, model: Any, **_hints: Any) -> str:
        return _database_of(model._meta.label_lower)

    def db_for_write(self, model: Any, **_hints: Any) -> str:
        return _database_of(model._meta.label_lower)

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool:
        wanted = hints.get("database") or _database_of(f"{app_label}.{model_name}")
        return bool(db == wanted)


def _database_of(model: str) -> str:
    return ERASURE if model == "vault.erasurekey" else MAIN
