"""Every Vietnamese string that a page can show has its English in the catalogue, and the catalogue is compiled."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

from django.utils.translation.template import templatize

from vungcao.bodies import rights
from vungcao.bodies.models import BatchState, DelegationKind, Role
from vungcao.cube.denominators import WORDS
from vungcao.cube.question import MONEY
from vungcao.desk import dossier_told, opening
from vungcao.desk.commands import asking, deciding, importing, listing, reconciling
from vungcao.intake.sentences import msgids
from vungcao.law.closing import THEN
from vungcao.law.deadlines import LAPSES
from vungcao.law.models import Confidence, RuleChange
from vungcao.ledger.codes import Scheme
from vungcao.ledger.dossiers.ways import way_of
from vungcao.ledger.extensions import AFTERWARDS
from vungcao.ledger.models import (
    DossierKind,
    ObjectKind,
    PlanAdjusted,
    Proposal,
    Resolver,
    Side,
    StepTaken,
    Taken,
    Verdict,
    VoucherKind,
)
from vungcao.territory.models import PlaceKind, ReorganisationKind

ROOMS = Path(__file__).resolve().parent.parent / "vungcao"
CATALOGUE = ROOMS / "locale" / "en" / "LC_MESSAGES" / "django"
CALLS = {"_", "gettext", "gettext_lazy", "worded"}
# Words shown by looking them up: steps, kinds, how sure we are, denominators, figures, problems.
CHOICES = (
    BatchState,
    VoucherKind,
    Confidence,
    RuleChange,
    Scheme,
    DossierKind,
    ObjectKind,
    Side,
    PlaceKind,
    ReorganisationKind,
    Role,
    DelegationKind,
    StepTaken,
    PlanAdjusted,
    Proposal,
    Resolver,
    Taken,
    Verdict,
)
LABELS = tuple(label for choices in CHOICES for label in choices.labels)
VERBS = tuple(way_of(kind).verb for kind in DossierKind)
DEADLINES = (*THEN.values(), LAPSES, AFTERWARDS)
COMMANDS = (
    *asking.MEASURES.values(), *asking.BESIDE.values(), *deciding.STATES.values(), *listing.DIMS.values(),
    *dossier_told.STEPS.values(), *dossier_told.BY.values(), *reconciling.KINDS.values(),
    *(said for both in importing.STATES.values() for said in both),
    opening.NOT_SET_UP, opening.OLDER,
)  # fmt: skip
RIGHTS = tuple(verb.said for verb in rights.verbs().values())
LOOKED_UP = (*RIGHTS, *COMMANDS, *LABELS, *WORDS.values(), *MONEY.values(), *VERBS, *DEADLINES, *msgids())
MAKERS = {"refuse", "wrong"}  # make a refusal of a sentence
SAID_IN_VIETNAMESE = {
    "desk/commands/reading.py": "told before there is Django",
    "intake/registers/": "told by a command before there is Django",
    "intake/marking/": "told by a command before there is Django; a page finds them by sentences.yaml",
}
# What carries a sentence of the door: kept, or written into a marked copy; Vietnamese, found again by sentences.yaml
# (decision 0014). Findings are told by a command.
KEPT = {"Problem", "Match", "BodyMatch", "Meaning", "Odd", "Named", "Line", "Said", "Finding"}
TEXT = re.compile(r"gettext\(u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")


def strings() -> set[str]:
    """Every string the pages translate, from templates and from code."""
    found: set[str] = set()
    for template in ROOMS.glob("*/templates/**/*.html"):
        source = templatize(template.read_text(encoding="utf-8"))
        found |= {ast.literal_eval(said) for said in TEXT.findall(source)}
    for module in ROOMS.rglob("*.py"):
        if "tests" not in module.parts:
            tree = ast.parse(module.read_text(encoding="utf-8"))
            found |= set(_of_code(tree)) | (heads_of_tables(tree) if "desk" in module.parts else set())
    return found | {str(word) for word in LOOKED_UP}


def heads_of_tables(tree: ast.AST) -> set[str]:
    """Words at the head of a table of a command: in the call of ``table`` or in a tuple named ``heads``."""
    tuples = [call.args[0] for call in ast.walk(tree) if _is_table(call)]
    tuples += [
        one.value for one in ast.walk(tree) if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "heads"
    ]
    found = [one for each in tuples if isinstance(each, ast.Tuple) for one in each.elts]
    return {one.value for one in found if isinstance(one, ast.Constant) and _is_plain(one)}


def _is_table(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "table" and bool(node.args)


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


def refusals() -> set[str]:
    """Every class that is a refusal, by its name: of the house's classes those that come of ``Refusal``."""
    bases = {
        node.name: {ast.unparse(base).rpartition(".")[2] for base in node.bases}
        for tree in _modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"Refusal"}
    while more := {name for name, of in bases.items() if of & found} - found:
        found |= more
    return found


