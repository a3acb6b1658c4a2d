"""Five kinds of papers: each has its own head, title, number and signature, and all come from one builder."""

from __future__ import annotations

import re
from typing import Any

import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from vungcao.reports.paper import KINDS, Article, Paragraph, Run, Section, board, department, from_json, issued, to_json
from vungcao.reports.paper import peoples_committee as committee
from vungcao.reports.paper.samples import samples

from .cast import opened, paper, printed


def styled(word: Any, style_id: str) -> list[str]:
    found = [WordParagraph(p, word) for p in word.element.body.iter(qn("w:p")) if p.style == style_id]
    return [one.text.replace("\u00a0", " ") for one in found]


def head(word: Any) -> tuple[str, str, str]:
    """Left of the head, number with what stands under it, day."""
    rows = word.tables[0].rows
    return rows[0].cells[0].text, rows[1].cells[0].text, rows[1].cells[1].text


@pytest.mark.parametrize(
    ("code", "number", "title"),
    [
        ("bao_cao", "/BC-BDT", "BÁO CÁO"),
        ("cong_van", "/BDT-KHTH", None),
        ("to_trinh", "/TTr-BDT", "TỜ TRÌNH"),
        ("quyet_dinh", "/QĐ-UBND", "QUYẾT ĐỊNH"),
        ("nghi_quyet", "/NQ-HĐND", "NGHỊ QUYẾT"),
        ("thong_bao", "/TB-BDT", "THÔNG BÁO"),
    ],
)
def test_each_kind_bears_its_number_and_its_title(code: str, number: str, title: str | None) -> None:
    word = opened(samples()[code])
    assert re.match(rf"Số:\s{{4,}}{number}", head(word)[1])
    assert styled(word, "TenLoai") == ([title] if title else [])
    assert "VÍ DỤ" in "".join(word.sections[0].header._element.itertext())


def test_a_letter_says_its_subject_under_the_number_and_addresses_somebody() -> None:
    word = opened(samples()["cong_van"])
    assert styled(word, "VeViec") == ["V/v đề nghị góp ý dự thảo kế hoạch vốn năm 2025 (ví dụ)"]
    assert not styled(word, "TrichYeu")
    assert styled(word, "KinhGui") + styled(word, "KinhGuiDanhSach") == [
        "Kính gửi:",
        "- Sở Tài chính;",
        "- Kho bạc Nhà nước Cao Bằng.",
    ]


def test_a_subject_that_already_says_it_is_not_told_twice() -> None:
    said = issued(board(), "công văn", drafter="KHTH")
    assert styled(opened(paper(subject="V/v đôn đốc", grounds=(), **said)), "VeViec") == ["V/v đôn đốc"]


def test_a_decision_states_who_decides_on_what_grounds_and_its_articles() -> None:
    word = opened(samples()["quyet_dinh"])
    assert styled(word, "ThamQuyen") == ["ỦY BAN NHÂN DÂN TỈNH CAO BẰNG"]
    grounds = styled(word, "CanCu")
    assert [one[-1] for one in grounds] == [";", ";", ";", "."]
    assert styled(word, "QuyetNghi") == ["QUYẾT ĐỊNH:"]
    articles = [one for one in styled(word, "NoiDung") if one.startswith("Điều")]
    assert [one[:7] for one in articles] == ["Điều 1.", "Điều 2.", "Điều 3."]
    first = next(p for p in word.paragraphs if p.text.startswith("Điều 1."))
    assert first.runs[0].bold and not first.runs[1].bold
    assert not styled(word, "KinhGui")


def test_a_resolution_resolves_and_its_chairman_signs_in_his_own_right() -> None:
    paper = samples()["nghi_quyet"]
    word = opened(paper)
    assert styled(word, "ThamQuyen") == ["HỘI ĐỒNG NHÂN DÂN TỈNH CAO BẰNG"]
    assert styled(word, "QuyetNghi") == ["QUYẾT NGHỊ:"]
    assert paper.signature.lines == ("CHỦ TỊCH",)


