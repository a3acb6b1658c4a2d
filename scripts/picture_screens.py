"""Draw the screens of the guide: the slow test that holds their checklist leaves them in build/screens; here they
become pictures of 8 bits with a palette in docs/guide/anh.

    .venv/bin/python scripts/picture_screens.py
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pymupdf
from picture_reports import png

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
        shown.write_bytes(png(pixels.width, pixels.height, bytes(pixels.samples)))
        print(f"{shown.relative_to(ROOT)}  {shown.stat().st_size:,} bytes")
    return tried.returncode


if __name__ == "__main__":
    sys.exit(main())