def _modules() -> dict[str, ast.Module]:
    return {
        f"{module.relative_to(ROOMS)}": ast.parse(module.read_text(encoding="utf-8"))
        for module in ROOMS.rglob("*.py")
        if "tests" not in module.parts
    }


def untranslated(tree: ast.AST, classes: set[str]) -> list[int]:
    """Lines on which a refusal is made of a sentence that no catalogue knows."""
    made = [call for call in ast.walk(tree) if isinstance(call, ast.Call) and _makes(call, classes)]
    own = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name in classes]
    made += [call for node in own for call in ast.walk(node) if isinstance(call, ast.Call) and _begins(call)]
    return sorted(call.lineno for call in made if call.args and _is_plain(call.args[0]))


def _makes(call: ast.Call, classes: set[str]) -> bool:
    return ast.unparse(call.func).rpartition(".")[2] in classes | MAKERS


def _begins(call: ast.Call) -> bool:
    return ast.unparse(call.func) == "super().__init__"


def _is_plain(said: ast.expr) -> bool:
    """A literal with words in it, alone or put together with others."""
    if isinstance(said, ast.BinOp):
        return _is_plain(said.left) or _is_plain(said.right)
    if isinstance(said, ast.IfExp):
        return _is_plain(said.body) or _is_plain(said.orelse)
    if isinstance(said, ast.JoinedStr):
        return any(_is_plain(part) for part in said.values)
    return isinstance(said, ast.Constant) and isinstance(said.value, str) and any(map(str.isalpha, said.value))


def carriers() -> dict[str, int]:
    """Every dataclass of the house with a ``sentence`` for a reader, and which of its arguments that is."""
    found = {}
    for tree in _modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                fields = [one.target.id for one in node.body if isinstance(one, ast.AnnAssign)]
                if "sentence" in fields and node.name not in KEPT:
                    found[node.name] = fields.index("sentence")
    return found


def plainly_said(tree: ast.AST, classes: dict[str, int]) -> list[int]:
    """Lines on which what carries a sentence is given one that no catalogue knows, there or in a name set before."""
    found = set()
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        plain = {
            target.id
            for node in ast.walk(function)
            if isinstance(node, ast.Assign | ast.AugAssign) and _is_plain(node.value)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        }
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            place = classes.get(ast.unparse(call.func).rpartition(".")[2])
            if place is None:
                continue
            said = [*call.args[place : place + 1], *(one.value for one in call.keywords if one.arg == "sentence")]
            if any(_is_plain(one) or (isinstance(one, ast.Name) and one.id in plain) for one in said):
                found.add(call.lineno)
    return sorted(found)


def test_every_fault_is_of_the_catalogue():
    classes = carriers()
    found = [f"{file}:{line}" for file, tree in _modules().items() for line in plainly_said(tree, classes)]
    assert not found, f"say it by gettext: {found}"


def test_a_plain_fault_is_found():
    classes = carriers()
    assert {"Fault", "Broken"} <= set(classes)
    for said in (
        "def f():\n yield Fault('x', 'Chưa có dòng.', cites)",
        "def f():\n said = f'Chưa có {one}.'\n yield Broken('x', said, cites, True)",
        "def f():\n said = _('Chưa có')\n said += ' dòng.'\n yield Fault('x', said, cites)",
        "def f():\n yield Fault('x', cites=cites, sentence='Chưa có dòng.')",
    ):
        assert plainly_said(ast.parse(said), classes), said
    for said in (
        "def f():\n yield Fault('x', _('Chưa có dòng.'), cites)",
        "def f():\n said = _('Chưa có %(one)s.') % {'one': one}\n yield Fault('x', said, cites)",
        "def f():\n yield Fault(code, one.sentence, cites)",
    ):
        assert not plainly_said(ast.parse(said), classes), said


def test_every_refusal_is_of_the_catalogue():
    classes = refusals()
    found = [
        f"{file}:{line}"
        for file, tree in _modules().items()
        if not file.startswith(tuple(SAID_IN_VIETNAMESE))
        for line in untranslated(tree, classes)
    ]
    assert not found, f"say it by gettext: {found}"


def test_a_plain_refusal_is_found():
    plain = (
        'raise Refusal("Thiếu tên.")',
        "raise BadShares(f'Thiếu {one}.', field='x')",
        "raise line.wrong('thiếu ' + one)",
        "raise placing.Overlap('đã có' if one else _('chưa có'))",
        "class Overlap(Refusal):\n def __init__(self):\n  super().__init__('đã có')",
    )
    classes = refusals()
    for said in plain:
        assert untranslated(ast.parse(said), classes), said
    for said in (
        'raise Refusal(_("Thiếu %(one)s.") % {"one": "tên"})',
        "raise Refusal(sentence)",
        'Refusal("; ".join(x))',
    ):
        assert not untranslated(ast.parse(said), classes), said
    assert {"BadShares", "NotACode", "WrongStep"} <= classes
