"""Addresses of the API under ``/api/``: every one only reads, and states its right."""

from datetime import date
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils import timezone
from ninja import NinjaAPI, Query
from ninja.errors import AuthenticationError, HttpError, ValidationError

from vungcao.bodies import queries as bodies
from vungcao.bodies.models import BatchEvent
from vungcao.cube.figures import FigureQuery, answer
from vungcao.cube.question import MONEY
from vungcao.cube.tracing import trace as follow
from vungcao.desk.api import shapes
from vungcao.desk.api.asker import RIGHTS, asks, denied
from vungcao.desk.api.registers import add_registers
from vungcao.desk.rights import OfficialRequest
from vungcao.kernel.refusal import Refusal
from vungcao.monitoring.queries import indicators
from vungcao.programme.models import ComponentVersion
from vungcao.reports.queries import reports_in_reach
from vungcao.territory import queries as territory

api = NinjaAPI(
    title="Vùng Cao", version="1", urls_namespace="api", docs_url=None,
    description="Chỉ đọc. Mỗi câu trả lời trong phạm vi và quyền của người hỏi, như trên trang.",
)  # fmt: skip
Day = Annotated[date | None, Query(description="ngày, dạng 2021-11-15; mặc định: hôm nay")]
After = Annotated[str, Query(max_length=120, description="tiếp sau mã này (mã cuối của trang trước)")]
Limit = Annotated[int, Query(ge=1, le=1000, description="nhiều nhất bao nhiêu dòng")]
Said = Annotated[str | None, Query(max_length=80)]
Several = Annotated[list[str], Query(max_length=12)]


@asks(api, "/figures", "figures.see", shapes.Figures, "Một câu hỏi về số liệu")
def figures(
    request: OfficialRequest, name: str, on: Day = None, known: Annotated[int | None, Query(ge=1, lt=2**31)] = None,
    year: Annotated[int | None, Query(ge=1945, le=2199)] = None, programme: Said = None, component: Said = None,
    place: Said = None, body: Said = None, source: Said = None, field: Said = None, group: Said = None,
    state: str = "received", basis: str = "year", denominator: Said = None, boundaries: str = "then",
    by: Several = [], compare: Several = [], rank: Said = None, pick: Said = None,  # noqa: B006  # read, never changed
) -> Any:  # fmt: skip
    """The words are those of ``vungcao figures``."""
    query = FigureQuery(
        name=name, on=on or timezone.localdate(), known=known, year=year, programme=programme, component=component,
        place=place, body=body, source=source, field=field, group=group, state=state, basis=basis,
        denominator=denominator, boundaries=_reading(boundaries), by=tuple(by), compare=tuple(compare), rank=rank,
        pick=pick,
    )  # fmt: skip
    return answer(query, request.reach).as_json()


def _reading(said: str) -> Any:
    return said if said in ("then", "today") else _day(said)


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise HttpError(422, f"Địa giới “{said}” không đọc được: then, today, hoặc một ngày dạng 2021-11-15.") from None


@asks(api, "/figures/names", "figures.see", list[shapes.Figure], "Các số liệu hỏi được")
def names(request: OfficialRequest) -> Any:
    """Money first, then indicators."""
    known = MONEY | {code: f"{one.name} ({one.unit})" for code, one in indicators().items()}
    return [{"name": name, "said": said} for name, said in known.items()]


@asks(api, "/trace", "figures.see", dict[str, Any], "Từ đâu: các dòng, văn bản, ô bảng tính sau một số liệu")
def trace(request: OfficialRequest, id: Annotated[str, Query(max_length=2000)]) -> Any:
    """The shape of ``vungcao trace --json``."""
    return follow(id, request.reach).as_json()


@asks(api, "/places", "figures.see", list[shapes.Place], "Địa bàn trong một ngày")
def places(request: OfficialRequest, on: Day = None, after: After = "", limit: Limit = 500) -> Any:
    """By key. Names of places are nobody's secret; figures of them are within reach only."""
    tree = territory.tree(on or timezone.localdate())
    nodes = sorted((key, node) for node, key in tree.keys.items() if key > after)[:limit]
    return [
        {
            "key": key, "code": tree.codes.get(node), "name": tree.names[node], "kind": str(tree.kinds[node]),
            "parent": tree.keys.get(tree.parents.get(node) or 0),
        }
        for key, node in nodes
    ]  # fmt: skip


