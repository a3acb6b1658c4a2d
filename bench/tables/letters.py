"""Other ways in which Vietnamese text is kept: decomposed (NFD), old tone placing, TCVN3 and VNI by font."""

from __future__ import annotations

import unicodedata

# TCVN 5712:1993, third table (what the fonts .VnTime … show), as a Western reader of the bytes sees it.
_SMALL = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_CODES = (
    "b5b8b6b7b9a8bbbebcbdc6a9c7cac8c9cbaeccd0cecfd1aad2d5d3d4d6d7ddd8dcdedfe3e1e2e4abe5e8e6e7e9acea"
    "edebeceeeff3f1f2f4adf5f8f6f7f9fafdfbfcfe"
)
_LARGE, _LARGE_CODES = "ĂÂĐÊÔƠƯ", "a1a2a7a3a4a5a6"
_TCVN3 = dict(zip(_SMALL + _LARGE, bytes.fromhex(_CODES + _LARGE_CODES).decode("latin-1"), strict=True))
_NEW_TO_OLD = {"òa": "oà", "óa": "oá", "ỏa": "oả", "ọa": "oạ", "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ụy": "uỵ"}


# VNI for Windows: a letter and, behind it, a sign that bears its tone (and its hat or breve).
_TONES = {"\u0301": "ùá", "\u0300": "øà", "\u0309": "ûå", "\u0303": "õã", "\u0323": "ïä"}
_BREVES = {"\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_WHOLE = dict(zip("íìỉĩịỵđ", "íìæóòîñ", strict=True))


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def old_tones(text: str) -> str:
    """``Hòa`` → ``Hoà``, ``Thủy`` → ``Thuỷ`` at the end of a syllable."""
    words = text.split(" ")
    for new, old in _NEW_TO_OLD.items():
        words = [
            word[: -len(new)] + old if word.endswith(new) and not word.startswith("qu") else word for word in words
        ]
    return " ".join(words)


def tcvn3(text: str) -> tuple[str, str]:
    """The text as TCVN3 keeps it, and the font that shows it; capitals with tone marks need the capital font."""
    toned = any(sign.isupper() and sign.lower() in _TCVN3 and sign not in _TCVN3 for sign in text)
    font = ".VnTimeH" if toned and text.upper() == text else ".VnTime"
    said = text.lower() if font == ".VnTimeH" else text
    return "".join(_TCVN3.get(sign, _TCVN3.get(sign.lower(), sign)) for sign in said), font


def vni(text: str) -> tuple[str, str]:
    """The text as VNI keeps it, and the font that shows it."""
    return "".join(_in_vni(sign) for sign in unicodedata.normalize("NFC", text)), "VNI-Times"


def _in_vni(sign: str) -> str:
    small = sign.lower()
    if small in _WHOLE:
        made = _WHOLE[small]
    else:
        letter, *marks = unicodedata.normalize("NFD", small)
        tone = next((mark for mark in marks if mark in _TONES), None)
        if "\u0306" in marks:  # ă
            made = letter + (_BREVES[tone] if tone else "ê")
        elif "\u0302" in marks:  # â ê ô
            made = letter + (_TONES[tone][1] if tone else "â")
        else:
            made = {"o": "ô", "u": "ö"}[letter] if "\u031b" in marks else letter
            made += _TONES[tone][0] if tone else ""
    return made.upper() if sign.isupper() else made
