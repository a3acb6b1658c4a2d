"""The chain over acts: what precedes a released head cannot be changed, cut or rebuilt unseen.

Link N is SHA-256 of (previous digest ‖ canonical JSON of act N). The canonical form holds the act's number,
time, official's snapshot and verb, and the hash of every row it wrote or ended; a row's hash leaves out
``ended_by``, which belongs to the act that ends it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone

from vungcao.evidence import heads
from vungcao.evidence.actions import Signer, acting, lock
from vungcao.evidence.canonical import canonical, fact_models, text_of
from vungcao.evidence.heads import Head
from vungcao.evidence.keeping import Dated
from vungcao.evidence.models import Act, ActNumber, Link, ReleasedHead
from vungcao.evidence.queries import last_number
from vungcao.kernel.refusal import Finding

ORIGIN: Final = "0" * 64
GRACE_SECONDS: Final = 60
_TOGETHER: Final = 200  # acts whose rows are read in one go


def _chained(previous: str, form: object) -> str:
    return hashlib.sha256((previous + text_of(form)).encode()).hexdigest()


def _forms(numbers: Iterable[ActNumber]) -> Iterator[tuple[ActNumber, object]]:
    """Each number with the canonical form of its act, in their order."""
    waiting = iter(numbers)
    while some := list(islice(waiting, _TOGETHER)):
        forms = canonical(some)
        yield from ((number, forms[number.no]) for number in some)


def extend() -> int:
    """Append the links that are missing, in order of numbers; returns the last linked number.

    Many may call it. What an act wrote stays as it is, so its form is read before any lock is taken, and who records
    meanwhile waits for none of it; where another has appended in between, it is read again from behind his links.
    """
    until = last_number()
    while (head := current_head()).no < until:
        links = _behind(head)
        with transaction.atomic():
            lock("chain")
            if current_head() == head:
                Link.objects.bulk_create(links)
    return head.no


def _behind(head: Head) -> list[Link]:
    """The next links after a head, not written yet."""
    digest, links = head.digest, []
    missing = ActNumber.objects.filter(no__gt=head.no).order_by("no").select_related("act")
    for number, form in _forms(missing[:_TOGETHER]):
        digest = _chained(digest, form)
        links.append(Link(no=number.no, digest=digest))
    return links


def release_head(purpose: str, *, by: Signer) -> ReleasedHead:
    """Extend the chain and note the head that now leaves the database, for later comparison; released heads are
    counted, and each is also written to the list beside the database.
    """
    extend()
    with acting("evidence.head_released", by=by) as act:
        lock("released head")
        head = current_head(purpose)
        last = ReleasedHead.objects.aggregate(last=Max("order"))["last"] or 0
        released = ReleasedHead.objects.create(act=act, no=head.no, digest=head.digest, purpose=purpose, order=last + 1)
        transaction.on_commit(lambda: heads.keep(head))
    return released


def current_head(where: str = "") -> Head:
    """The last link as it stands."""
    link = Link.objects.order_by("-no").first()
    return Head(link.no, link.digest, where) if link else Head(0, ORIGIN, where)


def verify(outside: Iterable[Head] = (), released: Iterable[Head] = ()) -> Iterator[Finding]:
    """Recompute the chain from the live tables; one finding for each thing that is not as it was.

    ``outside``: heads that left the database, from wherever they were printed or kept. ``released``: those of them
    that the list of released heads must still name.
    """
    links = dict(Link.objects.values_list("no", "digest"))
    last_link = max(links, default=0)
    digests: dict[int, str] = {0: ORIGIN}
    expected, digest = 1, ORIGIN
    for number, form in _forms(ActNumber.objects.order_by("no").select_related("act").iterator()):
        if number.no != expected:
            yield from (_cut(no) for no in range(expected, number.no))
            digest = links.get(number.no - 1, digest)  # name the cut only, then go on
        expected = number.no + 1
        digest = digests[number.no] = _chained(digest, form)
        if number.no not in links:
            if number.no < last_link or (timezone.now() - number.recorded_at).total_seconds() > GRACE_SECONDS:
                yield _finding("unlinked", str(number.no), f"Lần ghi số {number.no} chưa được nối vào chuỗi.")
        elif links[number.no] != digest:
            said = f"Lần ghi số {number.no} không còn như khi được nối: dữ liệu đã bị sửa."
            yield _finding("changed", str(number.no), said)
            digest = digests[number.no] = links[number.no]  # name the first break only, then go on
    yield from (_cut(no) for no in sorted(links) if no >= expected)
    yield from _strays()
    yield from _heads(digests, expected - 1, outside)
    yield from _list_of_heads(released)


def _cut(no: int) -> Finding:
    return _finding("gap", f"{no}", f"Thiếu lần ghi số {no}: sổ ghi nhận bị cắt.")


def _strays() -> Iterator[Finding]:
    """Rows under no numbered act: they did not come in through an action."""
    for model in fact_models():
        for key in model._default_manager.filter(act__numbered=None).values_list("pk", flat=True):
            yield _stray(model, key, "không thuộc lần ghi nào có số")
        if issubclass(model, Dated):
            ended = model._default_manager.exclude(ended_by=None).filter(ended_by__numbered=None)
            for key in ended.values_list("pk", flat=True):
                yield _stray(model, key, "bị kết thúc bởi một lần ghi không có số")
    for key in Act.objects.filter(numbered=None).values_list("pk", flat=True):
        yield _stray(Act, key, "không có số")


def _stray(model: type[models.Model], key: object, why: str) -> Finding:
    said = f"Dòng {key} của bảng “{model._meta.verbose_name}” {why}."
    return _finding("stray", f"{model._meta.label}:{key}", said)


def _heads(digests: dict[int, str], last: int, outside: Iterable[Head]) -> Iterator[Finding]:
    """Heads, of the database and of elsewhere, that the chain as recomputed does not pass through."""
    inside = [Head(row.no, row.digest, row.purpose) for row in ReleasedHead.objects.order_by("no")]
    for (no, _), same in sorted(heads.alike([*inside, *outside]).items()):
        if no <= last and all(digests.get(no, "").startswith(head.digest) for head in same):
            continue
        where = ", ".join(dict.fromkeys(head.where for head in same))
        said = f"Đầu chuỗi số {no} đã phát hành ({where}) không khớp với sổ hiện nay"
        more = f": sổ chỉ đến lần ghi số {last}, phần đuôi đã bị cắt hoặc đây là sổ khác" if no > last else ""
        yield _finding("head", f"{no}", f"{said}{more}.")


def _list_of_heads(released: Iterable[Head]) -> Iterator[Finding]:
    """Heads that the list of released heads no longer names: by its own count, and by what was kept elsewhere."""
    rows = list(ReleasedHead.objects.values_list("no", "digest", "order"))
    counted = {order for _, _, order in rows if order is not None}
    for gone in sorted(set(range(1, max(counted, default=0))) - counted):
        yield _finding("head_gap", f"{gone}", f"Danh sách đầu chuỗi đã phát hành thiếu đầu thứ {gone}: đã bị xóa.")
    for (no, _), same in sorted(heads.alike(released).items()):
        if not any(row_no == no and digest.startswith(same[0].digest) for row_no, digest, _ in rows):
            where = ", ".join(dict.fromkeys(head.where for head in same))
            said = f"Đầu chuỗi số {no} ({where}) không còn trong danh sách đã phát hành: danh sách đã bị xóa bớt."
            yield _finding("head_gone", f"{no}", said)


def _finding(code: str, key: str, sentence: str) -> Finding:
    return Finding("evidence", f"audit.{code}", key, sentence)
