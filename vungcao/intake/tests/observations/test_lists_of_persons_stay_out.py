"""Lists of persons in the layouts of practice §4.5(4), 4.6, 4.9 and 4.11 are refused; counts beside them are not."""

from __future__ import annotations

import pytest

from vungcao.intake.tests.observations import count_papers
from vungcao.intake.tests.papers import Paper

pytestmark = pytest.mark.django_db


def listing(title: str, heads: str, *rows: tuple[object, ...]) -> Paper:
    """A paper whose heads are separated by ``·``, two levels by ``/``; every name in it is invented."""
    paths = [tuple(part.strip() for part in head.split("/")) for head in heads.split("·")]
    return Paper(
        title=title,
        unit="",
        heads=tuple((path[0], path[1] if len(path) > 1 else "") for path in paths),
        rows=tuple(tuple(row) for row in rows),
    )


LISTS = {
    "households of the review (4.5-4)": listing(
        "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2024 (VÍ DỤ)",
        "STT · Chủ hộ · Năm sinh/Nam · Năm sinh/Nữ · Dân tộc · CCCD · Số khẩu · Thôn · Phiếu A · Điểm B1 · Điểm B2",
        (1, "Ví Dụ Một", 1970, "", "Tày", "", 4, "Thôn Một", "x", 120, 40),
    ),
    "households without births or numbers": listing(
        "DANH SÁCH HỘ NGHÈO (VÍ DỤ)",
        "STT · Chủ hộ · Dân tộc · Số khẩu · Thôn · Điểm B1 · Điểm B2",
        (1, "Ví Dụ Một", "Tày", 4, "Thôn Một", 120, 40),
    ),
    "prestigious persons (4.6-1)": listing(
        "DANH SÁCH NGƯỜI CÓ UY TÍN (VÍ DỤ)",
        "STT · Họ và tên · Năm sinh/Nam · Năm sinh/Nữ · Dân tộc · Nơi cư trú · Trình độ VH · Đảng viên · Tôn giáo",
        (1, "Ví Dụ Hai", 1950, "", "Nùng", "xóm Một", "7/10", "x", ""),
    ),
    "who is taken off and who comes (4.6-2)": listing(
        "ĐƯA RA KHỎI DANH SÁCH, THAY THẾ NGƯỜI CÓ UY TÍN (VÍ DỤ)",
        "STT · Họ tên cũ · Lý do · Biên bản · Người thay · QĐ",
        (1, "Ví Dụ Ba", "chuyển đi", "thôn", "Ví Dụ Bốn", "12/QĐ-UBND"),
    ),
    "gifts received (4.6-4)": listing(
        "DANH SÁCH NHẬN QUÀ TẾT (VÍ DỤ)",
        "STT · Họ tên · Thôn, xã · Mức · Ký nhận · Người nhận thay (quan hệ)",
        (1, "Ví Dụ Năm", "Thôn Hai", 500, "đã ký", ""),
        (2, "Ví Dụ Mười", "Thôn Ba", 500, "", "Ví Dụ Mười Một (con)"),
    ),
    "visitors (4.9-1)": listing(
        "SỔ TIẾP CÔNG DÂN (VÍ DỤ)",
        "STT · Ngày · Họ tên, địa chỉ, CCCD · Số người · Nội dung · Loại · Hướng xử lý · Người tiếp · Kết quả",
        (1, "05/01/2024", "Ví Dụ Sáu, xóm Một", 1, "đất đai", "KNPA", "hướng dẫn", "Ví Dụ Bảy", "xong"),
    ),
    "letters (4.9-2)": listing(
        "SỔ ĐƠN (VÍ DỤ)",
        "STT · Ngày nhận · Nguồn · Người gửi · Nội dung · Loại · Thẩm quyền · Hạn · Kết quả",
        (1, "05/01/2024", "bưu điện", "Ví Dụ Tám", "đất đai", "KN", "xã", "20/01/2024", "xong"),
    ),
    "houses (4.11)": listing(
        "DANH SÁCH HỘ ĐƯỢC HỖ TRỢ NHÀ Ở (VÍ DỤ)",
        "STT · Chủ hộ · Dân tộc · Diện · Thôn, xã · Xây mới · Thanh toán",
        (1, "Ví Dụ Chín", "Dao", "nghèo", "Thôn Một", "x", 40),
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_persons_is_refused_with_a_sentence_and_nothing_of_it_is_kept(bring, counted, name):
    before = counted()
    run = bring(LISTS[name])
    (outcome,) = run.outcomes
    assert (outcome.state, [one.code for one in outcome.problems]) == ("refused", ["persons.listed"])
    assert "chỉ nhận số lượng" in outcome.problems[0].sentence
    assert "Ví Dụ" not in outcome.problems[0].sentence
    assert counted() == before


@pytest.mark.parametrize("name", count_papers.ALL)
def test_tables_of_counts_are_not_taken_for_lists(bring, name):
    assert bring(count_papers.ALL[name]).outcomes[0].state != "refused"


COUNTS = {
    "quarterly regime (4.6-3)": listing(
        "THỰC HIỆN CHẾ ĐỘ ĐỐI VỚI NGƯỜI CÓ UY TÍN QUÝ I (VÍ DỤ)",
        "STT · Nội dung · Số cuộc · Lượt người · Kinh phí/NSTW · Kinh phí/tỉnh · Lũy kế · Ghi chú",
        (1, "Cấp báo", "", 120, 10, 5, 15, ""),
        (2, "Tập huấn", 3, 90, 20, 5, 25, ""),
    ),
    "visits and letters, counted (4.9-3)": listing(
        "BÁO CÁO TIẾP CÔNG DÂN, XỬ LÝ ĐƠN (VÍ DỤ)",
        "STT · Đơn vị · Số lượt tiếp · Số người được tiếp · Đơn kỳ trước chuyển sang · Đơn trong kỳ · Đã giải quyết",
        (1, "Huyện Bảo Lạc", 3, 4, 1, 2, 2),
        (2, "Huyện Hà Quảng", 5, 5, 0, 1, 1),
    ),
    "cards issued": listing(
        "CẤP THẺ THEO DÂN TỘC (VÍ DỤ)",
        "STT · Huyện · Số người được cấp CCCD · Số chủ hộ nữ · Dân tộc Tày · Dân tộc Nùng",
        (1, "Bảo Lạc", 1200, 300, 700, 500),
        (2, "Hà Quảng", 900, 200, 500, 400),
    ),
}


@pytest.mark.parametrize("name", COUNTS)
def test_counts_about_people_are_no_list(bring, name):
    assert bring(COUNTS[name]).outcomes[0].state == "draft"
