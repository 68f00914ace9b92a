"""`make reference`: write the pages anew."""

from docs.generator.pages import REFERENCE, pages

REFERENCE.mkdir(exist_ok=True)
for name, text in pages().items():
    (REFERENCE / name).write_text(text, encoding="utf-8")
