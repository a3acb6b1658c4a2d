"""``vungcao --lang en …``: helps, mistakes and answers in English; JSON and the default stay as they are."""

from __future__ import annotations

import re

import pytest

from vungcao.desk.command import _HOMES, main

pytestmark = pytest.mark.django_db
VIETNAMESE = re.compile("[à-ỹÀ-ỸđĐ]")
NAMES = ("Vùng Cao", "đồng")


def spoken(said: str) -> str:
    """What is said, names left out."""
    for name in NAMES:
        said = said.replace(name, "")
    return said


def helped(capsys, *words):
    with pytest.raises(SystemExit) as left:
        main([*words, "--help"])
    assert left.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("verb", ["", *_HOMES])
def test_every_help_is_in_english(capsys, verb):
    said = helped(capsys, "--lang", "en", *([verb] if verb else []))
    assert said.startswith("usage: vungcao") and "options:" in said
    assert not VIETNAMESE.search(spoken(said)), said


def test_after_english_the_default_is_vietnamese_again(capsys):
    before = helped(capsys, "figures")
    helped(capsys, "--lang=en", "figures")
    assert helped(capsys, "figures") == before == helped(capsys, "--lang", "vi", "figures")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "the following arguments are required: VERB"),
        (("figures", "--year", "x"), "argument --year: 'x' is not a whole number"),
        (("figures", "--on", "31/6/2024"), "the day '31/6/2024' can't be read"),
        (("report",), "the following arguments are required: --period"),
    ],
)
def test_a_mistyped_command_is_answered_in_english(capsys, words, sentence):
    with pytest.raises(SystemExit) as left:
        main(["--lang", "en", *words])
    said = capsys.readouterr().err
    assert left.value.code == 2 and sentence in said and not VIETNAMESE.search(spoken(said))


def test_a_language_that_is_none_is_refused_in_vietnamese(capsys):
    with pytest.raises(SystemExit):
        main(["--lang", "fr", "figures"])
    assert "--lang: không có 'fr'; chọn: 'vi', 'en'" in capsys.readouterr().err


def test_the_language_stands_before_the_verb(capsys):
    with pytest.raises(SystemExit):
        main(["figures", "--lang", "en"])
    assert "không hiểu: --lang" in capsys.readouterr().err


def test_a_refusal_is_english_and_json_is_not(capsys):
    ask = ("figures", "disbursement", "--known-on", "9999999")
    assert main(["--lang", "en", *ask]) == 2
    assert not VIETNAMESE.search(spoken(capsys.readouterr().err))
    assert main(["--lang", "en", *ask, "--json"]) == 2
    assert "Chưa có lần ghi số 9999999" in capsys.readouterr().err


def test_json_is_one_in_every_language(capsys):
    ask = ("figures", "--list", "--json")
    assert main(ask) == 0
    vietnamese = capsys.readouterr().out
    assert main(["--lang", "en", *ask]) == 0
    assert capsys.readouterr().out == vietnamese and "Giải ngân" in vietnamese


@pytest.mark.parametrize(
    "words",
    [
        ("figures", "--list"),
        ("expiring",),
        ("causes",),
        ("codes",),
        ("plan",),
        ("dossier",),
        ("extension",),
        ("map", "--list"),
        ("body",),
        ("rights",),
        ("delegate",),
        ("key",),
        ("account",),
        ("account", "--log"),
        ("check-facts",),
        ("verify-audit",),
        ("reconcile",),
        ("briefing",),
    ],
)
def test_an_answer_is_english_but_for_names(capsys, words):
    main(["--lang", "en", *words])
    said = capsys.readouterr()
    assert (said.out + said.err).strip()
    assert not VIETNAMESE.search(spoken(said.out + said.err)), said


RULED = ("authority", "--on", "2024-06-15", "--year", "2024", "--source", "su_nghiep:NSTW")


def test_a_ruling_is_told_in_english_with_its_names_as_they_are(capsys):
    assert main(["--lang", "en", *RULED, "--scope", "PROJECTS_SAME_PROGRAMME", "--pilot-district"]) == 0
    said = capsys.readouterr().out
    assert "Who decides: HĐND" in said and "  Rule: SN-" in said and "Certainty: " in said
    assert not re.search("Cơ quan|Quy tắc|Căn cứ|Độ chắc chắn|Hỏi", said)


def test_a_closing_day_is_told_in_english(capsys):
    assert main(["--lang", "en", "closing", "--source", "dau_tu:NSTW", "--year", "2024", "--on", "2026-03-01"]) == 0
    said = capsys.readouterr().out
    assert "May be spent until the end of 31/" in said and "On 01/03/2026: " in said
    assert not re.search("Giải ngân|Quy tắc:|Căn cứ:|chưa đối chiếu|Hỏi|sau đó", said)
