"""What is wrong with a dossier: refused while it is drafted, flagged once it is signed; figure and article.

One definition for both: ``faults(draft)`` looks at the lines for the draft's day; ``of_decision`` adds who signed. What
is wrong in one kind alone stands with the kind (``ways``); caps, shares and days (``limits``) refuse where the text of
the rule was seen, recalled ones are ``cautions``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from vungcao.bodies import queries as bodies
from vungcao.bodies.models import Body, BodyVersion
from vungcao.bodies.queries import naming as body_naming
from vungcao.kernel.vietnamese import day, money
from vungcao.law.deadlines import CLOSED
from vungcao.ledger.dossiers import limits, standing
from vungcao.ledger.dossiers.draft import Decided, Draft, cited
from vungcao.ledger.dossiers.fault import Fault
from vungcao.ledger.models import DossierDecision, DossierLine, Reservation
from vungcao.ledger.regions import Region
from vungcao.ledger.signing import SIGNS, signs
from vungcao.programme import queries as programmes
from vungcao.programme.models import ComponentVersion
from vungcao.territory import queries as territory

__all__ = ["Fault", "cautions", "faults", "line_ended", "of_decision"]

FOUND_OUT = (
    "annual",
    "medium",
    "across_units",
    "field_changes",
)  # by us, not claimed: that they change nothing is no news


def faults(draft: Draft) -> list[Fault]:
    """Everything for which a draft is refused: of its kind, then of every kind; in the order of its lines."""
    return [*draft.way.faults(draft), *_ended(draft), *_money(draft), *_base(draft), *_beyond(draft)]


def of_decision(decision: DossierDecision, draft: Draft | None = None) -> list[Fault]:
    """What our rules say against a signed decision; it stands all the same. ``draft``: its dossier as looked at for the
    paper's day, where that has been done already.
    """
    if draft is None or draft.on != decision.dated:
        draft = Draft(decision.dossier, decision.dated)
    return [*faults(draft), *_signed_by(draft, decision.decided_by)]


def cautions(draft: Draft) -> list[str]:
    """What is said and not refused: warnings of the rulings, money past its last day, limits of no text seen."""
    derived = tuple(f"Điều kiện “{draft.book.words.circumstances[one]}”" for one in FOUND_OUT)
    said = [
        sentence
        for one in draft.decided
        if not one.settled
        for sentence in one.ruling.warnings
        if not sentence.startswith(derived)
    ]
    for line in () if limits.are_of(draft) else draft.lines:
        closing = draft.closing(line)
        if closing.until and closing.state(draft.on) == CLOSED:
            late = f"ngày {day(draft.on)} đã quá hạn giải ngân {day(closing.until)} ({closing.cites})"
            said.append(f"{draft.where(line)}: {late}.")
    said += draft.way.cautions(draft)
    beyond = [*limits.broken(draft), *limits.below_spent(draft)]
    said += [f"{one.sentence} Căn cứ: {one.cites}." for one in beyond if not one.is_sure]
    whole = dict.fromkeys(said)
    return [one for one in whole if not any(one in other and one != other for other in whole)]


def _beyond(draft: Draft) -> Iterator[Fault]:
    """Caps, shares and days whose rule was seen."""
    for one in limits.broken(draft):
        if one.is_sure:
            yield Fault(one.code, one.sentence, one.cites, one.line)


def _ended(draft: Draft) -> Iterator[Fault]:
    for line in draft.lines:
        yield from line_ended(draft, line)


def line_ended(draft: Draft, line: DossierLine) -> Iterator[Fault]:
    """A component, body or place of a line that is not there on the day, with the paper that ended it."""
    on, here = draft.on, draft.here
    if line.component_id not in here.components:
        said = programmes.naming(line.component_id, draft.known)
        last = f"chỉ đến {day(said.last_day)}" if said.last_day else "chưa có"
        cites = _cites_of(programmes.lives(draft.known).get(line.component_id, []))
        yield Fault("dossier.component_ended", f"Ngày {day(on)} không có cấu phần {said.code} ({last}).",
                    cites or "danh mục chương trình", line.pk)  # fmt: skip
    if line.body_id not in here.bodies:
        name, last_day = body_naming(line.body_id, None, draft.known)
        last = f"chỉ đến {day(last_day)}" if last_day else "chưa có"
        cites = _cites_of(bodies.lives(draft.known).get(line.body_id, []))
        yield Fault("dossier.body_ended", f"Ngày {day(on)} không còn đơn vị {name} ({last}).",
                    cites or "danh mục cơ quan, đơn vị", line.pk)  # fmt: skip
    if line.place_id not in here.places:
        life = territory.lives(draft.known).get(line.place_id, [])
        name = life[-1].name if life else f"{line.place_id}"
        yield Fault("dossier.place_ended", f"Ngày {day(on)} không còn địa bàn {name}.",
                    "danh mục đơn vị hành chính", line.pk)  # fmt: skip


def _cites_of(life: Sequence[ComponentVersion | BodyVersion]) -> str:
    """The paper of the latest version."""
    return life[-1].cites if life else ""


def _money(draft: Draft) -> Iterator[Fault]:
    """An account gives no more than it has on the day and on every later one; who holds the rest is named."""
    asked: dict[Region, list[DossierLine]] = defaultdict(list)
    for line in draft.giving:
        asked[Region.of(line)].append(line)
    held: dict[int, list[tuple[Reservation, int]]] | None = None
    for region, lines in asked.items():
        wanted, left = sum(line.dong for line in lines), draft.left(lines[0], lowest=True)
        if wanted <= left:
            continue
        if held is None:
            held = standing.holding(draft.books.accounts.values(), draft.on, but=draft.dossier)
        promised = "".join(
            f"; {money(dong)} đang giữ cho hồ sơ {one.dossier.code} đến hết {day(one.until)}"
            for one, dong in held.get(draft.books.accounts.get(region, 0), [])
        )
        sentence = (
            f"{draft.where(lines[0])}: {draft.way.verb} {money(wanted)} mà ngày {day(draft.on)} chỉ còn {money(left)}"
        )
        yield Fault("dossier.not_there", f"{sentence}{promised}.", draft.article(lines[0]), lines[0].pk)


def _base(draft: Draft) -> Iterator[Fault]:
    """A decision is not older than what it rests on: the units' proposals and the opinions answered."""
    for line in draft.lines:
        if line.paper_dated and line.paper_dated > draft.on:
            yield Fault(
                "dossier.before_its_base",
                f"Quyết định ngày {day(draft.on)} trước văn bản đề nghị {line.paper} ngày {day(line.paper_dated)}.",
                draft.article(line), line.pk,
            )  # fmt: skip
    answered = [(answer, asked) for asked, answer in draft.opinions if answer]
    for answer, asked in sorted(answered, key=lambda pair: pair[0].pk):
        if answer.answered_on > draft.on:
            who = body_naming(asked.body_id, draft.on)[0]
            yield Fault(
                "dossier.before_its_base",
                f"Quyết định ngày {day(draft.on)} trước ý kiến của {who} ngày {day(answer.answered_on)}.",
                draft.articles(),
            )


def _signed_by(draft: Draft, body: Body) -> Iterator[Fault]:
    """The body that signed is none that the rules of the day name. Nothing is said where no rule names one, or where a
    law or resolution has settled it and the paper only lists.
    """
    for one in draft.decided:
        if one.settled:
            continue
        named = [reading for reading in one.ruling.readings if reading.decider in SIGNS]
        if named and not any(signs(reading.decider, body, draft.on, draft.known) for reading in named):
            yield _wrong(draft, body, one)


def _wrong(draft: Draft, body: Body, one: Decided) -> Fault:
    name = body_naming(body.pk, draft.on)[0]
    scope = draft.book.words.scopes[one.ruling.move.scope]
    sentence = (
        f"{name} quyết định {money(one.dong)} {scope}, ngày {day(draft.on)}; theo danh mục thì thẩm quyền là "
        f"{one.ruling.decider_name}."
    )
    return Fault("dossier.signed_by_another", sentence, cited(one.ruling))
