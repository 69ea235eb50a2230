"""What stands open in memory stays there: no core dump, no debugger."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import ROOT, Worker, program_env

linux = pytest.mark.skipif(sys.platform != "linux", reason="prctl is of Linux")
ASK = """
import ctypes, resource
libc = ctypes.CDLL(None)
print(libc.prctl(3, 0, 0, 0, 0), *resource.getrlimit(resource.RLIMIT_CORE))
{start}
print(libc.prctl(3, 0, 0, 0, 0), *resource.getrlimit(resource.RLIMIT_CORE))
"""


@linux
@pytest.mark.django_db
def test_website_closes_its_memory_before_it_serves():
    told = subprocess.run(
        [sys.executable, "-c", ASK.format(start="import weerbaar.wsgi")],
        env=program_env(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    before, after = told.stdout.splitlines()
    assert before.split()[0] == "1"
    assert after == "0 0 0"


@linux
@pytest.mark.django_db(transaction=True)
def test_worker_and_who_works_for_it_close_theirs(celery_worker: Worker):
    first = celery_worker.child.process.pid
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()

    assert children
    for process in (first, *children):
        limits = Path(f"/proc/{process}/limits").read_text()
        assert re.search(r"Max core file size +0 +0 ", limits), limits
