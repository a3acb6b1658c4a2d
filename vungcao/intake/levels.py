"""The budget level of an assignment whose paper does not say it: the one level that the giver holds there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from vungcao.intake.drafted import VoucherDraft
from vungcao.kernel.refusal import Cell, Problem
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger.actions import Move
from vungcao.ledger.models import Account
from vungcao.ledger.regions import Region
from vungcao.programme import queries as programmes
from vungcao.programme.queries import FundingSources


def settle(voucher: VoucherDraft, dated: date) -> tuple[VoucherDraft, list[Problem]]:
    """The same voucher with every unsaid level settled, a notice of what was taken, and where nothing can be taken."""
    sources, tree = FundingSources.all(), programmes.tree(dated)
    problems: list[Problem] = []
    taken: dict[str, None] = {}
    moves: list[Move] = []
    for move in voucher.moves:
        if move.giver is None or sources[move.giver.source][1] != NOT_DIVIDED:
            moves.append(move)
            continue
        kind = sources[move.giver.source][0]
        found = _held(move.giver, kind, dated)
        named = f"{sources.names[move.giver.source].lower()} của {tree.short_names[move.giver.component]}"
        if len(found) == 1:
            taken[_level(sources.names[found[0]])] = None
            moves.append(replace(move, giver=replace(move.giver, source=found[0]), taker=_with(move.taker, found[0])))
        else:
            problems.append(_unknown(move.where or voucher.where, named, [_level(sources.names[one]) for one in found]))
    if taken:
        listed = ", ".join(taken)
        said = f"văn bản không ghi cấp ngân sách; lấy “{listed}”, vì ở các dự án này bên giao chỉ giữ vốn cấp đó."
        problems.append(Problem(voucher.where, "source.level_taken", "", said, "notice"))
    return replace(voucher, moves=tuple(moves)), problems


def _level(name: str) -> str:
    """“Vốn đầu tư, ngân sách trung ương” → “ngân sách trung ương”; a source without a level is called so."""
    return name.partition(", ")[2] or "vốn không chia cấp"


def _with(region: Region | None, source: int) -> Region | None:
    return replace(region, source=source) if region else None


def _held(giver: Region, kind: str, dated: date) -> list[int]:
    """Sources of ``kind`` in which the giver has been given money at that node up to the day."""
    columns = {name: value for name, value in giver.columns().items() if name != "source_id"}
    accounts = Account.objects.filter(
        **columns, is_contra=False, source__kind=kind, entries__dong__gt=0, entries__voucher__dated__lte=dated
    )
    return sorted(set(accounts.values_list("source", flat=True)))


def _unknown(where: Cell, named: str, levels: Sequence[str]) -> Problem:
    if levels:
        said = (
            f"văn bản không ghi cấp ngân sách, mà bên giao giữ {named} của nhiều cấp ({', '.join(levels)}); "
            "ghi rõ cấp ở tên biểu."
        )
    else:
        said = (
            f"văn bản không ghi cấp ngân sách, mà bên giao chưa giữ {named}; nộp văn bản phân bổ vốn của bên giao "
            "trước, hoặc ghi rõ “ngân sách trung ương” ở tên biểu."
        )
    return Problem(where, "source.level_unknown", "", said)
