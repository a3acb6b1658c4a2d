"""Is there a font with every Vietnamese letter? Looked up before a chart is drawn or a PDF made.

Papers name Times New Roman; a server draws with Liberation Serif, which has the same widths. Old releases of Liberation
(1.07) lack 93 Vietnamese letters, so a font is asked for its letters, not only for its name.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext

from vungcao.kernel.refusal import Refusal

WANTED: Final = {
    "Times New Roman": ("times.ttf", "Times_New_Roman.ttf", "Times New Roman.ttf"),
    "Liberation Serif": ("LiberationSerif-Regular.ttf",),
    "Tinos": ("Tinos-Regular.ttf",),
}
LETTERS: Final = "ĂÂĐÊÔƠƯăâđêôơưẢẤẦẨẪẬẮẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸảấầẩẫậắẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ₫"


class NoVietnameseFont(Refusal):
    """No serif font of the machine has every Vietnamese letter."""

    code = "report.no_font"


def folders() -> list[Path]:
    """Where fonts stand on Linux, macOS and Windows; ``VUNGCAO_FONTS`` names one more folder."""
    own = [Path(settings.FONTS)] if settings.FONTS else []
    home = Path.home()
    windows = Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    shared = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"), windows]
    return [*own, home / ".fonts", home / ".local/share/fonts", *shared, Path("/System/Library/Fonts/Supplemental")]


@cache
def serif_font() -> str:
    """The family to draw with: the first of `WANTED` that has every letter. Raises `NoVietnameseFont`."""
    return find_serif(folders())


def find_serif(places: Sequence[Path]) -> str:
    """As `serif_font`, in the folders given."""
    found: list[tuple[str, str, str]] = []
    for family, names in WANTED.items():
        for path in _files(places, names):
            missing = missing_letters(path)
            if not missing:
                return family
            found.append((family, path.name, missing))
    poor = [
        gettext("%(family)s (%(file)s) thiếu %(count)s chữ, ví dụ “%(some)s”")
        % {"family": family, "file": name, "count": len(missing), "some": missing[:5]}
        for family, name, missing in found
    ]
    raise NoVietnameseFont(
        gettext(
            "Máy này không có phông chữ có chân đủ chữ Việt để vẽ biểu đồ và in PDF. Đã tìm: %(wanted)s%(poor)s. "
            "Việc cần làm: trên Debian hoặc Ubuntu chạy `apt-get install fonts-liberation2`; hoặc chép times.ttf "
            "(Times New Roman) vào một thư mục và đặt biến VUNGCAO_FONTS là thư mục đó; rồi chạy lại."
        )
        % {
            "wanted": ", ".join(WANTED),
            "poor": gettext(". Có nhưng không dùng được: %(poor)s") % {"poor": "; ".join(poor)} if poor else "",
        }
    )


def _files(places: Sequence[Path], names: Sequence[str]) -> Iterator[Path]:
    wanted = {name.casefold() for name in names}
    for place in places:
        if place.is_dir():
            yield from sorted(path for path in place.rglob("*.ttf") if path.name.casefold() in wanted)


def missing_letters(path: Path) -> str:
    """Letters of Vietnamese for which a TrueType file has no glyph; all of them for a file that is no font."""
    try:
        has = _mapped(path.read_bytes())
    except (struct.error, OSError, IndexError):
        return LETTERS
    return "".join(letter for letter in LETTERS if ord(letter) not in has)


def _mapped(font: bytes) -> set[int]:
    """Code points with a glyph, from the font's character map (subtables of formats 4 and 12)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = [struct.unpack_from(">4sIII", font, 12 + 16 * index) for index in range(tables)]
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap") if records else 0
    count = struct.unpack_from(">H", font, start + 2)[0]
    found: set[int] = set()
    for index in range(count):
        offset = start + struct.unpack_from(">HHI", font, start + 4 + 8 * index)[2]
        form = struct.unpack_from(">H", font, offset)[0]
        found |= _format_4(font, offset) if form == 4 else _format_12(font, offset) if form == 12 else set()
    return found


def _format_4(font: bytes, offset: int) -> set[int]:
    segments = struct.unpack_from(">H", font, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", font, offset + 14)
    starts = struct.unpack_from(f">{segments}H", font, offset + 16 + 2 * segments)
    return {code for first, last in zip(starts, ends, strict=True) for code in range(first, last + 1)}


def _format_12(font: bytes, offset: int) -> set[int]:
    groups = struct.unpack_from(">I", font, offset + 12)[0]
    ranges = [struct.unpack_from(">III", font, offset + 16 + 12 * index) for index in range(groups)]
    return {code for first, last, _ in ranges for code in range(first, min(last, first + 70_000) + 1)}
