"""What a whole run leaves of each handover: spending that went over must be in the former holder's own figures.

Asked once, at the end of a run: papers of one run come in whatever order, and a statement may follow the minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vungcao.evidence.models import Act
from vungcao.intake.outcome import Outcome
from vungcao.kernel.refusal import Cell, Problem
from vungcao.kernel.vietnamese import day, money
from vungcao.ledger import openings
from vungcao.ledger.models import Basis, Measure, Opening, Statement, StatementLine
from vungcao.ledger.regions import spaces_known_at
from vungcao.ledger.spending import spending_on


def tell(act: Act, taken: Sequence[Outcome]) -> None:
    """Add to the outcome of each table that this act wrote what no longer fits a handover: written, and flagged."""
    at = {(one.file, one.sheet): one for one in taken if one.state == "received"}
    for problem in _problems(act):
        outcome = at.get((problem.where.file, problem.where.sheet))
        if outcome is not None:
            outcome.problems.append(problem)


def _problems(act: Act) -> Iterator[Problem]:
    spoken = Statement.objects.filter(act=act, measure=Measure.DISBURSED, basis=Basis.YEAR)
    reporters = set(spoken.values_list("reporter", flat=True))
    days = Opening.objects.filter(act=act).values_list("dated", flat=True)
    later = Opening.objects.filter(from_body__in=reporters).values_list("dated", flat=True)
    spaces = spaces_known_at(None)
    for on in sorted({*days, *later}):
        found, cover = openings.openings_on(on), spending_on(on)
        for beyond in openings.more_than_spent(cover, found, spaces):
            yield from _beyond(beyond, act)
        of_day = [one for one in found if one.dated == on]
        for opening, dong in openings.told_by_nobody(cover, of_day, spaces):
            yield from _by_nobody(opening, dong, act)


def _beyond(beyond: openings.Beyond, act: Act) -> Iterator[Problem]:
    """At the former holder's cell where his figure is new, else at the minutes' cell."""
    line = StatementLine.objects.select_related("statement__batch__source").get(pk=beyond.line)
    first = beyond.openings[0]
    minutes = f"văn bản số {first.number} ngày {day(first.dated)}"
    if line.act_id == act.pk:
        said = (
            f"báo {money(beyond.said)}, thấp hơn số đã chi đã bàn giao {money(beyond.given)} ({minutes}); vẫn được "
            "ghi, đề nghị đối chiếu biên bản với báo cáo này."
        )
        yield Problem(_cell(line), "opening.more_than_spent", line.label, said, "contradicting")
        return
    for opening in beyond.openings:
        if opening.act_id == act.pk:
            said = (
                f"số đã chi bàn giao {money(beyond.given)} lớn hơn {money(beyond.said)} bên giao đã báo cáo đến ngày "
                f"{day(line.statement.as_of)} ({line.statement.batch.source.name}, ô {line.cell}); vẫn được ghi, đề "
                "nghị đối chiếu."
            )
            yield Problem(_cell(opening), "opening.more_than_spent", "", said, "contradicting")
            return


def _by_nobody(opening: Opening, dong: int, act: Act) -> Iterator[Problem]:
    """At the minutes' cell where they are new; at the former holder's where he has just left the money out."""
    if opening.act_id == act.pk:
        said = f"số đã chi bàn giao {money(dong)} chưa có trong báo cáo nào của bên giao, nên chưa tính vào đâu: nộp "
        said += f"báo cáo của bên giao đến trước ngày {day(opening.dated)}."
        yield Problem(_cell(opening), "opening.told_by_nobody", "", said, "notice")
        return
    corrected = StatementLine.objects.filter(
        act=act, statement__reporter=opening.from_body_id, statement__as_of__lt=opening.dated
    ).exclude(statement__supersedes=None)
    line = corrected.select_related("statement__batch__source").order_by("pk").first()
    if line is not None:
        said = f"bản này không còn số đã chi {money(dong)} đã bàn giao (văn bản số {opening.number} ngày "
        said += f"{day(opening.dated)}); vẫn được ghi, đề nghị đối chiếu biên bản với báo cáo này."
        yield Problem(_cell(line), "opening.told_by_nobody", line.label, said, "contradicting")


def _cell(row: StatementLine | Opening) -> Cell:
    batch = row.statement.batch if isinstance(row, StatementLine) else row.batch
    return Cell(batch.source.name, row.sheet, row.cell)
