"""A folder that lives as long as the object that stands for it."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref


class Folder:
    """A new folder in the temporary directory, removed with this object or at the end of the process.

    Args:
        prefix: Of its name.
    """

    def __init__(self, prefix: str) -> None:
        """Make it."""
        self.path = tempfile.mkdtemp(prefix=prefix)
        self._finalizer = weakref.finalize(self, _remove, self.path, os.getpid())

    def file(self, name: str) -> str:
        """The path of a file in it."""
        return os.path.join(self.path, name)

    def remove(self) -> None:
        """Remove it now."""
        self._finalizer()


def _remove(path: str, owner: int) -> None:
    if os.getpid() == owner:  # in a fork it is still the parent's
        shutil.rmtree(path, ignore_errors=True)
