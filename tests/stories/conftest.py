"""What the tests of the stories share: a case, its reporter, and an editor."""

from typing import Any

import pytest

from intake.services import enter
from tests.stories.stage import Stage


@pytest.fixture
def stage(open_report, bram, femke, keyring_of, now) -> Stage:
    """Anna's case with Bram on it, and Femke who edits for the network."""
    case, code = open_report()
    access = enter(code, now=now)

    def another() -> tuple[Any, Any]:
        case, code = open_report()
        return case, enter(code, now=now)

    return Stage(
        case=case,
        handler=bram,
        keyring=keyring_of(bram),
        reporter=access.by,
        reporter_keyring=access.keyring,
        editor=femke,
        editor_keyring=keyring_of(femke),
        now=now,
        another=another,
        code=code,
    )
