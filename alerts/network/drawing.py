"""Draws the links around one alert in columns: this worker, what is shared, who shares it, their workers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alerts.models import IdentifierKind
from alerts.network.links import Holder, Network

COLUMNS = (30, 230, 470, 730)  # the left edge of each column's circles
ROW = 34
TOP = 30
WIDTH = 900
LARGEST = 60  # nodes; beyond it workers are drawn as one node per employer

COLOURS = {
    IdentifierKind.ADDRESS: "k3",
    IdentifierKind.PHONE: "k4",
    IdentifierKind.EMAIL: "k7",
    IdentifierKind.ACCOUNT: "k5",
    IdentifierKind.RECRUITER: "k6",
}


@dataclass(frozen=True, slots=True)
class Node:
    """A circle with its words; `kind` is a class of the style sheet."""

    x: int
    y: int
    kind: str
    label: str

    @property
    def text_x(self) -> int:
        """The x coordinate of the label."""
        return self.x + 18

    @property
    def text_y(self) -> int:
        """The y coordinate of the label's baseline."""
        return self.y + 4


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two nodes."""

    a: Node
    b: Node


@dataclass(slots=True)
class Drawing:
    """Nodes, edges and the size of the drawing."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    width: int = WIDTH
    height: int = 0


def draw(network: Network, worker: str, labels: dict[IdentifierKind, str]) -> Drawing | None:
    """The drawing, None when nothing is shared. The same network gives the same drawing every time."""
    if not network.links:
        return None
    holders = _everybody(network)
    columns: list[list[tuple[str, str]]] = [
        [("k1", worker)],
        [(COLOURS[link.kind], labels.get(link.kind, str(link.kind.label))) for link in network.links],
        [("k2", _name(holder)) for holder in holders],
        [
            ("k8", text)
            for holder in holders
            for text in _workers(holder, grouped=_too_many(network, holders))
        ],
    ]
    tallest = max(len(column) for column in columns)
    placed = [_place(column, x, tallest) for column, x in zip(columns, COLUMNS, strict=True)]
    drawing = Drawing([node for column in placed for node in column], height=2 * TOP + (tallest - 1) * ROW)
    place = {holder.employer: node for holder, node in zip(holders, placed[2], strict=True)}
    for link, node in zip(network.links, placed[1], strict=True):
        drawing.edges.append(Edge(placed[0][0], node))
        drawing.edges += [Edge(node, place[holder.employer]) for holder in link.holders]
    remaining = iter(placed[3])
    for holder in holders:
        for _text in _workers(holder, grouped=_too_many(network, holders)):
            drawing.edges.append(Edge(place[holder.employer], next(remaining)))
    return drawing


def _everybody(network: Network) -> list[Holder]:
    """Every employer once, with the link on which it has most workers."""
    most: dict[UUID, Holder] = {}
    for link in network.links:
        for holder in link.holders:
            if holder.employer not in most or most[holder.employer].workers < holder.workers:
                most[holder.employer] = holder
    return sorted(most.values(), key=lambda holder: (-holder.workers, holder.name, holder.employer))


def _too_many(network: Network, holders: list[Holder]) -> bool:
    return 1 + len(network.links) + len(holders) + sum(holder.workers for holder in holders) > LARGEST


def _name(holder: Holder) -> str:
    if holder.own:
        return _("the same employer")
    if holder.unreadable:
        return _("cannot be read")
    return holder.name or _("another employer")


def _workers(holder: Holder, *, grouped: bool) -> list[str]:
    if grouped:
        text = ngettext("%(count)d worker", "%(count)d workers", holder.workers)
        return [text % {"count": holder.workers}]
    return [_("worker %(number)d") % {"number": number} for number in range(1, holder.workers + 1)]


def _place(column: Iterable[tuple[str, str]], x: int, tallest: int) -> list[Node]:
    """Nodes one below the other, the whole column in the middle."""
    entries = list(column)
    top = TOP + (tallest - len(entries)) * ROW // 2
    return [Node(x, top + number * ROW, kind, label) for number, (kind, label) in enumerate(entries)]
