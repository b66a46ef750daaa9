"""Docstrings that a reader of another mother tongue must read twice."""

import ast
import re
from collections.abc import Iterator

# Words that point at something without naming it, and verbs that fit everything.
_POINTING = {"what", "that", "it", "its", "one", "ones", "those", "them", "there", "here"}
_FITTING_ALL = {"is", "are", "was", "be", "say", "says", "said", "stand", "stands", "stood"}
VAGUE = _POINTING | _FITTING_ALL | {"give", "gives", "given"}
SHORT = 8  # words; a shorter sentence is understood at once
MOST = 0.36  # of all words of a sentence


def faults(source: str) -> Iterator[str]:
    """Yield "LINE: fault" for the first sentence of each docstring."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first = first_sentence(ast.get_docstring(node) or "")
        line = 1 if isinstance(node, ast.Module) else node.lineno
        if is_vague(first):
            words = ", ".join(sorted({word for word in _words(first) if word in VAGUE}))
            yield f"{line}: these words name nothing, write nouns ({words}): {first}"
        if first.startswith("Give ") and _returns_something(node):
            yield f"{line}: begin with Return or Yield: {first}"


def first_sentence(text: str) -> str:
    """Return the first sentence of a docstring on one line."""
    return " ".join(re.split(r"(?<=[.!?])\s|\n\n", text, maxsplit=1)[0].split())


def is_vague(sentence: str) -> bool:
    """Tell whether more than a third of a sentence's words name nothing."""
    words = _words(sentence)
    return len(words) >= SHORT and sum(word in VAGUE for word in words) >= MOST * len(words)


def _words(sentence: str) -> list[str]:
    return re.findall(r"[a-z]+", sentence.lower())


def _returns_something(node: ast.AST) -> bool:
    returns = getattr(node, "returns", None)
    return returns is not None and ast.unparse(returns) != "None"
