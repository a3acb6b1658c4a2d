"""What still stands on a component or a place that is no more: accounts with money, lines of plans, posts, bodies.

Each is shown under the right and as far as the asker reaches, with what to do of it; nothing is moved by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from vungcao.bodies.models import BodyVersion, Posting
from vungcao.bodies.reach import Reach
from vungcao.desk.books.reaching import seen
from vungcao.desk.books.regions import region, with_names
from vungcao.desk.plan_seen import sees_place
from vungcao.desk.registers.declaring import Part
from vungcao.desk.registers.staff import span
from vungcao.kernel.validity import last_day
from vungcao.kernel.vietnamese import amount
from vungcao.kernel.years import Years
from vungcao.ledger.models import Account, Entry
from vungcao.programme.models import PlanLine, PlanVersion

MOST: Final = 50
ReachOf = Callable[[str], Reach]


def of_component(row: Any, reach_of: ReachOf) -> Iterator[Part]:
    """Accounts and lines of plans of a component that has ended."""
    if not _is_over(row):
        return
    advice = gettext(
        "Vốn không tự chuyển đi. Chuyển sang nội dung kế tiếp: lập hồ sơ điều chỉnh. Không dùng nữa: thu hồi về cấp "
        "giao bằng văn bản rồi nạp bảng. Còn hạn chi thì vẫn giải ngân tiếp ở đây đến ngày cuối được chi."
    )
    yield from accounts({"component": row.component_id}, row, reach_of, advice)
    yield from plan_lines({"component": row.component_id}, row, reach_of)


def of_place(row: Any, reach_of: ReachOf) -> Iterator[Part]:
    """Accounts (with their works), lines of plans, bodies and posts of a place that has ended."""
    if not _is_over(row):
        return
    advice = gettext(
        "Vốn, công trình đứng ở đơn vị cũ cho đến khi bàn giao: nộp biên bản bàn giao sang nơi kế thừa. Chưa có biên "
        "bản thì số liệu vẫn ở tên cũ, không tự cộng vào nơi mới."
    )
    yield from accounts({"place": row.place_id}, row, reach_of, advice)
    yield from plan_lines({"place": row.place_id}, row, reach_of)
    yield from _staff(row, reach_of)


def _is_over(row: Any) -> bool:
    return row.valid_to is not None and row.valid_to <= timezone.localdate()


def accounts(which: dict[str, int], row: Any, reach_of: ReachOf, advice: str) -> Iterator[Part]:
    """Accounts of the province's own books that still hold money, those with the most first."""
    reach = reach_of("figures.see")
    if not reach:
        return
    entries = Entry.objects.filter(account__is_contra=False, **{f"account__{name}": key for name, key in which.items()})
    sums = entries.order_by().values("account", "account__place", "account__body").annotate(left=Sum("dong"))
    held = sorted(sums.exclude(left=0), key=lambda one: (-one["left"], one["account"]))
    seats = seen({(one["account__place"], one["account__body"]) for one in held}, timezone.localdate(), reach)
    held = [one for one in held if (one["account__place"], one["account__body"]) in seats]
    left = {one["account"]: one["left"] for one in held[:MOST]}
    rows = with_names(Account.objects.filter(pk__in=left)).in_bulk()
    on, heads = row.valid_to, [gettext("Tài khoản"), gettext("Đối tượng chi"), gettext("Còn lại (triệu đồng)")]
    drawn = [(rows[key], region(rows[key], last_day(on) or on), dong) for key, dong in left.items()]
    yield Part(
        "accounts",
        gettext("Vốn còn đứng ở đây"),
        heads,
        [[one.title, one.object, amount(dong)] for _account, one, dong in drawn],
        gettext("Không tài khoản nào trong phạm vi được xem còn vốn ở đây."),
        urls=[reverse("desk:account", args=[account.pk]) for account, *_ in drawn],
        advice=advice if held else "",
        acts=[
            (gettext("Hồ sơ điều chỉnh"), reverse("desk:dossiers")),
            (gettext("Nộp bảng tính"), reverse("desk:file-checks")),
        ]
        if held
        else [],
        total=len(held),
    )


def plan_lines(which: dict[str, int], row: Any, reach_of: ReachOf) -> Iterator[Part]:
    """Lines of plans that nothing replaced, for the year of the end or later: they still plan money here."""
    reach = reach_of("plans.see")
    if not reach:
        return
    may_see, year = sees_place(reach), row.valid_to.year
    replaced = PlanVersion.objects.exclude(supersedes=None).values("supersedes")
    rows = PlanLine.objects.filter(**which).exclude(plan__in=replaced).order_by("year_use", "plan", "pk")
    rows = rows.select_related("plan", "component", "source")
    found = [one for one in rows if _last_year(one.year_use) >= year and may_see(one.plan.place_id)]
    yield Part(
        "plan-lines",
        gettext("Kế hoạch còn ghi ở đây"),
        [gettext("Kế hoạch"), gettext("Nội dung"), gettext("Năm"), gettext("Nguồn vốn"), gettext("Triệu đồng")],
        [[f"{one.plan}", one.component.code, one.year_use, one.source.name, _dong(one)] for one in found[:MOST]],
        gettext("Không kế hoạch nào từ năm kết thúc trở đi còn ghi ở đây."),
        urls=[reverse("desk:plan", args=[one.plan_id]) for one in found[:MOST]],
        advice=gettext("Kế hoạch giữ nguyên cho đến khi có bản thay: ghi bản điều chỉnh, thay cho bản này.")
        if found
        else "",
        acts=[(gettext("Kế hoạch"), reverse("desk:plans"))] if found else [],
        total=len(found),
    )


def _dong(line: PlanLine) -> str:
    low, high = amount(line.low_dong), amount(line.high_dong)
    return low if low == high else f"{low} – {high}"


def _last_year(said: str) -> int:
    try:
        return Years.parse(said).last
    except ValueError:
        return date.max.year  # not divided by years: it may be used in any


def _staff(row: Any, reach_of: ReachOf) -> Iterator[Part]:
    """Bodies that sit there and posts that reach it, after its end."""
    reach, today = reach_of("staff.see"), timezone.localdate()
    if not reach:
        return
    bodies = list(BodyVersion.objects.on(today).filter(place=row.place_id, body__in=reach.all_bodies()))
    posts = Posting.objects.on(today).filter(reach=row.place_id, body__in=reach.all_bodies())
    held = list(posts.select_related("official").order_by("pk"))
    lines = [[one.name, one.get_kind_display(), *span(one)] for one in bodies]
    lines += [[one.official.name, one.post, *span(one)] for one in held]
    urls = [reverse("desk:don-vi-row", args=[one.body_id]) for one in bodies]
    urls += [reverse("desk:can-bo-row", args=[one.official_id]) for one in held]
    yield Part(
        "staff",
        gettext("Cơ quan, vị trí công tác còn gắn với đây"),
        [gettext("Tên"), gettext("Là"), gettext("Từ ngày"), gettext("Đến hết ngày")],
        lines[:MOST],
        gettext("Không cơ quan, vị trí công tác nào còn gắn với đây."),
        urls=urls[:MOST],
        advice=gettext("Ghi thôi giữ vị trí cũ và giao vị trí ở nơi kế thừa, để người ấy còn được xem.")
        if lines
        else "",
        total=len(lines),
    )
