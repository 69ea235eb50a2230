"""Weerbaar on one machine: `python -m weerbaar.devstack demo|run|reset`.

Starts a database, a queue, the web server, a worker and a clock of its own, and stops
them again. What it says is Dutch and for the person at the terminal: it stands outside
the message catalogue, for it speaks before Django does.
"""
