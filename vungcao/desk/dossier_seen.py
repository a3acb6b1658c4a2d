"""What somebody sees of a dossier: whole, or the lines within his reach."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from vungcao.bodies.queries import naming
from vungcao.desk import dossier_told
from vungcao.desk.dossier_lost import lost_rows
from vungcao.desk.rights import OfficialRequest, may
from vungcao.desk.story import story
from vungcao.law.carrying import told
from vungcao.ledger.dossiers import standing
from vungcao.ledger.dossiers.before_after import before_after, spent
from vungcao.ledger.dossiers.carrying import claimed
from vungcao.ledger.dossiers.draft import Decided, Draft
from vungcao.ledger.dossiers.faults import cautions, faults, of_decision
from vungcao.ledger.dossiers.losing import losses
from vungcao.ledger.dossiers.standing import Standing
from vungcao.ledger.dossiers.ways import way_of
from vungcao.ledger.models import Dossier, DossierKind, DossierLine, Side, StepTaken
from vungcao.reports.adjusting.papers import wanted

OPEN = (standing.DRAFTING, StepTaken.RETURNED)
OVER = (standing.DECIDED, StepTaken.WITHDRAWN)
PAPERS = {
    "to-trinh-ban": gettext_lazy("Tờ trình của cơ quan soạn thảo"),
    "to-trinh-ubnd": gettext_lazy("Tờ trình của UBND tỉnh"),
    "nghi-quyet": gettext_lazy("Dự thảo nghị quyết"),
    "quyet-dinh": gettext_lazy("Dự thảo quyết định"),
    "phu-luc": gettext_lazy("Phụ lục, bảng tính có công thức"),
}


def sees_whole(request: OfficialRequest, one: Dossier) -> bool:
    """Does the asker see the drafting body?"""
    return request.reach.everything or one.drafted_by_id in request.reach.all_bodies()


def seen(request: OfficialRequest, code: str = "") -> list[Standing]:
    """Dossiers within reach and, for who may propose, every one that is open; the newest first. With ``code`` that one,
    or none.
    """
    rows = Dossier.objects.filter(code=code) if code else Dossier.objects.all()
    found = standing.standings(rows.order_by("-pk"))
    mine = standing.keys_in_reach([one.dossier for one in found], request.reach, timezone.localdate())
    proposes = may(request.official, "dossiers.propose")
    return [one for one in found if one.dossier.pk in mine or (proposes and one.step in OPEN)]


def lines(request: OfficialRequest, one: Dossier) -> list[DossierLine]:
    """Its standing lines, as far as the asker sees them."""
    return _seen_of(request, one, standing.lines(one))


def _seen_of(request: OfficialRequest, one: Dossier, there: list[DossierLine]) -> list[DossierLine]:
    if sees_whole(request, one):
        return there
    return standing.those_in_reach(there, request.reach, one.planned_for)


def heads(request: OfficialRequest, found: list[Standing]) -> list[dict[str, Any]]:
    """Each dossier with its head; however many, their lines are asked for once."""
    there = standing.lines_of([one.dossier for one in found])
    return [
        {"dossier": one.dossier, "head": _head(request, one, _seen_of(request, one.dossier, there[one.dossier.pk]))}
        for one in found
    ]


def _head(request: OfficialRequest, now: Standing, mine: list[DossierLine]) -> dict[str, Any]:
    """Where it stands, and the sums of the lines that the asker sees."""
    one = now.dossier
    return {
        "step": dossier_told.STEPS[now.step],
        "down": sum(line.dong for line in mine if line.side == way_of(one.kind).giving),
        "up": sum(line.dong for line in mine if line.side == Side.UP),
        "held_until": now.held_until if sees_whole(request, one) else None,
        "decision": getattr(one, "decision", None),
    }


def facts(request: OfficialRequest, now: Standing) -> dict[str, Any]:
    """Everything the page of one dossier says to the asker."""
    one, whole = now.dossier, sees_whole(request, now.dossier)
    draft = Draft(one, one.decision.dated if hasattr(one, "decision") else None)
    mine = _seen_of(request, one, draft.lines)
    done = spent(draft)
    said = [(line.side, {"line": line, **_named(draft, line), "before": draft.left(line), "spent": done[line.pk],
                         "said_at": getattr(line, "said_at", None)})
            for line in mine]  # fmt: skip
    found: dict[str, Any] = {
        "one": one,
        "head": _head(request, now, mine),
        "gathers": one.kind != DossierKind.ADJUSTMENT,
        "drafter": naming(one.drafted_by_id, one.opened_on)[0],
        "whole": whole,
        "blocks": [{"side": side, "lines": [row for where, row in said if where == side]} for side in draft.way.sides],
        "is_open": now.step in OPEN,
        "is_over": now.step in OVER,
        "on": draft.on,
    }
    return {**found, **_all_of_it(draft)} if whole else found


def _all_of_it(draft: Draft) -> dict[str, Any]:
    one = draft.dossier
    return {
        "papers": [(name, PAPERS[name]) for name in (*wanted(draft), "phu-luc")] if draft.lines else [],
        "decided": [_told(part, draft) for part in draft.decided],
        "faults": of_decision(one.decision, draft) if hasattr(one, "decision") else faults(draft),
        "cautions": cautions(draft),
        "asked": [asked for asked, _ in draft.opinions],
        "opinions": dossier_told.opinions_in_days(draft),
        "lost": lost_rows(losses(draft)),
        "story": story([(Dossier._meta.label, one.pk)], {one.act_id}),
        "changed": [(dossier_told.BY[by], rows) for by, rows in before_after(draft).items()],
    }


def _named(draft: Draft, line: DossierLine) -> dict[str, str]:
    names = draft.here.components.short_names
    ground = claimed(draft, line) if line.basis else None
    return {
        "ground": told(ground) if ground else line.basis,
        "component": names.get(line.component_id, ""),
        "body": naming(line.body_id, draft.on)[0],
    }


def _told(part: Decided, draft: Draft) -> dict[str, Any]:
    return {
        "dong": part.dong,
        "settled": part.settled,
        "ruling": part.ruling,
        "scope": draft.book.words.scopes[part.ruling.move.scope],
    }
