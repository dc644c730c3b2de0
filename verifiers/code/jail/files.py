"""Files without a name: how everything large crosses the wall of the jail, in both directions.

Each is open in this process only while its run lasts. A fork of this process closes what it inherited of them, so that
nothing of a run is held open by a stranger.
"""

from __future__ import annotations

import contextlib
import os

_open: set[int] = set()


class Files:
    """Anonymous files of one run, closed together."""

    def __init__(self) -> None:
        """Start with none."""
        self._fds: list[int] = []

    def __enter__(self) -> Files:
        """Nothing happens yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close them all."""
        for fd in self._fds:
            if fd in _open:
                _open.discard(fd)
                os.close(fd)

    def make(self, name: str, content: bytes = b"") -> int:
        """A new file with this content, positioned at its beginning.

        Raises:
            OSError: There is no room for it.
        """
        fd = anonymous_file(name, content)
        _open.add(fd)
        self._fds.append(fd)
        return fd


def anonymous_file(name: str, content: bytes = b"") -> int:
    """A descriptor of a file without a name, positioned at its beginning.

    Raises:
        OSError: There is no room for it.
    """
    fd = os.memfd_create(name) if hasattr(os, "memfd_create") else _unlinked_file()
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(fd, view) :]
        os.lseek(fd, 0, os.SEEK_SET)
    except BaseException:
        os.close(fd)
        raise
    return fd


def _unlinked_file() -> int:
    import tempfile

    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _after_fork() -> None:
    for fd in _open:
        with contextlib.suppress(OSError):
            os.close(fd)
    _open.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
