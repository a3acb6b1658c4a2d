"""Handing files in at the desk, and what an official says of a check: rehearse again, this is the unit, commit."""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Protocol
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies import rights
from vungcao.bodies.models import Official
from vungcao.intake.explaining import have_moved_on
from vungcao.intake.importing import WORKBOOKS, unit_key
from vungcao.intake.models import CheckStep, FileCheck
from vungcao.intake.reading.units import parse_unit
from vungcao.kernel.refusal import Refusal

MOST_FILES: Final = 300
MOST_BYTES: Final = 64 * 1024 * 1024
MOST_WAITING: Final = 20
KEPT_DAYS: Final = 30
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


class CannotTake(Refusal):
    """Files that are not taken, or a step that is not open."""

    code = "file_check.refused"


class Uploaded(Protocol):
    """An upload as Django gives it."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def chunks(self) -> Iterable[bytes]: ...


def may_hand_in(official: Official) -> bool:
    """Does a post of his carry it today?"""
    return rights.may(official, "files.hand_in", timezone.localdate())


def hand_in(
    official: Official, uploads: Sequence[Uploaded], *, replaces: FileCheck | None = None, sent_as: UUID | None = None
) -> FileCheck:
    """Put files where the worker finds them. Raises ``CannotTake`` with one sentence; then nothing is left behind.

    ``sent_as``: key of the form. The same form with the same files, sent twice, is the check it made the first time.
    """
    _refuse(official, uploads)
    check = FileCheck(official=official, replaces=replaces, units=dict(replaces.units) if replaces else {})
    check.folder.mkdir(parents=True)
    try:
        for upload in uploads:
            name = _free_name(safe_name(upload.name or ""), [one["name"] for one in check.files])
            check.files.append(_write(upload, check.folder / name))
        return _kept(check, sent_as)
    except BaseException:
        shutil.rmtree(check.folder, ignore_errors=True)
        raise


def _kept(check: FileCheck, sent_as: UUID | None) -> FileCheck:
    """The check in the queue, or the one of the same form and files that is there already."""
    try:
        check.sent_as = sent_as
        with transaction.atomic():
            check.save(force_insert=True)
        return check
    except IntegrityError:  # the form was sent before
        before = FileCheck.objects.filter(official=check.official, sent_as=sent_as).first()
    if before is not None and before.files_as_sent == check.files_as_sent:
        shutil.rmtree(check.folder, ignore_errors=True)
        return before
    check.sent_as = None  # back on the page he has chosen other files
    check.save(force_insert=True)
    return check


def sent_before(official: Official, sent_as: UUID | None) -> FileCheck | None:
    """The check that this form made."""
    return FileCheck.objects.filter(official=official, sent_as=sent_as).first() if sent_as else None


def refuse_file(name: str, size: int) -> None:
    """Raises ``CannotTake`` for what is no workbook by its name, or too large."""
    if Path(name).suffix.lower() not in WORKBOOKS:
        raise CannotTake(
            _("Tệp “%(name)s” không phải bảng tính (%(known)s). Chưa nhận tệp nào của lần nộp này.")
            % {"name": name[:200], "known": ", ".join(sorted(WORKBOOKS))}
        )
    if size > MOST_BYTES:
        raise CannotTake(_too_large(name))


def _too_large(name: str) -> str:
    return _("Tệp “%(name)s” lớn hơn %(most)s MB. Tách thành nhiều tệp rồi nộp lại.") % {
        "name": name[:200], "most": MOST_BYTES // 1024**2
    }  # fmt: skip


def _refuse(official: Official, uploads: Sequence[Uploaded]) -> None:
    if not may_hand_in(official):
        raise CannotTake(_("Vị trí công tác này chỉ được xem, không được nộp bảng tính."))
    if not uploads:
        raise CannotTake(_("Chưa chọn tệp nào."))
    if len(uploads) > MOST_FILES:
        raise CannotTake(
            _("Mỗi lần nộp nhiều nhất %(most)s tệp; lần này có %(count)s. Chia ra nhiều lần.")
            % {"most": MOST_FILES, "count": len(uploads)}
        )
    for upload in uploads:
        refuse_file(upload.name or "", upload.size or 0)
    waiting = FileCheck.objects.filter(official=official, step__in=(CheckStep.WAITING, CheckStep.READING))
    if waiting.count() >= MOST_WAITING:
        raise CannotTake(_("Đang có %(most)s lần nộp chờ đọc; đợi đọc xong rồi nộp tiếp.") % {"most": MOST_WAITING})


def safe_name(name: str) -> str:
    """A file name and nothing more: no path, no control signs, NFC, not hidden."""
    plain = _UNSAFE.sub("_", unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])).lstrip(".~$ ")
    stem, suffix = Path(plain).stem or "tep", Path(plain).suffix
    while len(f"{stem}{suffix}".encode()) > 200:
        stem = stem[:-1]
    return f"{stem}{suffix}"


def _free_name(name: str, taken: Sequence[str]) -> str:
    """Two files of one name (from two folders) stay two."""
    stem, suffix, count = Path(name).stem, Path(name).suffix, 1
    there = {one.casefold() for one in taken}
    while name.casefold() in there:
        count += 1
        name = f"{stem} ({count}){suffix}"
    return name


def _write(upload: Uploaded, path: Path) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for chunk in upload.chunks():
            digest.update(chunk)
            size += len(chunk)
            if size > MOST_BYTES:
                raise CannotTake(_too_large(path.name))
            file.write(chunk)
    wanted = getattr(upload, "sha256", "")
    if wanted and digest.hexdigest() != wanted:
        raise CannotTake(_("Tệp “%(name)s” nhận được không đúng như đã gửi: gửi lại tệp.") % {"name": path.name})
    return {"name": path.name, "sha256": digest.hexdigest(), "size": size}


# what an official says of a check ----------------------------------------------------------------------------
def to_rehearse(check: FileCheck) -> None:
    """Read it again: a name was mapped, a unit said, or the books have moved on."""
    _move(check, (CheckStep.REHEARSED, CheckStep.FAILED), CheckStep.WAITING)


def say_unit(check: FileCheck, file: str, sheet: str, cell: str, unit: str) -> None:
    """The unit of a table that names none; it is said in this check only, and told in the audit of what is written."""
    said = parse_unit(unit)
    if said.dong is None:
        raise CannotTake(
            _("“%(unit)s” không phải đơn vị tính tiền (đồng, nghìn đồng, triệu đồng, tỷ đồng).") % {"unit": unit}
        )
    if file not in {one["name"] for one in check.files}:
        raise CannotTake(_("Tệp này không thuộc lần nộp."))
    with transaction.atomic():
        to_rehearse(check)
        check.refresh_from_db(fields=["units"])  # what was said of another table since the page was drawn stays
        check.units = {**check.units, unit_key(file, sheet, cell): unit}
        check.save(update_fields=["units"])


def to_commit(check: FileCheck) -> None:
    """Let what was rehearsed be written. Once the books have moved on since, it is rehearsed anew instead, so that
    nobody commits to figures he has not seen (an explanation moves no figure). Raises ``CannotTake``; pressed twice, it
    is done once.
    """
    if have_moved_on(check.known_no):
        to_rehearse(check)
        raise CannotTake(
            _(
                "Từ lúc tập dượt sổ đã có lần ghi khác, nên tập dượt lại với sổ hiện tại. Chưa ghi gì; xem lại rồi bấm "
                "ghi."
            )
        )
    _move(check, (CheckStep.REHEARSED,), CheckStep.TO_COMMIT)


def _move(check: FileCheck, from_: Sequence[CheckStep], to: CheckStep) -> None:
    """One step, taken by one request only."""
    moved = FileCheck.objects.filter(pk=check.pk, step__in=from_).update(step=to, moved_at=timezone.now(), progress="")
    if not moved:
        check.refresh_from_db()
        raise CannotTake(
            _("Lần nộp này đang ở bước “%(step)s”, chưa làm được việc đó.") % {"step": _(check.get_step_display())}
        )
    check.step = to


def put_away(check: FileCheck | None = None) -> int:
    """Throw one check away with its files, or all that nobody has touched for a month. What was committed stays in the
    books with its file. Returns how many went.
    """
    idle = FileCheck.objects.exclude(step__in=(CheckStep.READING, CheckStep.COMMITTING))
    if check is None:
        wanted = idle.filter(moved_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    else:
        wanted = idle.filter(pk=check.pk)
    gone = list(wanted)
    for one in gone:
        folder = one.folder  # named after the key, which goes with the row
        one.delete()
        shutil.rmtree(folder, ignore_errors=True)
    return len(gone)
