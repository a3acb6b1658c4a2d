"""``vungcao rights`` and ``vungcao delegate``: who may do what, and a post acted in by somebody else for some days."""

from __future__ import annotations

import argparse
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies import accounts, delegating, rights
from vungcao.bodies.models import Delegation, DelegationKind, Official, Posting, Role
from vungcao.bodies.queries import naming
from vungcao.desk.commands.importing import OPERATOR
from vungcao.desk.commands.printing import as_json, console, table
from vungcao.evidence import chain
from vungcao.kernel.validity import after_last_day, last_day
from vungcao.kernel.vietnamese import day


def rights_(args: argparse.Namespace) -> int:
    """The whole table, or what one account may do on a day and by which post."""
    if not args.account:
        return _table(as_data=args.json)
    official, on = accounts.official(args.account), args.on or timezone.localdate()
    asked = [(verb, [*map(_post, rights.posts_with(official, verb.key, on))]) for verb in rights.verbs().values()]
    held = [(verb, posts) for verb, posts in asked if posts]
    if args.json:
        rows = [{"verb": verb.key, "said": verb.said, "posts": posts} for verb, posts in held]
        as_json({"account": args.account, "on": f"{on}", "rights": rows})
        return 0
    cells = [(_(verb.said), verb.key, "; ".join(posts)) for verb, posts in held]
    heads = ("Quyền", "Mã", "Theo vị trí công tác")
    table(
        heads,
        cells,
        title=_("%(name)s: %(count)s quyền ngày %(on)s") % {"name": official.name, "count": len(cells), "on": day(on)},
    )
    return 0


def _table(*, as_data: bool) -> int:
    verbs = rights.verbs().values()
    if as_data:
        as_json({"rights": [_row(verb) for verb in verbs]})
        return 0
    rows = [
        (
            _(verb.said),
            verb.key,
            *(_("có") if role in verb.roles else "" for role in Role),
            ", ".join(sorted(verb.kinds)),
        )
        for verb in verbs
    ]
    heads = ("Quyền", "Mã", *(_(str(role.label)) for role in Role), "Chỉ ở")
    table(
        heads, rows, title=_("Quyền theo vai trò; xem, làm được đến đâu là theo đơn vị và địa bàn của vị trí công tác")
    )
    return 0


def _row(verb: rights.Verb) -> dict[str, Any]:
    return {
        "verb": verb.key, "said": verb.said, "subject": str(verb.subject), "roles": sorted(map(str, verb.roles)),
        "bodies": sorted(map(str, verb.kinds)),
    }  # fmt: skip


def _post(posting: Posting) -> str:
    return f"{posting.post}, {naming(posting.body_id, timezone.localdate())[0]}"


def delegate(args: argparse.Namespace) -> int:
    """Give, take back, or list; exit 2 with a sentence for what can't be."""
    if not args.account:
        return _list(as_data=args.json)
    if args.take_back:
        return _take_back(args)
    absent = [f"--{name}" for name in ("to", "since", "until", "paper") if not getattr(args, name)]
    if absent:
        raise delegating.NotDelegated(
            _("Thiếu %(absent)s: ai làm thay, từ ngày, đến ngày, theo văn bản nào.") % {"absent": ", ".join(absent)}
        )
    made = delegating.delegate(
        _only_post(accounts.official(args.account), args.since), to=accounts.official(args.to),
        kind=DelegationKind.ACTING if args.acting else DelegationKind.DELEGATED,
        first=args.since, last=args.until, cites=args.paper, by=OPERATOR,
    )  # fmt: skip
    chain.extend()
    return _told(made, _("Đã ghi"), as_data=args.json)


def _only_post(official: Official, on: Any) -> Posting:
    """The one post of his on a day; with several the command can't know which."""
    found = list(Posting.objects.on(on).filter(official=official))
    if len(found) != 1:
        held = "; ".join(map(_post, found)) or _("không có")
        raise delegating.NotDelegated(
            _("Ngày %(on)s %(name)s giữ %(count)s vị trí công tác (%(held)s): cần đúng một.")
            % {"on": day(on), "name": official.name, "count": len(found), "held": held}
        )
    return found[0]


def _take_back(args: argparse.Namespace) -> int:
    last = args.until or timezone.localdate()
    standing = Delegation.objects.standing().filter(
        posting__official=accounts.official(args.account), valid_to__gt=after_last_day(last)
    )
    found = standing.order_by("valid_from", "pk").first()
    if found is None:
        raise delegating.NotDelegated(
            _("Sau ngày %(last)s không còn ủy quyền nào của “%(account)s”.")
            % {"last": day(last), "account": args.account}
        )
    left = delegating.take_back(found, last=last, by=OPERATOR)
    chain.extend()
    if left is None:
        console.print(_("Đã lấy lại: ủy quyền chưa đến ngày đầu nên coi như không có."))
        return 0
    return _told(left, _("Đã lấy lại"), as_data=args.json)


def _list(*, as_data: bool) -> int:
    rows = Delegation.objects.standing().select_related("posting__official", "deputy").order_by("valid_from", "pk")
    if as_data:
        as_json({"delegations": [_said(one) for one in rows]})
        return 0
    heads = ("Vị trí công tác", "Người làm thay", "Hình thức", "Từ", "Đến hết", "Theo văn bản")
    table(
        heads,
        [tuple(_said(one).values()) for one in rows],
        title=_("%(count)s ủy quyền, giao phụ trách") % {"count": len(rows)},
    )
    return 0


def _told(made: Delegation, what: str, *, as_data: bool) -> int:
    said = _said(made)
    if as_data:
        as_json(said)
        return 0
    console.print(
        _("%(what)s: %(deputy)s làm thay %(posting)s từ %(from)s đến hết %(until)s (%(cites)s).")
        % {**said, "what": what},
        markup=False, soft_wrap=True,
    )  # fmt: skip
    return 0


def _said(one: Delegation) -> dict[str, str]:
    last = last_day(one.valid_to)
    return {
        "posting": f"{one.posting.official.name}, {_post(one.posting)}",
        "deputy": one.deputy.name,
        "kind": _(str(one.get_kind_display())),
        "from": day(one.valid_from) if one.valid_from else "",
        "until": day(last) if last else "",
        "cites": one.cites,
    }
