"""Drafting a dossier: open a dossier, propose lines, change or take them back, submit, return, withdraw."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from django.utils.translation import gettext as _

from vungcao.bodies.actions import hand_in
from vungcao.bodies.models import Body
from vungcao.evidence.actions import Signer, acting, cite, lock, record
from vungcao.evidence.models import Act, SourceKind
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import day, nfc
from vungcao.kernel.years import NOT_DIVIDED, Years
from vungcao.ledger.dossiers import standing
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.dossiers.fault import Fault
from vungcao.ledger.dossiers.faults import faults, line_ended
from vungcao.ledger.dossiers.ways import way_of
from vungcao.ledger.models import Dossier, DossierKind, DossierLine, DossierStep, PlanAdjusted, Side, StepTaken
from vungcao.ledger.regions import Region
from vungcao.programme import queries as programmes
from vungcao.programme.queries import FundingSources
from vungcao.ui.amounts import money

FLAGS: Final = ("field_changes", "between_sessions", "pilot_district", "devolved")


class DossierRefused(Refusal):
    """What keeps a dossier or a line from going on; ``faults`` holds each with its article. Where lines were proposed,
    ``of_lines`` says which of them (by its place among them) each fault is of.
    """

    code = "dossier.refused"

    def __init__(self, found: Sequence[Fault], of_lines: Sequence[tuple[int, Fault]] = ()) -> None:
        super().__init__("\n".join(map(str, found)))
        self.faults, self.of_lines = list(found), list(of_lines)


class WrongStep(Refusal):
    """A dossier can't take this step from where it stands."""

    code = "dossier.wrong_step"


@dataclass(frozen=True)
class LineDraft:
    """One line as proposed; ``dong`` whole đồng above 0. ``replaces``: the line it stands in for."""

    side: Side
    region: Region
    dong: int
    reason: str
    proposed_by: int
    paper: str = ""
    paper_dated: date | None = None
    targets: str = ""
    basis: str = ""
    replaces: DossierLine | None = None


def open_dossier(
    *,
    title: str,
    planned_for: date,
    drafted_by: Body,
    on: date,
    by: Signer,
    kind: str = DossierKind.ADJUSTMENT,
    plan: str = PlanAdjusted.ANNUAL,
    circumstances: Sequence[str] = (),
    is_example: bool = False,
) -> Dossier:
    """A new dossier without lines; its code is ``DC-<year>-<number>`` (``CN``: carry-over, ``HDT``: cancellation).
    ``circumstances``: of ``FLAGS``.
    """
    said = nfc(title).strip()
    if not said:
        raise WrongStep(_("Hồ sơ phải có tên: vốn gì, năm nào."))
    if unknown := set(circumstances) - set(FLAGS):
        raise WrongStep(
            _("Không có tình huống %(unknown)s; chọn trong %(flags)s.")
            % {"unknown": ", ".join(sorted(unknown)), "flags": ", ".join(FLAGS)}
        )
    with acting("dossier.opened", by=by) as act:
        lock("dossier.codes", planned_for.year)
        way = way_of(kind)
        start = f"{way.prefix}-{planned_for.year}-"
        code = f"{start}{Dossier.objects.filter(code__startswith=start).count() + 1:02d}"
        paper = cite(
            act=act, kind=SourceKind.PAPER, name=f"Hồ sơ {way.kind.label.lower()} {code}", is_example=is_example
        )
        batch = hand_in(
            body=drafted_by, kind="dossier", period=f"{planned_for.year}", source=paper, sheet=code, act=act
        )
        made = Dossier.objects.create(
            act=act, kind=way.kind, code=code, title=said, drafted_by=drafted_by, opened_on=on, planned_for=planned_for,
            plan=plan, batch=batch, **{flag: flag in circumstances for flag in FLAGS},
        )  # fmt: skip
        record(act, made, after={"kind": way.kind, "code": code, "title": said, "planned_for": f"{planned_for}"})
    return made


