import pytest

from notecheck.read.documents import recognition


@pytest.fixture(autouse=True)
def _without_recognition(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests mean the same where text recognition is installed; its own ask for it by the marker."""
    if "recognition" not in request.keywords:
        monkeypatch.setattr(recognition, "_PROGRAM", "no-such-program")
