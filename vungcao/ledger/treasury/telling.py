"""Causes in words, with the arithmetic that an officer can follow on paper. Amounts in triệu đồng, to the đồng."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from vungcao.kernel.vietnamese import amount, day, money
from vungcao.ledger.treasury.candidates import Candidate
from vungcao.ledger.treasury.causes import Explained
from vungcao.ledger.treasury.facts import Booked, CauseKind, Group

LABELS: Final[Mapping[CauseKind, str]] = {
    CauseKind.CUT_OFF: "Khác ngày chốt",
    CauseKind.ADVANCE: "Kho bạc tính tạm ứng",
    CauseKind.WRONG_CODE: "Ghi sai mã, không đúng mục đích",
    CauseKind.RESTORED: "Nộp khôi phục",
    CauseKind.OLD_CODES: "Số theo mã đơn vị cũ",
    CauseKind.CARRY_OVER: "Vốn kéo dài chưa chuyển mã",
    CauseKind.ROUNDING: "Làm tròn",
}
UNKNOWN: Final = "chưa rõ nguyên nhân"
ALIKE: Final = "khớp"


def say(one: Explained, cause: Candidate, names: Mapping[str, str]) -> str:
    """One cause in a sentence; ``names`` are those of components by code."""
    return _SENTENCES[cause.kind](one, cause, names)


def sum_said(one: Explained) -> str:
    """Difference = causes + rest, as a sum on one line; empty where there is nothing to add up."""
    if not one.causes:
        return ""
    parts = [f"{amount(cause.effect)} ({_inside(LABELS[cause.kind])})" for cause in one.causes]
    if one.rest_dong:
        parts.append(f"{amount(one.rest_dong)} ({UNKNOWN})")
    said = " + ".join(parts).replace("+ -", "− ").replace("+ −", "− ")
    return f"{amount(one.group.difference)} = {said}"


def _inside(label: str) -> str:
    """A label in the middle of a sentence; the Treasury keeps its capital."""
    return label if label.startswith("Kho bạc") else label[:1].lower() + label[1:]


def verdict(one: Explained) -> str:
    """The causes in a few words, or that they agree, or that the cause is not known."""
    if one.causes:
        said = "; ".join(LABELS[kind] for kind in one.kinds)
        return f"{said} (có thể)" if not one.is_exact and one.kinds == (CauseKind.CUT_OFF,) else said
    return UNKNOWN if one.group.difference else ALIKE


def _cut_off(one: Explained, cause: Candidate, names: Mapping[str, str]) -> str:
    group = one.group
    days = f"Kho bạc đến {day(group.treasury_day)}, đơn vị đến {day(group.unit_day)}"
    if not cause.rows:
        return f"{days}; chưa có số của cùng một ngày để chứng minh."
    now, then = sum(row.dong for row in cause.rows), sum(row.other_day or 0 for row in cause.rows)
    who = "Kho bạc" if cause.effect == now - then else "đơn vị"
    earlier = min(group.unit_day, group.treasury_day)
    between = f"{amount(now)} − {amount(then)} = {amount(now - then)}"
    return f"{days}; {who} ngày {day(earlier)} là {amount(then)}, phần sau đó {between}."


def _advance(one: Explained, cause: Candidate, names: Mapping[str, str]) -> str:
    dong = cause.effect
    total = one.group.treasury_dong
    return (
        f"tạm ứng chưa thu hồi {money(dong)}: Kho bạc {amount(total)} đã gồm, đơn vị chỉ tính thực chi "
        f"({amount(total)} − {amount(dong)} = {amount(total - dong)})."
    )


def _restored(one: Explained, cause: Candidate, names: Mapping[str, str]) -> str:
    dong = -cause.effect
    total = one.group.treasury_dong
    return (
        f"Kho bạc đã trừ {money(dong)} nộp khôi phục, đơn vị chưa trừ "
        f"({amount(total)} + {amount(dong)} = {amount(total + dong)})."
    )


def _old_codes(one: Explained, cause: Candidate, names: Mapping[str, str]) -> str:
    said = ", ".join(f"{row.codes.get('QHNS', '')} {amount(row.dong)}".strip() for row in cause.rows)
    return f"Kho bạc còn tính số đã chi theo mã của đơn vị cũ ({said}); đơn vị mới chưa tính số nhận bàn giao."


def _wrong_code(one: Explained, cause: Candidate, names: Mapping[str, str]) -> str:
    codes = _codes(cause.rows)
    if cause.partner is None:
        homes = {row.belongs.component for row in cause.rows if row.belongs is not None}
        named = ", ".join(names.get(home, home) for home in sorted(homes))
        return f"{money(cause.effect)} ghi ở đây{codes}, dự án đăng ký thuộc {named}: không đúng mục đích."
    if cause.effect > 0:
        there = _other(one, cause, names)
        return f"{money(cause.effect)} ghi ở đây{codes}, đơn vị báo cáo ở {there}: không đúng mục đích."
    return f"{money(-cause.effect)} Kho bạc ghi ở {_other(one, cause, names)}{codes}: không đúng mục đích."


def _carry_over(one: Explained, cause: Candidate, names: Mapping[str, str]) -> str:
    dong = abs(cause.effect)
    if cause.partner is None:
        return f"{money(dong)} vốn kéo dài đơn vị đã tính, Kho bạc chưa chuyển sang năm nay."
    where = "đang nằm ở mã của năm nay" if cause.effect > 0 else "Kho bạc còn ghi ở mã của năm nay"
    return f"{money(dong)} vốn kéo dài {where}, chưa chuyển mã."


def _rounding(one: Explained, cause: Candidate, names: Mapping[str, str]) -> str:
    return f"lệch {amount(cause.effect)} nhỏ hơn nửa đơn vị cuối mà biểu của đơn vị in."


def _other(one: Explained, cause: Candidate, names: Mapping[str, str]) -> str:
    home = cause.rows[0].belongs if cause.rows and cause.rows[0].belongs is not None else None
    return names.get(f"@{cause.partner}", names.get(home.component, home.component) if home else "chỗ khác")


def _codes(rows: Sequence[Booked]) -> str:
    said = [f"{name} {row.codes[name]}" for row in rows for name in ("CTMT", "DU_AN") if name in row.codes]
    words = {"CTMT": "mã CTMT", "DU_AN": "mã dự án"}
    named = ", ".join(dict.fromkeys(f"{words[one.split()[0]]} {one.split()[1]}" for one in said))
    return f" ({named})" if named else ""


_SENTENCES: Final = {
    CauseKind.CUT_OFF: _cut_off,
    CauseKind.ADVANCE: _advance,
    CauseKind.RESTORED: _restored,
    CauseKind.OLD_CODES: _old_codes,
    CauseKind.WRONG_CODE: _wrong_code,
    CauseKind.CARRY_OVER: _carry_over,
    CauseKind.ROUNDING: _rounding,
}


def names_of(groups: Sequence[Group], names: Mapping[str, str]) -> dict[str, str]:
    """Names of components, and of the other groups under ``@place`` for a move between two."""
    return {**names, **{f"@{at}": names.get(one.node.component, one.node.component) for at, one in enumerate(groups)}}
