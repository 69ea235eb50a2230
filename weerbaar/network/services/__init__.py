"""The verbs of the network: its figures, its themes with money, its instruments."""

from weerbaar.network.agenda.instrument_services import (
    check_instrument,
    end_instrument,
    propose_instrument,
    publish_instrument,
)
from weerbaar.network.agenda.money_services import (
    OverBudget,
    ThemeNotNamed,
    cancel_activity,
    commit_money,
    keep_result,
)
from weerbaar.network.agenda.theme_services import (
    NotOpen,
    ThemeExists,
    YearOver,
    end_support,
    give_support,
    name_theme,
    pass_over,
    propose_theme,
    take_theme_back,
)
from weerbaar.network.services.admitting import admission_holds
from weerbaar.network.services.due import NotYet, ask_count, count_due
from weerbaar.network.services.knowing import FactRefused, end_fact, keep_fact
from weerbaar.network.services.registering import (
    RegisterRefused,
    import_register,
    posts_behind,
    posts_of,
)
from weerbaar.network.services.releasing import (
    CheckFailed,
    approve,
    publish,
    refuse,
    withdraw,
)
from weerbaar.network.services.signing import sign
from weerbaar.network.services.tabulating import NothingReadable, tabulate
from weerbaar.network.services.years import begin_years, destroy_keys, final_years

__all__ = [
    "CheckFailed",
    "FactRefused",
    "NotOpen",
    "NotYet",
    "NothingReadable",
    "OverBudget",
    "RegisterRefused",
    "ThemeExists",
    "ThemeNotNamed",
    "YearOver",
    "admission_holds",
    "approve",
    "ask_count",
    "begin_years",
    "cancel_activity",
    "check_instrument",
    "commit_money",
    "count_due",
    "destroy_keys",
    "end_fact",
    "end_instrument",
    "end_support",
    "final_years",
    "give_support",
    "import_register",
    "keep_fact",
    "keep_result",
    "name_theme",
    "pass_over",
    "posts_behind",
    "posts_of",
    "propose_instrument",
    "propose_theme",
    "publish",
    "publish_instrument",
    "refuse",
    "sign",
    "tabulate",
    "take_theme_back",
    "withdraw",
]
