"""Pages of the rules: who may decide a move of money, the table behind it, and an administrator's signed changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vungcao.desk.once import once
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, may, needs
from vungcao.desk.rule_forms import ChangeForm, MoveForm, NewRuleForm
from vungcao.desk.story import Story, story
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import holds, last_day
from vungcao.law.actions import add_rule, confirm_rule, retire_rule, withdraw_change
from vungcao.law.authority import decide
from vungcao.law.models import Confidence, RuleChange, RuleOverlay
from vungcao.law.queries import overlays, rulebook
from vungcao.law.rulebook import Rulebook
from vungcao.law.rules import UNKNOWN, Rule
from vungcao.law.ruling import Reading, Ruling

TONES = {"sourced": "holds", "recalled": "warns", "unknown": "fails"}


@dataclass(frozen=True)
class Line:
    """A rule as the table shows it; ``until`` is its last day."""

    rule: Rule
    money: str
    move: str
    decider: str
    until: date | None
    tone: str
    sure: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """A reading of the law in an officer's words."""

    reading: Reading
    verdict: str
    tone: str
    sure: str
    proposer: str


@require_safe
@needs("rules.see")
def rules(request: OfficialRequest) -> HttpResponse:
    """Ask who may decide; below, the rules in force on the day asked about."""
    book = rulebook()
    asked = "scope" in request.GET
    form = MoveForm(book, request.GET) if asked else MoveForm(book, initial=_today())
    context: dict[str, object] = {"form": form, "refused": "", "ruling": None}
    on = timezone.localdate()
    if asked and form.is_valid():
        move = form.move()
        on = move.on
        try:
            ruling = decide(move, book)
            context |= {"ruling": ruling, "told": _told(ruling, book)}
        except Refusal as refusal:
            context["refused"] = str(refusal)
    lines = [line(one, book) for one in book.rules if holds(one.valid_from, one.valid_to, on)]
    context |= {"lines": lines, "on": on, "may_change": may(request.official, "rules.change")}
    return page(request, "desk/rules.html", context, status=422 if asked and form.errors else 200)


def _today() -> dict[str, object]:
    today = timezone.localdate()
    return {"on": today, "year": today.year}


def line(rule: Rule, book: Rulebook) -> Line:
    """One rule in words."""
    words = book.words
    kind = words.kinds.get(rule.kind, _("mọi loại vốn"))
    level = words.levels.get(rule.level, "")
    return Line(
        rule,
        f"{kind}, {level}" if level else kind,
        words.scopes.get(rule.scope) or _("mọi việc"),
        book.decider(rule.decider) if rule.decider else "",
        last_day(rule.valid_to),
        TONES[rule.confidence],
        str(Confidence(rule.confidence).label),
    )


def _told(ruling: Ruling, book: Rulebook) -> list[Told]:
    return [
        Told(
            one, _verdict(one, book), TONES[one.confidence], str(Confidence(one.confidence).label),
            book.decider(one.proposer) if one.proposer else "",
        )
        for one in ruling.readings
    ]  # fmt: skip


def _verdict(reading: Reading, book: Rulebook) -> str:
    name = book.decider(reading.decider)
    if reading.allowed is False and reading.decider != UNKNOWN:
        return _("Tỉnh không được làm; cấp có thể quyết định: %(name)s") % {"name": name}
    if reading.allowed is False:
        return _("Không được làm, trừ khi nêu dưới đây")
    when = f" ({reading.when})" if reading.when else ""
    return _("Cơ quan quyết định: %(name)s") % {"name": f"{name}{when}"}


@require_http_methods(["GET", "HEAD", "POST"])
@needs("rules.see", to_send="rules.change")
@once("desk:rule", "rule")
def rule(request: OfficialRequest, rule: str) -> HttpResponse:
    """One rule, what was changed of it and by whom; a POST confirms it, retires it, or takes a change back."""
    book = rulebook()
    found = book.by_id.get(rule)
    if found is None:
        raise Http404(_("Danh mục không có quy tắc này."))
    changes = [one for one in overlays() if one.rule == rule]
    form = ChangeForm([one.change for one in changes], request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _change(form, rule, request)
            messages.success(request, _("Đã ghi thay đổi của quy tắc %(rule)s.") % {"rule": rule})
            return redirect("desk:rules" if form.cleaned_data["what"] == "-add" else "desk:rule", *_back(form, rule))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    told = [{"word": RuleChange(one.change).label, **vars(one)} for one in changes]
    context = {
        "line": line(found, book), "changes": told, "form": form,
        "may_change": may(request.official, "rules.change"), "others": _named(found, book),
        "story": _story(rule), "today": timezone.localdate(),
        "in_force": holds(found.valid_from, found.valid_to, timezone.localdate()),
    }  # fmt: skip
    return page(request, "desk/rule.html", context, status=422 if request.method == "POST" else 200)


def _story(rule: str) -> Story:
    """Acts that changed the rule here, and those that took a change back."""
    rows = list(RuleOverlay.objects.filter(rule=rule).values_list("pk", "act", "ended_by"))
    acts = {act for _key, *pair in rows for act in pair if act is not None}
    return story([(RuleOverlay._meta.label, key) for key, *_acts in rows], acts)


def _back(form: ChangeForm, rule: str) -> list[str]:
    return [] if form.cleaned_data["what"] == "-add" else [rule]


def _change(form: ChangeForm, rule: str, request: OfficialRequest) -> None:
    what, citation, by = form.cleaned_data["what"], form.citation(), request.official
    if what == RuleChange.CONFIRM:
        confirm_rule(rule=rule, citation=citation, by=by)
    elif what == RuleChange.RETIRE:
        retire_rule(rule=rule, citation=citation, by=by, on=form.cleaned_data["on"])
    else:
        withdraw_change(rule=rule, change=what.removeprefix("-"), citation=citation, by=by)


def _named(rule: Rule, book: Rulebook) -> list[tuple[str, list[str]]]:
    """Rules that this one goes before, gives way to, or is read beside."""
    under = [one.id for one in book.rules if rule.id in one.prevails_over]
    said = [
        (_("Đi trước"), list(rule.prevails_over)),
        (_("Nhường"), under),
        (_("Đọc song song với"), list(rule.read_beside)),
    ]
    return [(word, ids) for word, ids in said if ids]


@require_http_methods(["GET", "HEAD", "POST"])
@needs("rules.change")
@once("desk:rules")
def new_rule(request: OfficialRequest) -> HttpResponse:
    """A local rule, with the paper that it rests on."""
    book = rulebook()
    form = NewRuleForm(book, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_rule(row=form.row(), citation=form.citation(), by=request.official)
            messages.success(request, _("Đã thêm quy tắc %(rule)s.") % {"rule": form.cleaned_data["rule"]})
            return redirect("desk:rule", form.cleaned_data["rule"])
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return page(request, "desk/rule_new.html", {"form": form}, status=422 if request.method == "POST" else 200)
