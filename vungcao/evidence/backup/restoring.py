"""Bringing a backup back into an empty database of the same version: everything is checked before a row is written."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Final

from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vungcao.evidence.backup.shape import FILES, FOLDERS, MANIFEST, CannotRestore, Manifest, migrations, tables

_CHUNK: Final = 1 << 20
_ROWS: Final = 2000
_BROKEN: Final = gettext_lazy("Bản sao lưu bị hỏng (%(what)s); chưa ghi gì. Dùng bản sao lưu khác.")


def restore(path: Path) -> Manifest:
    """Tables, files and head as they were. Raises ``CannotRestore`` and leaves the database as it was.

    Files are put in place before the rows that name them are committed; a killed restore leaves an empty database.
    """
    if not path.is_file():
        raise CannotRestore(_("Không thấy tệp %(path)s.") % {"path": path})
    try:
        with zipfile.ZipFile(path) as zipped:
            manifest = _checked(zipped)
            _refuse_where(manifest)
            with transaction.atomic():
                for model in tables():
                    _rows(zipped, model, manifest)
                _put_files(zipped, manifest)
    except (zipfile.BadZipFile, EOFError):
        raise CannotRestore(_("Tệp %(name)s không phải bản sao lưu của Vùng Cao.") % {"name": path.name}) from None
    return manifest


def _checked(zipped: zipfile.ZipFile) -> Manifest:
    """The manifest, once every part has the hash it says."""
    names = set(zipped.namelist())
    if MANIFEST not in names:
        raise CannotRestore(_("Tệp này không phải bản sao lưu của Vùng Cao: thiếu phần mô tả."))
    manifest = Manifest.of_text(zipped.read(MANIFEST).decode("utf-8", "replace"))
    said = {f"tables/{label}.jsonl": one["sha256"] for label, one in manifest.tables.items()}
    said |= {f"home/{name}": digest for name, digest in manifest.kept.items()}
    for name, digest in said.items():
        if name not in names or _digest(zipped, name) != digest:
            raise CannotRestore(_BROKEN % {"what": name})
    for name in manifest.kept:
        if not _belongs(name):
            raise CannotRestore(_BROKEN % {"what": _("tên tệp %(name)r") % {"name": name}})
    return manifest


def _digest(zipped: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with zipped.open(name) as part:
            while chunk := part.read(_CHUNK):
                digest.update(chunk)
    except zipfile.BadZipFile:
        raise CannotRestore(_BROKEN % {"what": name}) from None
    return digest.hexdigest()


def _belongs(name: str) -> bool:
    """A name that a backup of ours gives: no way out of VUNGCAO_HOME."""
    parts = PurePosixPath(name).parts
    return ".." not in parts and not name.startswith("/") and (name in FILES or parts[0] in FOLDERS)


def _refuse_where(manifest: Manifest) -> None:
    if any(model._base_manager.exists() for model in tables()):
        raise CannotRestore(_("Cơ sở dữ liệu này đã có dữ liệu: chỉ phục hồi vào cơ sở dữ liệu mới, còn trống."))
    here = migrations()
    if here != manifest.migrations:
        newer = sorted(set(manifest.migrations) - set(here))
        what = _("mới hơn") if newer else _("cũ hơn")
        raise CannotRestore(
            _(
                "Bản sao lưu do phiên bản %(version)s %(age)s chương trình này ghi: cài đúng phiên bản ấy, phục hồi, "
                "rồi mới cập nhật."
            )
            % {"version": manifest.version, "age": what}
        )
    strange = manifest.tables.keys() - {model._meta.label for model in tables()}
    if strange:
        raise CannotRestore(
            _("Bản sao lưu có bảng mà chương trình này không có: %(tables)s.") % {"tables": ", ".join(sorted(strange))}
        )


def _rows(zipped: zipfile.ZipFile, model: type[models.Model], manifest: Manifest) -> None:
    label = model._meta.label
    said = manifest.tables.get(label)
    if said is None:
        return
    written = 0
    with zipped.open(f"tables/{label}.jsonl") as part:
        for some in _several(_objects(io.TextIOWrapper(part, "utf-8"))):
            _write(model, some)
            written += len(some)
    if written != said["rows"]:
        raise CannotRestore(_BROKEN % {"what": label})
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(sql)


def _objects(lines: io.TextIOWrapper) -> Iterator[models.Model]:
    """Rows as they were; pairs of many-to-many relations are tables of their own."""
    return (one.object for one in serializers.deserialize("jsonl", lines))


def _write(model: type[models.Model], rows: list[models.Model]) -> None:
    """Past what our models and fields add when a row is new: a time of its own stays what it was."""
    stamped = any(getattr(one, "auto_now", False) or getattr(one, "auto_now_add", False) for one in model._meta.fields)
    if stamped:
        for row in rows:
            models.Model.save_base(row, raw=True, force_insert=True)
    else:
        every: models.QuerySet[models.Model] = models.QuerySet(model)
        every.bulk_create(rows, batch_size=500)


def _several(found: Iterator[Any]) -> Iterator[list[Any]]:
    while some := list(islice(found, _ROWS)):
        yield some


def _put_files(zipped: zipfile.ZipFile, manifest: Manifest) -> None:
    home = Path(settings.HOME)
    for name in manifest.kept:
        there = home / name
        there.parent.mkdir(parents=True, exist_ok=True)
        half = there.with_name(f".{there.name}.part")
        with zipped.open(f"home/{name}") as part, half.open("wb") as out:
            while chunk := part.read(_CHUNK):
                out.write(chunk)
        if name in FILES:
            half.chmod(0o600)
        half.replace(there)
