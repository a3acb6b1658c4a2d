"""What an officer mistypes at the terminal is answered by one Vietnamese sentence and exit code 2, never by a trace."""

from __future__ import annotations

import re

import pytest

from vungcao.desk.command import _HOMES, main

pytestmark = pytest.mark.django_db
ASKED = ("figures", "disbursement", "--on", "2021-11-15")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((*ASKED, "--period", "2024"), "Ngày 15/11/2021 không nằm trong năm 2024"),
        ((*ASKED, "--period", "2021-Q5"), "Kỳ '2021-Q5' không đọc được"),
        ((*ASKED, "--known-on", "9999999"), "Chưa có lần ghi số 9999999"),
        (("export-book", "--out", "/khong-co/so.bean"), "Không đọc hoặc ghi được “/khong-co/so.bean”"),
    ],
)
def test_one_sentence_and_exit_code_2(capsys, words, sentence):
    assert main(words) == 2
    said = capsys.readouterr()
    assert sentence in said.err and said.out == ""


ENGLISH = re.compile(
    r"\b(usage|error|argument|options?|required|expected|invalid|choice|unrecognized|show|exit|must)\b"
)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "vungcao: còn thiếu: LỆNH"),
        (("figurs",), "không có 'figurs'"),
        (("figures", "--on"), "--on: cần một giá trị đi kèm"),
        (("figures", "--year", "hai"), "--year: 'hai' không phải số nguyên"),
        (("figures", "--on", "31/6/2024"), "ngày '31/6/2024' không đọc được"),
        (("figures", "given", "--basis", "week"), "--basis: không có 'week'"),
        (("figures", "given", "--p", "1"), "--p chưa rõ"),
        (("report",), "còn thiếu: --period"),
        (("trace", "một", "hai"), "không hiểu: hai"),
        (("verify-audit", "--json=1"), "--json: lựa chọn này không nhận giá trị '1'"),
    ],
)
def test_a_mistyped_command_is_answered_in_vietnamese(capsys, words, sentence):
    with pytest.raises(SystemExit) as left:
        main(words)
    said = capsys.readouterr()
    assert (left.value.code, said.out) == (2, "")
    assert sentence in said.err and said.err.startswith("cách dùng: ")
    assert not ENGLISH.search(said.err)


@pytest.mark.parametrize("verb", ["", *_HOMES])
def test_every_help_is_in_vietnamese(capsys, verb):
    with pytest.raises(SystemExit) as left:
        main([*([verb] if verb else []), "--help"])
    said = capsys.readouterr().out
    assert left.value.code == 0 and "in trợ giúp này rồi thôi" in said
    without_names = re.sub(r"--?[a-z-]+|`.*?`|\{.*?\}", "", said)
    assert not ENGLISH.search(without_names)
