"""An adjustment held against caps, shares, floors and days: what it goes beyond, with figure and article.

The rules are ``law``'s (``law.limits``, ``law.matching``, days of the decision table, closing days); here are the
figures. Each finding says whether its rule was seen: then it refuses; recalled, it cautions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vungcao.kernel.vietnamese import day
from vungcao.law import limits as law
from vungcao.law.cautions import too_late
from vungcao.law.deadlines import CLOSED
from vungcao.law.matching import matching
from vungcao.ledger.dossiers import standing
from vungcao.ledger.dossiers.before_after import spent
from vungcao.ledger.dossiers.draft import Draft, cited
from vungcao.ledger.models import Dossier, DossierKind, DossierLine, Side, StepTaken
from vungcao.programme import queries as programmes
from vungcao.programme.queries import FundingSources
from vungcao.territory.models import PlaceKind
from vungcao.territory.queries import naming as place_naming
from vungcao.ui.amounts import money

CENTRE, LOCAL = "NSTW", "NSDP"
Money = tuple[int, str, str, str]  # programme, source code, year of origin, year of use


@dataclass(frozen=True)
class Broken:
    """Something beyond a limit: ``is_sure`` where the text of the rule was seen, or confirmed here."""

    code: str
    sentence: str
    cites: str
    is_sure: bool
    line: int | None = None


def are_of(draft: Draft) -> bool:
    """Limits are of adjustments; carry-over and cancellation have days of their own."""
    return draft.dossier.kind == DossierKind.ADJUSTMENT


def broken(draft: Draft) -> list[Broken]:
    """Everything that a dossier goes beyond on its day; where no rule is on file for some money, nothing."""
    if not are_of(draft):
        return []
    return [
        *_closed(draft), *_late(draft), *_proposed_late(draft), *_shifted(draft), *_over_programme(draft),
        *_over_province(draft), *_pilots(draft), *_matching(draft), *_households(draft), *_other_kind(draft),
    ]  # fmt: skip


# days ------------------------------------------------------------------------------------------------------
def _closed(draft: Draft) -> Iterator[Broken]:
    """Money that may no longer be spent on the day of decision, and that nothing on file carries on."""
    groups: dict[tuple[int, str, str], list[DossierLine]] = defaultdict(list)
    for line in (*draft.side(Side.DOWN), *draft.side(Side.UP)):
        groups[line.source_id, line.year_origin, line.year_use].append(line)
    for lines in groups.values():
        closing = draft.closing(lines[0])
        if closing.state(draft.on) != CLOSED:
            continue
        last = max(one.until for one in closing.readings if one.until)
        sentence = _("%(money)s: chuyển %(moved)s ngày %(day)s, đã quá hạn giải ngân %(last)s.") % {
            "money": _label(lines[0]), "day": day(draft.on), "last": day(last),
            "moved": money(sum(line.dong for line in lines if line.side == lines[0].side)),
        }  # fmt: skip
        yield Broken("dossier.money_closed", sentence, closing.cites, closing.confidence == "sourced", lines[0].pk)


def _late(draft: Draft) -> Iterator[Broken]:
    """Decided after the day that every rule behind the ruling names; as sure as the least sure of them."""
    for one in draft.decided:
        said = [
            (rule, too_late(rule, one.ruling.move)) for reading in one.ruling.readings for rule in reading.rules[:1]
        ]
        if said and all(late for _, late in said):
            sure = all(rule.confidence == "sourced" for rule, _ in said)
            sentence = f"{money(one.dong)}: {said[0][1]}"
            yield Broken("dossier.too_late", sentence, cited(one.ruling), sure, one.moves[0].down.pk)


def _proposed_late(draft: Draft) -> Iterator[Broken]:
    for one in draft.decided:
        move = one.ruling.move
        named = {reading.decider for reading in one.ruling.readings}
        for limit in law.standing(law.PROPOSAL, on=draft.on, kind=move.kind, level=move.level, book=draft.book):
            last = limit.last_in(move.used_in)
            if last and named & limit.deciders and (asked_on := draft.proposed_on) > last:
                sentence = _("%(dong)s: trình ngày %(day)s, sau hạn %(last)s (%(rule)s).") % {
                    "dong": money(one.dong), "day": day(asked_on), "last": day(last), "rule": limit.said,
                }  # fmt: skip
                yield Broken("dossier.proposed_late", sentence, limit.article, limit.is_sure, one.moves[0].down.pk)


# totals ----------------------------------------------------------------------------------------------------
def _loose(draft: Draft) -> dict[Money, int]:
    """What has no other side in the dossier: đồng more (above 0) or less, per programme, source and years."""
    found: dict[Money, int] = defaultdict(int)
    for one in draft.left_over:
        found[_money(draft, one.line)] += one.dong if _signed(one.line) > 0 else -one.dong
    return {key: dong for key, dong in found.items() if dong}


def _shifted(draft: Draft) -> Iterator[Broken]:
    """Recurrent money that comes out as investment money or the other way, outside pilot districts."""
    if draft.dossier.pilot_district:
        return
    for level in sorted({line.source.level for line in draft.lines}):
        sums: dict[str, int] = defaultdict(int)
        for (_programme, source, *_years), dong in _loose(draft).items():
            kind, _colon, of = source.partition(":")
            if of == level:
                sums[kind] += dong
        moved = min(sum(d for d in sums.values() if d > 0), -sum(d for d in sums.values() if d < 0))
        for kind in [kind for kind, dong in sums.items() if dong > 0][:1]:
            for limit in law.standing(law.SHIFT, on=draft.on, kind=kind, level=level, book=draft.book):
                if limit.is_broken_by(moved):
                    words = _(" và ").join(draft.book.words.kinds[one] for one in sorted(sums))
                    said = {"dong": money(moved), "kinds": words, "rule": limit.said}
                    sentence = _("Chuyển %(dong)s giữa %(kinds)s: %(rule)s.") % said
                    yield Broken("dossier.kind_changes", sentence, limit.article, limit.is_sure)


def _over_programme(draft: Draft) -> Iterator[Broken]:
    """More of a programme than the province was given of it: đồng that come from nowhere in the dossier."""
    shifted = {one.code for one in _shifted(draft)}
    for key, dong in _loose(draft).items():
        programme, source, origin, used = key
        kind, _colon, level = source.partition(":")
        limits = law.standing(law.PROGRAMME, on=draft.on, kind=kind, level=level, book=draft.book)
        if shifted or not limits or not limits[0].is_broken_by(dong):
            continue
        given = _given(draft, programme, {source}, origin)
        sentence = _(
            "%(name)s, %(source)s, vốn năm %(origin)s dùng năm %(used)s: đã giao cho tỉnh %(given)s, theo hồ sơ thành "
            "%(whole)s, vượt %(beyond)s; %(rule)s."
        ) % {
            "name": _name(draft, programme), "source": source, "origin": origin, "used": used, "given": money(given),
            "whole": money(given + dong), "beyond": money(dong), "rule": limits[0].said,
        }  # fmt: skip
        yield Broken("dossier.over_total", sentence, limits[0].article, limits[0].is_sure)


def _over_province(draft: Draft) -> Iterator[Broken]:
    """The same over all programmes, where a dossier moves between them."""
    programmes = {draft.here.components.programme_of(line.component_id) for line in draft.lines}
    sums: dict[tuple[str, str, str], int] = defaultdict(int)
    for (_programme, source, origin, used), dong in _loose(draft).items() if len(programmes) > 1 else ():
        sums[source, origin, used] += dong
    for (source, origin, used), dong in sums.items():
        kind, _colon, level = source.partition(":")
        for limit in law.standing(law.PROVINCE, on=draft.on, kind=kind, level=level, book=draft.book):
            if limit.is_broken_by(dong):
                sentence = _("%(source)s, vốn năm %(origin)s dùng năm %(used)s: vượt %(beyond)s; %(rule)s.") % {
                    "source": source, "origin": origin, "used": used, "beyond": money(dong), "rule": limit.said,
                }  # fmt: skip
                yield Broken("dossier.over_total", sentence, limit.article, limit.is_sure)


def _given(draft: Draft, programme: int, sources: Collection[str], origin: str) -> int:
    """Đồng of a programme that the province holds at any level on the day, this dossier apart."""
    nodes, codes = set(draft.here.components.below(programme)), FundingSources.all().codes
    return sum(
        one.dong
        for one in draft.books.held
        if one.region.component in nodes and one.region.year_origin == origin and codes[one.region.source] in sources
    )


# caps, shares, floors --------------------------------------------------------------------------------------
def _pilots(draft: Draft) -> Iterator[Broken]:
    """Districts that use the powers of a pilot: those of this dossier, and of others submitted or decided."""
    if not draft.dossier.pilot_district:
        return
    source = next((line.source for line in draft.lines), None)
    limits = (
        law.standing(law.PILOT, on=draft.on, kind=source.kind, level=source.level, book=draft.book) if source else []
    )
    for limit in limits:
        others = standing.standings(Dossier.objects.filter(pilot_district=True).exclude(pk=draft.dossier.pk))
        gone_up = standing.lines_of([one.dossier for one in others if one.step in _GONE_UP])
        rows = [line for lines in gone_up.values() for line in lines]
        places = {_district(draft, line.place_id) for line in (*draft.lines, *rows)} - {None}
        if limit.is_broken_by(len(places)):
            named = ", ".join(sorted(_called(one, draft.on) for one in places if one is not None))
            sentence = _("%(count)s huyện dùng cơ chế thí điểm (%(names)s); %(rule)s.") % {
                "count": len(places), "names": named, "rule": limit.said,
            }  # fmt: skip
            yield Broken("dossier.pilot_districts", sentence, limit.article, limit.is_sure)


_GONE_UP = (StepTaken.SUBMITTED, standing.DECIDED)


def _district(draft: Draft, place: int) -> int | None:
    return draft.here.places.ancestor_of_kind(place, {PlaceKind.DISTRICT}) if place in draft.here.places else None


def _called(place: int, on: date) -> str:
    row = place_naming(place, on)
    return row.name if row else f"{place}"


def _matching(draft: Draft) -> Iterator[Broken]:
    """Counterpart money that the dossier brings below its share of the central money of the programme and year."""
    change: dict[tuple[int, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in draft.lines:
        side = CENTRE if line.source.level == CENTRE else LOCAL if line.source.level.startswith(LOCAL) else ""
        key = (draft.here.components.programme_of(line.component_id), line.year_origin)
        change[key][side] += _signed(line)
    for (programme, origin), by in change.items():
        rule = matching(draft.here.components.codes.get(programme, ""), on=draft.on)
        if rule is None or (by[LOCAL] >= 0 and by[CENTRE] <= 0):
            continue
        central = _given(draft, programme, _codes(CENTRE), origin) + by[CENTRE]
        local = _given(draft, programme, _codes(LOCAL), origin) + by[LOCAL]
        low, high = rule.required(central)
        if local >= high:
            continue
        shares = _(" hoặc ").join(f"{share.percent}% ({share.when})" for share in rule.shares)
        sentence = _(
            "%(name)s, vốn năm %(origin)s: sau điều chỉnh vốn đối ứng còn %(local)s trên %(central)s vốn trung ương, "
            "mức phải có từ %(low)s đến %(high)s: %(shares)s; %(rule)s."
        ) % {
            "name": _name(draft, programme), "origin": origin, "local": money(local), "central": money(central),
            "low": money(low), "high": money(high), "shares": shares, "rule": rule.short,
        }  # fmt: skip
        sure = rule.confidence == "sourced" and local < low
        cites = _("%(rule)s: %(cites)s (tỷ lệ theo trí nhớ)") % {"rule": rule.id, "cites": rule.cites}
        yield Broken("dossier.matching_short", sentence, cites, sure)


def _codes(level: str) -> set[str]:
    sources = FundingSources.all()
    return {code for key, code in sources.codes.items() if sources[key][1].startswith(level)}


def _households(draft: Draft) -> Iterator[Broken]:
    """A floor for each household: how many the rest suffices for. Who is owed it, the dossier does not know."""
    tree = draft.here.components
    levels = sorted({line.source.level for line in draft.lines})
    found = {
        limit.id: (limit, level)
        for level in levels
        for kind in ("dau_tu", "su_nghiep")
        for limit in law.standing(law.HOUSEHOLD, on=draft.on, kind=kind, level=level, book=draft.book)
    }
    for limit, level in found.values():
        for code in limit.components:
            lines = [line for line in draft.lines if line.source.level == level
                     and code in tree.ids and tree.covers(tree.ids[code], line.component_id)]  # fmt: skip
            less = -sum(_signed(line) for line in lines)
            if less <= 0 or not limit.least:
                continue
            sentence = _(
                "%(code)s: giảm %(less)s vốn tỉnh; %(rule)s. Còn phải chứng minh số hộ: số giảm này đủ mức tối thiểu "
                "cho %(households)s hộ."
            ) % {"code": code, "less": money(less), "rule": limit.said, "households": less // limit.least}
            yield Broken("dossier.below_floor", sentence, limit.article, False, lines[0].pk)


def _other_kind(draft: Draft) -> Iterator[Broken]:
    """Money onto a component that, as our list has it, takes none of its kind."""
    lives = programmes.lives(draft.known)
    for line in draft.side(Side.UP):
        there = [row for row in lives.get(line.component_id, []) if row.holds_on(draft.on)]
        listed = there[-1].capital_kinds if there else None
        if listed and line.source.kind not in listed:
            words = draft.book.words.kinds
            takes = ", ".join(words.get(one, one) for one in listed)
            sentence = _("%(code)s tăng %(dong)s %(kind)s, danh mục ghi chỉ dùng %(takes)s.") % {
                "code": line.component.code, "dong": money(line.dong), "kind": words[line.source.kind], "takes": takes,
            }  # fmt: skip
            cites = _("danh mục chương trình (loại vốn của cấu phần ghi theo trí nhớ)")
            yield Broken("dossier.other_kind", sentence, cites, False, line.pk)


def below_spent(draft: Draft) -> Iterator[Broken]:
    """A decrease beyond what nobody has said to be spent of its account: the books, no article, so never sure. Asked
    apart: what was spent on a day takes a while to say.
    """
    if not are_of(draft):
        return
    said = spent(draft)
    for line in draft.side(Side.DOWN):
        gone = said[line.pk]
        left = draft.left(line) - (gone or 0)
        if gone and line.dong > left:
            sentence = _(
                "%(money)s, %(code)s, %(body)s: giảm %(less)s mà theo báo cáo đã giải ngân %(spent)s, chỉ còn %(left)s "
                "chưa giải ngân."
            ) % {
                "money": _label(line), "code": line.component.code, "body": line.body.key, "less": money(line.dong),
                "spent": money(gone), "left": money(max(0, left)),
            }  # fmt: skip
            cites = _("đối chiếu sổ vốn với báo cáo giải ngân")
            yield Broken("dossier.below_spent", sentence, cites, False, line.pk)


def _signed(line: DossierLine) -> int:
    """What an adjustment's line adds to (above 0) or takes from its account."""
    return {Side.UP.value: line.dong, Side.DOWN.value: -line.dong}.get(line.side, 0)


def _money(draft: Draft, line: DossierLine) -> Money:
    programme = draft.here.components.programme_of(line.component_id)
    return programme, line.source.code, line.year_origin, line.year_use


def _name(draft: Draft, programme: int) -> str:
    return draft.here.components.short_names.get(programme, "")


def _label(line: DossierLine) -> str:
    return _("%(source)s, vốn năm %(origin)s dùng năm %(used)s") % {
        "source": line.source.name, "origin": line.year_origin, "used": line.year_use,
    }  # fmt: skip
