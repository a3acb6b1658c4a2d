"""What is wrong with an adjustment: refused while it is drafted, flagged once it is signed; figure and article.

One definition for both. ``faults(draft)`` looks at the lines for the draft's day; ``of_decision`` adds who signed.
Caps, shares and days (``limits``) refuse where the text of the rule was seen; recalled ones are ``cautions``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from vungcao.bodies.models import Body, BodyKind, BodyVersion
from vungcao.bodies.queries import naming as body_naming
from vungcao.kernel.vietnamese import day, money
from vungcao.law.authority import decide
from vungcao.law.ruling import Reading
from vungcao.ledger.dossiers import limits, moving, standing
from vungcao.ledger.dossiers.draft import Decided, Draft, cited
from vungcao.ledger.models import DossierDecision, DossierLine, Side
from vungcao.ledger.regions import Region
from vungcao.programme import queries as programmes
from vungcao.programme.models import ComponentVersion
from vungcao.territory.models import PlaceKind, PlaceVersion

SIGNS = {
    "QH": {BodyKind.CENTRAL},
    "UBTVQH": {BodyKind.CENTRAL},
    "TTG": {BodyKind.CENTRAL},
    "HDND_TINH": {BodyKind.COUNCIL},
    "HDND_TINH_THUONG_TRUC": {BodyKind.COUNCIL},
    "HDND_HUYEN": {BodyKind.COUNCIL},
    "HDND_XA": {BodyKind.COUNCIL},
    "UBND_TINH": {BodyKind.PROVINCE},
    "UBND_HUYEN": {BodyKind.DISTRICT},
    "CT_UBND": {BodyKind.PROVINCE, BodyKind.DISTRICT, BodyKind.COMMUNE},
    "DVDT1": {BodyKind.BOARD, BodyKind.DEPARTMENT, BodyKind.FINANCE, BodyKind.DISTRICT, BodyKind.COMMUNE},
}
FOUND_OUT = (
    "annual",
    "medium",
    "across_units",
    "field_changes",
)  # by us, not claimed: that they change nothing is no news
SEAT_OF_COUNCIL = {"HDND_HUYEN": PlaceKind.DISTRICT, "HDND_XA": PlaceKind.COMMUNE}


@dataclass(frozen=True)
class Fault:
    """One thing wrong: a code, a sentence with its figure, the article, the line where it is one line's."""

    code: str
    sentence: str
    cites: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.sentence} Căn cứ: {self.cites}."

    def as_json(self) -> dict[str, object]:
        return {"code": self.code, "sentence": self.sentence, "cites": self.cites, "line": self.line}


def faults(draft: Draft) -> list[Fault]:
    """Everything for which a draft is refused, in the order of its lines."""
    return [*_empty(draft), *_sums(draft), *_ended(draft), *_money(draft), *_base(draft), *_beyond(draft)]


def of_decision(decision: DossierDecision) -> list[Fault]:
    """What our rules say against a signed decision; it stands all the same."""
    draft = Draft(decision.dossier, decision.dated)
    return [*faults(draft), *_signed_by(draft, decision.decided_by)]


def cautions(draft: Draft) -> list[str]:
    """What is said and not refused: warnings of the rulings, and limits of which no text was seen."""
    derived = tuple(f"Điều kiện “{draft.book.words.circumstances[one]}”" for one in FOUND_OUT)
    warned = [sentence for one in draft.decided for sentence in one.ruling.warnings]
    beyond = limits.broken(draft)
    said = [one for one in warned if not one.startswith(derived) and not any(one in other.sentence for other in beyond)]
    said += [f"{one.sentence} Căn cứ: {one.cites}." for one in beyond if not one.is_sure]
    return list(dict.fromkeys(said))


def _beyond(draft: Draft) -> Iterator[Fault]:
    """Caps, shares and days whose rule was seen."""
    for one in limits.broken(draft):
        if one.is_sure:
            yield Fault(one.code, one.sentence, one.cites, one.line)


