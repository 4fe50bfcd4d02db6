"""The resources that came together, found by kind and by reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from notecheck.errors import InputError
from notecheck.read.fhir.node import Node


class Resources:
    """A Bundle's resources, or one resource alone, with those contained in them.

    Raises InputError when `resource` is no FHIR resource.
    """

    def __init__(self, resource: Mapping[str, Any]) -> None:
        self.root = Node(resource, "")
        self._all: list[Node] = []
        self._by_reference: dict[str, Node] = {}
        if _kind(self.root) == "Bundle":
            for entry in self.root.children("entry"):
                found = entry.child("resource")
                if found:
                    self._add(found, entry.text("fullUrl"))
        else:
            self._add(self.root, None)

    def of(self, kind: str) -> Iterator[Node]:
        """The resources of type `kind`, in the order given; contained ones are not among them."""
        return (node for node in self._all if _kind(node) == kind)

    def target(self, reference: str | None, owner: Node) -> Node | None:
        """The resource that `reference`, an element of `owner`, names, or None."""
        if not reference:
            return None
        if reference.startswith("#"):
            contained = {node.text("id"): node for node in owner.children("contained")}
            return contained.get(reference[1:])
        return self._by_reference.get(reference.split("/_history/")[0])

    def _add(self, node: Node, url: str | None) -> None:
        kind, own_id = _kind(node), node.text("id")
        self._all.append(node)
        if url:
            self._by_reference[url] = node
            self._by_reference["/".join(url.split("/")[-2:])] = node
        if own_id:
            self._by_reference[f"{kind}/{own_id}"] = node


def _kind(node: Node) -> str:
    kind = node.text("resourceType")
    if not kind:
        raise InputError(f"{f'`{node.path}` ' if node.path else 'this '}has no `resourceType`")
    return kind
