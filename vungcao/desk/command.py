"""The program ``vungcao``: every verb an officer or administrator types. Names and JSON shapes are a contract."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Final

from vungcao.desk.arguments import language, parser
from vungcao.desk.speaking import is_english, worded

_HOMES: Final = {
    "read": "reading",
    "check-list": "reading",
    "import": "importing",
    "setup": "setting_up",
    "demo": "setting_up",
    "figures": "asking",
    "trace": "asking",
    "authority": "deciding",
    "closing": "deciding",
    "expiring": "expiring",
    "dossier": "dossiering",
    "extension": "extending",
    "plan": "planning",
    "codes": "coding",
    "boundaries": "mapping_out",
    "reconcile": "reconciling",
    "report": "reporting",
    "remind": "reminding",
    "template": "templating",
    "check-facts": "checking",
    "verify-audit": "checking",
    "export-book": "checking",
    "serve": "serving",
    "worker": "serving",
    "map": "mapping",
    "body": "bodying",
    "register": "registering",
    "account": "accounting",
    "rights": "entrusting",
    "delegate": "entrusting",
    "key": "keys",
    "backup": "backing_up",
    "restore": "backing_up",
    "causes": "slowness",
    "briefing": "briefing",
    "seal": "sealing",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 done but something is wrong, 2 refused."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    said = sys.argv[1:] if argv is None else argv
    if language(said) == "vi":
        return _main(said)
    import django
    from django.utils import translation

    django.setup()
    with translation.override("en"):
        return _main(said)


def _main(said: Sequence[str]) -> int:
    args = parser().parse_args(said)
    try:
        return _run(args)
    except BrokenPipeError:  # whoever read the output has stopped reading, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        where = f"“{error.filename}”" if error.filename else worded("tệp")
        sentence = worded("Không đọc hoặc ghi được %(where)s: kiểm tra đường dẫn và quyền (%(why)s).")
        print(sentence % {"where": where, "why": error.strerror}, file=sys.stderr)
        return 2


def _contract(args: argparse.Namespace) -> AbstractContextManager[None]:
    """JSON is one in every language: programs read it."""
    if not (is_english() and getattr(args, "json", False)):
        return nullcontext()
    from django.utils import translation

    return translation.override("vi")


def _run(args: argparse.Namespace) -> int:
    if args.verb not in ("read", "check-list"):  # these touch no database
        import django

        django.setup()
    from django.db import DatabaseError

    from vungcao.desk.opening import why_not_there
    from vungcao.kernel.refusal import Refusal

    home = importlib.import_module(f"vungcao.desk.commands.{_HOMES[args.verb]}")
    wants_tables = args.verb not in ("read", "check-list", "setup", "demo", "restore")
    try:
        if wants_tables and (missing := why_not_there()):
            raise Refusal(missing)
        verb = {"import": "import_", "map": "map_", "rights": "rights_"}.get(args.verb, args.verb.replace("-", "_"))
        with _contract(args):
            return int(getattr(home, verb)(args))
    except Refusal as refusal:
        print(str(refusal), file=sys.stderr)
        return 2
    except DatabaseError as error:
        if args.verb == "read" or not (missing := why_not_there(after=error)):
            raise
        print(missing, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
