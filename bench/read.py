"""How long `vungcao read` takes beside plain reading of the same workbook.

One workbook of 20,000 rows by 8 columns (made here, invented figures), best of three, whole processes, so that
start-up counts for everybody. `vungcao read` finds head, unit and hierarchy and checks every sum; the others only take
the cells.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

ROWS = 20_000
HERE = Path(sys.executable).parent
PLAIN = {
    "calamine": """
import python_calamine, sys
print(len(python_calamine.load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python()))
""",
    "openpyxl, read-only": """
import openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True)
print(sum(1 for row in book.active.iter_rows(values_only=True)))
""",
}


def make_workbook(path: Path) -> None:
    """A disbursement table in triệu đồng: title, unit, head, total first, then ROWS communes."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Ví dụ")
    sheet.write_row(0, 0, ["BIỂU TỔNG HỢP GIẢI NGÂN (ví dụ)"])
    sheet.write_row(1, 7, ["Đơn vị tính: triệu đồng"])
    sheet.write_row(2, 0, ["STT", "Đơn vị", "Kế hoạch", "Giải ngân", "NSTW", "NSĐP", "Tỷ lệ (%)", "Ghi chú"])
    spent = sum(600 + number % 300 for number in range(ROWS))
    sheet.write_row(
        3, 0, ["", "Tổng số", ROWS * 1000, spent, spent - ROWS * 100, ROWS * 100, round(spent / ROWS / 10, 1), ""]
    )
    for number in range(ROWS):
        one = 600 + number % 300
        sheet.write_row(4 + number, 0, [number + 1, f"Xã Ví dụ {number + 1}", 1000, one, one - 100, 100, one / 10, ""])
    book.close()


def best_of_three(command: list[str | Path]) -> float:
    """Seconds of the quickest of three runs; a run that fails stops the measurement."""
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        done = subprocess.run(command, capture_output=True)
        times.append(time.perf_counter() - begun)
        if done.returncode or not done.stdout.strip():
            raise SystemExit(f"{command[0]} failed: {done.stderr.decode(errors='replace')[-2000:]}")
    return min(times)


def make_sure_it_read_right(book: Path) -> None:
    """A quick wrong answer is no measurement: one table, every row, every sum found to hold."""
    said = json.loads(subprocess.check_output([HERE / "vungcao", "read", book, "--json"]))
    (table,) = said["sheets"][0]["tables"]
    verdicts = [check["verdict"] for check in table["checks"]]
    if len(table["rows"]) != ROWS + 1 or not verdicts or set(verdicts) - {"holds", "rounding"}:
        raise SystemExit(f"read wrongly: {len(table['rows'])} rows, checks {verdicts}")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="vungcao-bench-") as folder:
        book = Path(folder) / "vi_du.xlsx"
        make_workbook(book)
        times = {name: best_of_three([sys.executable, "-c", code, book]) for name, code in PLAIN.items()}
        ours = best_of_three([HERE / "vungcao", "read", book, "--json"])
        make_sure_it_read_right(book)
    print(f"{ROWS} rows; vungcao read: {ours:.2f} s")
    for name, seconds in times.items():
        print(f"{name}: {seconds:.2f} s; vungcao read takes {ours / seconds:.1f} × as long")


if __name__ == "__main__":
    main()
