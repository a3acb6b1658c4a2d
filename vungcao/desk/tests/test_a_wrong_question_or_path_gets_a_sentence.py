"""What an officer mistypes at the terminal is answered by one Vietnamese sentence and exit code 2, never by a trace."""

from __future__ import annotations

import pytest

from vungcao.desk.command import main

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
