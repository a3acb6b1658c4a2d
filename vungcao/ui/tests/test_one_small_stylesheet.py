"""One stylesheet under 30 kB gzipped; no inline style or script anywhere, so the CSP needs no unsafe-*."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

ROOMS = Path(__file__).resolve().parents[2]
SHEET = ROOMS / "ui" / "static" / "ui" / "vungcao.css"
TEMPLATES = sorted(ROOMS.glob("*/templates/**/*.html"))


def test_it_is_under_30_kilobytes_gzipped_and_alone():
    assert len(gzip.compress(SHEET.read_bytes())) < 30_000
    assert list(ROOMS.glob("*/static/**/*.css")) == [SHEET]


def test_it_fetches_nothing():
    assert not re.search(r"@import|url\(|@font-face", SHEET.read_text(encoding="utf-8"))


def test_every_token_of_light_has_its_dark():
    text = SHEET.read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\n *\}", text, re.DOTALL)[:2]
    colours = set(re.findall(r"(--[a-z-]+): #", light))
    assert colours and colours == set(re.findall(r"(--[a-z-]+): #", dark))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOMS)))
def test_a_template_has_no_inline_style_script_or_handler(template):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+=\"|javascript:", text)


def test_every_class_a_template_uses_is_drawn():
    text = SHEET.read_text(encoding="utf-8")
    plain = {
        name
        for template in TEMPLATES
        for said in re.findall(r'class="([a-z0-9 -]+)"', template.read_text(encoding="utf-8"))
        for name in said.split()
    }
    assert not {name for name in plain if f".{name}" not in text}
