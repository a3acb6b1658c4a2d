"""The program ``vungcao``: every verb an officer or administrator types. Names and JSON shapes are a contract."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Final

from vungcao.desk.arguments import parser

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
    args = parser().parse_args(argv)
    try:
        return _run(args)
    except BrokenPipeError:  # whoever read the output has stopped reading, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        where = f"“{error.filename}”" if error.filename else "tệp"
        print(f"Không đọc hoặc ghi được {where}: kiểm tra đường dẫn và quyền ({error.strerror}).", file=sys.stderr)
        return 2


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
