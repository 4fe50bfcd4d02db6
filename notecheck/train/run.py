"""`notecheck train`: files of labelled encounters in, a file with a model and its figures out."""

from __future__ import annotations

from pathlib import Path

from notecheck.errors import InputError
from notecheck.evaluate.render import render_evaluation
from notecheck.terminal.messages import say
from notecheck.terminal.writing import write
from notecheck.train.corpus import read_corpus
from notecheck.train.curve import learning_curve
from notecheck.train.left_out import left_out_evaluation
from notecheck.train.sure import confidence_table, table_text
from notecheck.train.train import train

_WHO = ("rules", "reader", "both")


def train_into(
    out: str,
    corpus: list[str],
    corrections: str | None,
    confidence: str | None,
    *,
    left_out: bool = False,
) -> None:
    """Train and write the model to `out`, and its table of confidence to `confidence`.

    `left_out` prints the figures of whole reports too. Raises InputError for what cannot be read
    or written, and where scikit-learn is missing.
    """
    ours = read_corpus(corpus)
    site = read_corpus([corrections]) if corrections else []
    trained = train(ours, site, say)
    _write(out, trained.model.written())
    if confidence:
        _write(confidence, table_text(confidence_table(ours, trained)).encode())
    write("\n".join(_lines(trained.model.about)) + "\n")
    if left_out:
        found = left_out_evaluation(ours, trained.left_out)
        write("\nWhole reports, each by a reader that had not seen its author:\n\n")
        write(render_evaluation(found, with_errors=False, comparison=None) + "\n")


def print_curve(corpus: list[str]) -> None:
    """Print how errors fall with the number of authors. Raises InputError as `train_into` does."""
    for line in learning_curve(read_corpus(corpus), say):
        write(f"{line}\n")


def _write(path: str, content: bytes) -> None:
    try:
        Path(path).write_bytes(content)
    except OSError as error:
        raise InputError(f"the file cannot be written: {error.strerror}", where=path) from None


def _lines(about: dict[str, object]) -> list[str]:
    lines = ["On authors left out, with the rules' honest reports:", ""]
    for name in ("figures", "site_figures"):
        found = about.get(name)
        if not isinstance(found, dict) or not found:
            continue
        if name == "site_figures":
            lines += ["", "On the site's own encounters, by a reader that had not seen them:", ""]
        lines.append(f"{'':16}{'':8}{'right':>7}{'wrong':>7}{'lost':>7}{'F1':>8}")
        for fact, by in found.items():
            for who in _WHO:
                row = by[who]
                lines.append(
                    f"{fact:16}{who:8}{row['right']:>7}{row['wrong']:>7}{row['lost']:>7}"
                    f"{row['f1']:>8.3f}"
                )
    return lines
