"""The figures of an audit's page, section by section, each a table with its drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from notecheck.audit.charts import bar, columns, legend
from notecheck.audit.statistics import DIMENSIONS, UNTOLD, Share, Statistics
from notecheck.models import Decision
from notecheck.report.html_encounter import decision_html
from notecheck.report.html_parts import line_html
from notecheck.report.wording import readable

DECISIONS: tuple[Decision, ...] = ("hold", "review", "pass", "not_concerned")
_NOT_MET = ("conflict", "missing", "partial")
_MOST_ROWS = 25
_MOST_MONTHS = 36


def plural(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def dollars(amount: float) -> str:
    return f"${amount:,.2f}"


def section(anchor: str, title: str, *parts: str) -> str:
    inner = "".join(parts)
    return f'<section aria-labelledby="{anchor}"><h2 id="{anchor}">{title}</h2>{inner}</section>'


def table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table that stacks on a narrow screen; cells are HTML, the first of each row its heading.

    Headings that begin with # stand over numbers, one that is empty over bars.
    """
    head = "".join(_heading(name) for name in headings)
    body = "".join(
        '<tr role="row">'
        f'<th scope="row" role="rowheader">{cells[0]}</th>'
        f"{''.join(_cell(n, c) for n, c in zip(headings[1:], cells[1:], strict=True))}</tr>\n"
        for cells in rows
    )
    return (
        f'<table class="stacking" role="table"><caption>{caption}</caption><thead role="rowgroup">'
        f'<tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>\n'
    )


def tiles(found: Statistics) -> str:
    """The figures to take away."""
    whole = found.whole.decisions
    told = [
        ("Concern the code", f"{found.concerned:,}", f"{found.billed:,} bill it"),
        *(
            (
                readable(word).capitalize(),
                f"{whole[word]:,}",
                _percent(whole[word], found.concerned),
            )
            for word in DECISIONS
        ),
        ("At stake in holds", f"${found.whole.at_stake:,.0f}", "an estimate, see below"),
        ("Could not be read", f"{found.failed.total():,}", "listed in errors.parquet"),
    ]
    items = "".join(
        f"<div><dt>{name}</dt><dd>{value}<small>{under}</small></dd></div>"
        for name, value, under in told
    )
    return f'<dl class="tiles">{items}</dl>'


def decisions(found: Statistics) -> str:
    if not found.concerned:
        return section("decisions", "Decisions and scores", _nothing())
    whole = found.whole.decisions
    rows = [
        (
            decision_html(word),
            f"{whole[word]:,}",
            _percent(whole[word], found.concerned),
            bar({word: whole[word]}, found.concerned),
        )
        for word in DECISIONS
    ]
    groups = [(_score_words(step), found.scores[step]) for step in range(11)]
    said = "; ".join(f"score {name}: {sum(counts.values())}" for name, counts in groups if counts)
    return section(
        "decisions",
        "Decisions and scores",
        table("Decisions", ["Decision", "#Encounters", "#Share", ""], rows),
        "<figure><h3>Scores</h3>"
        f'<p class="note-under">Mean {found.whole.mean_score:.1f} of 100.</p>',
        columns(groups, f"Encounters by score. {said}."),
        legend(DECISIONS),
        "</figure>",
    )


def requirements(found: Statistics) -> str:
    """The requirements by how many encounters fail them, the worst first."""
    if not found.statuses:
        return ""
    ranked = sorted(found.statuses.items(), key=lambda item: -_not_met(item[1]))
    rows = [
        (
            line_html(name),
            f"{_not_met(counts):,}",
            *(f"{counts[status]:,}" for status in (*_NOT_MET, "met")),
            bar({s: counts[s] for s in (*_NOT_MET, "met")}, _assessed(counts)),
        )
        for name, counts in ranked
    ]
    return section(
        "requirements",
        "What is lacking",
        table(
            "Requirements, the most often unmet first; the bars are of those that were assessed",
            ["Requirement", "#Not met", "#Conflict", "#Missing", "#Partial", "#Met", ""],
            rows,
        ),
        legend((*_NOT_MET, "met")),
    )


