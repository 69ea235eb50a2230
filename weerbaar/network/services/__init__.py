"""The verbs of the figures: begin a year, count, check, publish, keep the register."""

from weerbaar.network.services.registering import (
    RegisterRefused,
    import_register,
    posts_of,
)
from weerbaar.network.services.releasing import audit, publish, refuse
from weerbaar.network.services.tabulating import (
    NothingReadable,
    ask_count,
    count_due,
    tabulate,
)
from weerbaar.network.services.themes import ThemeExists, drop_theme, name_theme
from weerbaar.network.services.years import begin_years, destroy_keys, final_years

__all__ = [
    "NothingReadable",
    "RegisterRefused",
    "ThemeExists",
    "ask_count",
    "audit",
    "begin_years",
    "count_due",
    "destroy_keys",
    "drop_theme",
    "final_years",
    "import_register",
    "name_theme",
    "posts_of",
    "publish",
    "refuse",
    "tabulate",
]
