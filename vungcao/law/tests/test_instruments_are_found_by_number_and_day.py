"""Instruments: by number, on a day, with how sure we are; loading is repeatable and keeps what was known."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.models import Act
from vungcao.evidence.queries import last_number
from vungcao.evidence.reference_rows import days, read_yaml
from vungcao.law import checks, loading
from vungcao.law.models import Instrument
from vungcao.law.queries import instrument


@pytest.fixture
def instruments(db: None) -> None:
    loading.load(by=SYSTEM)


def test_an_instrument_is_found_with_its_day_and_certainty(instruments):
    found = instrument("1719/QĐ-TTg")
    assert (found.dated, found.issuer, found.confidence) == (date(2021, 10, 14), "TTG", "sourced")
    assert instrument("263/QĐ-TTg").confidence == "recalled"
    assert instrument("0000/QĐ-TTg") is None


def test_an_instrument_is_asked_for_on_a_day(instruments):
    assert instrument("28/2023/QĐ-TTg", on=date(2024, 1, 14)) is None
    assert instrument("28/2023/QĐ-TTg", on=date(2024, 1, 15)) is not None
    assert instrument("120/2020/QH14", on=date(2000, 1, 1)) is not None, "an unknown start counts as in force"


def test_last_days_become_first_days_after():
    assert days({"from": date(2022, 4, 19), "last_day": date(2024, 1, 17)}) == {
        "valid_from": date(2022, 4, 19),
        "valid_to": date(2024, 1, 18),
    }
    assert days({}) == {"valid_from": None, "valid_to": None}


def test_a_number_of_two_issuers_is_told_apart_by_the_issuer(instruments):
    with acting("instrument.recorded", by=SYSTEM) as act:
        Instrument.objects.create(
            act=act, number="80/NQ-HĐND", issuer="HDND-99", dated=date(2023, 1, 1), confidence="sourced"
        )
    assert instrument("80/NQ-HĐND", issuer="HDND-04").dated == date(2022, 12, 9)
    assert instrument("80/NQ-HĐND").issuer == "HDND-99"


def test_a_second_load_writes_nothing(instruments):
    acts = Act.objects.count()
    assert not loading.load(by=SYSTEM).changed
    assert Act.objects.count() == acts


def test_a_corrected_entry_replaces_the_old_one_which_stays_known(instruments, tmp_path: Path):
    before = last_number()
    shutil.copy(loading.REFERENCE / "instruments.yaml", tmp_path)
    file = tmp_path / "instruments.yaml"
    text = file.read_text(encoding="utf-8").replace(
        '"263/QĐ-TTg", dated: 2022-02-22', '"263/QĐ-TTg", dated: 2022-02-23'
    )
    file.write_text(text, encoding="utf-8")
    done = loading.load(by=SYSTEM, folder=tmp_path)
    assert (done.written, done.ended) == ({"Instrument": 1}, {"Instrument": 1})
    assert instrument("263/QĐ-TTg").dated == date(2022, 2, 23)
    assert instrument("263/QĐ-TTg", known=before).dated == date(2022, 2, 22)


def test_every_programme_cites_instruments_that_are_on_file(instruments):
    """The first number of each `cites` of the programmes can be opened."""
    folder = loading.REFERENCE.parents[1] / "programme" / "reference"
    for name in ("programme_1719.yaml", "programmes_other.yaml"):
        for programme in read_yaml(folder / name)["programmes"]:
            assert instrument(programme["cites"].split()[0]), programme["cites"]


def test_standing_truths_hold_and_their_breach_is_found(instruments):
    assert list(checks.findings()) == []
    with acting("instrument.recorded", by=SYSTEM) as act:
        for number, dated, changed_by in [
            ("1/VD", date(2030, 1, 2), "2/VD"),
            ("2/VD", date(2030, 1, 1), "3/VD"),
            ("4/VD", None, ""),
            ("4/VD", None, ""),
        ]:
            Instrument.objects.create(
                act=act, number=number, issuer="VD", dated=dated, changed_by=changed_by, confidence="unknown"
            )
    assert {(one.code, one.key) for one in checks.findings()} == {
        ("changed_by.older", "1/VD"),
        ("changed_by.absent", "2/VD"),
        ("version.overlap", "4/VD"),
    }
