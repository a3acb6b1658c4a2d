"""Who owns the database can rebuild the chain and forget its released heads; a head kept elsewhere still finds it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from vungcao.desk.command import main
from vungcao.evidence import chain, guard, heads
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.heads import Head, NotAHead
from vungcao.evidence.models import Link, ReleasedHead

REWRITE = "UPDATE evidence_source SET name = 'khác' WHERE name = 'văn bản ví dụ 2'"


@pytest.fixture
def rebuilt(sql):
    """Somebody at the database's prompt rewrites a row, forgets links and released heads, and links all anew."""

    def run(*more: str) -> None:
        with guard.lifted():
            for text in (REWRITE, "DELETE FROM evidence_link", *more):
                sql(text)
        chain.extend()

    return run


def papers(write) -> None:
    for place in range(1, 4):
        write(f"văn bản ví dụ {place}")


def codes(*outside: Head, **more) -> list[str]:
    return [f"{one.code} {one.key}" for one in chain.verify(outside, **more)]


@pytest.mark.django_db
def test_a_head_that_was_written_down_finds_what_nothing_in_the_database_can(write, rebuilt):
    papers(write)
    released = chain.release_head("Báo cáo ví dụ", by=SYSTEM)
    printed = heads.said(f"{released.no}:{released.digest[: heads.PRINTED]}")
    assert codes(printed) == []
    act = released.act_id
    rebuilt(
        "DELETE FROM evidence_releasedhead",
        f"DELETE FROM evidence_actnumber WHERE act_id = {act}",
        f"DELETE FROM evidence_act WHERE id = {act}",
    )
    assert codes() == [], "from the inside the forged chain is whole"
    assert codes(printed) == ["audit.head 3"]
    (finding,) = chain.verify([printed])
    assert finding.sentence == "Đầu chuỗi số 3 đã phát hành (dòng lệnh) không khớp với sổ hiện nay."


@pytest.mark.django_db
def test_an_end_cut_off_is_told_by_a_head_beyond_it(write, sql):
    papers(write)
    chain.extend()
    head = chain.current_head("giữ ở tủ hồ sơ")
    with guard.lifted():
        sql("DELETE FROM evidence_link WHERE no = 3")
        sql("DELETE FROM evidence_source WHERE name = 'văn bản ví dụ 3'")
        sql("DELETE FROM evidence_actnumber WHERE no = 3")
        sql("DELETE FROM evidence_act WHERE id NOT IN (SELECT act_id FROM evidence_actnumber)")
    assert codes() == []
    (finding,) = chain.verify([head])
    assert finding.key == "3" and "sổ chỉ đến lần ghi số 2" in finding.sentence
    assert "giữ ở tủ hồ sơ" in finding.sentence


@pytest.mark.django_db
def test_a_released_head_taken_off_the_list_leaves_a_gap_in_its_count(write, rebuilt):
    papers(write)
    first, second = (chain.release_head(f"Báo cáo ví dụ {no}", by=SYSTEM) for no in (1, 2))
    assert (first.order, second.order) == (1, 2)
    rebuilt(f"DELETE FROM evidence_releasedhead WHERE id = {second.pk}")
    assert "audit.head_gone 4" in codes(released=[Head(second.no, second.digest, "báo cáo số 2")])
    chain.release_head("Báo cáo ví dụ 3", by=SYSTEM)
    with guard.lifted():
        ReleasedHead._base_manager.filter(pk=first.pk)._raw_delete("default")
    assert "audit.head_gap 1" in codes()


@pytest.mark.django_db
def test_one_head_said_in_several_places_is_one_finding(write, rebuilt):
    papers(write)
    chain.release_head("Báo cáo ví dụ", by=SYSTEM)
    head = Link.objects.get(no=3)
    rebuilt()
    said = [Head(3, head.digest, "heads.txt"), Head(3, head.digest[:32], "bao-cao.docx")]
    (finding,) = chain.verify(said)
    assert "(Báo cáo ví dụ, heads.txt, bao-cao.docx)" in finding.sentence


