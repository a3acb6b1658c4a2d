"""Published figures as a CSV: each row is a statement of the press with a coverage of its own, kept as said.

Columns: ref, as_of, said_in, basis, programme, source, year_origin, year_use, place, plan, disbursed, unit,
rate_said, qualifier, note. They contradict each other; ``check-facts`` shows it. A row about
the whole country is no money of ours: its rate is kept as the country's average, beside which a province's stands.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from vungcao.bodies import queries as bodies
from vungcao.intake.drafted import Drafted, ObservationDraft
from vungcao.intake.drafting import MOST_DONG
from vungcao.intake.heading import Heading
from vungcao.kernel.refusal import Cell, Problem
from vungcao.kernel.vietnamese import nfc
from vungcao.ledger.drafts import LineDraft, StatementDraft
from vungcao.ledger.models import Basis
from vungcao.ledger.regions import Region, reserved_members
from vungcao.monitoring.actions import Said
from vungcao.programme import queries as programmes
from vungcao.programme.models import FundingSource
from vungcao.territory import queries as territory
from vungcao.territory.models import PlaceKind, PlaceVersion

CODE: Final = "so_lieu_cong_bo"
NATIONAL: Final = "national_disbursement"  # the indicator that keeps the country's average, its group the programme
COLUMNS: Final = (
    "ref", "as_of", "said_in", "basis", "programme", "source", "year_origin", "year_use", "place", "plan", "disbursed",
    "unit", "rate_said", "qualifier", "note",
)  # fmt: skip
_UNITS: Final = {"đồng": 1, "nghìn đồng": 1_000, "triệu đồng": 1_000_000, "tỷ đồng": 1_000_000_000}


def is_published(path: Path) -> bool:
    """Is this a CSV with exactly our columns?"""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return tuple(next(csv.reader(file), ())) == COLUMNS
    except (OSError, UnicodeDecodeError):
        return False


def drafts(path: Path, sha256: str) -> list[Drafted]:
    """One draft per row; a row without amounts stays a draft."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, restkey="", restval="")
        return [_Row(path.name, sha256, index, row).draft() for index, row in enumerate(rows, start=2)]


class _Row:
    def __init__(self, file: str, sha256: str, index: int, row: dict[str, str]) -> None:
        self.row = {name: nfc(row[name]) for name in COLUMNS}
        self.where = Cell(file, self.row["ref"], f"K{index}")
        digest = hashlib.sha256(repr(self.row).encode()).hexdigest()
        self.out = Drafted(file, self.row["ref"][:80], CODE, _heading(self.row), sha256, digest)

    def draft(self) -> Drafted:
        said, row = self._dong("disbursed"), self.row
        as_of = self.out.heading.as_of
        if as_of is None:
            self._problem("as_of.missing", f"ngày {row['as_of']!r} không đọc được.")
        region = self._region()
        if region and as_of and self._is_of_the_country(region):
            self._average(region, as_of, said)
            return self.out
        if said is None and not row["disbursed"]:
            self._problem("published.rate_only", "chỉ công bố tỷ lệ, không có số tiền: không ghi vào sổ.")
        press = bodies.body("PRESS")
        if region and press and said is not None and as_of:
            line = LineDraft(
                region=region,
                disbursed_dong=said,
                where=self.where,
                label=row["said_in"],
                plan_dong=self._dong("plan"),
                rate_said=row["rate_said"],
                qualifier=row["qualifier"],
            )
            basis = Basis.PHASE if row["basis"] == "phase" else Basis.YEAR
            self.out.facts.append(
                StatementDraft(press.pk, region, basis, as_of, (line,), self.where, number=row["ref"])
            )
        return self.out

    def _is_of_the_country(self, region: Region) -> bool:
        return PlaceVersion.objects.standing().filter(place=region.place, kind=PlaceKind.NATION).exists()

    def _average(self, region: Region, as_of: date, said: int | None) -> None:
        """The country's rate of disbursement: over the amounts where both were published, else as the rate was."""
        row, plan, press = self.row, self._dong("plan"), bodies.body("PRESS")
        try:
            above, below = (
                (Decimal(said), Decimal(plan)) if said and plan else (Decimal(row["rate_said"]), Decimal(100))
            )
        except InvalidOperation:
            self._problem("published.no_rate", "nói về cả nước thì phải có tỷ lệ, hoặc cả kế hoạch và giải ngân.")
            return
        if press:
            year, cell = row["year_use"] or f"{as_of.year}", replace(self.where, cell=f"M{self.where.cell[1:]}")
            figure = Said(
                NATIONAL,
                region.place,
                year,
                as_of,
                above,
                below,
                group=row["programme"],
                qualifier=row["qualifier"],
                note=row["said_in"],
                sheet=cell.sheet,
                cell=cell.cell,
            )
            self.out.facts.append(ObservationDraft(press.pk, year, as_of, (figure,), cell))

    def _problem(self, code: str, sentence: str) -> None:
        self.out.problems.append(Problem(self.where, code, self.row["ref"], sentence))

    def _dong(self, name: str) -> int | None:
        said, unit = self.row[name], _UNITS.get(self.row["unit"])
        if not said:
            return None
        try:
            dong = Decimal(said) * Decimal(unit or 1)
        except InvalidOperation:
            dong = Decimal("NaN")
        if unit is None or not dong.is_finite() or abs(dong) > MOST_DONG or dong != dong.to_integral_value():
            self._problem("amount.unreadable", f"số tiền {said!r} {self.row['unit']!r} không đọc được.")
            return None
        return int(dong)

    def _region(self) -> Region | None:
        row, stars = self.row, reserved_members()
        component = programmes.component(row["programme"])
        said = row["source"]
        source = FundingSource.objects.filter(code=said if ":" in said else f"{said}:*").first()
        place = territory.place(row["place"], self.out.heading.as_of or date.today())
        if not (component and source and place):
            self._problem("published.unknown", f"không rõ chương trình, nguồn hoặc địa bàn của dòng {row['ref']}.")
            return None
        return Region(
            component.pk, stars["field"], source.pk, row["year_origin"] or "*", row["year_use"] or "*", stars["body"],
            place.pk, stars["spending_object"],
        )  # fmt: skip


def _heading(row: dict[str, str]) -> Heading:
    try:
        as_of = date.fromisoformat(row["as_of"])
    except ValueError:
        as_of = None
    return Heading(
        title=row["said_in"], paper=row["said_in"], issuer_lines=(), texts=(row["said_in"],),
        programme=row["programme"], as_of=as_of, dated=None,
        number=row["ref"], year=as_of.year if as_of else None, level="*", corrects=False, is_example=False,
        is_phase=row["basis"] == "phase",
    )  # fmt: skip
