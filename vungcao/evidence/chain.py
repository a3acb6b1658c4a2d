"""The chain over acts: what precedes a released head cannot be changed, cut or rebuilt unseen.

Link N is SHA-256 of (previous digest ‖ canonical JSON of act N). The canonical form holds the act's number,
time, official's snapshot and verb, and the hash of every row it wrote or ended; a row's hash leaves out
``ended_by``, which belongs to the act that ends it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from vungcao.evidence.actions import Signer, acting, take_order_lock
from vungcao.evidence.keeping import Dated, Kept
from vungcao.evidence.models import Act, ActNumber, Link, ReleasedHead
from vungcao.kernel.refusal import Finding

ORIGIN: Final = "0" * 64
GRACE_SECONDS: Final = 60


def _fact_models() -> list[type[models.Model]]:
    found = [model for model in apps.get_models() if issubclass(model, Kept)]
    return sorted(found, key=lambda model: model._meta.label)


def _plain(value: object) -> object:
    if isinstance(value, int | str | bool | dict | list) or value is None:
        return value
    iso = getattr(value, "isoformat", None)
    return iso() if iso else str(value)


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _written(model: type[models.Model], act_id: int) -> list[list[object]]:
    """(key, hash) of each row of ``model`` that the act wrote."""
    names = [field.attname for field in model._meta.concrete_fields if field.name != "ended_by"]
    rows = model._default_manager.filter(act_id=act_id).order_by("pk").values_list("pk", *names)
    return [[row[0], _digest([_plain(value) for value in row[1:]])] for row in rows.iterator()]


def canonical(number: ActNumber) -> dict[str, Any]:
    """What the link of an act covers, from the live tables."""
    act: Act = number.act
    written = {model._meta.label: _written(model, act.pk) for model in _fact_models()}
    ended = {
        model._meta.label: list(model._default_manager.filter(ended_by_id=act.pk).order_by("pk").values_list("pk", flat=True))
        for model in _fact_models()
        if issubclass(model, Dated)
    }
    return {
        "no": number.no,
        "at": number.recorded_at.isoformat(),
        "verb": act.verb,
        "reason": act.reason,
        "user": act.user_id,
        "official": [act.official_name, act.official_post, act.official_body],
        "opened": act.opened_at.isoformat(),
        "written": {label: rows for label, rows in written.items() if rows},
        "ended": {label: keys for label, keys in ended.items() if keys},
    }


def _next(previous: str, number: ActNumber) -> str:
    return hashlib.sha256((previous + _digest(canonical(number))).encode()).hexdigest()


def extend() -> int:
    """Append the links that are missing, in order of numbers; returns the last linked number.

    Many may call it: the order lock lets one at a time append, and the next finds nothing left to do.
    """
    with transaction.atomic():
        take_order_lock()
        last = Link.objects.order_by("-no").first()
        done, digest = (last.no, last.digest) if last else (0, ORIGIN)
        for number in ActNumber.objects.filter(no__gt=done).order_by("no").select_related("act"):
            digest = _next(digest, number)
            done = number.no
            Link.objects.create(no=done, digest=digest)
    return done


def release_head(purpose: str, *, by: Signer) -> ReleasedHead:
    """Extend the chain and note the head that now leaves the database, for later comparison."""
    extend()
    with acting("evidence.head_released", by=by) as act:
        head = Link.objects.order_by("-no").first()
        return ReleasedHead.objects.create(
            act=act, no=head.no if head else 0, digest=head.digest if head else ORIGIN, purpose=purpose
        )


def verify() -> Iterator[Finding]:
    """Recompute the chain from the live tables; one finding for each thing that is not as it was."""
    digests: dict[int, str] = {0: ORIGIN}
    expected, digest = 1, ORIGIN
    links = dict(Link.objects.values_list("no", "digest"))
    for number in ActNumber.objects.order_by("no").select_related("act"):
        if number.no != expected:
            yield _finding("gap", str(expected), f"Thiếu lần ghi số {expected}: sổ ghi nhận bị cắt.")
        expected = number.no + 1
        digest = digests[number.no] = _next(digest, number)
        if number.no not in links:
            if (timezone.now() - number.recorded_at).total_seconds() > GRACE_SECONDS:
                yield _finding("unlinked", str(number.no), f"Lần ghi số {number.no} chưa được nối vào chuỗi.")
        elif links[number.no] != digest:
            yield _finding("changed", str(number.no), f"Lần ghi số {number.no} không còn như khi được nối: dữ liệu đã bị sửa.")
            digest = digests[number.no] = links[number.no]  # name the first break only, then go on
    yield from _strays()
    yield from _heads(digests, expected - 1)


def _strays() -> Iterator[Finding]:
    for model in _fact_models():
        for key in model._default_manager.filter(act__numbered=None).values_list("pk", flat=True):
            label = model._meta.verbose_name
            yield _finding("stray", f"{model._meta.label}:{key}", f"Dòng {key} của bảng {label} không thuộc lần ghi nào có số.")


def _heads(digests: dict[int, str], last: int) -> Iterator[Finding]:
    for head in ReleasedHead.objects.order_by("no"):
        if head.no > last or digests.get(head.no) != head.digest:
            yield _finding(
                "head", f"{head.no}", f"Đầu chuỗi số {head.no} đã phát hành ({head.purpose}) không khớp với sổ hiện nay."
            )


def _finding(code: str, key: str, sentence: str) -> Finding:
    return Finding("evidence", f"audit.{code}", key, sentence)
