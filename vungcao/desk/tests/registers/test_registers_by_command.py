"""``vungcao register``: what the pages of the registers do, typed."""

from __future__ import annotations

import json

import pytest

from vungcao.desk.command import main
from vungcao.programme.models import Component
from vungcao.territory.models import PlaceVersion

pytestmark = pytest.mark.django_db
NEW = ("ghi-moi", "--set", "name=Xóm Ví Dụ", "--set", "kind=village", "--set", "parent=01321", "--set",
       "since=01/01/2026", "--set", "cites=1/QĐ-VD (ví dụ)")  # fmt: skip


@pytest.fixture
def said(cast, capsys):
    """Run ``vungcao register …``: exit code, what was printed, what was complained of."""

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["register", *words])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_places_components_and_sources_are_kept_by_command(said):
    code, out, err = said("dia-ban", *NEW, "--json")
    assert code == 0, err
    row = json.loads(out)["row"]
    assert (row["name"], row["parent"], row["since"]) == ("Xóm Ví Dụ", "Xã Bảo Lạc", "01/01/2026")
    assert PlaceVersion.objects.get(name="Xóm Ví Dụ").act.reason == "1/QĐ-VD (ví dụ)"
    code, out, _ = said("dia-ban", "--where", "q=xom vi du", "--json")
    assert [one["id"] for one in json.loads(out)["rows"]] == [row["id"]]
    assert said("dia-ban", "bo", row["key"], "--set", "since=31/12/2026", "--set", "cites=2/QĐ-VD")[0] == 0
    assert f"{PlaceVersion.objects.standing().get(name='Xóm Ví Dụ').valid_to}" == "2026-12-31"
    paper = ("--set", "since=01/03/2024", "--set", "cites=3/QĐ-VD")
    assert said("cau-phan", "ghi-moi", "--set", "code=1719.DA5.ND9", "--set", "name=Ví dụ", *paper)[0] == 0
    assert Component.objects.filter(code="1719.DA5.ND9").exists()
    assert said("nguon-von", "ghi-ma", "dau_tu:NSTW", "--set", "code=49", *paper)[0] == 0
    _, out, _ = said("nguon-von", "--where", "q=49", "--json")
    assert [one["code"] for one in json.loads(out)["rows"]] == ["dau_tu:NSTW"]


def test_what_cannot_be_is_said_in_a_sentence(said):
    for words, sentence in (
        (("khong-co",), "Không có sổ “khong-co”"),
        (("dia-ban", "xoa"), "không có việc “xoa”"),
        (("van-ban-den", "ghi-moi"), "ghi trên trang"),
        (("dia-ban", "bo"), "Ghi mã"),
        (("dia-ban", "bo", "VN", "--set", "since=01/01/2027", "--set", "cites=X"), "Quốc gia không đổi"),
        (("dia-ban", "bo", "99999999"), "không có dòng nào mang"),
        (("dia-ban", "ghi-moi", "--set", "ten=X"), "Không có ô “ten”"),
        (("dia-ban", "ghi-moi", "--set", "X"), "TÊN=GIÁ_TRỊ"),
        (("dia-ban", "ghi-moi", "--set", "since=31/12/9999"), "nằm ngoài khoảng"),
        (("dia-ban", "--where", "on=31/02/2026"), "Có vào ngày"),
        (("dia-ban", *NEW, "--set", "parent=không có"), "Không có địa bàn nào"),
    ):
        code, _, err = said(*words)
        assert (code, sentence in err) == (2, True), (words, err)


def test_the_registers_are_listed_with_what_can_be_done(said):
    code, out, _ = said("--json")
    found = {one["key"]: one["forms"] for one in json.loads(out)["registers"]}
    assert code == 0 and "nhap" in found["dia-ban"] and found["van-ban-den"] == []
