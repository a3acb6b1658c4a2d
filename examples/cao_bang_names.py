"""Names as the example's workbooks print them: units of the province, components as the programme's tree names them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from examples.cao_bang_amounts import CITY
from vungcao.kernel.vietnamese import fold

TREE = Path(__file__).resolve().parents[1] / "vungcao" / "programme" / "reference" / "programme_1719.yaml"


def unit_name(district: str) -> str:
    """`huyện Bảo Lạc`, `thành phố Cao Bằng`."""
    return f"{'thành phố' if district == CITY else 'huyện'} {district}"


def file_name(unit: str) -> str:
    """As an office names its file: `H. Bao Lac`, `TP. Cao Bang`; a department is kept, without tone marks."""
    plain = fold(unit).title()
    if unit == "Ban Dân tộc":
        return "Ban Dan toc"
    return f"TP. {plain}" if unit == CITY else f"H. {plain}"


def project_name(project: str) -> str:
    return f"Dự án {project.removeprefix('DA')}: {_names()[f'1719.{project}']}"


def subproject_name(project: str, number: int) -> str:
    return f"Tiểu dự án {number}: {_names()[f'1719.{project}.TDA{number}']}"


@cache
def _names() -> dict[str, str]:
    return dict(_walk(yaml.safe_load(TREE.read_text(encoding="utf-8"))))


def _walk(branch: Any) -> Iterator[tuple[str, str]]:
    if isinstance(branch, dict):
        if "code" in branch and "name" in branch:
            yield branch["code"], branch["name"]
        branch = list(branch.values())
    if isinstance(branch, list):
        for part in branch:
            yield from _walk(part)
