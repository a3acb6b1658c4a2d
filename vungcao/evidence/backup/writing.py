"""Writing a backup while the site runs: one moment of the database, then the files that its rows name."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.core import serializers
from django.db import connection, transaction
from django.utils import timezone

from vungcao import __version__
from vungcao.evidence import chain
from vungcao.evidence.actions import Signer
from vungcao.evidence.backup.shape import MANIFEST, Exactly, Manifest, kept_files, migrations, tables
from vungcao.evidence.queries import last_number

_CHUNK: Final = 1 << 20
_ROWS: Final = 2000


def back_up(folder: Path, *, by: Signer) -> tuple[Path, Manifest]:
    """Write ``vungcao-<day>-<time>-<last act>.zip`` into ``folder``; half-written it has another name.

    The head of the chain is released first and stands in the manifest: what precedes it can't be changed unseen.
    """
    head = chain.release_head("sao lưu", by=by)
    chain.extend()
    folder.mkdir(parents=True, exist_ok=True)
    now = timezone.localtime()
    manifest = Manifest(version=__version__, made_at=now.isoformat(), vendor=connection.vendor)
    half = folder / f".vungcao-{now:%Y%m%d-%H%M%S}-{os.getpid()}.part"
    try:
        with half.open("wb") as file:
            half.chmod(0o600)
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zipped:
                _tables(zipped, manifest)
                _files(zipped, manifest)
                manifest.head = f"{head.no}:{head.digest}"
                zipped.writestr(MANIFEST, manifest.as_text())
            file.flush()
            os.fsync(file.fileno())
        done = folder / f"vungcao-{now:%Y%m%d-%H%M%S}-{manifest.last_act}.zip"
        half.replace(done)
    finally:
        half.unlink(missing_ok=True)
    return done, manifest


def _tables(zipped: zipfile.ZipFile, manifest: Manifest) -> None:
    with one_moment():
        manifest.last_act, manifest.migrations = last_number(), migrations()
        for model in tables():
            with zipped.open(f"tables/{model._meta.label}.jsonl", "w", force_zip64=True) as out:
                lines = _Counted(out)
                rows = model._base_manager.order_by("pk").iterator(chunk_size=_ROWS)
                serializers.serialize("jsonl", rows, stream=io.TextIOWrapper(lines, "utf-8"), cls=Exactly)
            manifest.tables[model._meta.label] = {"rows": lines.rows, "sha256": lines.digest.hexdigest()}


def _files(zipped: zipfile.ZipFile, manifest: Manifest) -> None:
    for name, path in kept_files():
        digest = hashlib.sha256()
        try:
            with path.open("rb") as source, zipped.open(f"home/{name}", "w", force_zip64=True) as out:
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
                    out.write(chunk)
        except FileNotFoundError:  # a file check put away meanwhile
            continue
        manifest.kept[name] = digest.hexdigest()


@contextmanager
def one_moment() -> Iterator[None]:
    """All reads inside see one state of the database, and nobody who writes waits."""
    if connection.in_atomic_block:  # whoever calls has chosen his moment
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:  # an atomic block would take SQLite's write lock
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


class _Counted(io.RawIOBase):
    """Hands bytes on, and counts lines and hash."""

    def __init__(self, out: BinaryIO | Any) -> None:
        self.out, self.rows, self.digest = out, 0, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        data = bytes(content)
        self.digest.update(data)
        self.rows += data.count(b"\n")
        self.out.write(data)
        return len(data)