def propose(dossier: Dossier, lines: Sequence[LineDraft], *, by: Signer) -> list[DossierLine]:
    """Add lines, or rows in the place of lines that stand. All or nothing. Raises what ``tried`` raises."""
    with acting("dossier.proposed", by=by) as act:
        lock("dossier", dossier.pk)
        made = DossierLine.objects.bulk_create(tried(dossier, lines, act=act))
        record(act, dossier, after={"lines": [_said(line) for line in made]})
    return made


def tried(dossier: Dossier, lines: Sequence[LineDraft], *, act: Act | None = None) -> list[DossierLine]:
    """The lines as ``propose`` would write them; nothing is written.

    Raises ``WrongStep``, and ``DossierRefused`` with everything wrong in the lines themselves: a component, body or
    place that is not there on the day planned, years or a source that are not one, money of no programme year.
    """
    _may_change(dossier)
    draft, gone = Draft(dossier), _replaced(one.replaces for one in lines)
    made = [_line(dossier, one, act, gone) for one in lines]
    sources, years = FundingSources.all(), cache(programmes.budget_years)
    found = [(place, fault) for place, line in enumerate(made) for fault in _wrong(draft, line, sources, years)]
    if found:
        raise DossierRefused([fault for _place, fault in found], found)
    return made


def take_back(line: DossierLine, *, reason: str, by: Signer) -> DossierLine:
    """A line that stands no longer: a new row says so; both stay in sight."""
    with acting("dossier.line_taken_back", by=by, reason=reason) as act:
        lock("dossier", line.dossier_id)
        _may_change(line.dossier)
        gone = LineDraft(
            Side(line.side), Region.of(line), line.dong, reason, line.proposed_by_id, line.paper, line.paper_dated,
            line.targets, line.basis, line,
        )  # fmt: skip
        made = _line(line.dossier, gone, act, _replaced([line]), is_withdrawn=True)
        made.save()
        record(act, line.dossier, before=_said(line))
    return made


def submit(dossier: Dossier, *, on: date, by: Signer) -> DossierStep:
    """The draft goes up. Raises ``DossierRefused`` with everything wrong for the day planned, figure and article."""
    with acting("dossier.submitted", by=by) as act:
        lock("dossier", dossier.pk)
        _may_change(dossier)
        if found := faults(Draft(dossier)):
            raise DossierRefused(found)
        return _step(dossier, StepTaken.SUBMITTED, on, "", act)


def send_back(dossier: Dossier, *, on: date, reason: str, by: Signer) -> DossierStep:
    """A submitted draft comes back to be changed. Raises ``WrongStep`` for one not submitted, or without reason."""
    if not reason.strip():
        raise WrongStep(_("Trả lại thì phải ghi lý do."))
    with acting("dossier.returned", by=by, reason=reason) as act:
        lock("dossier", dossier.pk)
        if standing.step(dossier) != StepTaken.SUBMITTED:
            raise WrongStep(_("Hồ sơ %(code)s chưa trình nên không trả lại được.") % {"code": dossier.code})
        return _step(dossier, StepTaken.RETURNED, on, reason, act)


def _step(dossier: Dossier, step: StepTaken, on: date, reason: str, act: Act) -> DossierStep:
    if on < dossier.opened_on:
        raise WrongStep(
            _("Ngày %(day)s trước ngày lập hồ sơ %(opened)s.") % {"day": day(on), "opened": day(dossier.opened_on)}
        )
    made = DossierStep.objects.create(act=act, dossier=dossier, step=step, on=on, reason=reason)
    record(act, dossier, after={"step": step, "on": f"{on}"})
    return made


def _may_change(dossier: Dossier) -> None:
    now = standing.step(dossier)
    if now in (StepTaken.SUBMITTED, StepTaken.WITHDRAWN, standing.DECIDED):
        said = {
            "submitted": _("đã trình (trả lại rồi mới sửa được)"),
            "withdrawn": _("đã rút"),
            "decided": _("đã có quyết định"),
        }
        raise WrongStep(
            _("Hồ sơ %(code)s %(stands)s: không đổi dòng, không trình lại.")
            % {"code": dossier.code, "stands": said[now]}
        )


