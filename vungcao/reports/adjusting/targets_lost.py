"""The paragraphs of a submission that say which targets lose money, and the units' own words beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vungcao.kernel.vietnamese import money, percent
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.dossiers.losing import Loss, losses
from vungcao.reports.paper import Paragraph, Run

WHERE: Final = {"own": "", "below": "của {} nằm trong nội dung này", "above": "của {}, cấp trên nội dung này"}
OF: Final = {"plan": "vốn kế hoạch giao cho nội dung này", "given": "vốn đã giao cho nội dung này trước điều chỉnh"}


def targets_lost(draft: Draft) -> list[Paragraph]:
    """Each node that loses money: how much, of what, its targets with how sure they are; then what units wrote."""
    found = [paragraph for loss in losses(draft) for paragraph in _of(loss)]
    said = list(dict.fromkeys(line.targets for line in draft.lines if line.targets))
    units = [Paragraph.of(f"Đơn vị nêu: {one}.") for one in said]
    return [*found, *(units or [Paragraph.of("Đơn vị chưa nêu chỉ tiêu nào bị ảnh hưởng.")])]


def _of(loss: Loss) -> Iterator[Paragraph]:
    yield Paragraph.of(f"{head(loss)}: {amount_lost(loss)}.")
    if not loss.lost_dong:
        return
    if not loss.targets:
        yield Paragraph.of("- Kế hoạch trong hệ thống chưa có chỉ tiêu nào ở nội dung này.")
    for where, plan, target in loss.targets:
        near = f", {WHERE[where].format(target.component.code)}" if WHERE[where] else ""
        text = f"- {target.indicator}: {target.value_said} ({target.year_use}; {target.code}, {plan}{near})"
        yield Paragraph((Run(text, sure=target.confidence), Run(".")))  # type: ignore[arg-type]  # one of the three marks


def head(loss: Loss) -> str:
    """``Tiểu dự án 3 - DA 5 (1719.DA5.TDA3), vốn sự nghiệp …, vốn năm 2023``"""
    line = loss.line
    used = "" if line.year_use == line.year_origin else f" dùng năm {line.year_use}"
    source = f"{line.source.name[:1].lower()}{line.source.name[1:]}"
    return f"{loss.name} ({line.component.code}), {source}, vốn năm {line.year_origin}{used}"


def amount_lost(loss: Loss) -> str:
    """How much goes and of what; that nothing is lost where it comes back to the same content."""
    if not loss.lost_dong:
        return f"chuyển {money(loss.down_dong)} trong cùng nội dung, chỉ tiêu không mất vốn"
    back = f" (giảm {money(loss.down_dong)}, nhận lại {money(loss.back_dong)})" if loss.back_dong else ""
    if loss.rate is None or loss.of is None:
        return f"mất {money(loss.lost_dong)}{back}; chưa có số vốn của nội dung này để so"
    paper = f", theo {loss.paper}" if loss.paper else ""
    whole = f"{OF[loss.of]} ({money(loss.node_dong or 0)}{paper})"
    return f"mất {money(loss.lost_dong)}{back}, bằng {percent(loss.rate)} {whole}"
