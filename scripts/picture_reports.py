"""Draw the example reports as pictures for docs/reports: set-up, import, report, LibreOffice, PNG.

    .venv/bin/python scripts/picture_reports.py                    every page of the reports into docs/reports
    .venv/bin/python scripts/picture_reports.py --kinds            only the sample of each kind of paper
    .venv/bin/python scripts/picture_reports.py --docx F --out D   the pages of one Word file into D

Pictures are of 8 bits with a palette (greys, and the red of the mark "VÍ DỤ"), so that they stay small.
"""

from __future__ import annotations

import argparse
import json
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pymupdf

from vungcao.reports.paper import write_docx
from vungcao.reports.paper.samples import samples

ROOT = Path(__file__).resolve().parent.parent
REPORTS = (("annual", "135", "2021"), ("annual", "1719", "2024"), ("monthly", "1719", "2024-12"))
REMINDED = ("UBND-04.048", "UBND-04.047")  # one that has sent no figure, one below the province's rate
ADJUSTED = (  # invented lines of one adjustment dossier: step, project, unit, million đồng, why
    ("down", "1719.DA3", "UBND-04.043", 2_400, "hết đối tượng hỗ trợ sau rà soát (ví dụ)"),
    ("down", "1719.DA9", "UBND-04.042", 1_350, "không đáp ứng điều kiện giải ngân (ví dụ)"),
    ("down", "1719.DA5", "UBND-04.045", 750, "đã hoàn thành các lớp đào tạo (ví dụ)"),
    ("up", "1719.DA9", "UBND-04.047", 1_600, "tăng số hộ được hỗ trợ (ví dụ)"),
    ("up", "1719.DA5", "UBND-04.049", 1_100, "mở thêm lớp xóa mù chữ (ví dụ)"),
    ("up", "1719.DA3", "UBND-04.048", 1_800, "nhân rộng dự án sản xuất cộng đồng (ví dụ)"),
)
CARRIED = (  # the same of a carry-over of the example's money of 2023, and the ground of each line
    ("1719.DA3", "UBND-04.043", 2_400, "hợp đồng ký tháng 12, chưa nghiệm thu (ví dụ)", "CO-08"),
    ("1719.DA9", "UBND-04.042", 1_350, "giao vốn muộn (ví dụ)", "CO-08"),
    ("1719.DA5", "UBND-04.045", 750, "lớp học kéo sang quý I (ví dụ)", "CO-08"),
)
CANCELLED = (
    ("1719.DA3", "UBND-04.048", 300, "hết đối tượng hỗ trợ (ví dụ)", ""),
    ("1719.DA5", "UBND-04.049", 120, "chi thấp hơn dự toán (ví dụ)", ""),
)
Colour = tuple[int, int, int]
DOTS_PER_INCH = 80
LARGEST = 150_000  # bytes of one picture
GREYS = [(16 * n, 16 * n, 16 * n) for n in range(16)] + [(255, 255, 255)]
BLUES = [(31 + 14 * n, 78 + 11 * n, 121 + 8 * n) for n in range(16)]  # charts
REDS = [(192 + 4 * n, 16 * n, 16 * n) for n in range(16)]
PALETTE = GREYS + REDS + BLUES


