"""Reads one TOML file of data into its pydantic model."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from notecheck.errors import RulesError
from notecheck.wrong_values import sentence

Model = TypeVar("Model", bound=BaseModel)


def load_toml(path: Path, model: type[Model]) -> Model:
    """The file as `model`.

    Raises RulesError, naming the file, when it is absent, no TOML, or of another shape.
    """
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise RulesError(f"cannot be read: {error.strerror}", where=path.name) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError(f"is not TOML: {error}", where=path.name) from None
    except re.error as error:
        raise RulesError(f"holds no regular expression: {error}", where=path.name) from None
    except ValidationError as error:
        raise RulesError(sentence(error), where=path.name) from None
