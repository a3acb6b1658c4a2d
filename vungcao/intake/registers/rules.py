"""The rules of a register, as data: one short YAML file says its columns, what each may hold, and what must agree.

    code: ho_vi_du
    label: Danh sách hộ (ví dụ)
    lists:
      loai: [Hộ nghèo, Hộ cận nghèo]
    columns:
      - {code: ma, name: Mã hộ, head: "ma ho", text: true, pattern: 'H\\d{8}', like: "H00000001", unique: true}
      - {code: loai, name: Phân loại, head: "phan loai.*", text: true, among: loai}
      - {code: khau, name: Số khẩu, head: "so khau", number: true, whole: true, from: 1, to: 30}
      - {code: ngay, name: Ngày, head: "ngay.*", date: true, from: 2021-01-01, optional: true}
    rows:
      - {code: qua_von, at: chi, is: [chi, "<=", von], says: "đã chi lớn hơn vốn"}

``head`` is a pattern over the folded head, whole; a column is wanted in every line unless ``optional``. A pattern is
tried on the whole text. Rules of rows are tried where both cells hold what they should.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import nfc

FOLDER: Final = Path(__file__).parent / "shipped"
Kind = Literal["text", "number", "date"]
Limit = Decimal | date
KINDS: Final[tuple[Kind, ...]] = ("text", "number", "date")
COMPARED: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<=": operator.le, "<": operator.lt, ">=": operator.ge, ">": operator.gt, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # lists of codes may be long
_COLUMN_WORDS: Final = {
    "code", "name", "head", "optional", "pattern", "like", "among", "unique", "whole", "from", "to", *KINDS,
}  # fmt: skip


class BadRules(Refusal):
    """A file of rules that does not say what it must."""

    code = "register.bad_rules"


@dataclass(frozen=True)
class ColumnRules:
    """What a column may hold. ``like``: a right text, for officers; ``low`` and ``high`` are allowed themselves."""

    code: str
    name: str
    head: re.Pattern[str]
    kind: Kind
    optional: bool = False
    pattern: re.Pattern[str] | None = None
    like: str = ""
    among: frozenset[str] | None = None
    unique: bool = False
    whole: bool = False
    low: Limit | None = None
    high: Limit | None = None


@dataclass(frozen=True)
class RowRule:
    """Two cells of a line that must stand in a relation; a line where they do not is told at the cell of ``at``."""

    code: str
    at: str
    left: str
    sign: str
    right: str
    says: str

    @property
    def holds(self) -> Callable[[Any, Any], bool]:
        return COMPARED[self.sign]


@dataclass(frozen=True)
class Register:
    """A kind of list: its columns in order, and what must agree within a line."""

    code: str
    label: str
    columns: tuple[ColumnRules, ...]
    rows: tuple[RowRule, ...] = ()

    def column(self, code: str) -> ColumnRules:
        return next(column for column in self.columns if column.code == code)


def load(path: Path) -> Register:
    """The rules in a file; raises ``BadRules`` with a sentence that names what is wrong in it."""
    try:
        said = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except FileNotFoundError:
        raise BadRules(f"Không thấy tệp quy tắc “{path.name}”.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadRules(f"Tệp quy tắc “{path.name}” không đọc được: {str(error).splitlines()[0]}.") from None
    return register_of(said, path.name)


@cache
def known() -> dict[str, Register]:
    """The registers shipped with the house, by code."""
    found = [load(path) for path in sorted(FOLDER.glob("*.yaml"))]
    return {register.code: register for register in found}


def register_of(said: Any, file: str) -> Register:
    """The register that a mapping describes; ``file`` is named where it is wrong."""

    def must(right: Any, what: str) -> None:
        if not right:
            raise BadRules(f"Quy tắc “{file}”: {what}.")

    must(isinstance(said, dict) and said.get("code") and isinstance(said.get("columns"), list), "thiếu code, columns")
    must(not said.keys() - {"code", "label", "lists", "columns", "rows"}, f"từ lạ {_strange(said, 'code label lists')}")
    lists = {name: frozenset(nfc(str(one)) for one in some) for name, some in (said.get("lists") or {}).items()}
    columns = []
    for one in said["columns"]:
        must(isinstance(one, dict) and one.get("code") and one.get("name") and one.get("head"), f"cột {one} thiếu mục")
        must(not one.keys() - _COLUMN_WORDS, f"cột {one['code']} có từ lạ {sorted(one.keys() - _COLUMN_WORDS)}")
        must(sum(bool(one.get(kind)) for kind in KINDS) == 1, f"cột {one['code']} phải là một trong text, number, date")
        must(
            one.get("among") is None or one["among"] in lists,
            f"cột {one['code']}: không có danh mục {one.get('among')}",
        )
        try:
            columns.append(_column(one, lists))
        except (re.error, ValueError, InvalidOperation, TypeError) as error:
            raise BadRules(f"Quy tắc “{file}”: cột {one['code']} viết sai ({error}).") from None
    kinds = {column.code: column.kind for column in columns}
    must(len(kinds) == len(columns), "hai cột cùng code")
    must(not all(column.optional for column in columns), "cần ít nhất một cột bắt buộc")
    rules = []
    for one in said.get("rows") or ():
        left, sign, right = (str(part) for part in one.get("is") or ("", "", ""))
        must(sign in COMPARED and kinds.get(left) == kinds.get(right) is not None, f"quy tắc dòng {one} viết sai")
        must(one.get("at") in kinds and one.get("says") and one.get("code"), f"quy tắc dòng {one} thiếu mục")
        rules.append(RowRule(str(one["code"]), one["at"], left, sign, right, str(one["says"])))
    return Register(str(said["code"]), str(said.get("label") or said["code"]), tuple(columns), tuple(rules))


def _column(said: dict[str, Any], lists: dict[str, frozenset[str]]) -> ColumnRules:
    kind: Kind = next(kind for kind in KINDS if said.get(kind))
    if kind != "text" and (said.get("pattern") or said.get("among")):
        raise ValueError("pattern, among chỉ dùng cho text")
    if kind == "text" and (said.get("from") is not None or said.get("to") is not None):
        raise ValueError("from, to chỉ dùng cho number, date")
    return ColumnRules(
        code=str(said["code"]),
        name=str(said["name"]),
        head=re.compile(said["head"]),
        kind=kind,
        optional=bool(said.get("optional")),
        pattern=re.compile(said["pattern"]) if said.get("pattern") else None,
        like=str(said.get("like") or ""),
        among=lists[said["among"]] if said.get("among") else None,
        unique=bool(said.get("unique")),
        whole=bool(said.get("whole")),
        low=_limit(kind, said.get("from")),
        high=_limit(kind, said.get("to")),
    )


def _limit(kind: Kind, said: Any) -> Limit | None:
    if said is None:
        return None
    if kind == "date":
        return said if isinstance(said, date) else date.fromisoformat(str(said))
    return Decimal(str(said))


def _strange(said: dict[str, Any], words: str) -> list[str]:
    return sorted(str(word) for word in said.keys() - {*words.split(), "columns", "rows"})
