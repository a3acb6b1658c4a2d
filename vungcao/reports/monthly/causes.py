"""Why money is not spent, as holders say in the monthly form of causes (practice §4.2-4), for the rows of an annex.

Words only: amounts of that form move no money and enter no total. The latest form of a holder up to the day stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from vungcao.bodies.reach import Reach
from vungcao.kernel.vietnamese import day
from vungcao.ledger.models import Unspent
from vungcao.ledger.regions import Space, space
from vungcao.ledger.unspent import latest_forms

MOST = 3  # causes named in one cell, those of the most money first; how many more there are is said


@dataclass(frozen=True)
class Causes:
    """The lines of the forms that stand on a day, of one programme, as far as the asker sees."""

    rows: tuple[Unspent, ...]
    here: Space

    @classmethod
    def on(cls, on: date, programme: str, *, known: int, reach: Reach) -> Causes:
        here = space(on, known)
        top = here.components.ids[programme]
        said = (one for one in latest_forms(on, known=known) if one.as_of.year == on.year)
        seen = (one for one in said if reach.sees(one.place_id, one.body_id, here.places))
        return cls(tuple(one for one in seen if here.components.covers(top, one.component_id)), here)

    def of_component(self, code: str) -> str:
        """Causes at a component and below it: ``Mặt bằng; Hồ sơ, thủ tục``; empty where nobody named one."""
        node = self.here.components.ids.get(code)
        return self._told(lambda row: node is not None and self.here.components.covers(node, row.component_id))

    def of_body(self, node: int) -> str:
        """Causes of a body's money."""
        return self._told(lambda row: row.body_id == node)

    def _told(self, is_wanted: Callable[[Unspent], bool]) -> str:
        weights: dict[str, int] = {}
        for row in filter(is_wanted, self.rows):
            name = str(row.get_cause_display())
            weights[name] = weights.get(name, 0) + row.dong
        names = sorted(weights, key=lambda name: -weights[name])
        more = f"; và {len(names) - MOST} nguyên nhân khác" if len(names) > MOST else ""
        return "; ".join(names[:MOST]) + more

    def notes(self) -> list[str]:
        """Whose forms, up to which day; or that there are none."""
        if not self.rows:
            return ["Nguyên nhân: chưa có đơn vị nào gửi Biểu 04 trong năm; đề nghị các đơn vị gửi."]
        reporters, last = {row.reporter_id for row in self.rows}, max(row.as_of for row in self.rows)
        said = f"Nguyên nhân theo Biểu 04 mới nhất của {len(reporters):02d} đơn vị, đến ngày {day(last)}"
        return [f"{said}; nguyên nhân của nhiều vốn nhất đứng trước."]
