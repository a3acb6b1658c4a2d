"""Sealing: what a process holds becomes files that are never written again, named by a row of the register.

Files are written under new names before the row is; whoever is killed on the way leaves files that no row names, and
the seal before stays in force.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from django.db import connection
from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext

from vungcao.cube.models import Seal
from vungcao.cube.sealed import given, spent
from vungcao.cube.sealed.holding import Holding, folder
from vungcao.cube.sealed.tables import day_of
from vungcao.evidence.models import ActNumber
from vungcao.evidence.queries import stamp
from vungcao.kernel.refusal import Finding, Refusal
from vungcao.ledger import spending
from vungcao.ledger.balances import entries_on

_DAY = 86_400  # seconds
_QUARTER = "date_trunc('quarter', DATE '1970-01-01' + dated)"
ROW_GROUP = 20_480  # rows: with `given` by quarter and place, the statement of one place reads few of them
KEPT_SEALS = 2  # the one in force, and the one before for whoever still reads it


class NothingToSeal(Refusal):
    """The register is empty."""

    code = "seal.nothing"


def last_seal() -> Seal | None:
    """The newest seal of this book; ``None`` where there is none."""
    seal = Seal.objects.order_by("-no", "-pk").first()
    if seal is None or not ActNumber.objects.filter(no=seal.no, recorded_at=seal.recorded_at).exists():
        return None
    return seal


def held_anew() -> Holding | None:
    """The newest seal whose files can be read, with the live tail; ``None`` where nothing is sealed."""
    seal = last_seal()
    if seal is None:
        return None
    try:
        held = Holding.of_seal(seal)
    except OSError:
        return None
    held.take_in()
    return held


def seal() -> Seal:
    """Seal everything up to the last act; what is sealed already is not sealed twice."""
    before = last_seal()
    if before is not None and (before.no, before.recorded_at) == stamp() and _is_whole(before):
        return before
    held = held_anew() or Holding.of_register()
    wrong = list(differences(held))
    if wrong:  # a seal that does not agree with the register is thrown away, and the facts are taken anew
        held = Holding.of_register()
    files = {name: _write(held, name) for name in ("given", "spent")}
    sums = held.sums()
    no, recorded_at = held.taken
    if recorded_at is None:
        raise NothingToSeal(gettext("Sổ chưa ghi gì nên chưa có số liệu để niêm."))
    made = Seal.objects.create(
        no=no,
        recorded_at=recorded_at,
        given_file=files["given"],
        spent_file=files["spent"],
        given_rows=sums["given"][0],
        spent_rows=sums["spent"][0],
        given_dong=sums["given"][1],
        spent_dong=sums["spent"][1],
        stretches=[[one.first, one.end, one.made_from] for one in held.timeline],
        points=held.points,
    )
    _sweep()
    return made


def seal_what_moved() -> Seal | None:
    """The last seal where no fact was written since; else a new one. ``None`` where nothing was ever written."""
    if stamp()[1] is None:
        return None
    last = last_seal()
    if last is None or not _is_whole(last) or spent.moved(last.no) or any(given.rows(last.no)):
        return seal()
    return last


def _is_whole(seal: Seal) -> bool:
    return all((folder() / name).is_file() for name in (seal.given_file, seal.spent_file))


def _prefix() -> str:
    """Files of one book among those of others in the same home."""
    return re.sub(r"\W+", "-", Path(str(connection.settings_dict["NAME"])).stem) or "database"


def _write(held: Holding, name: str) -> str:
    """One table as a Parquet file under a name never used before; it lies whole on the disk when this returns."""
    path = folder() / f"{_prefix()}-{name}-{held.taken[0]}-{uuid4().hex[:8]}.parquet"
    half = path.with_suffix(".part")
    order = {"given": f"{_QUARTER}, place, dated, account", "spent": "day_from, ref"}[name]
    held.run(f"COPY (SELECT * FROM {name} ORDER BY {order}) TO '{half}' (FORMAT parquet, ROW_GROUP_SIZE {ROW_GROUP})")
    with half.open("rb") as file:
        os.fsync(file.fileno())
    half.replace(path)
    return path.name


def _sweep() -> None:
    """Take away the files of seals long replaced, and what a killed sealing left a day ago; who reads one keeps it
    open. What another process is just writing is young, and named by no row yet.
    """
    last = Seal.objects.order_by("-pk")[:KEPT_SEALS].values_list("given_file", "spent_file")
    named = {name for pair in last for name in pair}
    ever = {name for pair in Seal.objects.values_list("given_file", "spent_file") for name in pair}
    for path in folder().glob(f"{_prefix()}-*-*-????????.*"):
        with suppress(FileNotFoundError):  # another process sweeps, or has put its half in place
            if path.name not in named and (path.name in ever or path.stat().st_mtime < time.time() - _DAY):
                path.unlink()


def differences(held: Holding) -> Iterator[str]:
    """Where what is held says otherwise than the register: given by month, spent at each turn of the cover."""
    register = entries_on(day_of(held.timeline[-1].end - 1), state="draft").filter(account__is_contra=False)
    by_month = register.annotate(month=TruncMonth("voucher__dated")).values("month").annotate(dong=Sum("dong"))
    wanted = {f"{row['month']:%m/%Y}": int(row["dong"]) for row in by_month.order_by("month") if row["dong"]}
    sums: dict[str, int] = {}
    for dated, dong in held.run("SELECT dated, sum(dong) FROM given GROUP BY dated"):
        month = f"{day_of(dated):%m/%Y}"
        sums[month] = sums.get(month, 0) + int(dong)
    sums = {month: dong for month, dong in sums.items() if dong}
    for month in sorted(wanted.keys() | sums.keys()):
        if wanted.get(month, 0) != sums.get(month, 0):
            yield f"vốn giao tháng {month}: sổ có {wanted.get(month, 0)} đồng, khối có {sums.get(month, 0)} đồng"


def spent_differences(held: Holding) -> Iterator[str]:
    """Where the cover of a day counts otherwise than what is held for it."""
    for one in held.timeline:
        if not one.made_from:
            continue
        on = day_of(one.first)
        counted = sum(dong for _, dong in spending.counted_on(on))
        found = held.run(
            "SELECT coalesce(sum(dong), 0) FROM spent "
            "WHERE day_from <= ? AND ? < day_to AND no_from <= ? AND ? < no_to",
            [one.first, one.first, held.taken[0], held.taken[0]],
        )
        if int(found[0][0]) != counted:
            yield f"giải ngân đến {on:%d/%m/%Y}: sổ có {counted} đồng, khối có {int(found[0][0])} đồng"


def findings() -> Iterator[Finding]:
    """What `check-facts` says of the sealed cube: nothing where nothing is sealed."""
    seal = last_seal()
    if seal is None:
        return
    if not _is_whole(seal):
        said = "Tệp niêm của khối số liệu không còn: chạy vungcao seal để niêm lại; số liệu vẫn lấy thẳng từ sổ."
        yield Finding("cube", "seal.missing", f"{seal.no}", said)
        return
    held = Holding.of_seal(seal)
    held.take_in()
    for said in (*differences(held), *spent_differences(held)):
        yield Finding("cube", "seal.differs", said.split(":")[0], f"Khối số liệu khác sổ: {said}; chạy vungcao seal.")
