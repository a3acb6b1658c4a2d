"""Registers through the API: the rows that the page lists, under the register's own right, filters and order."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from ninja import Field, NinjaAPI, Query, Schema
from ninja.errors import HttpError

from vungcao.desk.api import shapes
from vungcao.desk.api.asker import asks
from vungcao.desk.registers.declaring import Register, Said
from vungcao.desk.registers.known import REGISTERS
from vungcao.desk.registers.listing import Listing
from vungcao.desk.rights import OfficialRequest

AFTER, SORT = "after", "sort"


def add_registers(api: NinjaAPI) -> None:
    """An operation for each register."""
    for register in REGISTERS:
        _add(api, register)


def _add(api: NinjaAPI, register: Register) -> None:
    asked_for = _question(register)

    def operation(request: OfficialRequest, asked: Query[asked_for]) -> Any:  # type: ignore[valid-type]  # made above
        return _answer(register, request, asked)

    operation.__name__ = f"register_{register.key.replace('-', '_')}"
    operation.__doc__ = f"{register.about}"
    asks(api, f"/registers/{register.key}", register.sees, shapes.RegisterPage, f"Sổ: {register.name}")(operation)


def _question(register: Register) -> type[Schema]:
    """What may be asked: the filters of the page by their names, the order, the page after."""
    said: dict[str, Any] = {
        name: Field(None, max_length=100, description=f"{one.label or ''}")
        for name, one in register.filters.base_filters.items()
    }
    sorts = ", ".join(one.key for one in register.columns if one.sort)
    said[SORT] = Field(None, max_length=40, description=f"thứ tự: {sorts}; “-” đứng trước: ngược lại")
    said[AFTER] = Field(None, max_length=400, description="tiếp sau trang trước: chữ “after” của trang ấy")
    kinds = dict.fromkeys(said, str | None)
    return type(f"Asked_{register.key.replace('-', '_')}", (Schema,), {"__annotations__": kinds, **said})


def _answer(register: Register, request: OfficialRequest, asked: Schema) -> dict[str, Any]:
    said = QueryDict(mutable=True)
    said.update({name: value for name, value in asked.model_dump().items() if value and name != AFTER})
    said["sau"] = getattr(asked, AFTER) or ""
    there = Listing(register, said, request.reach)
    if not there.is_valid:
        wrong = [f"{name}: {' '.join(map(str, some))}" for name, some in there.filters.form.errors.items()]
        raise HttpError(422, "; ".join(wrong))
    if said.get(SORT, there.sort) != there.sort:
        raise HttpError(422, f"Sổ này không xếp theo “{said[SORT]}”.")
    return {
        "key": register.key,
        "columns": {one.key: f"{one.head}" for one in register.columns},
        "rows": list(_rows(there)),
        "after": there.page.after or None,
    }


def _rows(there: Listing) -> Iterator[dict[str, Any]]:
    for row in there.page.rows:
        flags = [f"{flag.said}" for flag in there.register.flags(row, there.today)]
        values = {one.key: _plain(one.of(row)) for one in there.register.columns}
        yield {"id": there.register.key_of(row), "values": values, "flags": flags}


def _plain(said: Said) -> str | int | None:
    """Days as 2021-11-15, decimals as texts."""
    if said is None or isinstance(said, int):
        return said
    return said.isoformat() if isinstance(said, date) else f"{said:f}" if isinstance(said, Decimal) else f"{said}"
