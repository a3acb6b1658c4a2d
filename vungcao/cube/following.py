"""The thread of a row that is compared: its own lines, and beside them those of what it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from vungcao.cube.comparing import AVERAGE_RULE, NAMES
from vungcao.cube.question import SPOKEN, FigureQuery, NotAQuestion
from vungcao.cube.ranking import RULE
from vungcao.cube.rows import Answer, Row
from vungcao.cube.threads import Trace, TraceLine
from vungcao.kernel.vietnamese import percent

OF_EACH_ROW: Final = "Câu hỏi này có nhiều dòng: hỏi nguồn gốc của từng dòng theo mã riêng của nó."
Ask = Callable[[FigureQuery], Answer]
Follow = Callable[[str], Trace]


def trace_beside(figure_id: str, found: Answer, follow: Follow, ask: Ask) -> Trace:
    """Lines of the row's own figure count; those of the figures beside it say what they are compared as. An average
    and each row of a ranking are lines of their own that lead on by their ids.
    """
    if len(found.rows) != 1:
        raise NotAQuestion(OF_EACH_ROW)
    (row,) = found.rows
    query = FigureQuery.of_id(figure_id)
    own = follow(row.ids["now"])
    lines = list(own.rows)
    for what in query.compare:
        if what in row.ids:
            lines += _beside(what, row.ids[what], follow)
    if query.rank:
        lines += _ranking(replace(query, only=(), compare=()), row, own, ask)
    rules = [*own.rules, *([_(AVERAGE_RULE)] if "average" in query.compare else []), *([_(RULE)] if query.rank else [])]
    return replace(own, figure=figure_id, rows=lines, rules=rules)


def _beside(what: str, id: str, follow: Follow) -> Iterator[TraceLine]:
    found = follow(id)
    if what == "average":
        if found.rows:
            label = _("Bình quân chung: %(what)s") % {"what": found.question}
            yield _figure(found.rows[0], label, found.total_dong, id, what)
        return
    for line in found.rows:
        if line.counted:
            why = _("bình quân cả nước, như đã công bố") if what == "national" else _(NAMES[what])
            yield replace(line, counted=False, why=why, beside=what)


def _ranking(query: FigureQuery, row: Row, own: Trace, ask: Ask) -> Iterator[TraceLine]:
    """One line for each ranked row, in the order of ranks."""
    if not own.rows:
        return
    column = SPOKEN[query.name][0] if query.name in SPOKEN else "given_dong" if query.rank == "given_dong" else "value"
    for one in ask(replace(query, pick=None)).rows:
        rank, rate = one.measures.get("rank"), one.measures.get("rate")
        if rank is None:
            continue
        name = " · ".join(one.short_names.values())
        said = f", {percent(rate)}" if rate is not None else ""  # type: ignore[arg-type]  # a rate is a Decimal
        label = _("Hạng %(rank)s: %(name)s") % {"rank": rank, "name": name} + said
        yield _figure(own.rows[0], label, int(one.measures.get(column) or 0), one.ids["now"], "rank")


def _figure(like: TraceLine, label: str, dong: int, id: str, beside: str) -> TraceLine:
    """A line that stands for a whole figure; it has no cell of its own but an id that leads on."""
    return replace(
        like,
        kind="figure",
        label=label,
        dong=dong,
        body="",
        state="",
        paper="",
        file="",
        file_sha="",
        sheet="",
        cell="",
        said_by="",
        act=0,
        counted=False,
        why=_("để xếp hạng") if beside == "rank" else _("để so sánh"),
        beside=beside,
        figure=id,
    )