@asks(api, "/bodies", "figures.see", list[shapes.Body], "Cơ quan, đơn vị trong phạm vi được xem")
def bodies_(request: OfficialRequest, on: Day = None, after: After = "", limit: Limit = 500) -> Any:
    """By key."""
    day = on or timezone.localdate()
    tree, seats, seen = bodies.tree(day), territory.tree(day), request.reach.all_bodies()
    nodes = sorted((key, node) for node, key in tree.keys.items() if node in seen and key > after)[:limit]
    return [
        {
            "key": key, "name": tree.names[node], "kind": tree.kinds[node],
            "parent": tree.keys.get(tree.parents.get(node) or 0), "place": seats.keys.get(tree.places[node] or 0),
        }
        for key, node in nodes
    ]  # fmt: skip


@asks(api, "/components", "figures.see", list[shapes.Component], "Cây chương trình, dự án, nội dung")
def components(request: OfficialRequest, on: Day = None, after: After = "", limit: Limit = 500) -> Any:
    """By code."""
    rows = ComponentVersion.objects.on(on or timezone.localdate()).filter(component__code__gt=after)
    return [
        {
            "code": row.component.code, "name": row.name, "level": row.level,
            "parent": row.parent.code if row.parent else None, "confidence": row.confidence,
        }
        for row in rows.select_related("component", "parent").order_by("component__code")[:limit]
    ]  # fmt: skip


@asks(api, "/batches", "figures.see", list[shapes.Batch], "Các lần gửi của đơn vị trong phạm vi được xem")
def batches(request: OfficialRequest, after: Annotated[int, Query(ge=0, lt=2**31)] = 0, limit: Limit = 500) -> Any:
    """By number, with the state each stands in."""
    rows = list(bodies.batches_in_reach(request.reach).filter(pk__gt=after)[:limit])
    states = dict(BatchEvent.objects.filter(batch__in=rows).order_by("pk").values_list("batch", "state"))
    return [
        {
            "id": row.pk, "body": row.body.key, "kind": row.kind, "period": row.period, "state": states[row.pk],
            "file": row.source.name, "sheet": row.sheet, "sha256": row.source.sha256,
        }
        for row in rows
    ]  # fmt: skip


@asks(api, "/reports", "reports.see", list[shapes.Report], "Báo cáo đã chốt")
def reports(request: OfficialRequest) -> Any:
    """The newest first."""
    return [
        {
            "id": row.pk, "kind": row.kind, "period": row.period, "programme": row.programme, "edition": row.edition,
            "title": row.title, "as_of": f"{row.as_of}", "known_no": row.known_no,
            "superseded": hasattr(row, "superseded_by"),
        }
        for row in reports_in_reach(request.reach).select_related("superseded_by")
    ]  # fmt: skip


add_registers(api)


# what is refused ----------------------------------------------------------------------------------------------
@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, no: Exception) -> Any:
    return denied(api, request, no)


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, no: Exception) -> Any:
    said = {"code": "key.absent", "detail": "Cần đăng nhập, hoặc khóa truy cập còn hiệu lực (Authorization: Bearer …)."}
    return api.create_response(request, said, status=401)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, no: Any) -> Any:
    return api.create_response(request, {"code": no.code, "detail": str(no)}, status=422)


@api.exception_handler(HttpError)
def _said(request: HttpRequest, no: Any) -> Any:
    return api.create_response(request, {"code": "question.refused", "detail": str(no)}, status=no.status_code)


@api.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, no: Any) -> Any:
    wrong = sorted({f"{error['loc'][-1]}" for error in no.errors})
    said = {"code": "question.unreadable", "detail": f"Tham số không đọc được hoặc thiếu: {', '.join(wrong)}."}
    return api.create_response(request, said, status=422)


def _marked(patterns: list[Any]) -> list[URLPattern]:
    """Each address says its right; who asks is found here, not by the site's sign-in middleware."""
    for one in patterns:
        one.callback.login_required = False
        one.callback.right = RIGHTS.get(one.name, "signed in")
    return patterns


urlpatterns = _marked(list(api.urls[0]))
app_name = "api"
