"""What is wrong with a dossier: refused while it is drafted, flagged once it is signed; figure and article.

One definition for both: ``faults(draft)`` looks at the lines for the draft's day; ``of_decision`` adds who signed. What
is wrong in one kind alone stands with the kind (``ways``); caps, shares and days (``limits``) refuse where the text of
the rule was seen, recalled ones are ``cautions``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from vungcao.bodies import queries as bodies
from vungcao.bodies.models import Body, BodyVersion
from vungcao.bodies.queries import naming as body_naming
from vungcao.kernel.vietnamese import day
from vungcao.law.cautions import no_effect
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
from vungcao.ui.amounts import money

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
    derived = {no_effect(one, draft.book) for one in FOUND_OUT}
    said = [
        sentence
        for one in draft.decided
        if not one.settled
        for sentence in one.ruling.warnings
        if sentence not in derived
    ]
    for line in () if limits.are_of(draft) else draft.lines:
        closing = draft.closing(line)
        if closing.until and closing.state(draft.on) == CLOSED:
            of = {"line": draft.where(line), "day": day(draft.on), "until": day(closing.until), "cites": closing.cites}
            said.append(_("%(line)s: ngày %(day)s đã quá hạn giải ngân %(until)s (%(cites)s).") % of)
    said += draft.way.cautions(draft)
    beyond = [*limits.broken(draft), *limits.below_spent(draft)]
    said += [f"{Fault(one.code, one.sentence, one.cites)}" for one in beyond if not one.is_sure]
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
        named = programmes.naming(line.component_id, draft.known)
        said = _("Ngày %(day)s không có cấu phần %(code)s (%(last)s).") % {
            "day": day(on), "code": named.code, "last": _last(named.last_day),
        }  # fmt: skip
        cites = _cites_of(programmes.lives(draft.known).get(line.component_id, []))
        yield Fault("dossier.component_ended", said, cites or _("danh mục chương trình"), line.pk)
    if line.body_id not in here.bodies:
        name, last_day = body_naming(line.body_id, None, draft.known)
        said = _("Ngày %(day)s không còn đơn vị %(name)s (%(last)s).") % {
            "day": day(on), "name": name, "last": _last(last_day),
        }  # fmt: skip
        cites = _cites_of(bodies.lives(draft.known).get(line.body_id, []))
        yield Fault("dossier.body_ended", said, cites or _("danh mục cơ quan, đơn vị"), line.pk)
    if line.place_id not in here.places:
        life = territory.lives(draft.known).get(line.place_id, [])
        name = life[-1].name if life else f"{line.place_id}"
        said = _("Ngày %(day)s không còn địa bàn %(name)s.") % {"day": day(on), "name": name}
        yield Fault("dossier.place_ended", said, _("danh mục đơn vị hành chính"), line.pk)


def _last(day_: date | None) -> str:
    return _("chỉ đến %(day)s") % {"day": day(day_)} if day_ else _("chưa có")


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
            _("; %(dong)s đang giữ cho hồ sơ %(code)s đến hết %(until)s")
            % {"dong": money(dong), "code": one.dossier.code, "until": day(one.until)}
            for one, dong in held.get(draft.books.accounts.get(region, 0), [])
        )
        sentence = _("%(line)s: %(verb)s %(wanted)s mà ngày %(day)s chỉ còn %(left)s%(promised)s.") % {
            "line": draft.where(lines[0]), "verb": _(draft.way.verb), "wanted": money(wanted),
            "day": day(draft.on), "left": money(left), "promised": promised,
        }  # fmt: skip
        yield Fault("dossier.not_there", sentence, draft.article(lines[0]), lines[0].pk)


def _base(draft: Draft) -> Iterator[Fault]:
    """A decision is not older than what it rests on: the units' proposals and the opinions answered."""
    for line in draft.lines:
        if line.paper_dated and line.paper_dated > draft.on:
            said = _("Quyết định ngày %(day)s trước văn bản đề nghị %(paper)s ngày %(dated)s.") % {
                "day": day(draft.on), "paper": line.paper, "dated": day(line.paper_dated),
            }  # fmt: skip
            yield Fault("dossier.before_its_base", said, draft.article(line), line.pk)
    answered = [(answer, asked) for asked, answer in draft.opinions if answer]
    for answer, asked in sorted(answered, key=lambda pair: pair[0].pk):
        if answer.answered_on > draft.on:
            who = body_naming(asked.body_id, draft.on)[0]
            said = _("Quyết định ngày %(day)s trước ý kiến của %(who)s ngày %(answered)s.") % {
                "day": day(draft.on), "who": who, "answered": day(answer.answered_on),
            }  # fmt: skip
            yield Fault("dossier.before_its_base", said, draft.articles())


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
    sentence = _(
        "%(name)s quyết định %(dong)s %(scope)s, ngày %(day)s; theo danh mục thì thẩm quyền là %(decider)s."
    ) % {
        "name": body_naming(body.pk, draft.on)[0], "dong": money(one.dong), "day": day(draft.on),
        "scope": draft.book.words.scopes[one.ruling.move.scope], "decider": one.ruling.decider_name,
    }  # fmt: skip
    return Fault("dossier.signed_by_another", sentence, cited(one.ruling))
