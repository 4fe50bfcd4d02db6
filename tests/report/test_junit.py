"""JUnit XML: what a build server counts, and text that XML cannot hold."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

from notecheck import check
from notecheck.report.junit import junit_bytes

_OURS = "OPERATION: Revision of left above-knee amputation.\nThe femur was cut with a saw.\n"


def test_a_stop_fails_and_an_unread_input_is_an_error() -> None:
    stopped = check(_OURS, code="27596")
    released = check("OPERATION: Left knee arthroscopy. The meniscus was trimmed.")
    suite = fromstring(junit_bytes([(stopped, "a.txt"), (released, "b.txt")], [("c", "is empty")]))
    assert suite.attrib == {"name": "notecheck", "tests": "3", "failures": "1", "errors": "1"}
    first, second, third = suite
    failure = first.find("failure")
    assert failure is not None
    assert failure.get("type") == "stop"
    assert "partial new-level: " in (failure.text or "")
    assert len(second) == 0
    error = third.find("error")
    assert error is not None
    assert error.get("message") == "is empty"


def test_characters_that_xml_forbids_are_written_out() -> None:
    suite = fromstring(junit_bytes([], [("a\x00\x1b\ufffe\ud800<&.txt", "no")]))
    assert suite[0].get("name") == "a\\x00\\x1b\ufffd\\ud800<&.txt"
