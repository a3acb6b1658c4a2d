"""Forms of the registers of reference filled in, on a day of their own."""

from __future__ import annotations

from vungcao.desk.tests.pages.reading_pages import said, tree
from vungcao.desk.tests.registers.conftest import TODAY
from vungcao.desk.tests.registers.test_forms_are_carried_out_once import drawn
from vungcao.territory import queries

PLACES = "/so/dia-ban/"
PAPER = "12/NQ-VD (ví dụ)"


def sent(desk, url: str, **words: str):
    """Draw the form, fill it in, send it."""
    return desk.post(url, drawn(tree(desk.get(url))) | words)


def refused(response) -> str:
    assert response.status_code == 422, response.status_code
    return said(tree(response).xpath("//main")[0])


def of_place(code: str) -> str:
    return f"{PLACES}{queries.place(code, TODAY).pk}/"


def village(desk, name: str = "Xóm Ví Dụ", parent: str = "01321", **words: str):
    about = {"name": name, "kind": "village", "parent": parent, "since": "01/01/2026", "cites": PAPER}
    return sent(desk, f"{PLACES}ghi-moi/", **about | words)
