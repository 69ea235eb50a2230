"""What the tests of the stories share: a case, its reporter, and an editor."""

import pytest

from tests.stories.stage import Stage, begin


@pytest.fixture
def stage(open_report, bram, femke, keyring_of, now) -> Stage:
    """Anna's case with Bram on it, and Femke who edits for the network."""
    return begin(open_report, bram, femke, keyring_of, now)
