"""A dossier as it is told: in JSON for programs, in tables at the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vungcao.bodies.queries import naming as body_naming
from vungcao.desk.commands.printing import as_json, console, table
from vungcao.desk.dossier_lost import show_lost
from vungcao.kernel.vietnamese import amount, day, money
from vungcao.law.models import Confidence
from vungcao.ledger.dossiers import standing
from vungcao.ledger.dossiers.before_after import before_after, line_json, spent
from vungcao.ledger.dossiers.draft import Decided, Draft
from vungcao.ledger.dossiers.faults import cautions, faults, of_decision
from vungcao.ledger.dossiers.losing import losses
from vungcao.ledger.dossiers.standing import Standing
from vungcao.ledger.dossiers.ways import way_of
from vungcao.ledger.models import Dossier, DossierLine, Side, StepTaken

STEPS = {standing.DRAFTING: "đang soạn", standing.DECIDED: "đã có quyết định"} | {
    one.value: str(one.label).lower() for one in StepTaken
}
BY = {"project": "dự án", "unit": "đơn vị", "source": "nguồn vốn"}


def show_list(rows: QuerySet[Dossier], *, as_data: bool) -> int:
    """Every dossier, where it stands, what it holds."""
    found = standing.standings(rows)
    lines = standing.lines_of([one.dossier for one in found])
    told = [_head(one, lines[one.dossier.pk]) for one in found]
    if as_data:
        as_json({"dossiers": told})
        return 0
    heads = ("Mã", "Tên", "Dự kiến", "Bước", "Giảm, chuyển, hủy", "Tăng", "Giữ chỗ đến hết", "Quyết định")
    cells = [
        (one["code"], one["title"], day(date.fromisoformat(one["planned_for"])), _(STEPS[one["step"]]),
         amount(one["given_up_dong"]), amount(one["up_dong"]),
         day(date.fromisoformat(one["held_until"])) if one["held_until"] else "–", one["decided"] or "–")
        for one in told
    ]  # fmt: skip
    table(heads, cells, title=_("%(count)s hồ sơ vốn (triệu đồng)") % {"count": len(cells)}, right=(4, 5))
    return 0


def _head(now: Standing, lines: Sequence[DossierLine]) -> dict[str, Any]:
    one = now.dossier
    sums = {side: sum(line.dong for line in lines if line.side == side) for side in Side}
    return {
        "code": one.code, "kind": one.kind or "adjustment", "title": one.title,
        "planned_for": f"{one.planned_for}", "step": now.step,
        "down_dong": sums[Side.DOWN], "up_dong": sums[Side.UP], "lines": len(lines),
        "given_up_dong": sums[way_of(one.kind).giving],
        "held_until": f"{now.held_until}" if now.held_until else None,
        "decided": f"{one.decision}" if hasattr(one, "decision") else None,
    }  # fmt: skip


def dossier_json(draft: Draft) -> dict[str, Any]:
    """The whole dossier for the draft's day: a contract of ``vungcao dossier look --json``."""
    done = spent(draft)
    (now,) = standing.standings(Dossier.objects.filter(pk=draft.dossier.pk))
    found = of_decision(now.dossier.decision, draft) if now.step == standing.DECIDED else faults(draft)
    return {
        **_head(now, draft.lines),
        "on": f"{draft.on}",
        "lines": [line_json(draft, line, done) for line in draft.lines],
        "decided_by": [one.as_json() for one in draft.decided],
        "faults": [one.as_json() for one in found],
        "cautions": cautions(draft),
        "targets_lost": [one.as_json() for one in losses(draft)],
        "before_after": {by: [row.as_json() for row in rows] for by, rows in before_after(draft).items()},
        "opinions": opinions(draft),
    }


def opinions(draft: Draft) -> list[dict[str, Any]]:
    """The table of answers: who, when asked, when answered, what, taken up or not."""
    found = []
    for asked, answer in draft.opinions:
        found.append({
            "asked": asked.pk, "body": asked.body.key, "name": body_naming(asked.body_id, asked.asked_on)[0],
            "asked_on": f"{asked.asked_on}", "number": asked.number,
            "reply_by": f"{asked.reply_by}" if asked.reply_by else None,
            "answered_on": f"{answer.answered_on}" if answer else None,
            "answer_number": answer.number if answer else "", "verdict": answer.verdict if answer else None,
            "verdict_said": _(str(answer.get_verdict_display())) if answer else _("chưa trả lời"),
            "said": answer.said if answer else "", "taken": answer.taken if answer else "",
            "taken_said": _(str(answer.get_taken_display())) if answer else "", "how": answer.how if answer else "",
        })  # fmt: skip
    return found


def opinions_in_days(draft: Draft) -> list[dict[str, Any]]:
    """The same table with days as they are written in Vietnamese."""
    return [
        {
            **row,
            "asked_day": _day(row["asked_on"]),
            "answered_day": _day(row["answered_on"]) if row["answered_on"] else "",
        }
        for row in opinions(draft)
    ]


