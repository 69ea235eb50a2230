"""Files that one account alone may read, such as those of a worker's Secrets."""

import os
from pathlib import Path


def write_private(path: Path, content: bytes) -> Path:
    """Write the file whole or not at all, readable by this account alone.

    Its folder is made when it is not there, closed to others as well. What stood in the
    file before is replaced.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    halfway = path.with_suffix(".new")
    halfway.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(halfway, flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    halfway.replace(path)
    return path


def destroy_private(path: Path) -> None:
    """Overwrite the file, remove it, and see to it that its folder forgets it.

    A file that is not there is destroyed. What a disk with wear levelling or a backup
    keeps is beyond a program.
    """
    for one in (path, path.with_suffix(".new")):
        if one.exists():
            with one.open("r+b", buffering=0) as file:
                file.write(os.urandom(max(one.stat().st_size, 64)))
                os.fsync(file.fileno())
            one.unlink()
    if path.parent.exists():
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