def _empty(draft: Draft) -> Iterator[Fault]:
    if not draft.side(Side.DOWN) or not draft.side(Side.UP):
        sums = f"giảm {money(draft.total(Side.DOWN))}, tăng {money(draft.total(Side.UP))}"
        yield Fault("dossier.empty", f"Hồ sơ phải có cả khối A. Giảm và khối B. Tăng; đang là {sums}.", _any(draft))


def _sums(draft: Draft) -> Iterator[Fault]:
    """Per source, years and field the blocks are equal; what is left of both at once was mixed."""
    if not draft.side(Side.DOWN) or not draft.side(Side.UP):
        return
    loose: dict[moving.Group, list[moving.Left]] = defaultdict(list)
    for one in draft.left_over:
        loose[moving.group_of(one.line, any_field=draft.dossier.field_changes)].append(one)
    down = [group for group in loose.values() if group[0].line.side == Side.DOWN]
    up = [group for group in loose.values() if group[0].line.side == Side.UP]
    if down and up:
        said = "; ".join(f"{_label(draft, group[0].line)} giảm thừa {_dong(group)}" for group in down)
        more = "; ".join(f"{_label(draft, group[0].line)} tăng thừa {_dong(group)}" for group in up)
        sentence = f"Trộn vốn khác nguồn, năm hoặc lĩnh vực chi: {said}; {more}."
        yield Fault("dossier.mixed", sentence, _mixing(draft, down[0][0].line, up[0][0].line))
        return
    for group in [*down, *up]:
        line = group[0].line
        where = "giảm nhiều hơn tăng" if line.side == Side.DOWN else "tăng nhiều hơn giảm"
        yield Fault(
            "dossier.not_zero", f"{_label(draft, line)}: {where} {_dong(group)}; tổng phải bằng 0.", _any(draft)
        )


def _mixing(draft: Draft, down: DossierLine, up: DossierLine) -> str:
    """The article on what was mixed: between kinds of capital, else that of the move as the lines would have it."""
    kinds = down.source.kind != up.source.kind and down.source.level == up.source.level
    scope = "BETWEEN_CAPITAL_KINDS" if kinds else moving.scope(draft.here, moving.Moved(down, up, 0))
    return cited(decide(draft.asked(down, up, scope), draft.book))


def _dong(group: list[moving.Left]) -> str:
    return money(sum(one.dong for one in group))


def _ended(draft: Draft) -> Iterator[Fault]:
    for line in draft.lines:
        yield from line_ended(draft, line)


def line_ended(draft: Draft, line: DossierLine) -> Iterator[Fault]:
    """A component, body or place of a line that is not there on the day, with the paper that ended it."""
    on, here = draft.on, draft.here
    if line.component_id not in here.components:
        said = programmes.naming(line.component_id, draft.known)
        last = f"chỉ đến {day(said.last_day)}" if said.last_day else "chưa có"
        rows = ComponentVersion.objects.standing(draft.known).filter(component=line.component_id)
        cites = rows.order_by("-valid_from").values_list("cites", flat=True).first()
        yield Fault("dossier.component_ended", f"Ngày {day(on)} không có cấu phần {said.code} ({last}).",
                    cites or "danh mục chương trình", line.pk)  # fmt: skip
    if line.body_id not in here.bodies:
        name, last_day = body_naming(line.body_id, None, draft.known)
        last = f"chỉ đến {day(last_day)}" if last_day else "chưa có"
        rows = BodyVersion.objects.standing(draft.known).filter(body=line.body_id)
        cites = rows.order_by("-valid_from").values_list("cites", flat=True).first()
        yield Fault("dossier.body_ended", f"Ngày {day(on)} không còn đơn vị {name} ({last}).",
                    cites or "danh mục cơ quan, đơn vị", line.pk)  # fmt: skip
    if line.place_id not in here.places:
        versions = PlaceVersion.objects.standing(draft.known).filter(place=line.place_id)
        row = versions.order_by("-valid_from").first()
        yield Fault("dossier.place_ended", f"Ngày {day(on)} không còn địa bàn {row.name if row else line.place_id}.",
                    "danh mục đơn vị hành chính", line.pk)  # fmt: skip


