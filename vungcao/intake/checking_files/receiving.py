"""Files that come in pieces: a lost connection costs one piece, and what was sent before is still here.

The verbs and headers are those of tus 1.0 (core, creation, checksum): docs/decisions/0013. A piece counts once its
SHA-256 is right and it begins where the last one ended; the whole is held against the SHA-256 said at the start.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies.models import Official
from vungcao.intake.checking_files.handing_in import MOST_FILES, CannotTake, refuse_file
from vungcao.intake.models import ResumableUpload

MOST_OPEN_BYTES: Final = 2 << 30  # of one official, begun and not handed in
MOST_OF_A_PIECE: Final = 4 << 20
KEPT: Final = timedelta(days=1)
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class OtherPlace(CannotTake):
    """A piece that does not begin where the last one ended; ``received`` is where it should."""


class BrokenPiece(CannotTake):
    """A piece that is not what its sender hashed."""


class Gone(CannotTake):
    """Pieces that are here no more: handed in, were it a moment ago, or a day old."""

    def __init__(self, count: int) -> None:
        super().__init__(
            _("%(count)s tệp gửi dở không còn (đã nộp, hoặc quá một ngày): chọn lại tệp rồi gửi lại.")
            % {"count": count}
        )


class Received:
    """A file whose pieces are all here, as ``hand_in`` takes it."""

    def __init__(self, upload: ResumableUpload) -> None:
        self.upload, self.name, self.size, self.sha256 = upload, upload.name, upload.size, upload.sha256

    def chunks(self) -> Iterator[bytes]:
        if self.size == 0:
            return
        try:
            file = self.upload.path.open("rb")
        except FileNotFoundError:
            raise Gone(1) from None
        with file:
            while piece := file.read(1 << 20):
                yield piece


def begin(official: Official, name: str, size: int, sha256: str) -> ResumableUpload:
    """A new file on its way, or the one of the same name, size and hash that he began before. Raises ``CannotTake``."""
    refuse_file(name, size)
    if size < 0 or not _SHA256.fullmatch(sha256):
        raise CannotTake(_("Yêu cầu gửi tệp không đọc được; tải lại trang rồi chọn lại tệp."))
    mine = ResumableUpload.objects.filter(official=official)
    same = mine.filter(name=name[:300], size=size, sha256=sha256).order_by("-received").first()
    if same is not None:
        return same
    if mine.count() >= MOST_FILES or (mine.aggregate(all=Sum("size"))["all"] or 0) + size > MOST_OPEN_BYTES:
        raise CannotTake(_("Đang có quá nhiều tệp gửi dở; nộp hoặc bỏ bớt, sau một ngày tệp gửi dở tự được dọn."))
    return ResumableUpload.objects.create(official=official, name=name[:300], size=size, sha256=sha256)


def take_piece(official: Official, upload: UUID, at: int, piece: bytes, sha256: str) -> ResumableUpload:
    """Add a piece at byte ``at``. Raises ``DoesNotExist`` (not his), ``OtherPlace``, ``BrokenPiece``."""
    if hashlib.sha256(piece).hexdigest() != sha256:
        raise BrokenPiece(_("Phần vừa gửi bị hỏng trên đường; đang gửi lại phần ấy."))
    with transaction.atomic():
        held = ResumableUpload.objects.select_for_update().get(official=official, pk=upload)
        if at != held.received:
            raise OtherPlace(_("Phần vừa gửi không nối vào chỗ đã nhận."), received=held.received)
        if len(piece) > MOST_OF_A_PIECE or at + len(piece) > held.size:
            raise CannotTake(_("Phần vừa gửi dài hơn tệp đã báo; chọn lại tệp rồi gửi lại."))
        held.path.parent.mkdir(parents=True, exist_ok=True)
        with held.path.open("r+b" if held.path.exists() else "xb") as file:
            file.seek(at)
            file.write(piece)
            file.truncate()  # bytes of a piece whose transaction failed
        held.received = at + len(piece)
        held.save(update_fields=["received", "moved_at"])
    return held


def all_here(official: Official, uploads: Sequence[UUID]) -> list[Received]:
    """The files of these uploads, in their order. Raises ``Gone``, ``CannotTake`` where one is not whole."""
    held = {one.pk: one for one in ResumableUpload.objects.filter(official=official, pk__in=uploads)}
    if missing := [one for one in uploads if one not in held]:
        raise Gone(len(missing))
    for one in held.values():
        if one.received < one.size:
            raise CannotTake(
                _("Tệp “%(name)s” mới nhận %(received)s trên %(size)s byte: gửi nốt rồi nộp.")
                % {"name": one.name, "received": one.received, "size": one.size}
            )
    return [Received(held[one]) for one in dict.fromkeys(uploads)]


def let_go(received: Sequence[Received]) -> None:
    """They are handed in (or were broken): their pieces go."""
    for one in received:
        _remove(one.upload)


def clear() -> int:
    """Remove what nobody has sent a piece of for a day, and bytes that no row names. How many files went."""
    gone = list(ResumableUpload.objects.filter(moved_at__lt=timezone.now() - KEPT))
    for one in gone:
        _remove(one)
    named = {str(one) for one in ResumableUpload.objects.values_list("pk", flat=True)}
    aside = [one for one in _folder().glob("*") if one.name not in named]
    old = [one for one in aside if _written(one) < time.time() - KEPT.total_seconds()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(gone) + len(old)


def _written(path: Path) -> float:
    """When it was last written; now for what another worker has just removed."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return time.time()


def _remove(upload: ResumableUpload) -> None:
    path = upload.path
    upload.delete()
    path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.HOME) / "uploading"
