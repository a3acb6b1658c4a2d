"""Which of its accounts a giver passes money on from, where a paper does not say every dimension of it.

A paper of carry-over, cancellation, handover, adjustment or commitment names project, unit, kind of capital and year;
the budget level, the field, the sub-project and the place are those of the account that the giver holds there. One
account is an answer; none or several are a problem at the cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Final

from django.db.models import Q, Sum

from vungcao.intake.drafted import VoucherDraft
from vungcao.kernel.refusal import Problem
from vungcao.kernel.vietnamese import money
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger.actions import Move
from vungcao.ledger.models import Account, Entry
from vungcao.ledger.regions import Region, Space, space

FREE: Final = (
    "component",
    "field",
    "source",
    "place",
    "year_origin",
)  # found in this order: what is said exactly goes first
NAMES: Final = {
    "component": "dự án, tiểu dự án",
    "field": "lĩnh vực chi",
    "source": "cấp ngân sách",
    "place": "địa bàn",
    "year_origin": "năm nguồn",
}


def settle(voucher: VoucherDraft, dated: date) -> tuple[VoucherDraft, list[Problem]]:
    """The same voucher with each giver's account found, and the moves for which there is none or more than one."""
    here, moves, problems = space(dated), [], []
    held = _holding(voucher, here)
    for move in voucher.moves:
        settled, problem = _settled(move, here, held) if move.giver else (move, None)
        moves.append(settled)
        if problem:
            where = move.where or voucher.where
            problems.append(Problem(where, problem[0], "", problem[1]))
    return replace(voucher, moves=tuple(moves)), problems


def beyond(voucher: VoucherDraft, dated: date) -> list[Problem]:
    """Moves that hand over more than their giver holds on the day or any later one, the moves of the paper together."""
    here = space(dated)
    later = _sinking(voucher, here)
    left = {region: dong + later[region] for region, dong in _holding(voucher, here).items()}
    found = []
    for move in voucher.moves:
        if move.giver is None:
            continue
        before = left.get(move.giver, 0)
        left[move.giver] = before - move.dong
        if left[move.giver] < 0:
            said = (
                f"bàn giao {money(move.dong)} trong khi bên giao chỉ còn {money(max(before, 0))} ở khoản này: kiểm tra "
            )
            said += "lại số, dự án, nguồn, năm nguồn, hoặc nộp quyết định giao vốn còn thiếu trước."
            found.append(Problem(move.where or voucher.where, "handover.more_than_held", "", said))
    return found


def _settled(move: Move, here: Space, holding: Mapping[Region, int]) -> tuple[Move, tuple[str, str] | None]:
    assert move.giver is not None
    held = [one for one in holding if _fits(move.giver, one, here)]
    for name in ("component", "field", "place"):
        exact = [one for one in held if getattr(one, name) == getattr(move.giver, name)]
        held = exact or held
    if len(held) == 1:
        return _at(move, held[0]), None
    if held:
        differing = [NAMES[name] for name in FREE if len({getattr(one, name) for one in held}) > 1]
        said = f"bên giao giữ vốn này ở {len(held)} tài khoản khác nhau về {', '.join(differing)}: ghi rõ rồi nộp lại."
        return move, ("account.several", said)
    if here.sources[move.giver.source][1] == NOT_DIVIDED or here.sources[move.giver.source][0] == NOT_DIVIDED:
        said = (
            "bên giao không giữ vốn này (đơn vị, dự án, loại vốn, năm nguồn): kiểm tra lại, hoặc nộp quyết định giao "
        )
        said += "vốn của đơn vị trước."
        return move, ("account.none", said)
    return move, None


def _holding(voucher: VoucherDraft, here: Space) -> dict[Region, int]:
    """Account → đồng, of all that the voucher's givers hold on the day; entries of this very paper (handed in again)
    are left out.
    """
    ours = Q(entries__voucher__number=voucher.number, entries__voucher__dated=here.on)
    rows = Account.objects.filter(body__in={move.giver.body for move in voucher.moves if move.giver}, is_contra=False)
    held = rows.annotate(left=Sum("entries__dong", filter=Q(entries__voucher__dated__lte=here.on) & ~ours))
    return {Region.of(one): one.left for one in held.filter(left__gt=0).order_by("pk")}


def _sinking(voucher: VoucherDraft, here: Space) -> dict[Region, int]:
    """Account → by how many đồng (0 or less) it sinks at its lowest after the day, by papers we already hold."""
    givers = {move.giver.body for move in voucher.moves if move.giver}
    entries = Entry.objects.filter(account__body__in=givers, account__is_contra=False, voucher__dated__gt=here.on)
    running: dict[Region, int] = defaultdict(int)
    lowest: dict[Region, int] = defaultdict(int)
    in_order = entries.select_related("account", "voucher").order_by("voucher__dated")
    for _, of_day in groupby(in_order, lambda one: one.voucher.dated):
        moved: dict[Region, int] = defaultdict(int)
        for one in of_day:
            moved[Region.of(one.account)] += one.dong
        for region, dong in moved.items():
            running[region] += dong
            lowest[region] = min(lowest[region], running[region])
    return lowest


def _fits(said: Region, account: Region, here: Space) -> bool:
    """The same holder, object and years, at the component or under it, of the kind, level and field that are said."""
    kind, level = here.sources[said.source]
    held_kind, held_level = here.sources[account.source]
    star = here.not_divided["field"]
    return (
        said.body == account.body
        and said.spending_object == account.spending_object
        and said.year_origin in (account.year_origin, NOT_DIVIDED)
        and said.year_use in (account.year_use, NOT_DIVIDED)
        and kind in (held_kind, NOT_DIVIDED)
        and level in (held_level, NOT_DIVIDED)
        and said.field in (account.field, star)
        and here.components.covers(said.component, account.component)
    )


def _at(move: Move, account: Region) -> Move:
    """The move from that account; what the taker shares with the giver as drafted it shares with the account."""
    giver, taker = move.giver, move.taker
    assert giver is not None
    if taker is not None:
        shared = {name: getattr(account, name) for name in FREE if getattr(giver, name) == getattr(taker, name)}
        taker = replace(taker, **shared)
    return replace(move, giver=account, taker=taker)
