"""An answer as a workbook: every row with its dimensions, measures in whole đồng, and the id that traces it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from vungcao.cube.figures import Answer, Row
from vungcao.reports.paper.long_list import Column, Value, write_list

DIMS: Final = {
    "programme": "chương trình",
    "component": "dự án, nội dung",
    "field": "lĩnh vực chi",
    "source": "nguồn vốn",
    "place": "địa bàn",
    "district": "huyện",
    "province": "tỉnh",
    "body": "đơn vị",
    "owner": "chủ đầu tư",
    "year": "năm nguồn",
    "year_use": "năm sử dụng",
    "month": "tháng",
    "group": "nhóm",
    "object": "công trình, đối tượng",
}


def write_answer(found: Answer, path: Path, measures: Sequence[str], head: Callable[[str], str]) -> int:
    """Write the rows; returns how many. ``head`` gives the Vietnamese name of a measure."""
    dims = list(found.rows[0].dims) if found.rows else []
    columns = [
        *(
            Column(said, width=width)
            for dim in dims
            for said, width in ((_("Mã %(dims)s") % {"dims": _(DIMS[dim])}, 16), (_(DIMS[dim]), 40))
        ),
        *(Column(_head(name, head), "number" if name.endswith("_dong") else "percent", 18) for name in measures),
        Column(_("Mẫu số"), width=24),
        Column(_("Mức chắc chắn"), width=14),
        Column(_("Mã số liệu"), width=80),
    ]
    return write_list(path, columns, (list(_values(row, dims, measures)) for row in found.rows), _("Số liệu"))


def _head(measure: str, head: Callable[[str], str]) -> str:
    return _("%(head)s (đồng)") % {"head": head(measure)} if measure.endswith("_dong") else head(measure)


def _values(row: Row, dims: Sequence[str], measures: Sequence[str]) -> Iterator[Value]:
    for dim in dims:
        yield from (row.dims[dim], row.names[dim])
    for name in measures:
        value = row.measures.get(name)
        yield Decimal(value) if isinstance(value, str) else value
    yield row.denominator.what if row.denominator else None
    yield row.qualifier or None
    yield row.id