def main() -> int:
    """Write the pictures; says each and its size."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")  # where fonts are looked for
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--docx", type=Path)
    words.add_argument("--kinds", action="store_true", help="only the sample of each kind of paper")
    words.add_argument("--out", type=Path, default=ROOT / "docs" / "reports")
    asked = words.parse_args()
    with TemporaryDirectory() as folder:
        home = Path(folder)
        papers = [asked.docx] if asked.docx else [*sample_papers(home), *([] if asked.kinds else example_papers(home))]
        for paper in papers:
            for picture in pictures(paper, asked.out, Path(folder)):
                print(f"{picture}  {picture.stat().st_size:,} bytes")
    return 0


def example_papers(home: Path) -> Iterator[Path]:
    """The example's reports as Word files, made in a home of their own."""
    env = {**os.environ, "VUNGCAO_HOME": str(home), "PYTHONPATH": str(ROOT)}
    env.pop("VUNGCAO_DATABASE_URL", None)
    program = [sys.executable, "-m", "vungcao.desk.command"]
    subprocess.run([*program, "setup", "--demo"], env=env, cwd=ROOT, check=True, capture_output=True)
    for kind, programme, period in REPORTS:
        name = f"{kind}-{programme}"
        words = ["report", kind, "--period", period, "--programme", programme, "--out", str(home / name)]
        subprocess.run([*program, *words], env=env, cwd=ROOT, check=True, capture_output=True)
        (made,) = (home / name).glob("*.docx")
        yield made.rename(made.with_name(f"{name}.docx"))
    words = ["remind", "--programme", "1719", "--on", "2024-06-15", "--reply-by", "2024-06-25"]
    bodies = [word for body in REMINDED for word in ("--body", body)]
    subprocess.run([*program, *words, *bodies, "--out", str(home / "letters")], env=env, cwd=ROOT, check=True)
    for name, body in zip(("kinds-nhac-bao-cao", "kinds-nhac-cham"), REMINDED, strict=True):
        (made,) = (home / "letters").glob(f"*{body}*.docx")
        yield made.rename(made.with_name(f"{name}.docx"))
    yield from dossier_papers(env, home / "dossier")
    yield from year_end_papers({**env, "VUNGCAO_HOME": str(home / "year-end")}, home / "year-end-papers")


def dossier_papers(env: dict[str, str], out: Path) -> Iterator[Path]:
    """The papers of an invented adjustment over the example's money of 2023 used in 2024."""
    step = partial(dossier_step, env)
    title = "Điều chỉnh kinh phí sự nghiệp năm 2023 chuyển sang năm 2024 của Chương trình 1719 (ví dụ)"
    code = step("open", title, "--for", "2024-03-15", "--on", "2024-02-01", "--example")["code"]
    for side, component, body, million, why in ADJUSTED:
        money = ("--source", "su_nghiep:NSTW", "--year", "2023", "--use-year", "2024", "--dong", f"{million}000000")
        paper = ("--paper", f"{body[-2:]}/TTr-VD", "--paper-dated", "2024-01-25", "--reason", why)
        step(side, code, "--component", component, "--body", body, *money, *paper)
    for body, on in (("STC-04", "2024-02-20"), ("SGDDT-04", "")):
        asked = step("ask", code, "--body", body, "--on", "2024-02-05", "--number", "21/BDT-VD")["opinions"][-1][
            "asked"
        ]
        if on:
            said = (
                "--verdict",
                "comments",
                "--said",
                "bổ sung biên bản rà soát đối tượng (ví dụ)",
                "--number",
                "88/STC-VD",
            )
            step(
                "answer", code, "--asked", f"{asked}", "--on", on, *said, "--taken", "yes", "--how", "đã kèm theo hồ sơ"
            )
    step("hold", code, "--on", "2024-03-01", "--until", "2024-04-30")
    for made in step("papers", code, "--out", str(out))["files"]:
        if made.endswith(".docx"):
            yield Path(made).rename(out / f"dossier-{Path(made).name.removeprefix(f'{code}-')}")


def dossier_step(env: dict[str, str], *words: str) -> dict[str, Any]:
    """One step of `vungcao dossier`."""
    program = [sys.executable, "-m", "vungcao.desk.command", "dossier", *words, "--json"]
    said: dict[str, Any] = json.loads(
        subprocess.run(program, env=env, cwd=ROOT, check=True, capture_output=True).stdout
    )
    return said


