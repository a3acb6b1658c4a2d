"""Word templates that an office puts in use: checked before, kept for ever, pinned to each paper frozen with them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection
from io import BytesIO
from pathlib import Path
from typing import Final

from django.db.models import Max
from django.utils.translation import gettext as _

from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.evidence.models import Act
from vungcao.kernel.refusal import Refusal
from vungcao.reports.models import PaperTemplate
from vungcao.reports.paper import PaperKind, TemplateIsBroken, shipped_frame, write_docx
from vungcao.reports.paper.frame import PLACEHOLDERS
from vungcao.reports.paper.kinds import BY_CODE
from vungcao.reports.paper.samples import samples
from vungcao.reports.paper.template import placeholders

LARGEST: Final = 5_000_000  # bytes: a frame with a coat of arms is far smaller


class NoSuchKind(Refusal):
    """A kind of paper that we don't lay out."""

    code = "report.kind_unknown"


def kind_of(code: str) -> PaperKind:
    """The kind by its code (``bao_cao``). Raises ``NoSuchKind``."""
    if code not in BY_CODE:
        raise NoSuchKind(
            _("Không có loại văn bản %(code)r; có: %(kinds)s.") % {"code": code, "kinds": ", ".join(BY_CODE)}
        )
    return BY_CODE[code]


def standing(kind: PaperKind) -> PaperTemplate | None:
    """The template last put in use for a kind, if the office ever put one."""
    return standing_of([kind.code]).get(kind.code)


def standing_of(codes: Collection[str]) -> dict[str, PaperTemplate]:
    """Code of a kind → the template last put in use for it; kinds for which none was are not there. One question."""
    last = PaperTemplate.objects.filter(kind__in=codes).order_by().values("kind").annotate(last=Max("pk"))
    return {row.kind: row for row in PaperTemplate.objects.filter(pk__in=last.values("last"))}


def in_use(kind: PaperKind, *, act: Act) -> PaperTemplate:
    """The template that a paper is frozen with now; the shipped frame is kept the first time it is used, and never
    after one that somebody has put in use meanwhile.
    """
    lock("template", kind.code)
    found, shipped = standing(kind), shipped_frame(kind.name)
    if found is None or (found.is_shipped and found.sha256 != _digest(shipped)):
        return _keep(kind, "mẫu có sẵn", shipped, act=act, is_shipped=True)
    return found


def content(template: PaperTemplate) -> bytes:
    """The docx file."""
    return base64.b64decode(template.content)


def put_in_use(kind: PaperKind, path: Path, *, by: Signer, without: Collection[str] = ()) -> PaperTemplate:
    """Check an edited template by printing a sample in it, and use it from now on for new papers of the kind.

    A placeholder of the shipped frame that the file no longer has would lose its words in every paper: it is refused
    unless named in ``without``. Raises ``TemplateIsBroken`` and ``OSError``.
    """
    if path.stat().st_size > LARGEST:
        raise TemplateIsBroken(
            _("Mẫu “%(name)s” lớn hơn %(largest)s MB: bỏ bớt ảnh trong tệp rồi thử lại.")
            % {"name": path.name, "largest": LARGEST // 1000000}
        )
    docx = path.read_bytes()
    check(kind, docx, name=path.name, without=without)
    with acting("report.template_in_use", by=by) as act:
        lock("template", kind.code)
        found = standing(kind)
        if found and not found.is_shipped and found.sha256 == _digest(docx):
            return found
        return _keep(kind, path.name, docx, act=act)


def check(kind: PaperKind, docx: bytes, *, name: str, without: Collection[str] = ()) -> None:
    """Refuse a template that can't be filled, or that would lose words. Raises ``TemplateIsBroken``."""
    write_docx(samples()[kind.code], BytesIO(), docx, name=name)
    wanted = placeholders(shipped_frame(kind.name), PLACEHOLDERS, name=name)
    lost = sorted(wanted - placeholders(docx, PLACEHOLDERS, name=name) - set(without))
    if lost:
        told = "; ".join(f"{{{{ {one} }}}} ({PLACEHOLDERS[one]})" for one in lost)
        raise TemplateIsBroken(
            _(
                "Mẫu “%(name)s” không còn chỗ điền: %(told)s; những phần này sẽ không được in. Đặt lại chỗ điền, "
                "hoặc nếu cố ý bỏ thì ghi thêm: %(options)s."
            )
            % {"name": name, "told": told, "options": " ".join(f"--without {one}" for one in lost)}
        )


def use_shipped(kind: PaperKind, *, by: Signer) -> PaperTemplate:
    """Return to the frame that comes with the program; the office's own stays kept."""
    with acting("report.template_in_use", by=by) as act:
        lock("template", kind.code)
        found = standing(kind)
        if found is not None and found.is_shipped:
            return found
        return _keep(kind, "mẫu có sẵn", shipped_frame(kind.name), act=act, is_shipped=True)


def _keep(kind: PaperKind, name: str, docx: bytes, *, act: Act, is_shipped: bool = False) -> PaperTemplate:
    row = PaperTemplate.objects.create(
        act=act,
        kind=kind.code,
        name=name[:200],
        sha256=_digest(docx),
        content=base64.b64encode(docx).decode(),
        is_shipped=is_shipped,
    )
    record(act, row, after={"kind": kind.code, "name": row.name, "sha256": row.sha256})
    return row


def _digest(docx: bytes) -> str:
    return hashlib.sha256(docx).hexdigest()
