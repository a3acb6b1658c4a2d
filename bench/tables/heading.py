"""Draws the head of a table: groups, heads, units in them, the row of column numbers with its formulas."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from bench.tables.body import TableBody
from bench.tables.forms import Col
from bench.tables.page import Ink, Page

LABEL_HEADS = {
    "projects": ["Nội dung", "Dự án, tiểu dự án, nội dung", "Nội dung (dự án, tiểu dự án)"],
    "units": ["Đơn vị", "Tên đơn vị", "Đơn vị thực hiện"],
    "places": ["Xã, phường", "Đơn vị", "Tên xã", "Địa bàn"],
    "works": ["Danh mục công trình", "Tên công trình"],
    "fields": ["Lĩnh vực", "Nội dung"],
    "indicators": ["Chỉ tiêu", "Nội dung chỉ tiêu"],
    "adjustment": ["Dự án, nội dung", "Nội dung"],
}


class HeadDrawing:
    """The head of one table; ``paths`` says what stands over each column, from the top down."""

    def __init__(self, chance: Random, page: Page, body: TableBody, features: set[str], unit_name: str,
                 place: dict[str, int], left: int, label_col: int) -> None:  # fmt: skip
        self.chance, self.page, self.body, self.features = chance, page, body, features
        self.form, self.unit_name, self.place, self.left, self.label_col = body.form, unit_name, place, left, label_col
        self.serial = left < label_col
        self._wrap()

    def _wrap(self) -> None:
        """Sometimes one more head above neighbouring heads of money."""
        self.paths = {col.key: col.path for col in self.form.cols}
        amounts = [col.key for col in self.form.cols if col.kind == "money" and not col.hidden]
        run = amounts[: self.chance.randint(2, 6)]
        first = self.place[run[0]] if run else 0
        whole = run and [self.place[key] for key in run] == list(range(first, first + len(run)))
        cut = run and len(run) < len(amounts) and self.paths[amounts[len(run)]][0] == self.paths[run[-1]][0]
        if whole and not cut and self.chance.random() < 0.2:
            self.features.add("deep_head")
            for key in run:
                self.paths[key] = ("Vốn ngân sách nhà nước", *self.paths[key])

    def draw(self, top: int) -> int:
        """Returns the last row of the head."""
        chance, page = self.chance, self.page
        depth = max(len(path) for path in self.paths.values())
        last = top + depth - 1
        upright = chance.random() < 0.85  # heads that are merged downwards
        across = upright or chance.random() < 0.7
        firsts = [(self.label_col, chance.choice(LABEL_HEADS[self.form.lines]))]
        if self.serial:
            firsts.append((self.left, chance.choice(["STT", "TT", "Số TT"])))
        for col, text in firsts:
            page.put(top, col, text)
            if upright:
                page.merge(top, col, last, col)
        heads = {key: (*path[:-1], self._with_unit(key, path[-1])) for key, path in self.paths.items()}
        self.paths = heads
        done: set[tuple[int, tuple[str, ...]]] = set()
        for key, path in heads.items():
            col = self.place[key]
            for level, text in enumerate(path):
                group = path[: level + 1]
                if level < len(path) - 1 and (level, group) in done:
                    continue
                page.put(top + level, col, text)
                if level < len(path) - 1:
                    done.add((level, group))
                    width = self._group_width(key, group)
                    if across:
                        page.merge(top + level, col, top + level, col + width - 1)
                elif upright:
                    page.merge(top + level, col, last, col)
        return self._number_row(last + 1) if self._numbered() else last

    def _group_width(self, key: str, group: tuple[str, ...]) -> int:
        keys = list(self.paths)
        width = 0
        for other in keys[keys.index(key) :]:
            if self.paths[other][: len(group)] != group or len(self.paths[other]) == len(group):
                break
            width += 1
        return width

    def _with_unit(self, key: str, text: str) -> str:
        col = self.body.cols[key]
        if col.kind == "money" and "unit_in_heads" in self.features:
            return f"{text} ({self.unit_name})"
        if col.unit and f"({col.unit})" not in text and self.chance.random() < 0.7:
            return f"{text} ({col.unit})"
        return text

    def _numbered(self) -> bool:
        return "stated" in self.features or self.chance.random() < 0.2

    def _number_row(self, row: int) -> int:
        """``A | B | 1 | 2 | 3=1+2`` or ``1 | 2 | 3=4+5``: what the columns are computed from."""
        chance, page = self.chance, self.page
        letters = chance.random() < 0.4
        number = 0
        for index, col in enumerate(range(self.left, self.label_col + 1)):
            if letters:
                page.put(row, col, "AB"[index])
            else:
                number += 1
                page.put(row, col, Ink(number))
        numbers: dict[str, int] = {}
        for column in self.form.cols:
            if not column.hidden:
                number += 1
                numbers[column.key] = number
        brackets, spaces = chance.random() < 0.15, chance.random() < 0.2
        for column in self.form.cols:
            if column.hidden:
                continue
            own = numbers[column.key]
            if column.formula and "stated" in self.features:
                said = f"{own}={self._said(column, numbers)}"
                if brackets:
                    said = "".join(f"({part})" if part.isdigit() and part != "100" else part for part in _parts(said))
                page.put(row, self.place[column.key], said.replace("=", " = ").replace("+", " + ") if spaces else said)
            else:
                page.put(
                    row,
                    self.place[column.key],
                    f"({own})" if brackets else Ink(own) if chance.random() < 0.7 else str(own),
                )
        return row

    def _said(self, col: Col, numbers: dict[str, int]) -> str:
        if col.is_rate:
            above, below = (numbers[key] for key in col.rate)
            return self.chance.choice(["{}/{}", "{}/{}*100", "{}/{}%", "{}:{}"]).format(above, below)
        terms = [(sign, numbers[key]) for sign, key in col.terms]
        run = [number for _, number in terms]
        steps = {after - before for before, after in pairwise(run)}
        if len(run) > 4 and len(steps) == 1 and all(sign > 0 for sign, _ in terms) and self.chance.random() < 0.5:
            return f"{run[0]}+{run[1]}+…+{run[-1]}"
        return "".join(f"{'-' if sign < 0 else '+'}{number}" for sign, number in terms).lstrip("+")


def _parts(said: str) -> list[str]:
    """``3=4+5`` → ``3 = 4 + 5`` as parts."""
    parts: list[str] = [""]
    for sign in said:
        if sign.isdigit() == parts[-1].isdigit() and parts[-1]:
            parts[-1] += sign
        else:
            parts.append(sign)
    return parts[1:] if not parts[0] else parts
