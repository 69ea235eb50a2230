"""A real Celery worker for tests, in a process that may not leave this machine."""

import sys

from celery.bin.celery import main

from tests.loopback import stay_on_this_machine

if __name__ == "__main__":
    stay_on_this_machine()
    sys.argv = ["celery", *sys.argv[1:]]
    main()
