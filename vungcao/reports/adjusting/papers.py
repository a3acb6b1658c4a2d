"""The papers of a dossier: who decides says which are written.

The Board submits to the Committee, always. Where the council decides: the Committee's submission, a draft resolution
and the decision that assigns by it. Where the Committee decides: a draft decision. Where the Centre decides: the
Committee's submission to it. Where a law or resolution has settled it: a draft decision with the list. Where no rule is
on file, or another level decides, the Board's submission says so and whom to ask. What each kind says in its own words
stands in `wording`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

from vungcao.kernel.vietnamese import day, money
from vungcao.law.ruling import Reading
from vungcao.ledger.dossiers.draft import Decided, Draft
from vungcao.ledger.dossiers.faults import cautions, faults
from vungcao.reports.adjusting.annexes import annexes
from vungcao.reports.adjusting.targets_lost import targets_lost
from vungcao.reports.adjusting.wording import wording
from vungcao.reports.paper import (
    Article,
    Paper,
    Paragraph,
    Run,
    Section,
    issued,
    peoples_committee,
    peoples_council,
)
from vungcao.reports.reminders.letter import Sender

COUNCIL: Final = frozenset({"HDND_TINH", "HDND_TINH_THUONG_TRUC"})
COMMITTEE: Final = frozenset({"UBND_TINH", "CT_UBND"})
CENTRE: Final = frozenset({"QH", "UBTVQH", "TTG"})


TO_COMMITTEE, ONWARD, RESOLUTION, DECISION = "to-trinh-ban", "to-trinh-ubnd", "nghi-quyet", "quyet-dinh"


def wanted(draft: Draft) -> list[str]:
    """Which papers are written: by who may decide, every reading counted."""
    deciders = _deciders(draft)
    found = [TO_COMMITTEE]
    if deciders & (COUNCIL | CENTRE):
        found.append(ONWARD)
    if deciders & COUNCIL:
        found.append(RESOLUTION)
    if deciders & (COUNCIL | COMMITTEE) or any(one.settled for one in draft.decided):
        found.append(DECISION)
    return found


def papers(draft: Draft, *, example: bool, footer_note: str = "") -> dict[str, Paper]:
    """Papers by a short name: ``to-trinh-ban``, ``to-trinh-ubnd``, ``nghi-quyet``, ``quyet-dinh``."""
    return _Papers(draft, example=example, footer_note=footer_note).all()


class _Papers:
    def __init__(self, draft: Draft, **marks: Any) -> None:
        self.draft = draft
        self.board = Sender().issuer(draft.on)
        self.province = self.board.place
        self.marks = {"year": draft.on.year, "draft": True, **marks}
        self.deciders, self.words = _deciders(draft), wording(draft)

    def all(self) -> dict[str, Paper]:
        made = {
            TO_COMMITTEE: self.of_board, ONWARD: self.of_committee,
            RESOLUTION: self.resolution, DECISION: self.decision,
        }  # fmt: skip
        return {name: made[name]() for name in wanted(self.draft)}

    # submissions -------------------------------------------------------------------------------------------
    def of_board(self) -> Paper:
        """From the Board to the province's Committee, with everything that is still open."""
        committee = peoples_committee(self.province).name
        return Paper(
            subject=self._subject(),
            addressees=(committee,),
            grounds=(*self._grounds(), *self._asked_by()),
            opening=(self._asks(self.board.name, committee),),
            sections=(*self._body(), *self._open_points()),
            closing=(Paragraph.of(f"{self.board.name} kính trình {committee} xem xét, quyết định./."),),
            recipients=("- Như trên;", "- Sở Tài chính (p/h);", "- Lãnh đạo cơ quan;", "- Lưu: VT, KHTH."),
            annexes=annexes(self.draft, opinions=True),
            **self.marks,
            **issued(self.board, "tờ trình"),
        )

    def of_committee(self) -> Paper:
        """From the Committee to the council, or to the Centre where the Centre decides."""
        committee = peoples_committee(self.province)
        to = peoples_council(self.province).name if self.deciders & COUNCIL else "Thủ tướng Chính phủ"
        return Paper(
            subject=self._subject(),
            addressees=(to,),
            grounds=(*self._grounds(), f"Theo đề nghị của {self.board.name}"),
            opening=(self._asks(committee.name, to),),
            sections=tuple(self._body()),
            closing=(Paragraph.of(f"{committee.name} kính trình {to} xem xét, quyết định./."),),
            recipients=("- Như trên;", "- Các Ban của HĐND tỉnh;", f"- {self.board.name};", "- Lưu: VT."),
            annexes=annexes(self.draft, opinions=True),
            **self.marks,
            **issued(committee, "tờ trình"),
        )

    def _subject(self) -> str:
        return self.draft.dossier.title[:1].lower() + self.draft.dossier.title[1:]

    def _asks(self, who: str, to: str) -> Paragraph:
        total = money(self.draft.total(self.draft.way.giving))
        return Paragraph.of(
            f"{who} kính trình {to} {self._subject()} với số tiền {total} (hồ sơ {self.draft.dossier.code}), cụ thể:"
        )

    def _grounds(self) -> tuple[str, ...]:
        """The articles that the rules name, each once; what is only remembered says so."""
        found = [*self.words.articles()]
        for reading in self._readings():
            unsure = "" if reading.confidence == "sourced" else " (theo trí nhớ, cần kiểm chứng)"
            found.append(f"Căn cứ {reading.cites}{unsure}" if reading.cites else "")
        return tuple(dict.fromkeys(said for said in found if said))

    def _asked_by(self) -> tuple[str, ...]:
        said = ", ".join(dict.fromkeys(self._proposals()))
        return (f"Căn cứ văn bản đề nghị của các đơn vị: {said}",) if said else ()

    def _proposals(self) -> Iterator[str]:
        for line in self.draft.lines:
            if line.paper:
                yield f"{line.paper} ngày {day(line.paper_dated)}" if line.paper_dated else line.paper

    def _readings(self) -> list[Reading]:
        return [one for decided in self.draft.decided for one in decided.ruling.readings if one.decider != "UNKNOWN"]

    # parts of a submission ---------------------------------------------------------------------------------
    def _body(self) -> list[Section]:
        found = [
            (self.words.why, self.words.reasons()),
            (self.words.what, self.words.contents()),
            ("Thẩm quyền quyết định", [self._authority(one) for one in self.draft.decided]),
            ("Chỉ tiêu bị ảnh hưởng", self._targets),
            ("Ý kiến các cơ quan", self._opinions()),
        ]
        return [Section(f"{number}", title, tuple(said)) for number, (title, said) in enumerate(found, start=1)]

    def _authority(self, one: Decided) -> Paragraph:
        ruling, words = one.ruling, self.draft.book.words
        if one.settled:
            said = f"{money(one.dong)} {words.scopes[ruling.move.scope]}: theo {one.settled}."
            unsaid = f"danh mục quy tắc chưa ghi cơ quan nào của tỉnh ký, hỏi {ruling.ask}."
            return Paragraph.of(f"{said} Văn bản của tỉnh ghi danh sách; {unsaid}")
        runs = [Run(f"{money(one.dong)} {words.scopes[ruling.move.scope]}, quyết định ngày {day(self.draft.on)}: ")]
        if not [reading for reading in ruling.readings if reading.decider != "UNKNOWN"]:
            return Paragraph((*runs, Run(f"chưa có quy tắc xác định được cơ quan quyết định; hỏi {ruling.ask}.")))
        for index, reading in enumerate(ruling.readings):
            lead = "; hoặc " if index else ""
            text = f"{lead}{self.draft.book.decider(reading.decider)}, theo {reading.cites} ({reading.rules[0].id})"
            runs.append(Run(text, sure=reading.confidence))  # type: ignore[arg-type]  # one of the three marks
        for reading in ruling.readings:
            runs += [Run(f". Điều kiện: {said}") for said in reading.conditions]
        return Paragraph((*runs, Run(".")))

    @cached_property
    def _targets(self) -> list[Paragraph]:
        return targets_lost(self.draft)

    def _opinions(self) -> list[Paragraph]:
        asked = len(self.draft.opinions)
        answered = sum(answer is not None for _, answer in self.draft.opinions)
        if not asked:
            return [Paragraph.of("Chưa xin ý kiến cơ quan nào.")]
        open_ones = asked - answered
        waiting = f"; {open_ones} cơ quan chưa trả lời" if open_ones else ""
        return [Paragraph.of(f"Đã xin ý kiến {asked} cơ quan, {answered} cơ quan trả lời{waiting} (Phụ lục III).")]

    def _open_points(self) -> list[Section]:
        """What still keeps the draft from going on, and what the rules warn of."""
        said = [*map(str, faults(self.draft)), *cautions(self.draft)]
        paragraphs = tuple(Paragraph.of(f"- {one}") for one in said)
        return [Section("6", "Điều còn phải xử lý trước khi trình ký", paragraphs)] if said else []

    # what is signed ----------------------------------------------------------------------------------------
    def resolution(self) -> Paper:
        """The council's draft."""
        council, committee = peoples_council(self.province), peoples_committee(self.province)
        return Paper(
            subject=self._subject(),
            grounds=(*self._grounds(), f"Xét Tờ trình của {committee.name}; Báo cáo thẩm tra của Ban của HĐND tỉnh"),
            articles=(
                Article((Paragraph.of(self.words.resolved(self._subject())),)),
                Article((Paragraph.of(f"Giao {committee.name} tổ chức thực hiện và báo cáo kết quả theo quy định."),)),
                Article((Paragraph.of(
                    "Thường trực, các Ban, các Tổ đại biểu và đại biểu HĐND tỉnh giám sát việc thực hiện Nghị quyết "
                    "này./."
                ),)),
            ),
            recipients=(f"- {committee.name};", "- Các Ban của HĐND tỉnh;", f"- {self.board.name};", "- Lưu: VT."),
            annexes=annexes(self.draft, opinions=False),
            **self.marks,
            **{**issued(council, "nghị quyết"), "signature": council.signature(alone=True)},
        )  # fmt: skip

    def decision(self) -> Paper:
        """The Committee's draft: its own decision, or the one that assigns by the council's resolution."""
        committee = peoples_committee(self.province)
        by = ("Căn cứ Nghị quyết của HĐND tỉnh (số, ngày ghi khi ban hành)",) if self.deciders & COUNCIL else ()
        return Paper(
            subject=self._subject(),
            grounds=(*by, *self._grounds(), f"Theo đề nghị của {self.board.name}"),
            articles=(
                Article((Paragraph.of(self.words.resolved(self._subject())),)),
                Article((Paragraph.of(self.words.orders),)),
                Article((Paragraph.of(
                    f"Chánh Văn phòng UBND tỉnh, Thủ trưởng {self.board.name}, Giám đốc Sở Tài chính và các đơn vị có "
                    "tên tại Phụ lục I chịu trách nhiệm thi hành Quyết định này kể từ ngày ký./."
                ),)),
            ),
            recipients=("- Như Điều 3;", "- Thường trực HĐND tỉnh;", "- Lưu: VT."),
            annexes=annexes(self.draft, opinions=False),
            **self.marks,
            **issued(committee, "quyết định"),
        )  # fmt: skip


def _deciders(draft: Draft) -> set[str]:
    """Who may still decide, every reading counted; not of what a law or resolution has settled."""
    return {reading.decider for one in draft.decided if not one.settled for reading in one.ruling.readings}
