"""A real Celery worker for tests, in a process that may not leave this machine."""

import os
import sys

from celery.bin.celery import main
from celery.signals import task_prerun

from tests.journey.clock import VARIABLE, Follower
from tests.loopback import stay_on_this_machine

if __name__ == "__main__":
    stay_on_this_machine()
    if VARIABLE in os.environ:
        clock = Follower()
        task_prerun.connect(lambda **_: clock.look(), weak=False)
    sys.argv = ["celery", *sys.argv[1:]]
    main()
