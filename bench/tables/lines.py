"""The lines of a table as a tree: marks, labels, sections, totals, “Trong đó”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from bench.tables.forms import Form

ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
SCHEMES: list[list[str]] = [
    ["1"], ["1"], [""], ["I"], ["A", "1"], ["I", "1"], ["I", "1"], ["1", "1.1"], ["I", "-"], ["1", "a"], ["1", "-"],
    ["A", "I"], ["A", "I", "1"], ["I", "1", "a"], ["I", "1", "1.1"], ["I", "1", "-"], ["A", "1", "-"],
    ["1", "1.1", "1.1.1"], ["1", "-", "+"], ["I", "1", "a)"],
]  # fmt: skip
PROJECTS = ["Giải quyết tình trạng thiếu đất ở, nhà ở", "Quy hoạch, sắp xếp, bố trí dân cư", "Phát triển sản xuất",
            "Đầu tư cơ sở hạ tầng thiết yếu", "Phát triển giáo dục, đào tạo", "Bảo tồn bản sắc văn hóa",
            "Chăm sóc sức khỏe nhân dân", "Bình đẳng giới", "Nhóm dân tộc còn nhiều khó khăn",
            "Truyền thông, giám sát"]  # fmt: skip
NAMES = ["Hòa Ví", "Thủy Dụ", "Nà Ví", "Khuổi Dụ", "Pác Ví", "Lũng Dụ", "Đông Ví", "Bản Dụ", "Cốc Ví", "Phia Dụ",
         "Tân Ví", "Vĩnh Dụ", "Quang Ví", "Thượng Dụ", "Hạ Ví", "Ngọc Dụ"]  # fmt: skip
FIELDS = ["Giao thông", "Thủy lợi", "Nước sinh hoạt", "Điện", "Trường học", "Nhà văn hóa", "Trạm y tế", "Chợ"]
INDICATORS = {
    "hộ": ["Số hộ dân", "Tổng số hộ nghèo", "Hộ dùng nước sạch"], "người": ["Số lao động", "Tổng số người học nghề"],
    "ha": ["Diện tích gieo trồng", "Tổng diện tích rừng"], "tấn": ["Sản lượng thóc", "Tổng sản lượng"],
    "km": ["Đường cứng hóa", "Kênh mương"], "triệu đồng": ["Thu ngân sách", "Tổng mức đầu tư"], "con": ["Đàn trâu"],
}  # fmt: skip
BODIES = ["Sở Nông nghiệp ví dụ", "Sở Y tế ví dụ", "Sở Giáo dục ví dụ", "Ban Quản lý dự án ví dụ", "Công an ví dụ"]
TOTALS = ["TỔNG CỘNG", "Tổng cộng", "Tổng số", "Cộng", "TỔNG SỐ", "Tổng cộng:"]
SOURCES = ["NSTW", "NSĐP"]
PARTS = {"money": SOURCES, "count": ["Hộ DTTS", "Hộ có chủ hộ là nữ"]}


@dataclass(slots=True, eq=False)
class Node:
    """A line; ``parts`` divide it a second time (“Trong đó”), ``children`` add up to it."""

    label: str
    kind: Literal["total", "section", "item", "of_which"] = "item"
    mark: str | None = None
    children: list[Node] = field(default_factory=list)
    parts: list[Node] = field(default_factory=list)
    parent: Node | None = None
    values: dict[str, int] = field(default_factory=dict)
    valued: bool = True  # prints figures of its own
    firm: bool = True  # its children carry numbers, so that they claim to add up
    header: bool = False  # the bare line “Trong đó:”
    closing: Node | None = None  # the line “Cộng I” that closes a section without figures
    hidden: bool = False
    counted: bool = True  # a hidden line that the totals count
    row: int = 0
    unit: str | None = None  # where the table has a column of units
    complete: bool = False  # its parts are all there is of it (“Chia ra:”)

    def walk(self) -> Iterator[Node]:
        """This line, its parts and the lines under it, as printed."""
        yield self
        yield from self.parts
        for child in self.children:
            yield from child.walk()
        if self.closing:
            yield self.closing

    @property
    def leaves(self) -> list[Node]:
        return [leaf for child in self.children for leaf in child.leaves] if self.children else [self]


@dataclass(slots=True)
class Lines:
    """All lines of a body; the total is a node whose children are the lines at the top."""

    tops: list[Node]
    total: Node | None
    total_first: bool
    schemes: list[str]

    def printed(self) -> list[Node]:
        """In the order of the sheet."""
        body = [node for top in self.tops for node in top.walk()]
        if self.total is None:
            return body
        total = [self.total, *self.total.parts]
        return [*total, *body] if self.total_first else [*body, *total]


def compose(chance: Random, form: Form) -> Lines:
    """A random tree of lines for a form, marks and labels given, figures not yet."""
    if form.lines == "adjustment":
        return _adjustment(chance)
    if form.lines == "indicators":
        return _indicators(chance)
    schemes = list(chance.choice(SCHEMES))
    tops = _level(chance, form, schemes, 0)
    total = None
    if len(tops) > 1 and chance.random() < 0.85:
        total = Node(chance.choice(TOTALS), "total", children=tops)
    lines = Lines(tops, total, chance.random() < 0.65, schemes)
    _close_sections(chance, lines)
    _divide(chance, form, lines)
    return lines


def _adjustment(chance: Random) -> Lines:
    names = chance.choice(
        [("GIẢM", "TĂNG"), ("ĐIỀU CHỈNH GIẢM", "ĐIỀU CHỈNH TĂNG"), ("Điều chỉnh giảm", "Điều chỉnh tăng")]
    )
    tops = []
    for mark, name in zip("AB", names, strict=True):
        block = Node(name, "section", mark)
        for at in range(chance.randint(1, 5)):
            block.children.append(Node(chance.choice(PROJECTS) + " (ví dụ)", mark=str(at + 1), parent=block))
        tops.append(block)
    return Lines(tops, None, True, ["A", "1"])


def _indicators(chance: Random) -> Lines:
    """Lines that each have a unit of their own; those of one unit may add up to the line over them."""
    tops = []
    for at in range(chance.randint(2, 4)):
        one = chance.choice(list(INDICATORS)) if chance.random() < 0.3 else None
        top = Node(f"{chance.choice(FIELDS)} {at + 1}", "section", ROMAN[at], valued=one is not None, unit=one)
        units = [one or chance.choice(list(INDICATORS)) for _ in range(chance.randint(2, 6))]
        for number, unit in enumerate(units, start=1):
            label = f"{chance.choice(INDICATORS[unit])} {number}"
            top.children.append(Node(label, mark=str(number), parent=top, unit=unit))
        tops.append(top)
    return Lines(tops, None, True, ["I", "1"])


def say_complete(chance: Random, lines: Lines) -> bool:
    """Parts under a line of their own are said to be all there is: “Chia ra:”, “Bao gồm:”; whether there were any."""
    divided = [node for node in lines.printed() if node.parts and node.parts[0].header]
    word = chance.choice(["Chia ra:", "Bao gồm:", "Gồm:"])
    for node in divided:
        node.complete, node.parts[0].label = True, word
    return bool(divided)


def _level(chance: Random, form: Form, schemes: list[str], depth: int, above: str = "") -> list[Node]:
    deepest = depth == len(schemes) - 1
    scheme = schemes[depth]
    many = chance.randint(3, 12) if len(schemes) == 1 else chance.randint(2, 5 if not deepest else 6)
    nodes: list[Node] = []
    used: set[str] = set()
    for at in range(many):
        mark = _mark(scheme, at, above)
        node = Node(_label(chance, form, depth, deepest, at, used), mark=mark)
        if not deepest and (chance.random() < 0.9 or depth == 0):
            node.kind = "section"
            node.children = _level(chance, form, schemes, depth + 1, mark or "")
            node.firm = schemes[depth + 1] not in ("-", "+", "")
            for child in node.children:
                child.parent = node
        nodes.append(node)
    return nodes


def _mark(scheme: str, at: int, above: str) -> str | None:
    if scheme == "":
        return None
    if scheme in ("-", "+"):
        return scheme
    if scheme == "A":
        return "ABCDEGH"[at]
    if scheme == "I":
        return ROMAN[at]
    if scheme.startswith("a"):
        return "abcdeghi"[at] + scheme[1:]
    return f"{above}.{at + 1}" if "." in scheme else str(at + 1)


def _label(chance: Random, form: Form, depth: int, deepest: bool, at: int, used: set[str]) -> str:
    """A name not yet used among its neighbours."""
    label = _name(chance, form, depth, deepest, at)
    while label in used:
        at += 7
        label = f"{_name(chance, form, depth, deepest, at)} ({at})"
    used.add(label)
    return label


def _name(chance: Random, form: Form, depth: int, deepest: bool, at: int) -> str:
    place = f"{chance.choice(NAMES)}{'' if at < 7 else f' {at}'}"
    if form.lines == "projects":
        text = chance.choice(PROJECTS)
        return (
            f"Dự án {at + 1}: {text}"
            if depth == 0
            else f"{'Tiểu dự án' if not deepest else 'Nội dung'} {at + 1}: {text}"
        )
    if form.lines == "fields":
        return f"{chance.choice(FIELDS)}{'' if depth == 0 else f' xã {place}'}"
    if form.lines == "works":
        return f"Đường vào xóm {place}" if deepest else f"{chance.choice(FIELDS)} {place}"
    if not deepest:
        return chance.choice(["Khối các sở, ngành", "Khối các xã", f"Cụm {place}", f"Vùng {place}"])
    if form.lines == "units" and chance.random() < 0.3:
        return f"{chance.choice(BODIES)} {at + 1}"
    return f"{chance.choice(['Xã', 'Xã', 'UBND xã', 'TT', 'Phường'])} {place}"


def _close_sections(chance: Random, lines: Lines) -> None:
    """Now and then sections print nothing themselves; a line “Cộng I” after their lines may do it for them."""
    if len(lines.schemes) != 2 or lines.schemes[0] not in ("A", "I") or lines.schemes[1] in ("-", ""):
        return
    way = chance.random()
    if way > 0.2 or not all(top.children for top in lines.tops):
        return
    for top in lines.tops:
        top.valued = False
        if way < 0.1:
            top.closing = Node(
                f"{'Cộng' if way < 0.05 else 'Cộng mục'} {top.mark}", "total", parent=top, children=top.children
            )


def _divide(chance: Random, form: Form, lines: Lines) -> None:
    """“Trong đó” under the total, under sections or under items."""
    if chance.random() > 0.4 or lines.schemes[-1] in ("-", "+", "") or "-" in lines.schemes:
        return
    names = PARTS["money" if form.has_money else "count"]
    inline = chance.random() < 0.5
    wholes: Sequence[Node] = [lines.total] if lines.total and chance.random() < 0.5 else _dividable(chance, lines)
    for whole in wholes:
        word = chance.choice(["Trong đó:", "Tr.đó:"])
        if inline:
            whole.parts = [Node(f"{word} {names[0]}", "of_which", parent=whole)]
        else:
            whole.parts = [Node(word, "of_which", parent=whole, valued=False, header=True)]
            whole.parts += [Node(name, "of_which", "-", parent=whole) for name in names]


def _dividable(chance: Random, lines: Lines) -> list[Node]:
    leaves = [leaf for top in lines.tops for leaf in top.leaves]
    return chance.sample(leaves, min(len(leaves), chance.randint(1, 3)))