def show(draft: Draft, *, as_data: bool) -> int:
    """All of it at the terminal: 1 where something is wrong, else 0."""
    said = dossier_json(draft)
    if as_data:
        as_json(said)
        return 1 if said["faults"] else 0
    one = draft.dossier
    where = said["decided"] or _(STEPS[said["step"]])
    console.print(f"{one.code} {one.title}", style="bold", markup=False, soft_wrap=True)
    console.print(
        _("Xét theo ngày %(on)s; %(where)s.") % {"on": day(draft.on), "where": where}, markup=False, soft_wrap=True
    )
    for side in draft.way.sides:
        _show_lines(draft, side, said["lines"])
    for decided in draft.decided:
        _show_decided(decided, draft)
    show_lost(losses(draft))
    for by, rows in before_after(draft).items():
        cells = [(row.code, row.name, *map(amount, (row.before, row.down, row.up, row.after))) for row in rows]
        heads = ("Mã", "Tên", "Trước", "Giảm", "Tăng", "Sau")
        table(heads, cells, title=_("Trước và sau, theo %(by)s (triệu đồng)") % {"by": _(BY[by])}, right=(2, 3, 4, 5))
    _show_opinions(said["opinions"])
    for fault in said["faults"]:
        console.print(
            _("✗ %(sentence)s Căn cứ: %(cites)s.") % {"sentence": fault["sentence"], "cites": fault["cites"]},
            style="bold",
            markup=False,
            soft_wrap=True,
        )
    for caution in said["cautions"]:
        console.print(f"• {caution}", markup=False, soft_wrap=True)
    return 1 if said["faults"] else 0


def _show_lines(draft: Draft, side: Side, rows: list[dict[str, Any]]) -> None:
    heads = (
        "Dòng",
        "Dự án",
        "Đơn vị",
        "Nguồn",
        "Năm nguồn/dùng",
        "Đã giao",
        "Giải ngân",
        "Số tiền",
        "Lý do",
        "Đề nghị",
    )
    cells = []
    for row in (one for one in rows if one["side"] == side):
        done = "–" if row["spent_dong"] is None else amount(row["spent_dong"])
        cells.append(
            (f"{row['line']}", row["component"], row["body"], row["source"], f"{row['year_origin']}/{row['year_use']}",
             amount(row["before_dong"]), done, amount(row["dong"]),
             f"{row['basis']}: {row['reason']}" if row["basis"] else row["reason"], row["paper"])
        )  # fmt: skip
    title = _("%(label)s: %(total)s (bảng: triệu đồng; – là chưa có số liệu)") % {
        "label": _(side.label),
        "total": money(draft.total(side)),
    }
    table(heads, cells, title=title, right=(5, 6, 7))


def _show_decided(one: Decided, draft: Draft) -> None:
    ruling, words = one.ruling, draft.book.words
    if one.settled:
        scope = words.scopes[ruling.move.scope]
        said = _("%(dong)s %(scope)s: theo %(settled)s; văn bản của tỉnh chỉ ghi danh sách") % {
            "dong": money(one.dong),
            "scope": scope,
            "settled": one.settled,
        }
        console.print(said, style="bold", markup=False, soft_wrap=True)
        return
    console.print(f"{money(one.dong)} {words.scopes[ruling.move.scope]}: {ruling.decider_name}", style="bold",
                  markup=False, soft_wrap=True)  # fmt: skip
    for reading in ruling.readings:
        sure = _(Confidence(reading.confidence).label)
        rules = ", ".join(rule.id for rule in reading.rules)
        said = _("%(rules)s. Căn cứ: %(cites)s. Độ chắc chắn: %(how_sure)s.") % {
            "rules": rules,
            "cites": reading.cites,
            "how_sure": sure,
        }
        console.print(f"  {draft.book.decider(reading.decider)}: {said}", markup=False, soft_wrap=True)
    for other in ruling.alternatives:
        console.print(
            _("  Cách khác: %(name)s, %(when)s (%(rule)s).")
            % {"name": other.name, "when": other.when, "rule": other.rule},
            markup=False,
            soft_wrap=True,
        )


def _show_opinions(rows: list[dict[str, Any]]) -> None:
    if rows:
        heads = ("Lần", "Cơ quan", "Hỏi ngày", "Trả lời ngày", "Số", "Ý kiến", "Nội dung", "Tiếp thu")
        cells = [
            (f"{row['asked']}", row["name"], _day(row["asked_on"]), _day(row["answered_on"]), row["answer_number"],
             row["verdict_said"], row["said"], ": ".join(one for one in (row["taken_said"], row["how"]) if one))
            for row in rows
        ]  # fmt: skip
        table(heads, cells, title=_("Ý kiến các cơ quan"))


def _day(said: str | None) -> str:
    return day(date.fromisoformat(said)) if said else "–"
