"""Truths of law over live data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from vungcao.kernel.refusal import Finding
from vungcao.kernel.validity import overlap
from vungcao.law.models import Instrument
from vungcao.law.precedence import unordered
from vungcao.law.queries import overlays
from vungcao.law.rule_rows import BadRule
from vungcao.law.rulebook import ADD, laid_over, shipped


def findings() -> Iterator[Finding]:
    """Truths about instruments, then about the decision table."""
    yield from _instruments()
    yield from _rules()


def _rules() -> Iterator[Finding]:
    """Rules that meet are put in order or side by side; local changes point to rules that are there."""
    changes = overlays()
    ours = {rule.id for rule in shipped().rules}
    added = {one.rule for one in changes if one.change == ADD}
    for one in changes:
        if one.change == ADD and one.rule in ours:
            sentence = f"Quy tắc {one.rule} thêm tại địa phương nay trùng mã với danh mục đi kèm phần mềm."
            yield Finding("law", "rule.id_taken", one.rule, sentence)
        if one.change != ADD and one.rule not in ours | added:
            sentence = f"Có thay đổi tại địa phương cho quy tắc {one.rule}, nhưng danh mục không còn quy tắc này."
            yield Finding("law", "rule.absent", one.rule, sentence)
    try:
        book = laid_over(shipped(), changes)
    except BadRule as refused:
        yield Finding("law", BadRule.code, str(refused.facts["rule"]), str(refused))
        return
    for rule, other in unordered(book.rules):
        sentence = (
            f"{rule.id} và {other.id} có thể cùng áp dụng mà nêu cơ quan khác nhau, "
            "không quy tắc nào được nói là đi trước hay để cạnh nhau."
        )
        yield Finding("law", "rule.overlap", f"{rule.id}/{other.id}", sentence)
    for rule in book.rules:
        for named in (*rule.prevails_over, *rule.read_beside):
            if named not in book.by_id:
                sentence = f"{rule.id} nhắc đến quy tắc {named}, nhưng danh mục không có quy tắc này."
                yield Finding("law", "rule.names_absent", f"{rule.id}/{named}", sentence)


def _instruments() -> Iterator[Finding]:
    """One standing version a day per instrument; an amendment named is on file and not older than what it amends."""
    rows = list(Instrument.objects.standing())
    spans: dict[tuple[str, str], list[Instrument]] = defaultdict(list)
    for row in rows:
        spans[row.number, row.issuer].append(row)
    for (number, _), versions in spans.items():
        if overlap((row.valid_from, row.valid_to) for row in versions):
            yield Finding(
                "law", "version.overlap", number, f"Văn bản {number} có hai bản cùng hiệu lực trong một ngày."
            )
    dated = {row.number: row.dated for row in rows}
    for row in rows:
        if not row.changed_by:
            continue
        if row.changed_by not in dated:
            sentence = (
                f"Văn bản {row.number} ghi bị sửa bởi {row.changed_by}, nhưng văn bản này chưa có trong danh mục."
            )
            yield Finding("law", "changed_by.absent", row.number, sentence)
            continue
        later = dated[row.changed_by]
        if later and row.dated and later < row.dated:
            sentence = f"Văn bản {row.changed_by} được ghi là sửa {row.number} nhưng ban hành trước đó."
            yield Finding("law", "changed_by.older", row.number, sentence)
