"""Every Vietnamese string that a page can show has its English in the catalogue, and the catalogue is compiled."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

from django.utils.translation.template import templatize

from vungcao.bodies.models import BatchState
from vungcao.cube.denominators import WORDS
from vungcao.cube.question import MONEY
from vungcao.intake.sentences import msgids
from vungcao.law.models import Confidence
from vungcao.ledger.models import VoucherKind

ROOMS = Path(__file__).resolve().parent.parent / "vungcao"
CATALOGUE = ROOMS / "locale" / "en" / "LC_MESSAGES" / "django"
CALLS = {"_", "gettext", "gettext_lazy"}
# Words that a page shows by looking them up: steps, kinds of voucher, how sure we are, denominators, figures, problems.
LOOKED_UP = (*BatchState.labels, *VoucherKind.labels, *Confidence.labels, *WORDS.values(), *MONEY.values(), *msgids())
TEXT = re.compile(r"gettext\(u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")


def strings() -> set[str]:
    """Every string the pages translate, from templates and from code."""
    found: set[str] = set()
    for template in ROOMS.glob("*/templates/**/*.html"):
        source = templatize(template.read_text(encoding="utf-8"))
        found |= {ast.literal_eval(said) for said in TEXT.findall(source)}
    for module in ROOMS.rglob("*.py"):
        if "tests" not in module.parts:
            found |= set(_of_code(ast.parse(module.read_text(encoding="utf-8"))))
    return found | {str(word) for word in LOOKED_UP}


def _of_code(tree: ast.AST) -> list[str]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return [
        call.args[0].value
        for call in calls
        if call.func.id in CALLS and call.args and isinstance(call.args[0], ast.Constant)
    ]


def compiled() -> dict[str, str]:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        return {str(key): value for key, value in gettext.GNUTranslations(file)._catalog.items() if key}


def test_every_string_has_its_english():
    said = compiled()
    missing = sorted(text for text in strings() if not said.get(text))
    assert not missing, f"add to {CATALOGUE}.po, then msgfmt it: {missing}"


def test_the_compiled_catalogue_is_that_of_the_text():
    text = CATALOGUE.with_suffix(".po").read_text(encoding="utf-8")
    entries = re.findall(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)', text, re.MULTILINE)
    joined = {_joined(key): _joined(value) for key, value in entries}
    joined.pop("")
    assert joined == compiled()


def _joined(quoted: str) -> str:
    return "".join(ast.literal_eval(line) for line in quoted.splitlines())
