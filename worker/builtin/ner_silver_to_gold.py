"""`ner.silver-to-gold`: of several answers to each text, people make the one that is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from annex.recipes import Answered, Dataset, Example, Labels, Resume, Span, Task, task_recipe

from worker.builtin.sources import Seed, accepted, apart, walk


@task_recipe("ner.silver-to-gold", version=1, view="spans")
def silver_to_gold(
    *,
    source: Dataset,
    only_disputed: bool = False,
    seed: Seed | None = None,
    labels: Labels,
) -> Task:
    """Make one right answer of several.

    Each text comes with the marks that most of its accepted answers have; people put right what
    is wrong. What nobody accepted comes without marks.

    Args:
        source: A dataset with answers, by people or by models.
        only_disputed: Leaves out what all accepted answers say alike.
        seed: Decides the order of the examples; without one it is the dataset's.
    """

    def stream(resume: Resume) -> Iterator[Example]:
        for place, each in walk(source, seed, resume):
            if each.answers and not (only_disputed and is_agreed(each)):
                marks = [span for span in majority(each) if labels.name_of(span.label)]
                yield Example(each.text, each.meta, state=place, spans=marks)

    return Task(stream=stream)


def is_agreed(answered: Answered) -> bool:
    """Say whether there are accepted answers and all mark the same."""
    return len({frozenset(answer.spans) for answer in accepted(answered)}) == 1


def majority(answered: Answered) -> list[Span]:
    """Return the marks of at least half of the accepted answers, the more frequent first taken.

    Of marks that overlap one stays: that of more answers, then the earlier, then the longer.
    """
    answers = accepted(answered)
    votes = Counter(span for answer in answers for span in set(answer.spans))
    likely = [span for span, count in votes.items() if 2 * count >= len(answers)]
    return apart(sorted(likely, key=lambda span: (-votes[span], span.start, -span.end)))
