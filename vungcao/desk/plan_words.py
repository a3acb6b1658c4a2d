"""Words of ``vungcao plan``: what each step needs."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, Final

from vungcao.desk.speaking import whole_number, worded
from vungcao.desk.typed import a_day

STEPS: Final[dict[str, tuple[str, str]]] = {  # step → what it does, the options that it must have
    "list": ("mọi kế hoạch, mỗi bản một dòng", ""),
    "show": ("một kế hoạch: dòng vốn và chỉ tiêu", ""),
    "compare": ("hai kế hoạch đặt cạnh nhau theo từng nội dung", ""),
    "series": ("một chương trình và các chương trình nối tiếp, theo năm, chỗ gãy nêu rõ", ""),
    "record": ("ghi một kế hoạch đã ký", "programme years number dated line"),
    "target": ("ghi một chỉ tiêu của kế hoạch", "code component indicator said"),
    "take-back": ("rút một chỉ tiêu", "target reason"),
}
QUALIFIERS: Final = ("more", "at_least", "less", "at_most", "about")  # of models.Qualifier: a parser touches no table
COUNTS: Final = {"show": 1, "compare": 2, "series": 1, "target": 1}  # step → how many names it needs


def add_plan(plan: argparse.ArgumentParser) -> None:
    listed = "; ".join(f"`{step}`: {worded(said)}" for step, (said, _) in STEPS.items())
    listed = f"{worded('không ghi: liệt kê')}; {listed}"
    plan.add_argument("step", nargs="?", choices=[*STEPS], metavar="BƯỚC", help=listed)
    plan.add_argument(
        "names", nargs="*", metavar="SỐ|MÃ", help="số thứ tự hoặc số quyết định; với series: mã chương trình"
    )
    plan.set_defaults(needed={step: wanted.split() for step, (_, wanted) in STEPS.items()}, counts=COUNTS)
    options: dict[str, tuple[Callable[[str], Any], str, str]] = {
        "programme": (str, "MÃ", "chương trình"),
        "place": (str, "MÃ", "địa bàn (mặc định: tỉnh)"),
        "on": (a_day, "NGÀY", "với series: đến ngày (mặc định: hôm nay)"),
        "years": (str, "NĂM", "2024, hoặc 2021-2025 cho kế hoạch trung hạn"),
        "number": (str, "SỐ", "số, ký hiệu quyết định"),
        "dated": (a_day, "NGÀY", "ngày ký"),
        "signer": (str, "CHỨC_VỤ", "người ký (chức vụ)"),
        "note": (str, "GHI_CHÚ", "ghi chú"),
        "supersedes": (str, "SỐ", "thay cho kế hoạch này"),
        "code": (str, "MÃ", "mã chỉ tiêu; cùng mã ở hai bản là cùng một chỉ tiêu"),
        "component": (str, "MÃ", "dự án, tiểu dự án, nội dung"),
        "indicator": (str, "TÊN", "chỉ tiêu"),
        "said": (str, "MỨC", "mức như văn bản ghi, ví dụ “trên 3 điểm %%/năm”"),
        "value": (str, "SỐ", "con số của mức, ví dụ 3 hoặc 2,5"),
        "value-to": (str, "SỐ", "con số cuối, nếu mức là một khoảng"),
        "unit": (str, "ĐƠN_VỊ", "đơn vị tính"),
        "year": (str, "NĂM", "năm hoặc giai đoạn của chỉ tiêu (mặc định: của kế hoạch)"),
        "cites": (str, "CĂN_CỨ", "mục, biểu trong văn bản"),
        "target": (whole_number, "SỐ", "chỉ tiêu bị rút"),
        "replaces": (whole_number, "SỐ", "chỉ tiêu bị thay"),
        "reason": (str, "LÝ_DO", "lý do rút"),
    }
    for option, (kind, shown, said) in options.items():
        plan.add_argument(f"--{option}", type=kind, metavar=shown, help=said)
    plan.add_argument("--qualifier", choices=QUALIFIERS, default="",
                      help="trên, tối thiểu, dưới, tối đa, khoảng (mặc định: bằng)")  # fmt: skip
    plan.add_argument("--line", action="append", default=[], metavar="DÒNG",
                      help="“mã; nguồn; năm; đồng”: “1719.DA1; dau_tu:NSTW; 2024; 12.000.000”; lặp lại")  # fmt: skip
    plan.add_argument("--example", action="store_true", help="số ví dụ")
