"""Files into chunks: nothing lost, nothing twice, and the same chunks on every run."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notecheck.audit import chunks
from notecheck.audit.chunks import Chunk, Files, plan
from notecheck.audit.reading import read_work
from notecheck.audit.sources import list_sources, survey
from notecheck.audit.table_options import TableOptions

LINE = st.sampled_from(
    [b"", b"  ", b'{"bad', b'{"encounter_id": "a", "documents": [{"doc_id": "d", "text": "t"}]}']
)
LINES = st.lists(LINE, max_size=12)


def read(planned: list[Chunk]) -> list[tuple[str, str]]:
    return [
        (item.source.rpartition(":")[2], type(item.outcome).__name__)
        for chunk in planned
        for group in read_work(chunk.work)
        for item in group.items
    ]


@settings(max_examples=60, deadline=None)
@given(
    lines=LINES, most=st.integers(1, 3), size=st.integers(1, 120), end=st.sampled_from([b"", b"\n"])
)
def test_every_line_is_in_one_chunk(
    lines: list[bytes], most: int, size: int, end: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("chunks")
    content = b"\n".join(lines) + end
    (folder / "a.jsonl").write_bytes(content)
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(content))
    sources = list(list_sources([str(folder)], folder / "out"))
    expected = [
        (str(number), "JsonError" if line.startswith(b'{"bad') else "Encounter")
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "_MOST_ENCOUNTERS", most)
        patch.setattr(chunks, "_MOST_BYTES", size)
        for source in sources:
            planned = list(plan([source], TableOptions(), folder))
            assert [chunk.number for chunk in planned] == list(range(len(planned)))
            if content.strip():
                assert read(planned) == expected
            assert planned == list(plan([source], TableOptions(), folder))


def test_files_are_walked_by_name_and_packed_together(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".git/x.txt", "out/y.txt", "b/.z"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Knee arthroscopy.")
    sources = list(list_sources([str(tmp_path)], tmp_path / "out"))
    assert [source.nested for source in sources] == ["a.txt", "b/1.txt", "b/2.txt"]
    (chunk,) = plan(sources, TableOptions(), tmp_path)
    assert isinstance(chunk.work, Files)
    before = survey(sources)
    assert (before.files, before.bytes) == (3, 3 * 17)
    (tmp_path / "a.txt").write_text("Knee arthroscopy, again.")
    assert survey(list_sources([str(tmp_path)], tmp_path / "out")) != before


def test_an_unreadable_file_is_an_item_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "gone.jsonl").symlink_to(tmp_path / "nowhere")
    (tmp_path / "text.jsonl").write_bytes(b"%PDF-1.4")
    sources = list(list_sources([str(tmp_path)], tmp_path / "out"))
    items = [
        i
        for c in plan(sources, TableOptions(), tmp_path)
        for g in read_work(c.work)
        for i in g.items
    ]
    assert [str(item.outcome).partition(": ")[2] or str(item.outcome) for item in items] == [
        "No such file or directory",
        "this is a PDF file, not JSON Lines: save it as UTF-8 text",
    ]