def _replaced(lines: Iterable[DossierLine | None]) -> set[int]:
    """Those of the lines in whose place another stands already: their keys."""
    keys = [line.pk for line in lines if line is not None]
    rows = DossierLine.objects.filter(replaces__in=keys).values_list("replaces", flat=True) if keys else ()
    return {key for key in rows if key is not None}


def _line(
    dossier: Dossier, said: LineDraft, act: Act | None, gone: Container[int], *, is_withdrawn: bool = False
) -> DossierLine:
    """The line, not yet written; ``gone``: lines that stand no longer."""
    if said.dong <= 0:
        raise WrongStep(_("Số tiền của một dòng phải lớn hơn 0."))
    if said.side not in (way := way_of(dossier.kind)).sides:
        there = ", ".join(_(f"{side.label}") for side in way.sides)
        raise WrongStep(
            _("Hồ sơ %(code)s (%(kind)s) chỉ có dòng: %(sides)s.")
            % {"code": dossier.code, "kind": _(f"{way.kind.label}"), "sides": there}
        )
    if not said.reason.strip():
        raise WrongStep(_("Mỗi dòng phải có lý do."))
    if said.replaces is not None and (said.replaces.dossier_id != dossier.pk or said.replaces.pk in gone):
        raise WrongStep(
            _("Dòng số %(no)s không còn đứng trong hồ sơ %(code)s: xem lại dòng hiện có.")
            % {"no": said.replaces.pk, "code": dossier.code}
        )
    return DossierLine(
        act=act, dossier=dossier, side=said.side, dong=said.dong, reason=nfc(said.reason).strip(),
        targets=said.targets, basis=said.basis, proposed_by_id=said.proposed_by, paper=said.paper,
        paper_dated=said.paper_dated, replaces=said.replaces, is_withdrawn=is_withdrawn, **said.region.columns(),
    )  # fmt: skip


def _wrong(
    draft: Draft, line: DossierLine, sources: FundingSources, years_of: Callable[[int], Years | None]
) -> list[Fault]:
    """What is wrong with one line by itself; ``years_of``: the budget years of a programme."""
    found = list(line_ended(draft, line))
    years = (Years.parse(line.year_origin), Years.parse(line.year_use))
    if any(one.first != one.last for one in years) or years[0].first > years[1].first:
        said = _("Năm nguồn %(origin)s, năm sử dụng %(used)s: mỗi dòng là vốn của một năm, dùng từ năm ấy.") % {
            "origin": line.year_origin,
            "used": line.year_use,
        }
        law = _("Luật NSNN 83/2015/QH13 Điều 14, năm ngân sách (theo trí nhớ, cần kiểm chứng)")
        found.append(Fault("dossier.years", said, law, line.pk))
    elif not found:
        programme = draft.here.components.programme_of(line.component_id)
        spent = years_of(programme)
        used = draft.way.use_year(line)
        if spent and not spent.covers(Years(used, used)):
            code = draft.here.components.codes[programme]
            said = _("Vốn của %(code)s chỉ dùng trong %(first)s-%(last)s, không dùng năm %(used)s: %(dong)s.") % {
                "code": code, "first": spent.first, "last": spent.last, "used": used, "dong": money(line.dong),
            }  # fmt: skip
            found.append(Fault("dossier.years", said, _("danh mục chương trình %(code)s") % {"code": code}, line.pk))
    if NOT_DIVIDED in sources[line.source_id]:
        said = _("Nguồn “%(source)s” là nhiều nguồn: mỗi dòng là một loại vốn của một cấp ngân sách.") % {
            "source": sources.names[line.source_id]
        }
        found.append(Fault("dossier.source", said, _("mục lục nguồn vốn"), line.pk))
    return found


def _said(line: DossierLine) -> dict[str, object]:
    return {"line": line.pk, "side": line.side, "dong": line.dong, "component": line.component_id, "body": line.body_id}
