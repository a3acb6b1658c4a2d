"""Budget level and spending field of an assignment whose paper does not say them: those the giver holds there.

Where the paper has a column for counterpart money ("trong đó đối ứng"), its sums are that and central money: the local
part lies where the giver holds local money, and only there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from vungcao.intake.drafted import Counterpart, VoucherDraft
from vungcao.kernel.refusal import Cell, Problem
from vungcao.kernel.vietnamese import money
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger.actions import Move
from vungcao.ledger.models import Account
from vungcao.ledger.regions import Region, reserved_members
from vungcao.programme import queries as programmes
from vungcao.programme.models import SpendingField
from vungcao.programme.queries import FundingSources


def settle(voucher: VoucherDraft, dated: date) -> tuple[VoucherDraft, list[Problem]]:
    """The same voucher with every unsaid level settled, a notice of what was taken, and where nothing can be taken."""
    one = _Settling(voucher, dated)
    moves = one.settled()
    return replace(voucher, moves=tuple(moves), counterparts=None), one.problems


class _Settling:
    def __init__(self, voucher: VoucherDraft, dated: date) -> None:
        self.voucher, self.dated = voucher, dated
        self.sources, self.tree, self.stars = FundingSources.all(), programmes.tree(dated), reserved_members()
        self.problems: list[Problem] = []
        self.taken: dict[str, None] = {}

    def settled(self) -> list[Move]:
        moves = list(self.voucher.moves)
        local: list[Move] = []
        for part in self.voucher.counterparts or ():
            local += self._apart(part, moves)
        found = [self._with_level(move) for move in moves if move.dong]
        if self.taken:
            said = (
                f"văn bản không ghi cấp ngân sách; lấy “{', '.join(self.taken)}”, vì ở các dự án này bên giao chỉ giữ "
            )
            said += "vốn cấp đó."
            self.problems.append(Problem(self.voucher.where, "source.level_taken", "", said, "notice"))
        return [*found, *local]

    def _apart(self, part: Counterpart, moves: list[Move]) -> list[Move]:
        """The local part of a row taken out of the one move whose giver holds local money, as a move of its own."""
        fitting = [at for at in part.moves if part.dong <= moves[at].dong and len(self._local(moves[at])) == 1]
        if len(fitting) != 1:
            why = "không dự án nào ở dòng này" if not fitting else "nhiều dự án ở dòng này"
            said = (
                f"không rõ {money(part.dong)} đối ứng thuộc dự án nào: {why} có vốn địa phương mà bên giao đang giữ; "
            )
            said += "ghi đối ứng thành cột riêng dưới từng dự án, hoặc nộp nghị quyết phân bổ đối ứng trước."
            self.problems.append(Problem(part.where, "counterpart.unplaced", "", said))
            return []
        (at,) = fitting
        whole, (source,) = moves[at], self._local(moves[at])
        moves[at] = replace(whole, dong=whole.dong - part.dong)
        return [replace(_at_level(whole, source), dong=part.dong, where=part.where)]

    def _local(self, move: Move) -> list[int]:
        if move.giver is None or not self._is_unsaid(move.giver):
            return []
        return [source for source in self._held(move.giver) if self._is_local(source)]

    def _with_level(self, move: Move) -> Move:
        if move.giver is None:
            return move
        if not self._is_unsaid(move.giver):
            return self._with_field(move, move.giver)
        held = self._held(move.giver)
        found = [one for one in held if self.voucher.counterparts is None or not self._is_local(one)]
        levels = [_level(self.sources.names[one]) for one in found]
        if len(found) == 1:
            self.taken[levels[0]] = None
            settled = _at_level(move, found[0])
            return self._with_field(settled, settled.giver or move.giver)
        self.problems.append(_unknown(move.where or self.voucher.where, self._named(move.giver), levels))
        return move

    def _with_field(self, move: Move, giver: Region) -> Move:
        """Where the giver holds this money divided by spending field and the paper does not say which: the only one."""
        fields = self._held(giver).get(giver.source, set())
        star = self.stars["field"]
        if giver.field != star or star in fields or not fields:
            return move
        if len(fields) == 1:
            return _with(move, field=fields.pop(), only=star)
        listed = ", ".join(SpendingField.objects.filter(pk__in=fields).order_by("code").values_list("code", flat=True))
        said = f"bên giao giữ {self._named(giver)} ở nhiều loại chi ({listed}); ghi cột “Loại, khoản” cho từng dòng."
        self.problems.append(Problem(move.where or self.voucher.where, "field.unsaid", "", said))
        return move

    def _named(self, giver: Region) -> str:
        return f"{self.sources.names[giver.source].lower()} của {self.tree.short_names[giver.component]}"

    def _is_unsaid(self, giver: Region) -> bool:
        return self.sources[giver.source][1] == NOT_DIVIDED

    def _is_local(self, source: int) -> bool:
        return self.sources[source][1].startswith("NSDP")

    def _held(self, giver: Region) -> dict[int, set[int]]:
        """Sources of the same kind → fields, in which the giver was given money at that node up to the day."""
        free = {"source_id"} | ({"field_id"} if giver.field == self.stars["field"] else set())
        columns = {name: value for name, value in giver.columns().items() if name not in free}
        accounts = Account.objects.filter(
            **columns,
            is_contra=False,
            source__kind=self.sources[giver.source][0],
            entries__dong__gt=0,
            entries__voucher__dated__lte=self.dated,
        )
        found: dict[int, set[int]] = {}
        for source, field in accounts.order_by("source").values_list("source", "field").distinct():
            found.setdefault(source, set()).add(field)
        return found


def _level(name: str) -> str:
    """“Vốn đầu tư, ngân sách trung ương” → “ngân sách trung ương”; a source without a level is called so."""
    return name.partition(", ")[2] or "vốn không chia cấp"


def _at_level(move: Move, source: int) -> Move:
    giver, taker = (replace(side, source=source) if side else None for side in (move.giver, move.taker))
    return replace(move, giver=giver, taker=taker)


def _with(move: Move, *, field: int, only: int) -> Move:
    """The same move in a field, on each side that names none (``only``)."""
    giver, taker = (
        replace(side, field=field) if side and side.field == only else side for side in (move.giver, move.taker)
    )
    return replace(move, giver=giver, taker=taker)


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