def year_end_papers(env: dict[str, str], out: Path) -> Iterator[Path]:
    """The papers of an invented carry-over and of a cancellation of the example's money of 2023, before anybody has
    decided of it: only the years 2022 and 2023 are read in.
    """
    step = partial(dossier_step, env)
    program = [sys.executable, "-m", "vungcao.desk.command"]
    subprocess.run([*program, "setup"], env=env, cwd=ROOT, check=True, capture_output=True)
    years = [str(ROOT / "examples" / "cao-bang" / "vong-nam" / year) for year in ("2022", "2023")]
    subprocess.run([*program, "import", *years, "--commit"], env=env, cwd=ROOT, check=True, capture_output=True)
    money = "của Chương trình 1719 (ví dụ)"
    for kind, side, title, day, lines in (
        (
            "carry_over",
            "carry",
            f"Chuyển nguồn kinh phí sự nghiệp năm 2023 sang năm 2024 {money}",
            "2024-01-25",
            CARRIED,
        ),
        ("cancellation", "cancel", f"Hủy dự toán kinh phí sự nghiệp năm 2023 {money}", "2024-02-05", CANCELLED),
    ):
        code = step("open", title, "--kind", kind, "--for", day, "--on", "2024-01-05", "--example")["code"]
        for component, body, million, why, ground in lines:
            said = ("--source", "su_nghiep:NSTW", "--year", "2023", "--dong", f"{million}000000", "--reason", why)
            paper = ("--paper", f"{body[-2:]}/TTr-VD", "--paper-dated", "2024-01-10", "--basis", ground)
            step(side, code, "--component", component, "--body", body, *said, *paper)
        asked = step("ask", code, "--body", "STC-04", "--on", "2024-01-12", "--number", "12/BDT-VD")["opinions"][-1]
        words = ("--asked", f"{asked['asked']}", "--verdict", "agrees", "--number", "31/STC-VD")
        step("answer", code, "--on", "2024-01-19", *words)
        for made in step("papers", code, "--out", str(out))["files"]:
            if made.endswith(".docx"):
                name = Path(made).name.removeprefix(f"{code}-")
                yield Path(made).rename(out / f"year-end-{kind.replace('_', '-')}-{name}")


def sample_papers(home: Path) -> Iterator[Path]:
    """One invented paper of each kind, and one with an annex on A3."""
    for code, paper in samples().items():
        path = home / f"kinds-{code.replace('_', '-')}.docx"
        write_docx(paper, path)
        yield path


def pictures(docx: Path, out: Path, work: Path) -> Iterator[Path]:
    """One PNG a page: ``annual-135-1.png``."""
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    office = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(docx)]
    subprocess.run(office, check=True, capture_output=True, timeout=180)
    out.mkdir(parents=True, exist_ok=True)
    with pymupdf.open(work / f"{docx.stem}.pdf") as pages:
        for number, page in enumerate(pages, start=1):
            pixels = page.get_pixmap(dpi=DOTS_PER_INCH, colorspace=pymupdf.csRGB, alpha=False)
            drawn = png(pixels.width, pixels.height, bytes(pixels.samples))
            if len(drawn) > LARGEST:
                raise SystemExit(f"page {number} of {docx.name}: {len(drawn):,} bytes are too many for a picture")
            path = out / f"{docx.stem}-{number}.png"
            path.write_bytes(drawn)
            yield path


def png(width: int, height: int, rgb: bytes, palette: Sequence[Colour] = PALETTE) -> bytes:
    """An image of 8 bits a pixel over a palette of at most 256 colours: each pixel has the nearest of them."""
    near: dict[bytes, int] = {}
    rows = bytearray()
    for top in range(0, 3 * width * height, 3 * width):
        rows.append(0)  # no filter
        for at in range(top, top + 3 * width, 3):
            colour = rgb[at : at + 3]
            if colour not in near:
                near[colour] = min(range(len(palette)), key=lambda n, c=colour: _distance(palette[n], c))
            rows.append(near[colour])
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    colours = bytes(value for colour in palette for value in colour)
    parts = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _distance(one: Colour, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    sys.exit(main())
