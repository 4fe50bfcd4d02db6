"""The resources that came together, found by kind and by reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from notecheck.errors import FhirError
from notecheck.models import ReadingRemark
from notecheck.read.fhir.node import Node
from notecheck.read.remarks import remark

_DEEPEST = 5


class Resources:
    """A Bundle's resources, or one resource alone, with those contained in them.

    A Bundle or Parameters within is opened too. A reference with a server is that server's, where
    the entry tells one (`fullUrl`).

    Raises InputError when `resource` is no FHIR resource.
    """

    def __init__(self, resource: Mapping[str, Any]) -> None:
        self.root = Node(resource, "")
        self._all: list[Node] = []
        self._by_url: dict[str, Node] = {}
        self._by_name: dict[str, list[tuple[Node, str]]] = {}
        self.remarks: list[ReadingRemark] = []
        self._spread(self.root, None, 0)

    def __iter__(self) -> Iterator[Node]:
        return iter(self._all)

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
        told = reference.split("/_history/")[0].rstrip("/")
        found = self._by_url.get(told)
        if found is not None:
            return found
        base, name = _split(told)
        for node, own in self._by_name.get(name, ()):
            if not own or not base or own == base:
                return node
        return None

    def _spread(self, node: Node, url: str | None, depth: int) -> None:
        """A Bundle's and an operation's Parameters stand for what is in them."""
        kind = _kind(node)
        if depth < _DEEPEST and kind == "Bundle":
            for entry in self._entries(node):
                found = entry.child("resource")
                if found:
                    self._spread(found, entry.text("fullUrl"), depth + 1)
        elif depth < _DEEPEST and kind == "Parameters":
            for parameter in _parameters(node):
                found = parameter.child("resource")
                if found:
                    self._spread(found, None, depth + 1)
        else:
            self._add(node, url)

    def _entries(self, bundle: Node) -> Iterator[Node]:
        """The entries that hold; of a history the newest of each resource, which comes first."""
        is_history = bundle.text("type") == "history"
        seen: set[str] = set()
        for entry in bundle.children("entry"):
            url = _entry_url(entry)
            if not (is_history and url in seen):
                yield entry
            seen |= {url} if url else set()
            response = entry.child("response")
            status = (response.text("status") or "") if response else ""
            if status[:1] in ("4", "5"):
                self.remarks.append(
                    remark("answer of the server", "missing", f"it is an error ({status[:3]})")
                )
        if any(link.text("relation") == "next" for link in bundle.children("link")):
            self.remarks.append(
                remark("Bundle", "missing", "it is one page of several: the next one is not here")
            )

    def _add(self, node: Node, url: str | None) -> None:
        kind, own_id = _kind(node), node.text("id")
        known = self._by_url.get(url) if url else None
        if known is not None and known.value == node.value:
            return  # the same resource once more
        self._all.append(node)
        base, name = _split(url) if url else ("", "")
        if url:
            self._by_url[url] = node
            self._by_name.setdefault(name, []).append((node, base))
        if own_id and f"{kind}/{own_id}" != name:
            own = base if base.startswith("http") else ""
            self._by_name.setdefault(f"{kind}/{own_id}", []).append((node, own))


def _entry_url(entry: Node) -> str | None:
    request = entry.child("request")
    return entry.text("fullUrl") or (request.text("url") if request else None)


def _parameters(node: Node) -> Iterator[Node]:
    for parameter in node.children("parameter"):
        yield parameter
        yield from parameter.children("part")


def _split(url: str) -> tuple[str, str]:
    """A URL's server, "" for a relative one, and type and id on it."""
    parts = url.split("/")
    if url.startswith("urn:") or len(parts) < 2:
        return "", url
    base = "/".join(parts[:-2])
    return (base if "://" in base else ""), "/".join(parts[-2:])


def _kind(node: Node) -> str:
    kind = node.text("resourceType")
    if not kind:
        raise FhirError(f"{f'`{node.path}` ' if node.path else 'this '}has no `resourceType`")
    return kind
