"""A table that fits no profile is offered the nearest: measured over every layout we have, spoilt in every simple way.

The truth of a layout is the profile that fits it whole; what is spoilt is its title, its issuer, one column, or title
and column. (Without title and issuer the allocation by the council and the assignment by the Centre are one form.)
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import vungcao
from vungcao.intake import nearest
from vungcao.intake.heading import heading_of
from vungcao.intake.nearest import say
from vungcao.intake.profile import choose, lay, profiles
from vungcao.intake.reading import Table, read_workbook
from vungcao.intake.tests.observations import count_papers
from vungcao.intake.tests.papers import Paper, write
from vungcao.kernel.vietnamese import fold

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "cao-bang"
Layout = tuple[str, Table, str, str]  # the profile it fits, the table, its title, its issuer
GOAL = 0.94  # where the title is gone as well, forms with the same columns are one form


def all_papers() -> Iterator[Paper]:
    """Every paper that any test of the door is made of."""
    for found in sorted(Path(__file__).parent.glob("**/*.py")):
        if "reading" in found.parts or found == Path(__file__) or found.stem == "conftest":
            continue
        name = ".".join(("vungcao", *found.relative_to(Path(vungcao.__file__).parent).with_suffix("").parts))
        for one in vars(importlib.import_module(name)).values():
            many = one.values() if isinstance(one, dict) else one if isinstance(one, (tuple, list)) else (one,)
            yield from (paper for paper in many if isinstance(paper, Paper))


def laid(path: Path) -> Iterator[Layout]:
    for sheet in read_workbook(path).sheets:
        for table in () if sheet.hidden else sheet.tables:
            heading = heading_of(sheet, table)
            issuer = fold(heading.issuer)
            fit, _ = choose(table, heading.title, issuer)
            if fit is not None:
                yield fit.profile.code, table, heading.title, issuer


@pytest.fixture(scope="module")
def layouts(tmp_path_factory: pytest.TempPathFactory) -> list[Layout]:
    folder = tmp_path_factory.mktemp("layouts")
    made = [write(folder / f"{at}.xlsx", paper) for at, paper in enumerate(all_papers())]
    found = [one for path in (*made, *sorted(EXAMPLES.rglob("*.xlsx"))) for one in laid(path)]
    first: dict[tuple[object, ...], Layout] = {}
    for one in found:  # papers that differ in their figures only are one layout
        first.setdefault((one[0], tuple(column.path for column in one[1].columns)), one)
    return list(first.values())


def spoilt(layout: Layout) -> Iterator[tuple[str, Table, str, str]]:
    """The layout without title, without issuer, without each required column in turn, and without title as well."""
    code, table, title, issuer = layout
    yield "title", table, "", issuer
    yield "issuer", table, title, ""
    profile = next(one for one in profiles() if one.code == code)
    required = {one.col for one in lay(profile, table, title, issuer).bound if not one.rule.optional}
    for col in sorted(required):
        less = replace(table, columns=tuple(column for column in table.columns if column.col != col))
        yield f"column {col}", less, title, issuer
        yield f"title, column {col}", less, "", issuer


def offered(table: Table, title: str, issuer: str) -> str:
    fits = [lay(profile, table, title, issuer) for profile in profiles()]
    return nearest.nearest(fits, table, title, issuer).profile.code


def test_the_nearest_is_nearly_always_the_one_that_was_meant(layouts):
    confusion = Counter((layout[0], offered(*how[1:])) for layout in layouts for how in spoilt(layout))
    right = sum(count for (meant, said), count in confusion.items() if meant == said)
    wrong = {pair: count for pair, count in confusion.items() if pair[0] != pair[1]}
    assert len(layouts) >= 20
    assert right / confusion.total() >= GOAL, f"{right} of {confusion.total()}; meant, offered: {wrong}"


def test_with_its_title_a_form_is_always_told_whatever_column_it_lacks(layouts):
    wrong = [
        (layout[0], how[0], offered(*how[1:]))
        for layout in layouts
        for how in spoilt(layout)
        if not how[0].startswith("title") and offered(*how[1:]) != layout[0]
    ]
    assert wrong == []


def test_a_layout_without_a_spoilt_thing_is_always_known(layouts):
    assert {offered(*layout[1:]) == layout[0] for layout in layouts} == {True}


def test_nearly_every_profile_is_among_the_layouts_measured(layouts):
    assert {layout[0] for layout in layouts} >= {one.code for one in profiles() if one.kind == "observation"}
    assert len({layout[0] for layout in layouts}) >= 0.9 * len(profiles())


def test_the_sentence_names_what_is_missing_and_the_cells_to_look_at(tmp_path):
    heads = tuple(("Cột lạ", "") if head[0] == "Tái nghèo" else head for head in count_papers.MOVEMENT.heads)
    path = write(tmp_path / "a.xlsx", count_papers.MOVEMENT.but(heads=heads))
    (table,) = read_workbook(path).sheets[0].tables
    fits = [lay(profile, table, "dien bien ho ngheo", "") for profile in profiles()]
    said = say(nearest.nearest(fits, table, "dien bien ho ngheo", ""), table)
    assert said.startswith("bảng chưa khớp mẫu biểu nào; gần nhất là “Diễn biến hộ nghèo trong năm”, nhưng thiếu cột")
    assert "“Tái nghèo”" in said and "I8 “Cột lạ”" in said and "ở ô A8" in said


def test_a_table_that_only_its_title_keeps_out_is_told_how_to_force_it(tmp_path):
    path = write(tmp_path / "a.xlsx", count_papers.MOVEMENT.but(title="BIỂU TỔNG HỢP SỐ 5"))
    (table,) = read_workbook(path).sheets[0].tables
    fits = [lay(profile, table, "bieu tong hop so 5", "") for profile in profiles()]
    assert "--profile ho_ngheo_dien_bien" in say(nearest.nearest(fits, table, "bieu tong hop so 5", ""), table)


@pytest.mark.django_db
def test_a_profile_asked_for_by_its_code_needs_no_title(bring):
    paper = count_papers.MOVEMENT.but(title="BIỂU TỔNG HỢP SỐ 5 NĂM 2024")
    assert bring(paper, commit=False).outcomes[0].state == "draft"
    (outcome,) = bring(paper, commit=False, profile="ho_ngheo_dien_bien").outcomes
    assert (outcome.what, outcome.state) == ("ho_ngheo_dien_bien", "received")
