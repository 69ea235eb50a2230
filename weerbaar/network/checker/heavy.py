"""Libraries that weigh a lot, loaded when the checker first computes with them.

A web process knows the checker's sentences and never computes.
"""

from functools import partial
from importlib import import_module
from typing import Any

from django.utils.functional import SimpleLazyObject

duckdb: Any = SimpleLazyObject(partial(import_module, "duckdb"))
highspy: Any = SimpleLazyObject(partial(import_module, "highspy"))
np: Any = SimpleLazyObject(partial(import_module, "numpy"))
pq: Any = SimpleLazyObject(partial(import_module, "pyarrow.parquet"))