def _money(draft: Draft) -> Iterator[Fault]:
    """An account gives no more than it has on the day and on every later one; who holds the rest is named."""
    asked: dict[Region, list[DossierLine]] = defaultdict(list)
    for line in draft.side(Side.DOWN):
        asked[Region.of(line)].append(line)
    held = standing.holding([one.pk for one in draft.accounts.values()], draft.on, but=draft.dossier)
    for region, lines in asked.items():
        wanted, left = sum(line.dong for line in lines), draft.left(lines[0], lowest=True)
        if wanted <= left:
            continue
        account = draft.accounts.get(region)
        promised = "".join(
            f"; {money(dong)} đang giữ cho hồ sơ {one.dossier.code} đến hết {day(one.until)}"
            for one, dong in held.get(account.pk if account else 0, [])
        )
        sentence = f"{_where(draft, lines[0])}: giảm {money(wanted)} mà ngày {day(draft.on)} chỉ còn {money(left)}"
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
    for answer in standing.answers(draft.dossier).values():
        if answer.answered_on > draft.on:
            who = body_naming(answer.asked.body_id, draft.on)[0]
            yield Fault(
                "dossier.before_its_base",
                f"Quyết định ngày {day(draft.on)} trước ý kiến của {who} ngày {day(answer.answered_on)}.",
                _any(draft),
            )


def _signed_by(draft: Draft, body: Body) -> Iterator[Fault]:
    """The body that signed is none that the rules of the day name; where no rule names one, nothing is said."""
    for one in draft.decided:
        named = [reading for reading in one.ruling.readings if reading.decider in SIGNS]
        if named and not any(_is(reading, body, draft) for reading in named):
            yield _wrong(draft, body, one)


def _is(reading: Reading, body: Body, draft: Draft) -> bool:
    row = BodyVersion.objects.on(draft.on, draft.known).filter(body=body).select_related("place").first()
    if row is None or row.kind not in SIGNS[reading.decider]:
        return False
    if reading.decider in ("QH", "UBTVQH", "TTG"):
        return body.key == reading.decider
    if row.kind != BodyKind.COUNCIL:
        return True
    version = PlaceVersion.objects.on(draft.on, draft.known).filter(place=row.place).first()
    return version is None or version.kind == SEAT_OF_COUNCIL.get(reading.decider, PlaceKind.PROVINCE)


def _wrong(draft: Draft, body: Body, one: Decided) -> Fault:
    name = body_naming(body.pk, draft.on)[0]
    scope = draft.book.words.scopes[one.ruling.move.scope]
    sentence = (
        f"{name} quyết định {money(one.dong)} {scope}, ngày {day(draft.on)}; theo danh mục thì thẩm quyền là "
        f"{one.ruling.decider_name}."
    )
    return Fault("dossier.signed_by_another", sentence, cited(one.ruling))


def _any(draft: Draft) -> str:
    """The articles of all line sets; before anything can be matched, that nothing could be asked."""
    said = dict.fromkeys(cited(one.ruling) for one in draft.decided)
    return "; ".join(said) or "chưa ghép được thành một lần chuyển nên chưa hỏi được điều khoản"


def _label(draft: Draft, line: DossierLine) -> str:
    field = "" if draft.dossier.field_changes or line.field.code == "*" else f", lĩnh vực {line.field.name}"
    return f"{line.source.name}, vốn năm {line.year_origin} dùng năm {line.year_use}{field}"


def _where(draft: Draft, line: DossierLine) -> str:
    name = body_naming(line.body_id, draft.on)[0]
    return f"{name}, {line.component.code}, {line.source.name} năm {line.year_origin}"
