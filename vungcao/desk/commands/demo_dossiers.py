"""The example province's dossiers, after its decisions: lines from the units' workbooks, opinions, the signed paper.

A carry-over takes its lines from the paper itself: what it says of each account.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml
from django.conf import settings

from vungcao.bodies.models import Body
from vungcao.bodies.queries import body
from vungcao.desk.commands.importing import OPERATOR
from vungcao.desk.commands.printing import console
from vungcao.intake import dossier_lines
from vungcao.ledger import actions
from vungcao.ledger.models import Dossier, DossierKind, Entry, Side, Taken, Verdict, VoucherKind
from vungcao.ledger.regions import Region

DOSSIERS: Final = Path(settings.BASE_DIR) / "examples" / "ho-so-dieu-chinh"


class NoSuchProposal(ValueError):
    """The example names a file or a body that is not there."""


def bring_dossiers(folder: Path = DOSSIERS) -> list[Dossier]:
    """Those that are not there yet, in the order of ``ho-so.yaml``; a second call changes nothing."""
    said: list[dict[str, Any]] = yaml.safe_load((folder / "ho-so.yaml").read_text("utf-8"))
    made = [_dossier(one, folder) for one in said if not Dossier.objects.filter(title=one["title"]).exists()]
    if made:
        console.print(f"✓ Hồ sơ điều chỉnh ví dụ: {', '.join(one.code for one in made)}")
    return made


def _dossier(said: dict[str, Any], folder: Path) -> Dossier:
    made = actions.open_dossier(
        title=said["title"], planned_for=said["planned_for"], drafted_by=_body(said["drafted_by"]),
        on=said["opened_on"], is_example=True, by=OPERATOR, kind=DossierKind(said.get("kind", "")),
    )  # fmt: skip
    if "basis" in said:
        _carry(made, said)
    for pattern in said.get("files", ()):
        for path in sorted(folder.glob(pattern)):
            result = dossier_lines.run(made, path, by=OPERATOR, commit=True)
            if not result.committed:
                raise NoSuchProposal("; ".join(map(str, result.problems)))
    for one in said["opinions"]:
        _opinion(made, one)
    if "submitted_on" in said:
        actions.submit(made, on=said["submitted_on"], by=OPERATOR)
    signed = said["decision"]
    actions.record_decision(
        made, number=signed["number"], dated=signed["dated"], decided_by=_body(signed["decided_by"]), by=OPERATOR
    )
    return made


def _carry(made: Dossier, said: dict[str, Any]) -> None:
    """A line for every account that the signed paper carried money over from, by the ground that permits it."""
    signed = said["decision"]
    rows = Entry.objects.filter(voucher__kind=VoucherKind.CARRY_OVER, voucher__number=signed["number"],
                                voucher__dated=signed["dated"], dong__lt=0)  # fmt: skip
    lines = [
        actions.LineDraft(
            Side.OVER, Region.of(row.account), -row.dong, said["reason"], row.account.body_id, basis=said["basis"]
        )
        for row in rows.select_related("account").order_by("pk")
    ]
    actions.propose(made, lines, by=OPERATOR)


def _opinion(made: Dossier, said: dict[str, Any]) -> None:
    asked = actions.ask_opinion(made, of=_body(said["body"]), on=said["asked_on"], number=said["number"], by=OPERATOR)
    answer = actions.Answer(
        said["answered_on"], Verdict(said["verdict"]), said["said"], said["answer"], Taken(said.get("taken", "")),
        said.get("how", ""),
    )  # fmt: skip
    actions.answer_opinion(asked, answer, by=OPERATOR)


def _body(key: str) -> Body:
    found = body(key)
    if found is None:
        raise NoSuchProposal(key)
    return found
