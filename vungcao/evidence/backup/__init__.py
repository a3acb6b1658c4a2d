"""The whole of an installation in one file, and back: tables as lines of JSON, kept files as they are.

The file says nothing of the database it came from, so what was SQLite may be restored into PostgreSQL, and back.
"""

from vungcao.evidence.backup.restoring import restore
from vungcao.evidence.backup.shape import CannotRestore, Manifest
from vungcao.evidence.backup.writing import back_up

__all__ = ["CannotRestore", "Manifest", "back_up", "restore"]