def money(found: Statistics) -> str:
    """What the claims that bill the code would pay, by decision and rate."""
    if not found.billed:
        return ""
    most = max((c.total() * amount for (_, amount), c in found.payments.items()), default=0.0)
    rows = [
        (
            line_html(name),
            dollars(amount),
            *(dollars(counts[word] * amount) for word in DECISIONS),
            bar({word: counts[word] * amount for word in DECISIONS}, most),
        )
        for (name, amount), counts in sorted(found.payments.items())
    ]
    without = found.unpriced.total()
    return section(
        "money",
        "Money at stake: an estimate",
        table(
            f"Claims that bill {found.code}, at the rate that fits the claim",
            ["Rate", "#Each", *(f"#{readable(w).capitalize()}" for w in DECISIONS), ""],
            rows,
        ),
        '<p class="note-under">National Medicare rates of the day of service, or the fee schedule '
        "that was loaded, with modifiers and units, without the patient's share or a payer's "
        "contract; what is at stake is the whole of a held claim. "
        f"{plural(without, 'claim fits', 'claims fit')} no rate of its day (an inpatient stay is "
        "paid by its DRG): the amount is unknown, and adds nothing here. Billed less supported, "
        f"where both are held: {dollars(found.overpaid)} too much, {dollars(found.underpaid)} too "
        "little.</p>",
    )


def trend(found: Statistics) -> str:
    if not found.months:
        return ""
    months = _months(min(found.months), max(found.months))[-_MOST_MONTHS:]
    groups = [
        (month, found.months[month].decisions if month in found.months else {}) for month in months
    ]
    return section(
        "trend",
        "By month of service",
        "<figure>",
        columns(groups, f"Encounters by month, {months[0]} to {months[-1]}; the table has them."),
        legend(DECISIONS),
        "</figure><details><summary>All months as a table</summary>",
        _shares("Month", sorted(found.months.items())),
        "</details>",
    )


def dimensions(found: Statistics) -> list[str]:
    return [
        section(f"by-{name}", f"By {name}", _ranked_shares(name, found.by[name]))
        for name in DIMENSIONS
        if set(found.by[name]) - {UNTOLD}
    ]


def supported_codes(found: Statistics) -> str:
    read = found.read.total()
    if not read:
        return ""
    codes = [(code, count) for code, count in found.supported.most_common() if code != "none"]
    most = max((count for _, count in codes), default=0)
    rows = [(line_html(code), f"{count:,}", bar({"money": count}, most)) for code, count in codes]
    return section(
        "codes",
        "What all notes support",
        table("All encounters that were read", ["Code", "#Encounters", ""], rows) if rows else "",
        f'<p class="note-under">{plural(found.supported["none"], "note supports", "notes support")}'
        " no amputation or stump operation.</p>",
    )


def _ranked_shares(name: str, shares: Mapping[str, Share]) -> str:
    ranked = sorted(
        shares.items(), key=lambda i: (-i[1].at_stake, -i[1].decisions["hold"], -i[1].total, i[0])
    )
    left = ranked[_MOST_ROWS:]
    more = (
        f'<p class="note-under">And {plural(len(left), "other")} with '
        f"{plural(sum(share.total for _, share in left), 'encounter')}: see reports.parquet.</p>"
        if left
        else ""
    )
    return _shares(name.capitalize(), ranked[:_MOST_ROWS]) + more


def _shares(heading: str, shares: Iterable[tuple[str, Share]]) -> str:
    listed = list(shares)
    most = max(share.total for _, share in listed)
    rows = [
        (
            line_html(name),
            f"{share.total:,}",
            f"{share.decisions['hold']:,}",
            _percent(share.decisions["hold"], share.total),
            f"{share.mean_score:.1f}",
            dollars(share.at_stake),
            bar(share.decisions, most),
        )
        for name, share in listed
    ]
    headings = [heading, "#Encounters", "#Hold", "#Hold share", "#Mean score", "#At stake", ""]
    return table(f"Encounters that concern the code, by {heading.lower()}", headings, rows)


def _heading(name: str) -> str:
    if not name:
        return '<th scope="col" role="columnheader"><span class="unseen">Bar</span></th>'
    kind = ' class="number"' if name.startswith("#") else ""
    return f'<th scope="col" role="columnheader"{kind}>{name.removeprefix("#")}</th>'


def _cell(heading: str, cell: str) -> str:
    if not heading:
        return f'<td class="bars" role="cell">{cell}</td>'
    kind = ' class="number"' if heading.startswith("#") else ""
    return f'<td{kind} role="cell" data-label="{heading.removeprefix("#")}">{cell}</td>'


def _months(first: str, last: str) -> list[str]:
    """All months from `first` to `last`, those without encounters too."""
    low, high = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(low, high + 1)]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _not_met(counts: Counter[str]) -> int:
    return sum(counts[status] for status in _NOT_MET)


def _assessed(counts: Counter[str]) -> int:
    return _not_met(counts) + counts["met"]


def _score_words(step: int) -> str:
    return "100" if step == 10 else f"{step * 10}-{step * 10 + 9}"


def _nothing() -> str:
    return '<p class="absent">No encounter concerns the code.</p>'
