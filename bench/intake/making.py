"""Reading a long list of households: our reader beside plain calamine and openpyxl on the same file.

20 columns, 20,000 rows unless asked otherwise (made here, invented people), one row in a hundred bad: words for an
amount, an impossible day, an unknown commune, no name, more paid than planned, a short identity number. Every
contestant runs in its own process, rounds interleaved; ratios are to calamine, medians of the rounds. The others only
take the cells; ours finds the head, the kind of each column, keeps every figure as printed and tries what the table
claims.

    python bench/intake.py [--rows 100000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

HEADS = [
    "STT", "Mã hộ", "Họ và tên chủ hộ", "Số định danh", "Ngày sinh", "Giới tính", "Dân tộc", "Mã tỉnh", "Mã xã", "Thôn",
    "Số khẩu", "Diện hộ", "Mã dự án", "Nguồn vốn", "Kế hoạch vốn (đồng)", "Đã giải ngân (đồng)", "Ngày giải ngân",
    "Số quyết định", "Nội dung hỗ trợ", "Số điện thoại",
]  # fmt: skip
GROUPS = ["Tày", "Nùng", "Mông", "Dao", "Lô Lô", "Sán Chỉ", "Kinh"]
COMMUNES = [f"{number:05d}" for number in range(1279, 1800)]
_MEASURED = """
import json, sys, time
path = sys.argv[1]
{imports}
began, cpu = time.perf_counter(), time.process_time()
{work}
took = {{"wall": time.perf_counter() - began, "cpu": time.process_time() - cpu}}
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))  # kB
print(json.dumps({{**took, "rows": rows, "peak": peak / 1024}}))
"""
CONTESTANTS = {
    "calamine to_python": (
        "import python_calamine",
        "rows = len(python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()) - 1",
    ),
    "openpyxl read-only": (
        "import openpyxl",
        "book = openpyxl.load_workbook(path, read_only=True)\n"
        "rows = sum(1 for _ in book.active.iter_rows(values_only=True)) - 1",
    ),
    "vungcao read_workbook": (
        "from vungcao.intake.reading import read_workbook",
        "rows = sum(len(table.rows) for table in read_workbook(path).sheets[0].tables)",
    ),
}


def households(count: int, chance: random.Random) -> Iterator[list[object]]:
    """Rows of the list; every hundredth is bad in one of six ways."""
    for number in range(1, count + 1):
        plan = chance.randrange(4, 60) * 1_000_000
        row: list[object] = [
            number, f"VD{number:08d}", f"Người Ví Dụ {number}", f"{chance.randrange(10**11):012d}",
            date(1945, 1, 1) + timedelta(days=chance.randrange(22_000)), chance.choice(["Nam", "Nữ"]),
            chance.choice(GROUPS), "04", chance.choice(COMMUNES), f"Thôn {chance.randrange(1, 20)}",
            chance.randrange(1, 10), chance.choice(["Hộ nghèo", "Hộ cận nghèo", "Hộ khác"]),
            f"DA{chance.randrange(1, 11)}.TDA{chance.randrange(1, 4)}", chance.choice(["NSTW", "NSĐP"]), plan,
            chance.randrange(0, plan), date(2024, 1, 1) + timedelta(days=chance.randrange(600)),
            f"{chance.randrange(1, 999)}/QĐ-UBND", "Hỗ trợ nhà ở" if chance.random() < 0.3 else None,
            f"09{chance.randrange(10**8):08d}",
        ]  # fmt: skip
        if number % 100 == 50:
            place, said = [(14, "năm triệu đồng"), (16, "31/02/2025"), (8, "99999"), (2, None), (15, plan + 1),
                           (3, str(row[3])[:-1])][number // 100 % 6]  # fmt: skip
            row[place] = said
        yield row


def write(path: Path, count: int) -> dict[str, int]:
    """The workbook, and what must be read from it: rows, sum of plans, plans that are words."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("DanhSach")
    sheet.write_row(0, 0, HEADS)
    total = words = 0
    for at, row in enumerate(households(count, random.Random(1719)), start=1):
        sheet.write_row(at, 0, row)
        if isinstance(row[14], int):
            total += row[14]
        else:
            words += 1
    book.close()
    return {"rows": count, "plans": total, "words": words}


def measure(name: str, path: Path) -> dict[str, float]:
    imports, work = CONTESTANTS[name]
    code = _MEASURED.format(imports=imports, work=work)
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{name} failed: {done.stderr[-2000:]}")
    said: dict[str, float] = json.loads(done.stdout)
    return said


def make_sure_it_reads_right(path: Path, truth: dict[str, int]) -> None:
    """A quick wrong answer is no measurement."""
    from vungcao.intake.reading import read_workbook  # here, so that the measured processes alone load it

    (table,) = read_workbook(path).sheets[0].tables
    plans = [row.values["O"] for row in table.rows]
    codes = {row.values["H"].said for row in table.rows}
    read = {
        "rows": len(table.rows),
        "plans": int(sum(plan.number or 0 for plan in plans)),
        "words": sum(plan.kind == "text" for plan in plans),
    }
    if read != truth or codes != {"04"}:
        raise SystemExit(f"read wrongly: {read} instead of {truth}; codes {sorted(codes)[:5]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vungcao-bench-") as folder:
        path = Path(folder) / "ho_vi_du.xlsx"
        truth = write(path, asked.rows)
        size = path.stat().st_size / 2**20
        make_sure_it_reads_right(path, truth)
        rounds = [{name: measure(name, path) for name in CONTESTANTS} for _ in range(asked.rounds)]
    if {one["rows"] for each in rounds for one in each.values()} != {asked.rows}:
        raise SystemExit("the contestants do not agree on the number of rows")
    print(f"{asked.rows} rows × {len(HEADS)} columns, {size:.1f} MB; median of {asked.rounds}")
    print(f"{'':24}{'seconds':>9}{'wall ÷ floor':>14}{'CPU ÷ floor':>13}{'rows/s':>10}{'peak MB':>9}")
    middle = {
        name: {key: statistics.median(each[name][key] for each in rounds) for key in ("wall", "cpu", "peak")}
        for name in CONTESTANTS
    }
    floor = middle["calamine to_python"]
    for name, one in middle.items():
        print(
            f"{name:24}{one['wall']:9.2f}{one['wall'] / floor['wall']:14.2f}{one['cpu'] / floor['cpu']:13.2f}"
            f"{asked.rows / one['wall']:10,.0f}{one['peak']:9.0f}"
        )


if __name__ == "__main__":
    main()
