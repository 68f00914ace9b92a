"""Rules: spaCy phrases and token patterns, and regular expressions on the raw text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import spacy
from spacy.errors import MatchPatternError
from spacy.matcher import Matcher, PhraseMatcher

from worker.predictors.base import NamedSpan
from worker.predictors.errors import BadPatterns
from worker.predictors.patterns import Pattern

if TYPE_CHECKING:
    from spacy.tokens import Doc

BATCH_TEXTS = 256

Candidate = tuple[int, NamedSpan]
"""How many tokens a match touches, and the match."""


class RulesPredictor:
    """Marks what the patterns match; of overlapping matches the one with more tokens wins, then
    the earlier, as in spaCy's EntityRuler. A regular expression may start or end within a token.

    Args: language: of the tokeniser, a spaCy language code.   size_bytes: of the patterns file.
    Raises: BadPatterns (customer) with the line of a pattern that spaCy refuses.
    """

    def __init__(
        self, patterns: Sequence[Pattern], *, size_bytes: int, language: str = "en"
    ) -> None:
        self.size_bytes = size_bytes
        self._nlp = spacy.blank(language)
        self._tokens = Matcher(self._nlp.vocab, validate=True)
        self._phrases = PhraseMatcher(self._nlp.vocab)
        self._regexes = [(p.label, p.regex) for p in patterns if p.regex is not None]
        for pattern in patterns:
            self._add(pattern)

    def predict(self, texts: Iterable[str]) -> Iterator[list[NamedSpan]]:
        """Yield each text's matches."""
        for doc in self._nlp.pipe(texts, batch_size=BATCH_TEXTS):
            yield choose([*self._token_matches(doc), *self._regex_matches(doc)])

    def _add(self, pattern: Pattern) -> None:
        if pattern.phrase:
            self._phrases.add(pattern.label, [self._nlp.make_doc(pattern.phrase)])
        elif pattern.tokens:
            try:
                self._tokens.add(pattern.label, [list(pattern.tokens)])
            except (MatchPatternError, ValueError) as error:
                message = f"Line {pattern.line}: spaCy refuses the token pattern. {error}"
                raise BadPatterns(message, line=pattern.line, field="pattern") from error

    def _token_matches(self, doc: Doc) -> Iterator[Candidate]:
        for matcher in (self._tokens, self._phrases):
            for match_id, first, last in matcher(doc) if len(matcher) else ():
                if first < last:
                    found = doc[first:last]
                    label = doc.vocab.strings[match_id]
                    yield last - first, NamedSpan(found.start_char, found.end_char, label)

    def _regex_matches(self, doc: Doc) -> Iterator[Candidate]:
        for label, regex in self._regexes:
            for match in regex.finditer(doc.text):
                start, end = match.span()
                if start < end:
                    touched = doc.char_span(start, end, alignment_mode="expand")
                    yield len(touched or ()), NamedSpan(start, end, label)


def choose(candidates: Iterable[Candidate]) -> list[NamedSpan]:
    """Return matches that do not overlap, longest first, then earliest; sorted by start."""
    chosen: list[NamedSpan] = []
    taken: set[int] = set()
    for _, span in sorted(candidates, key=lambda c: (-c[0], c[1])):
        covered = range(span.start, span.end)
        if taken.isdisjoint(covered):
            chosen.append(span)
            taken.update(covered)
    return sorted(chosen)
