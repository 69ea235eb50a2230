"""What the tests of aftercare share: a case, its handler, and its reporter."""

from typing import Any

import pytest

from intake.services import enter
from tests.aftercare.caring import Care


@pytest.fixture
def care(open_report: Any, bram: Any, keyring_of: Any, now: Any) -> Care:
    """Anna's case with Bram on it."""
    case, code = open_report()
    access = enter(code, now=now)
    return Care(
        case=case,
        handler=bram,
        keyring=keyring_of(bram),
        reporter=access.by,
        reporter_keyring=access.keyring,
        now=now,
    )