def test_a_draft_says_so_in_every_header_and_only_then() -> None:
    word, report = opened(samples()["quyet_dinh"]), opened(samples()["bao_cao"])
    for header in (word.sections[0].header, word.sections[0].first_page_header):
        assert "DỰ THẢO" in "".join(header._element.itertext())
    assert "DỰ THẢO" not in "".join(report.sections[0].header._element.itertext())


def test_the_committee_has_no_superior_above_it_and_the_board_has() -> None:
    assert head(opened(samples()["quyet_dinh"]))[0].strip().split("\n") == ["ỦY BAN NHÂN DÂN", "TỈNH CAO BẰNG"]
    assert head(opened(samples()["bao_cao"]))[0].strip().split("\n")[0] == "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG"


@pytest.mark.parametrize(
    ("who", "signer", "more", "lines"),
    [
        (board(), "chief", {}, ("TRƯỞNG BAN",)),
        (board(), "deputy", {}, ("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")),
        (board(), "acting", {}, ("Q. TRƯỞNG BAN",)),
        (board(), "by_order", {"post": "Chánh Văn phòng"}, ("TL. TRƯỞNG BAN", "CHÁNH VĂN PHÒNG")),
        (board(), "delegated", {"post": "Chánh Văn phòng"}, ("TUQ. TRƯỞNG BAN", "CHÁNH VĂN PHÒNG")),
        (
            board(),
            "by_order",
            {"post": "KT. Chánh Văn phòng\nPhó Chánh Văn phòng"},
            ("TL. TRƯỞNG BAN", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
        ),
        (department(), "deputy", {}, ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        (committee(), "chief", {}, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        (committee(), "deputy", {}, ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (committee(), "acting", {}, ("TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH")),
        (committee(), "chief", {"alone": True}, ("CHỦ TỊCH",)),
        (committee(), "deputy", {"alone": True}, ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (committee(), "by_order", {"post": "Chánh Văn phòng"}, ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
    ],
)
def test_the_lines_above_the_name_follow_from_who_signs(who: Any, signer: Any, more: Any, lines: Any) -> None:
    assert who.signature(signer, **more).lines == lines


def test_an_order_wants_the_signers_own_post_and_a_chief_has_none() -> None:
    with pytest.raises(ValueError, match="wants post"):
        board().signature("by_order")
    with pytest.raises(ValueError, match="takes no post"):
        board().signature("chief", "Chánh Văn phòng")


def test_who_decides_is_named_by_office_or_as_a_collective() -> None:
    assert board().authority() == "TRƯỞNG BAN DÂN TỘC TỈNH CAO BẰNG"
    assert department("Hà Giang").authority() == "GIÁM ĐỐC SỞ DÂN TỘC VÀ TÔN GIÁO TỈNH HÀ GIANG"
    assert committee().authority(alone=True) == "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CAO BẰNG"


def test_a_kind_without_a_form_and_articles_in_a_letter_are_refused() -> None:
    with pytest.raises(ValueError, match="giấy mời"):
        paper(kind="giấy mời")
    with pytest.raises(ValueError, match="no articles"):
        paper(articles=(Article((Paragraph.of("Điều"),)),))
    assert set(KINDS) == {"báo cáo", "công văn", "tờ trình", "quyết định", "nghị quyết", "thông báo"}


def test_a_fact_that_is_only_remembered_says_so_in_print() -> None:
    runs = (Run("Hạn là 31/01", sure="recalled"), Run("; mức chi", sure="unknown"), Run("; đã ký"))
    word = opened(paper(sections=(Section("", "", (Paragraph(runs),)),)))
    assert "Hạn là 31/01 (theo trí nhớ, cần kiểm chứng); mức chi (chưa rõ); đã ký" in styled(word, "NoiDung")
    assert not styled(word, "DeMuc1")  # without mark and title there is no heading


@pytest.mark.parametrize("code", ["cong_van", "to_trinh", "quyet_dinh", "thong_bao", "a3"])
def test_every_kind_is_kept_and_prints_again_to_the_same_bytes(code: str) -> None:
    one = samples()[code]
    assert printed(from_json(to_json(one))) == printed(one)
