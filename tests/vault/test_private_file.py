"""A file for one account alone is written whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from weerbaar.vault.private_file import write_private


def test_private_file_is_for_this_account_alone(tmp_path: Path) -> None:
    path = write_private(tmp_path / "keys" / "log.key", b"content")

    assert path.read_bytes() == b"content"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_private_file_is_replaced_and_leaves_nothing_else(tmp_path: Path) -> None:
    write_private(tmp_path / "log.key", b"one, and longer")
    write_private(tmp_path / "log.key", b"other")

    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"other"]


def test_write_that_was_cut_off_leaves_the_former_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_private(tmp_path / "log.key", b"former")

    def full(_file: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_private(tmp_path / "log.key", b"newer")
    monkeypatch.undo()

    assert (tmp_path / "log.key").read_bytes() == b"former"
    write_private(tmp_path / "log.key", b"newest")
    assert (tmp_path / "log.key").read_bytes() == b"newest"
