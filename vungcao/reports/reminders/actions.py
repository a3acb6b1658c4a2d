"""Writing reminder letters: composed at one act number, kept as frozen papers, printed again identically."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.cube.figures import FigureQuery
from vungcao.evidence import chain
from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.evidence.examples import holds_examples
from vungcao.evidence.heads import PRINTED
from vungcao.evidence.models import Act, ReleasedHead
from vungcao.evidence.queries import last_number
from vungcao.reports import templates
from vungcao.reports.actions import NoSuchReport, keep_figures
from vungcao.reports.figuring import Ledgered, last_spoken
from vungcao.reports.models import FrozenReport
from vungcao.reports.paper import to_json
from vungcao.reports.paper.kinds import LETTER
from vungcao.reports.reminders.behind import Behind, Found, Line, behind
from vungcao.reports.reminders.letter import Letter, Sender, compose

KIND = "reminder"


@dataclass(frozen=True)
class Reminded:
    """What was found and the letters that stand for it, in the same order."""

    found: Found
    letters: list[FrozenReport]


def look(*, programme: str, on: date | None, reach: Reach, below: Decimal | None = None) -> tuple[FigureQuery, Found]:
    """Whom a reminder would go to, nothing written. Raises ``NoSuchReport`` where nobody has ever reported."""
    query = FigureQuery("disbursement", _day(programme, on), programme=programme)
    return query, behind(query, Ledgered(last_number(), reach), below)


@translation.override("vi")
def remind(
    *,
    programme: str,
    reach: Reach,
    by: Signer,
    on: date | None = None,
    below: Decimal | None = None,
    sender: Sender = Sender(),  # noqa: B008 - a value that never changes
    bodies: Collection[str] = (),
) -> Reminded:
    """Write a letter to each body that owes a figure or is slow (``bodies``: only these codes), and keep them.

    The same again, with nothing changed, returns the letters that stand.
    """
    query = FigureQuery("disbursement", _day(programme, on), programme=programme)
    known = last_number()
    found = behind(query, Ledgered(known, reach), below)
    wanted = [one for one in found.bodies if not bodies or one.body in bodies]
    unknown = sorted(set(bodies) - {one.body for one in wanted})
    if unknown:
        raise NoSuchReport(
            _("Không nợ số liệu, không chậm, hoặc ngoài phạm vi được xem: %(unknown)s.")
            % {"unknown": ", ".join(unknown)}
        )
    letters: dict[str, FrozenReport] = {}
    new = []
    for one in wanted:
        letter = _compose(one, query, found.line, sender, known, reach)
        standing = _standing(query, one.body)
        if standing is not None and _says_the_same(standing, letter):
            letters[one.body] = standing
        else:
            new.append((letter, standing))
    try:
        letters |= _keep(new, query, found.line, sender, known, reach, by) if new else {}
    except _Overtaken:  # somebody wrote one meanwhile: the same again is the letter that stands
        return remind(programme=programme, reach=reach, by=by, on=on, below=below, sender=sender, bodies=bodies)
    return Reminded(Found(wanted, found.line), [letters[one.body] for one in wanted])


class _Overtaken(Exception):
    """Another edition came to stand, while this one was composed."""


def _day(programme: str, on: date | None) -> date:
    day = on or last_spoken(programme, date(1945, 9, 2), date(2199, 12, 31))
    if day is None:
        raise NoSuchReport(
            _("Chưa có báo cáo giải ngân nào của chương trình %(programme)s: nêu ngày bằng --on.")
            % {"programme": programme}
        )
    return day


def _compose(
    one: Behind, query: FigureQuery, line: Line, sender: Sender, known: int, reach: Reach, head: str = "", old: str = ""
) -> Letter:
    note = f"Số liệu như đã biết ở lần ghi số {known}; đầu chuỗi nhật ký {head}." + (f" {old}" if old else "")
    is_example = holds_examples()
    return compose(one, query, line, sender, Ledgered(known, reach), example=is_example, footer_note=note)


def _standing(query: FigureQuery, body: str) -> FrozenReport | None:
    found = FrozenReport.objects.filter(
        kind=KIND, period=query.on.isoformat(), programme=query.programme, about=body, superseded_by=None
    )
    return found.first()


def _says_the_same(standing: FrozenReport, letter: Letter) -> bool:
    held = list(standing.figures.order_by("order").values_list("measure", "value"))
    now = [(one.measure, f"{one.value}") for one in letter.figures.printed]
    paper = to_json(letter.paper)
    same_words = all(standing.paper.get(part) == paper.get(part) for part in ("subject", "number_sign", "signature"))
    return held == now and same_words and standing.short_text == letter.short_text


def _keep(
    new: Sequence[tuple[Letter, FrozenReport | None]],
    query: FigureQuery,
    line: Line,
    sender: Sender,
    known: int,
    reach: Reach,
    by: Signer,
) -> dict[str, FrozenReport]:
    """All letters under one act, each with the released head at its foot.

    Everything is asked and composed before the act begins, at the number they all name: while it is under way others
    wait, and no answer is kept in memory.
    """
    head = chain.release_head(f"công văn đôn đốc {query.programme} {query.on.isoformat()}", by=by)
    said = f"{head.no}:{head.digest[:PRINTED]}"
    finals = []
    for letter, standing in new:
        old = f"Thay thế bản {standing.edition}." if standing else ""
        finals.append((_compose(letter.about, query, line, sender, known, reach, said, old), standing))
    with acting("report.reminded", by=by) as act:
        lock("report", KIND, query.on.isoformat(), query.programme)
        if any(_standing(query, final.about.body) != standing for final, standing in finals):
            raise _Overtaken
        template = templates.in_use(LETTER, act=act)
        return {
            final.about.body: _write(final, standing, template, query, known, head, act) for final, standing in finals
        }


def _write(
    letter: Letter,
    standing: FrozenReport | None,
    template: templates.PaperTemplate,
    query: FigureQuery,
    known: int,
    head: ReleasedHead,
    act: Act,
) -> FrozenReport:
    report = FrozenReport.objects.create(
        act=act,
        kind=KIND,
        period=query.on.isoformat(),
        programme=query.programme or "",
        about=letter.about.body,
        as_of=query.on,
        known_no=known,
        edition=standing.edition + 1 if standing else 1,
        supersedes=standing,
        title=f"Công văn {letter.paper.subject}: {letter.about.name}",
        paper=to_json(letter.paper),
        short_text=letter.short_text,
        template=template,
        sources=[],  # a letter has no workbook to list them in: each figure's id is traced when somebody asks
        head_no=head.no,
        head_digest=head.digest,
    )
    keep_figures(report, letter.figures.printed, act)
    record(act, report, after={"known": known, "why": letter.about.why, "figures": len(letter.figures.printed)})
    return report
