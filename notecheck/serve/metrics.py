"""What Prometheus can read of the service: counts and times, nothing of any encounter."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


class Metrics:
    """All series of one service."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "notecheck_requests", "HTTP requests answered.", ["route", "status"],
            registry=self.registry,
        )  # fmt: skip
        self.decisions = Counter(
            "notecheck_decisions", "Encounters decided.", ["way", "decision"],
            registry=self.registry,
        )  # fmt: skip
        self.seconds = Histogram(
            "notecheck_check_seconds", "What a worker takes for one check.",
            buckets=_BUCKETS, registry=self.registry,
        )  # fmt: skip
        self.outstanding = Gauge(
            "notecheck_outstanding", "Checks that were taken and are not answered yet.",
            registry=self.registry,
        )  # fmt: skip
        self.workers = Gauge(
            "notecheck_workers_ready", "Workers that are ready.", registry=self.registry
        )
        self.replaced = Counter(
            "notecheck_workers_replaced", "Workers replaced.", ["reason"], registry=self.registry
        )
        self.interrupted = Counter(
            "notecheck_interrupted", "Checks stopped at the end of their time, by lane.", ["lane"],
            registry=self.registry,
        )  # fmt: skip
        self.refused = Counter(
            "notecheck_refused", "Requests refused before a check.", ["reason"],
            registry=self.registry,
        )  # fmt: skip
        self.down = Gauge(
            "notecheck_down", "Whether a part of the service is down.", ["part"],
            registry=self.registry,
        )  # fmt: skip
        self.faults = Counter(
            "notecheck_background_faults", "Faults of what works in the background.", ["part"],
            registry=self.registry,
        )  # fmt: skip
        self.messages = Counter(
            "notecheck_hl7_messages", "HL7 messages received.", ["type", "ack"],
            registry=self.registry,
        )  # fmt: skip
        self.sent = Counter(
            "notecheck_findings_sent", "Findings sent out.", ["outcome"], registry=self.registry
        )
