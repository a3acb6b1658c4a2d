"""Draw the screens of the guide: the slow test that holds their checklist leaves them in build/screens; here they
become pictures of 8 bits with a palette of their own commonest colours in docs/guide/anh.

    .venv/bin/python scripts/picture_screens.py
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pymupdf
from picture_reports import Colour, png

ROOT = Path(__file__).resolve().parent.parent
DRAWN = ROOT / "build" / "screens"
SHOWN = ROOT / "docs" / "guide" / "anh"
TEST = "tests/test_screens_of_the_guide.py"


def main() -> int:
    """Run the test, then write the pictures; says each and its size."""
    for old in DRAWN.glob("*.png"):
        old.unlink()
    tried = subprocess.run([sys.executable, "-m", "pytest", "-q", "-m", "slow", TEST], cwd=ROOT, check=False)
    SHOWN.mkdir(parents=True, exist_ok=True)
    for path in sorted(DRAWN.glob("*.png")):
        pixels = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.Pixmap(str(path)))
        if pixels.alpha:
            pixels = pymupdf.Pixmap(pixels, 0)
        shown = SHOWN / path.name
        rgb = bytes(pixels.samples)
        shown.write_bytes(png(pixels.width, pixels.height, rgb, commonest(rgb)))
        print(f"{shown.relative_to(ROOT)}  {shown.stat().st_size:,} bytes")
    return tried.returncode


def commonest(rgb: bytes) -> list[Colour]:
    """The colours that most pixels have, so that what warns looks unlike what fails."""
    found = Counter(zip(rgb[::3], rgb[1::3], rgb[2::3], strict=True))
    return [colour for colour, _pixels in found.most_common(256)]


if __name__ == "__main__":
    sys.exit(main())
