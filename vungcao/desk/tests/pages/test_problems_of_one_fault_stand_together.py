"""Forty cells with one fault are one line that opens in place; in English where the reader has chosen English."""

from __future__ import annotations

import pytest
from django.conf import settings as site

from vungcao.desk.tests.pages.handing_in import (
    DISTRICT,
    WRONG_SUM,
    cao_bang,
    desk,
    hand_in,
    lan,
    loaded_once,
    page_of,
    upload,
    worked,
)
from vungcao.desk.tests.pages.reading_pages import said, tree
from vungcao.intake.sentences import in_language, msgids
from vungcao.intake.tests.papers import DA1

pytestmark = pytest.mark.django_db
__all__ = ["cao_bang", "desk", "lan", "loaded_once"]  # fixtures
ODD = [("", "TỔNG CỘNG", 30, 20, 10), ("I", DA1, 30, 20, 10)]
MANY = DISTRICT.but(rows=tuple(ODD + [(f"{n}", f"Dự án lạ số {n} (ví dụ)", 1, 1, 1) for n in range(2, 9)]))


def test_one_fault_is_one_line_with_its_count_and_cells_and_opens_to_each(desk, cao_bang):
    page = page_of(desk, worked(hand_in(desk, upload(cao_bang, MANY))))
    group = next(one for one in page.xpath("//details[@class='many']") if "Dự án lạ" in said(one))
    assert "7 chỗ cùng một lỗi" in said(group) and "B12–B18" in said(group)
    assert len(group.xpath(".//ul/li")) == 7 and len(group.xpath(".//form[contains(@action, '/hieu-la/')]")) == 7
    assert group.get("open") is None, "seven forms would bury the page"


def test_what_little_is_asked_inside_is_seen_at_once(desk, cao_bang):
    page = page_of(desk, worked(hand_in(desk, upload(cao_bang, MANY.but(rows=MANY.rows[:4])))))
    group = next(one for one in page.xpath("//details[@class='many']") if "Dự án lạ" in said(one))
    assert group.get("open") is not None and len(group.xpath(".//ul/li")) == 2


def test_a_problem_that_stands_alone_is_told_as_before(desk, cao_bang):
    page = page_of(desk, worked(hand_in(desk, upload(cao_bang, WRONG_SUM))))
    assert not page.xpath("//details[@class='many']") and "cộng các dòng không khớp" in said(page)


def test_who_has_chosen_english_reads_problems_in_english_on_the_page_and_in_the_grid(desk, cao_bang):
    check = worked(hand_in(desk, upload(cao_bang, WRONG_SUM)))
    desk.cookies[site.LANGUAGE_COOKIE_NAME] = "en"
    words = said(page_of(desk, check))
    assert "sum of the rows does not come out: the cell says 40, computed from C11 it is 30" in words
    assert "không khớp" not in words
    grid = tree(desk.get(f"/nop-bang-tinh/{check.pk}/tep/0/BM01/"))
    assert "does not come out" in said(grid)


def test_in_vietnamese_a_sentence_is_as_it_was_said():
    assert in_language("cộng các dòng không khớp: x.") == "cộng các dòng không khớp: x."


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        (
            "lũy kế 8,5 triệu đồng thấp hơn 10 triệu đồng đã báo cáo ngày 31/05/2024; vẫn được ghi, đề nghị giải "
            "trình.",
            "cumulative 8,5 million đồng is lower than the 10 million đồng reported as of 31/05/2024; recorded as "
            "printed, an explanation is asked for.",
        ),
        (
            "“Dự án 99” không có trong danh mục của chương trình 1719 vào ngày 31/05/2024. Cách hiểu cũ (là Dự án 1) "
            "đã được Lan rút lại.",
            "“Dự án 99” is not in the list of programme 1719 on 31/05/2024. The former meaning (Dự án 1) was taken "
            "back by Lan.",
        ),
        ("tỷ lệ không khớp: ô ghi 50%, tính lại từ C8/D8 được 49,5%.",
         "the rate does not come out: the cell says 50%, computed from C8/D8 it is 49,5%."),
        ("câu này chưa ai dịch 100% (%(x)s).", "câu này chưa ai dịch 100% (%(x)s)."),
    ],
)  # fmt: skip
def test_what_is_of_the_cell_is_carried_over(settings, vietnamese, english):
    from django.utils.translation import override

    with override("en"):
        assert in_language(vietnamese) == english


def test_each_sentence_is_found_again_by_its_own_pattern():
    """Filled with plain words, no other pattern takes a sentence away."""
    from django.utils.translation import gettext, override

    from vungcao.intake import sentences

    lost = []
    with override("en"):
        for msgid in msgids():
            holes = {name: "7" if name == "number" else f"x{name}y" for name in sentences._HOLE.findall(msgid)}
            filled, wanted = (msgid % holes, gettext(msgid) % holes) if holes else (msgid, gettext(msgid))
            found = in_language(f"câu lạ{filled}").removeprefix("câu lạ") if msgid[0] == ";" else in_language(filled)
            lost += [(msgid, found)] * (found != wanted)
    assert not lost, lost
