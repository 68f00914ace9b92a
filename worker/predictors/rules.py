"""Rules: spaCy phrases and token patterns, and regular expressions on the raw text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import spacy
from annex.contract.enums import Component
from spacy.errors import MatchPatternError
from spacy.matcher import Matcher, PhraseMatcher

from worker.predictors.base import Annotation, NamedSpan
from worker.store.pattern_checks import BadPatterns, Pattern

if TYPE_CHECKING:
    from spacy.tokens import Doc

BATCH_TEXTS = 256


class Candidate(NamedTuple):
    """A match: how many tokens it touches, what it marks, and the line of its pattern, from 1."""

    tokens: int
    span: NamedSpan
    line: int


class RulesPredictor:
    """Marks what the patterns match; of overlapping matches the one with more tokens wins, then
    the earlier, as in spaCy's EntityRuler. A regular expression may start or end within a token.

    Args: patterns: already checked (worker.store.pattern_checks).   size_bytes: of their file.
    language: of the tokeniser, a spaCy language code.
    Raises: BadPatterns (customer), naming a pattern that this release of spaCy refuses.
    """

    component = Component.NER

    def __init__(
        self, patterns: Sequence[Pattern], *, size_bytes: int, language: str = "en"
    ) -> None:
        self.size_bytes = size_bytes
        self._nlp = spacy.blank(language)
        self._tokens = Matcher(self._nlp.vocab, validate=True)
        self._phrases = PhraseMatcher(self._nlp.vocab)
        self._regexes: list[tuple[int, re.Pattern[str]]] = []
        self._labels = {line: rule["label"] for line, rule in enumerate(patterns, start=1)}
        for line, pattern in enumerate(patterns, start=1):
            self._add(line, pattern)

    def predict(self, texts: Iterable[str]) -> Iterator[Annotation]:
        """Yield each text's matches."""
        for hits in self.hits(texts):
            yield Annotation([hit.span for hit in hits])

    def hits(self, texts: Iterable[str]) -> Iterator[list[Candidate]]:
        """Yield what `predict` marks in each text, with the line of the pattern that found it."""
        for doc in self._nlp.pipe(texts, batch_size=BATCH_TEXTS):
            yield choose([*self._token_matches(doc), *self._regex_matches(doc)])

    def _add(self, line: int, rule: Pattern) -> None:
        pattern = rule.get("pattern")
        if pattern is None:
            self._regexes.append((line, re.compile(rule["regex"])))
        elif isinstance(pattern, str):
            self._phrases.add(str(line), [self._nlp.make_doc(pattern)])
        else:
            self._add_tokens(line, pattern)

    def _add_tokens(self, line: int, pattern: list[dict[str, Any]]) -> None:
        try:
            self._tokens.add(str(line), [pattern])
        except (MatchPatternError, ValueError) as error:
            message = f"Line {line}: spaCy refuses the token pattern. {error}"
            raise BadPatterns(message, line=line, field="pattern") from error

    def _token_matches(self, doc: Doc) -> Iterator[Candidate]:
        for matcher in (self._tokens, self._phrases):
            for match_id, first, last in matcher(doc) if len(matcher) else ():
                if first < last:
                    found = doc[first:last]
                    line = int(doc.vocab.strings[match_id])
                    span = NamedSpan(found.start_char, found.end_char, self._labels[line])
                    yield Candidate(last - first, span, line)

    def _regex_matches(self, doc: Doc) -> Iterator[Candidate]:
        for line, regex in self._regexes:
            for match in regex.finditer(doc.text):
                start, end = match.span()
                if start < end:
                    touched = doc.char_span(start, end, alignment_mode="expand")
                    span = NamedSpan(start, end, self._labels[line])
                    yield Candidate(len(touched or ()), span, line)


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return matches that do not overlap, longest first, then earliest; sorted by start."""
    chosen: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(candidates, key=lambda c: (-c.tokens, c.span, c.line)):
        covered = range(candidate.span.start, candidate.span.end)
        if taken.isdisjoint(covered):
            chosen.append(candidate)
            taken.update(covered)
    return sorted(chosen, key=lambda candidate: candidate.span)
