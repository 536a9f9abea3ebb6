"""Every word of the pages that belongs to no layer, in Thai and English: one module per topic.

`WORDS` has them by `topic.name`, which is how templates and scripts ask for them.
"""

import importlib
import pkgutil
from functools import cache

from layers.model import Text


@cache
def words() -> dict[str, dict[str, Text]]:
    """All words by topic, then by name."""
    return {
        topic.name: dict(importlib.import_module(f"{__name__}.{topic.name}").WORDS)
        for topic in pkgutil.iter_modules(__path__)
    }


def in_language(topic: str, language: str) -> dict[str, str]:
    """A topic's words in one language."""
    return {name: text[language] for name, text in words()[topic].items()}
