"""The worker's side: take the oldest check that waits, run it, keep what was found."""

from __future__ import annotations

import logging
import shutil
from typing import Final

from django.db import transaction
from django.utils import timezone, translation

from vungcao.bodies import rights
from vungcao.evidence import chain
from vungcao.evidence.queries import last_number
from vungcao.intake.explaining import with_explanations
from vungcao.intake.importing import BooksMovedOn, run
from vungcao.intake.marking import give_back
from vungcao.intake.models import CheckStep, FileCheck
from vungcao.intake.models.file_check import QUEUED, UNDER_WAY
from vungcao.intake.outcome import Run
from vungcao.kernel.refusal import Refusal

log = logging.getLogger(__name__)
NEVER_HELD: Final = frozenset({"paper.secret", "persons.listed"})
OUT_OF_ORDER: Final = (
    "Hệ thống gặp lỗi khi đọc lần nộp này; chưa ghi gì vào sổ. Bấm “Đọc lại”; nếu vẫn lỗi, báo người quản trị "
    "kèm mã lần nộp."
)


def recover() -> int:
    """Put back in the queue what a killed worker had in hand; its run left nothing or everything, and the same again
    writes nothing twice. Only for a worker that is alone.
    """
    return sum(
        FileCheck.objects.filter(step=busy).update(step=waiting, progress="") for busy, waiting in UNDER_WAY.items()
    )


@translation.override("vi")
def work_once() -> FileCheck | None:
    """Do one check; ``None`` when nothing waits. What is kept of it is Vietnamese, whoever reads it later."""
    check = _claim()
    if check is None:
        return None
    commit = check.step == CheckStep.COMMITTING
    try:
        _run(check, commit=commit)
    except Refusal as refusal:
        _fail(check, str(refusal))
    except Exception:  # one bad file must not stop the queue: said to the official, told to the log
        log.exception("file check %s", check.pk)
        _fail(check, OUT_OF_ORDER)
    return check


def _claim() -> FileCheck | None:
    """The oldest that waits, in our hands; another worker passes it over."""
    with transaction.atomic():
        waiting = FileCheck.objects.select_for_update(skip_locked=True).filter(step__in=QUEUED)
        check = waiting.order_by("moved_at", "asked_at").first()
        if check is not None:
            check.step = CheckStep.COMMITTING if check.step == CheckStep.TO_COMMIT else CheckStep.READING
            check.said = ""
            check.save(update_fields=["step", "said", "moved_at"])
    return check


def _run(check: FileCheck, *, commit: bool) -> None:
    try:
        _keep(check, _result(check, commit=commit, since=check.known_no if commit else None), commit=commit)
    except BooksMovedOn as moved_on:  # between his word and our turn
        result = _result(check, commit=False)
        if any(one.is_new for one in result.outcomes):
            check.said = str(moved_on)
            _keep(check, result, commit=False)
        else:  # a killed worker had written all of it
            _keep(check, _result(check, commit=True), commit=True)


def _result(check: FileCheck, *, commit: bool, since: int | None = None) -> Run:
    def tell(name: str, done: int, everything: int) -> None:
        said = f"Đọc tệp {done + 1}/{everything}: {name}" if name else "Đối chiếu với sổ"
        FileCheck.objects.filter(pk=check.pk).update(progress=said[:300])

    check.known_no = last_number()
    reach = rights.reach_for(check.official, "files.hand_in", timezone.localdate())
    about = {"reach": reach, "units": check.units, "since": since}
    return run(check.paths(), by=check.official, commit=commit, tell=tell, **about)


def _keep(check: FileCheck, result: Run, *, commit: bool) -> None:
    """What was found, told to the official; his marked copies beside it."""
    if commit:
        chain.extend()
    _give_back(check, result)
    _let_go_of_what_is_never_held(check, result)
    check.result, check.progress = result.as_json(), ""
    check.step = CheckStep.COMMITTED if commit else CheckStep.REHEARSED
    check.save(update_fields=["result", "known_no", "progress", "said", "step", "files", "moved_at"])


@translation.override("vi")
def give_back_again(check: FileCheck) -> None:
    """Make the marked copies anew: something was explained since they were made."""
    if check.result is not None and not check.is_busy:
        _give_back(check, Run.from_json(check.result))
        check.save(update_fields=["files"])


def _give_back(check: FileCheck, result: Run) -> None:
    """Marked copies beside the files, made anew with each reading; which file has which stands in ``files``."""
    shutil.rmtree(check.marked_folder, ignore_errors=True)
    told = with_explanations(result.outcomes)
    for index, (one, path) in enumerate(zip(check.files, check.paths(), strict=True)):
        if one.get("gone"):
            continue
        one.pop("marked", None), one.pop("unmarked", None)
        mine = [problem for problem in told if problem.where.file == one["name"]]
        returned = give_back([path], mine, check.marked_folder / f"{index}")
        if returned.marked:
            one["marked"] = returned.marked[0].path.name
        if returned.unmarked:
            one["unmarked"] = returned.unmarked[0].removeprefix(f"{path.name}: ")


def _let_go_of_what_is_never_held(check: FileCheck, result: Run) -> None:
    """A classified paper and a list of persons leave no byte here."""
    never = {problem.where.file for problem in result.problems if problem.code in NEVER_HELD}
    for one in check.files:
        if one["name"] in never:
            (check.folder / one["name"]).unlink(missing_ok=True)
            one["gone"] = True


def _fail(check: FileCheck, sentence: str) -> None:
    FileCheck.objects.filter(pk=check.pk).update(
        step=CheckStep.FAILED, said=sentence, progress="", moved_at=timezone.now()
    )
