"""PDF of a Word paper by LibreOffice, where it is: a profile of its own for each job, and a time-out.

The Word file is the record; a PDF is for reading on screens and phones, and its page breaks may differ from Word's.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.utils.translation import gettext as _

from vungcao.kernel.refusal import Refusal

from .fonts import serif_font

PROGRAMS: Final = ("soffice", "libreoffice")
SECONDS: Final = 120


class NoPdf(Refusal):
    """LibreOffice is not there, failed, or took too long."""

    code = "report.pdf"


def to_pdf(docx: Path, folder: Path, *, seconds: float = SECONDS) -> Path:
    """Write ``docx`` as PDF into ``folder``. Raises `NoPdf` and `NoVietnameseFont` with what to do."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise NoPdf(
            _(
                "Máy này không có LibreOffice nên không lập được PDF. Việc cần làm: trên Debian hoặc Ubuntu chạy "
                "`apt-get install libreoffice-writer-nogui`; hoặc mở tệp Word và chọn Lưu thành PDF."
            )
        )
    serif_font()
    with TemporaryDirectory() as profile:
        words = [program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", "pdf"]
        _run([*words, "--outdir", str(folder), str(docx)], docx.name, seconds)
    made = folder / f"{docx.stem}.pdf"
    if not made.exists():
        raise NoPdf(
            _("LibreOffice không lập được PDF từ “%(name)s”: mở tệp bằng Word để xem tệp có đọc được không.")
            % {"name": docx.name}
        )
    return made


def _run(words: list[str], name: str, seconds: float) -> None:
    """Run to the end, or end the program with all that it started."""
    process = subprocess.Popen(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise NoPdf(
            _("LibreOffice làm “%(name)s” quá %(seconds)s giây nên đã bị dừng: thử lại khi máy rảnh hơn.")
            % {"name": name, "seconds": f"{seconds:g}"}
        ) from None
