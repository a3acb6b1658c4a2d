"""Causes in words, with the arithmetic that an officer can follow on paper. Amounts in triệu đồng, to the đồng."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

from vungcao.kernel.vietnamese import amount, day, money
from vungcao.ledger.treasury.candidates import Candidate
from vungcao.ledger.treasury.causes import Explained
from vungcao.ledger.treasury.facts import Booked, CauseKind, Group

Names = Mapping[str, str]


def label(kind: CauseKind) -> str:
    """A cause in a few words."""
    return {
        CauseKind.CUT_OFF: _("Khác ngày chốt"),
        CauseKind.ADVANCE: _("Kho bạc tính tạm ứng"),
        CauseKind.WRONG_CODE: _("Ghi sai mã, không đúng mục đích"),
        CauseKind.RESTORED: _("Nộp khôi phục"),
        CauseKind.OLD_CODES: _("Số theo mã đơn vị cũ"),
        CauseKind.CARRY_OVER: _("Vốn kéo dài chưa chuyển mã"),
        CauseKind.ROUNDING: _("Làm tròn"),
    }[kind]


def say(one: Explained, cause: Candidate, names: Names) -> str:
    """One cause in a sentence; ``names`` are those of components by code."""
    return _SENTENCES[cause.kind](one, cause, names)


def sum_said(one: Explained) -> str:
    """Difference = causes + rest, as a sum on one line; empty where there is nothing to add up."""
    if not one.causes:
        return ""
    parts = [f"{amount(cause.effect)} ({label(cause.kind)})" for cause in one.causes]
    if one.rest_dong:
        parts.append(f"{amount(one.rest_dong)} ({_('chưa rõ nguyên nhân')})")
    return f"{amount(one.group.difference)} = {' + '.join(parts)}".replace("+ -", "− ").replace("+ −", "− ")


def verdict(one: Explained) -> str:
    """The causes in a few words, or that they agree, or that the cause is not known."""
    if one.causes:
        said = "; ".join(label(kind) for kind in one.kinds)
        return _("%(causes)s (có thể)") % {"causes": said} if is_only_possible(one) else said
    return _("chưa rõ nguyên nhân") if one.group.difference else _("khớp")


def is_only_possible(one: Explained) -> bool:
    """Two days differ and nothing on file says what lies between them."""
    return not one.is_exact and one.kinds == (CauseKind.CUT_OFF,)


def _cut_off(one: Explained, cause: Candidate, names: Names) -> str:
    group = one.group
    days = {"treasury": day(group.treasury_day), "unit": day(group.unit_day)}
    if not cause.rows:
        said = _("Kho bạc đến %(treasury)s, đơn vị đến %(unit)s; chưa có số của cùng một ngày để chứng minh.")
        return said % days
    now, then = sum(row.dong for row in cause.rows), sum(row.other_day or 0 for row in cause.rows)
    facts = days | {"now": amount(now), "then": amount(then), "between": amount(now - then)}
    if cause.effect == now - then:
        said = _(
            "Kho bạc đến %(treasury)s, đơn vị đến %(unit)s; số Kho bạc ngày %(unit)s là %(then)s, sau đó thêm "
            "%(now)s − %(then)s = %(between)s."
        )
    else:
        said = _(
            "Kho bạc đến %(treasury)s, đơn vị đến %(unit)s; số đơn vị ngày %(treasury)s là %(then)s, sau đó thêm "
            "%(now)s − %(then)s = %(between)s."
        )
    return said % facts


def _advance(one: Explained, cause: Candidate, names: Names) -> str:
    total, dong = one.group.treasury_dong, cause.effect
    said = _(
        "tạm ứng chưa thu hồi %(dong)s: Kho bạc %(all)s đã gồm, đơn vị chỉ tính thực chi "
        "(%(all)s − %(part)s = %(left)s)."
    )
    return said % {"dong": money(dong), "all": amount(total), "part": amount(dong), "left": amount(total - dong)}


def _restored(one: Explained, cause: Candidate, names: Names) -> str:
    total, dong = one.group.treasury_dong, -cause.effect
    return _("Kho bạc đã trừ %(dong)s nộp khôi phục, đơn vị chưa trừ (%(all)s + %(part)s = %(left)s).") % {
        "dong": money(dong),
        "all": amount(total),
        "part": amount(dong),
        "left": amount(total + dong),
    }


def _old_codes(one: Explained, cause: Candidate, names: Names) -> str:
    said = ", ".join(f"{row.codes.get('QHNS', '')} {amount(row.dong)}".strip() for row in cause.rows)
    words = _("Kho bạc còn tính số đã chi theo mã của đơn vị cũ (%(codes)s); đơn vị mới chưa tính số nhận bàn giao.")
    return words % {"codes": said}


def _wrong_code(one: Explained, cause: Candidate, names: Names) -> str:
    facts = {"dong": money(abs(cause.effect)), "codes": _codes(cause.rows), "there": _other(cause, names)}
    if cause.partner is None:
        said = _("%(dong)s ghi ở đây%(codes)s, dự án đăng ký thuộc %(there)s: không đúng mục đích.")
    elif cause.effect > 0:
        said = _("%(dong)s ghi ở đây%(codes)s, đơn vị báo cáo ở %(there)s: không đúng mục đích.")
    else:
        said = _("%(dong)s Kho bạc ghi ở %(there)s%(codes)s: không đúng mục đích.")
    return said % facts


def _carry_over(one: Explained, cause: Candidate, names: Names) -> str:
    facts = {"dong": money(abs(cause.effect))}
    if cause.partner is None:
        return _("%(dong)s vốn kéo dài đơn vị đã tính, Kho bạc chưa chuyển sang năm nay.") % facts
    if cause.effect > 0:
        return _("%(dong)s vốn kéo dài đang nằm ở mã của năm nay, chưa chuyển mã.") % facts
    return _("%(dong)s vốn kéo dài Kho bạc còn ghi ở mã của năm nay, chưa chuyển mã.") % facts


def _rounding(one: Explained, cause: Candidate, names: Names) -> str:
    said = _("lệch %(dong)s đồng, nhỏ hơn nửa đơn vị cuối mà biểu của đơn vị in.")
    return said % {"dong": amount(cause.effect, 1)}


def _other(cause: Candidate, names: Names) -> str:
    """The other group of a move, else where the rows' projects are registered."""
    if f"@{cause.partner}" in names:
        return names[f"@{cause.partner}"]
    homes = sorted({row.belongs.component for row in cause.rows if row.belongs is not None})
    return ", ".join(names.get(home, home) for home in homes)


def _codes(rows: Sequence[Booked]) -> str:
    words = {"CTMT": _("mã CTMT"), "DU_AN": _("mã dự án")}
    said = [f"{words[name]} {row.codes[name]}" for row in rows for name in words if name in row.codes]
    return f" ({', '.join(dict.fromkeys(said))})" if said else ""


_SENTENCES: Final[Mapping[CauseKind, Callable[[Explained, Candidate, Names], str]]] = {
    CauseKind.CUT_OFF: _cut_off,
    CauseKind.ADVANCE: _advance,
    CauseKind.RESTORED: _restored,
    CauseKind.OLD_CODES: _old_codes,
    CauseKind.WRONG_CODE: _wrong_code,
    CauseKind.CARRY_OVER: _carry_over,
    CauseKind.ROUNDING: _rounding,
}


def names_of(groups: Sequence[Group], names: Names) -> dict[str, str]:
    """Names of components, and of the other groups under ``@place`` for a move between two."""
    return {**names, **{f"@{at}": names.get(one.node.component, one.node.component) for at, one in enumerate(groups)}}