@pytest.mark.parametrize("text", ["", "3", "3:abc", "ba:" + "0" * 32, "3:" + "g" * 32, "3:" + "0" * 65])
def test_what_is_no_head_gets_a_sentence(text):
    with pytest.raises(NotAHead, match="viết SỐ:MÃ"):
        heads.said(text)


def test_a_list_and_a_word_paper_are_read_and_anything_else_is_told(tmp_path):
    one, other = "0a" * 32, "1b" * 16
    (tmp_path / "heads.txt").write_text(
        f"57:{one}  01/02/2022 08:00  báo cáo\nghi chú\n\n 60 : {other.upper()}\n", "utf-8"
    )
    assert [(head.no, head.digest) for head in heads.in_file(tmp_path / "heads.txt")] == [(57, one), (60, other)]
    with zipfile.ZipFile(tmp_path / "bc.docx", "w") as paper:
        runs = f"<w:t>đầu chuỗi nhật ký </w:t><w:t>57:</w:t><w:t>{one[:32]}</w:t><w:t>.</w:t>"
        paper.writestr("word/footer1.xml", f"<w:p>{runs}</w:p>")
    assert [(head.no, head.digest) for head in heads.on_papers(tmp_path)] == [(57, one[:32])]
    (tmp_path / "khác.docx").write_bytes((tmp_path / "bc.docx").read_bytes()[:60])
    (tmp_path / "trống.txt").write_text("không có gì\n", "utf-8")
    for name in ("khác.docx", "trống.txt", "không có.txt"):
        with pytest.raises(NotAHead, match=name):
            heads.in_file(tmp_path / name)
    assert len(heads.on_papers(tmp_path)) == 1, "a broken paper says nothing of the others"


@pytest.mark.django_db(transaction=True)
def test_verify_audit_looks_by_itself_at_the_heads_kept_beside_the_database(write, rebuilt, settings, tmp_path, capsys):
    settings.HOME = tmp_path
    papers(write)
    released = chain.release_head("Báo cáo ví dụ", by=SYSTEM)
    assert heads.kept_file().read_text("utf-8").startswith(f"3:{released.digest}  ")
    assert told(capsys) == (0, {"head": f"4:{Link.objects.get(no=4).digest}", "compared": 1, "findings": []})
    rebuilt("DELETE FROM evidence_releasedhead")
    code, said = told(capsys)
    assert (code, [one["code"] for one in said["findings"]]) == (1, ["audit.head", "audit.head_gone"])
    heads.kept_file().unlink()
    assert told(capsys)[0] == 0
    for asked in (("--head", f"3:{released.digest[:32]}"), ("--heads", listed(tmp_path, released))):
        code, said = told(capsys, *asked)
        assert (code, [one["code"] for one in said["findings"]], said["compared"]) == (1, ["audit.head"], 1), asked
    assert main(["verify-audit", "--head", "3:zz"]) == 2
    assert "viết SỐ:MÃ" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_a_head_is_exported_to_the_end_of_a_list_and_released(write, settings, tmp_path, capsys):
    settings.HOME = tmp_path
    papers(write)
    out = tmp_path / "mang đi" / "dau-chuoi.txt"
    out.parent.mkdir()
    for times in (1, 2):
        assert main(["verify-audit", "--export", str(out)]) == 0
        assert (len(heads.in_file(out)), ReleasedHead.objects.count()) == (times, times)
    assert "giữ ở nơi khác máy này" in capsys.readouterr().out
    assert told(capsys, "--heads", str(out))[0] == 0


def listed(folder: Path, head: ReleasedHead) -> str:
    path = folder / "so-tay.txt"
    path.write_text(f"{head.no}:{head.digest}\n", "utf-8")
    return str(path)


def told(capsys, *asked: str) -> tuple[int, dict]:
    """Exit code and JSON of the command."""
    capsys.readouterr()
    code = main(["verify-audit", "--json", *asked])
    return code, json.loads(capsys.readouterr().out)
