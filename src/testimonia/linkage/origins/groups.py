"""Sets that grow together: union-find over names, with a reason for every union."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

__all__ = ["Groups"]

Node = TypeVar("Node", bound=Hashable)


class Groups(Generic[Node]):
    """Disjoint sets of nodes. The node that was there first stands for its set."""

    def __init__(self) -> None:
        self._parent: dict[Node, Node] = {}
        self._order: dict[Node, int] = {}
        self.reasons: dict[Node, list[str]] = {}

    def add(self, node: Node) -> Node:
        """Know a node; return what stands for its set."""
        if node not in self._parent:
            self._parent[node] = node
            self._order[node] = len(self._order)
        return self.find(node)

    def find(self, node: Node) -> Node:
        """What stands for the set of a node; the node itself where it is not known."""
        root = node
        while self._parent.get(root, root) != root:
            root = self._parent[root]
        while self._parent.get(node, node) != root:
            self._parent[node], node = root, self._parent[node]
        return root

    def join(self, a: Node, b: Node, reason: str) -> None:
        """Make one set of two, and remember why."""
        first, second = self.add(a), self.add(b)
        if first == second:
            return
        if self._order[second] < self._order[first]:
            first, second = second, first
        self._parent[second] = first
        self.reasons.setdefault(first, []).extend([*self.reasons.pop(second, []), reason])

    def sets(self) -> Iterable[tuple[Node, list[Node]]]:
        """Each set: what stands for it, and its members in the order they came."""
        found: dict[Node, list[Node]] = {}
        for node in self._parent:
            found.setdefault(self.find(node), []).append(node)
        return found.items()
