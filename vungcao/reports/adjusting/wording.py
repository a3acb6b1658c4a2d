"""What the papers of each kind of dossier say in their own words; how they are built is one for all (`papers`)."""

from __future__ import annotations

from collections.abc import Iterator

from vungcao.kernel.vietnamese import day, money
from vungcao.ledger.dossiers import carrying
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.models import DossierKind, DossierLine, Side
from vungcao.reports.paper import Paragraph

UNSURE = " (theo trí nhớ, cần kiểm chứng)"


class Wording:
    """An adjustment's words. ``why``, ``what``: heads of two sections; ``annexes``: titles of annexes I and II."""

    why, what = "Lý do điều chỉnh", "Nội dung điều chỉnh"
    annexes = ("DANH MỤC ĐIỀU CHỈNH KẾ HOẠCH VỐN", "KẾ HOẠCH VỐN TRƯỚC VÀ SAU ĐIỀU CHỈNH")
    changes = ("Trước điều chỉnh", "Giảm", "Tăng", "Sau điều chỉnh")
    orders = "Giao Sở Tài chính nhập dự toán, kế hoạch vốn; các đơn vị thực hiện."

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    def reasons(self) -> list[Paragraph]:
        """Why, each reason once, by block."""
        sides = {side: dict.fromkeys(line.reason for line in self.draft.side(side)) for side in self.draft.way.sides}
        leads = {Side.DOWN: "Giảm vì", Side.UP: "Tăng vì", Side.OVER: "Chuyển vì", Side.OFF: "Hủy vì"}
        return [Paragraph.of(f"{leads[side]}: {'; '.join(said)}.") for side, said in sides.items() if said]

    def contents(self) -> list[Paragraph]:
        """How much of which source and years."""
        sums: dict[str, dict[str, int]] = {}
        for line in self.draft.lines:
            sums.setdefault(_money_of(line), {Side.DOWN: 0, Side.UP: 0})[line.side] += line.dong
        said = [
            Paragraph.of(f"{label}: giảm {money(one[Side.DOWN])}, tăng {money(one[Side.UP])}{_balance(one)}.")
            for label, one in sums.items()
        ]
        return [*said, Paragraph.of("Chi tiết tại Phụ lục I; trước và sau theo dự án, đơn vị, nguồn tại Phụ lục II.")]

    def articles(self) -> Iterator[str]:
        """Grounds beside those of who decides."""
        yield from ()

    def resolved(self, subject: str) -> str:
        """The first article of what is signed."""
        down, up = money(self.draft.total(Side.DOWN)), money(self.draft.total(Side.UP))
        sums = f"giảm {down}, tăng {up}, tổng số không thay đổi"
        return f"Thống nhất {subject}: {sums}; chi tiết tại Phụ lục I, II kèm theo."


class _OutOfAYear(Wording):
    """What carrying over and cancelling have in common: one block, out of one year of use."""

    verb = ""

    def contents(self) -> list[Paragraph]:
        sums: dict[str, int] = {}
        for line in self.draft.giving:
            label = f"{_money_of(line)}{self.by(line)}"
            sums[label] = sums.get(label, 0) + line.dong
        said = [Paragraph.of(f"{label}: {self.verb} {money(dong)}.") for label, dong in sums.items()]
        return [*said, Paragraph.of("Chi tiết tại Phụ lục I; trước và sau theo dự án, đơn vị, nguồn tại Phụ lục II.")]

    def by(self, line: DossierLine) -> str:
        """Where the money goes, by which ground."""
        return ""

    def resolved(self, subject: str) -> str:
        total = money(self.draft.total(self.draft.way.giving))
        return f"Thống nhất {subject}: {self.verb} {total}; chi tiết tại Phụ lục I, II kèm theo."


class CarryOver(_OutOfAYear):
    """A carry-over's words."""

    why, what = "Lý do chưa giải ngân hết, đề nghị chuyển nguồn", "Nội dung chuyển nguồn, căn cứ được chuyển"
    annexes = ("DANH MỤC VỐN CHUYỂN NGUỒN, KÉO DÀI", "VỐN TRƯỚC VÀ SAU KHI CHUYỂN NGUỒN")
    changes = ("Trước khi chuyển", "Chuyển đi", "Chuyển đến", "Sau khi chuyển")
    orders = (
        "Giao Sở Tài chính phối hợp Kho bạc Nhà nước chuyển số dư theo danh mục; vốn chuyển nguồn giữ nguyên năm "
        "nguồn, các đơn vị sử dụng trong thời hạn được phép."
    )
    verb = "chuyển"

    def by(self, line: DossierLine) -> str:
        one = carrying.claimed(self.draft, line)
        until = f", dùng đến hết ngày {day(one.until)}" if one and one.until else ""
        ground = f" theo {one.cites} ({one.code}{UNSURE if one.confidence != 'sourced' else ''})" if one else ""
        return f", chuyển sang năm {int(line.year_use) + 1}{ground}{until}"

    def articles(self) -> Iterator[str]:
        for line in self.draft.lines:
            one = carrying.claimed(self.draft, line)
            if one and one.cites:
                yield f"Căn cứ {one.cites}{UNSURE if one.confidence != 'sourced' else ''}"


class Cancellation(_OutOfAYear):
    """A cancellation's words."""

    why, what = "Lý do hủy", "Nội dung hủy dự toán, kế hoạch vốn"
    annexes = ("DANH MỤC DỰ TOÁN, KẾ HOẠCH VỐN HỦY", "VỐN TRƯỚC VÀ SAU KHI HỦY")
    changes = ("Trước khi hủy", "Hủy", "Tăng", "Sau khi hủy")
    orders = "Giao Sở Tài chính phối hợp Kho bạc Nhà nước hủy số dư theo danh mục; các đơn vị đối chiếu, thực hiện."
    verb = "hủy"

    def articles(self) -> Iterator[str]:
        for line in self.draft.lines:
            for one in self.draft.closing(line).readings:
                if one.cites:
                    yield f"Căn cứ {one.cites}{UNSURE if one.confidence != 'sourced' else ''}"


_KINDS: dict[str, type[Wording]] = {
    DossierKind.ADJUSTMENT: Wording,
    DossierKind.CARRY_OVER: CarryOver,
    DossierKind.CANCELLATION: Cancellation,
}


def wording(draft: Draft) -> Wording:
    """The words of a draft's kind."""
    return _KINDS[draft.dossier.kind](draft)


def _money_of(line: DossierLine) -> str:
    used = "" if line.year_origin == line.year_use else f" chuyển sang dùng năm {line.year_use}"
    return f"{line.source.name}, vốn năm {line.year_origin}{used}"


def _balance(one: dict[str, int]) -> str:
    gap = one[Side.UP] - one[Side.DOWN]
    return "; tổng số không thay đổi" if not gap else f"; còn lệch {money(gap)}"
