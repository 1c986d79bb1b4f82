"""Random codebooks in random layouts, as people write them, for the tests of editing.

Every line belongs to the code in which it stands, so that a test can say which lines an edit may touch.
"""

from dataclasses import dataclass

from hypothesis import strategies as st

from rubricate.codebooks.yaml_scalar import scalar

WORDS = (
    "war",
    "trade",
    "talks",
    "UN",
    "arms race",
    "it's",
    'a "b" c',
    "so: yes",
    "تحریم",
    "embargo*",
    "1.10",
)
IDS = ("a", "b", "c", "d", "e", "f_1")
LANGUAGES = ("en", "fa", "any")
WORD = st.sampled_from(WORDS)
LIST = st.lists(WORD, min_size=1, max_size=3, unique=True)


@dataclass
class Layout:
    """A codebook as a text: its lines, each with the code that it belongs to, and how they end."""

    lines: list
    ids: tuple = ()
    line_break: str = "\n"
    bom: bool = False
    last_break: bool = True

    @property
    def text(self):
        text = self.line_break.join(line for _, line in self.lines)
        return ("\ufeff" if self.bom else "") + text + (self.line_break if self.last_break else "")


@st.composite
def layouts(draw):
    """A valid codebook of two to six codes."""
    ids = draw(st.permutations(IDS))[: draw(st.integers(2, len(IDS)))]
    marked = draw(st.integers(0, 3)) == 0
    lines = [("", "# The whole: a comment"), ("", "name: Layouts"), ("", "language: en  # of terms")]
    lines[1:1] = [("", "---")] * marked
    writer = _Writer(draw, list(ids), draw(st.sampled_from([2, 4])), lines)
    lines.append(("", draw(st.sampled_from(["codes:", "codes:   # all of them", '"codes":']))))
    writer.codes(list(ids), "", writer.step)
    lines += [("", "..."), ("", "# behind the document")] * marked
    breaks = st.sampled_from(["\n", "\n", "\r\n", "\r"])
    return Layout(lines, tuple(ids), draw(breaks), draw(st.booleans()), draw(st.booleans()))


class _Writer:
    def __init__(self, draw, ids, step, lines):
        self.draw, self.ids, self.step, self.lines = draw, ids, step, lines
        self.comments = 0

    def codes(self, ids, owner, indent):
        spaced = self.draw(st.booleans())
        first = True
        while ids:
            name = ids.pop(0)
            below = [
                ids.pop(0) for _ in range(self.draw(st.integers(0, len(ids)))) if self.draw(st.booleans())
            ]
            if spaced and not first:
                self.lines.append((owner, ""))
            first = False
            if (form := self.draw(st.integers(0, 5))) < 2:
                if form:
                    self.flow_lines(name, below, indent)
                else:
                    self.add(name, indent, f"{name}: {self.flow_code(name, below)}")
                continue
            self.comment(name, indent)
            self.add(name, indent, f"{name}:")
            self.code(name, below, indent + self.step)

    def code(self, name, below, indent):
        """A code in lines: a label always, the rest by chance, in any order but for what is below."""
        keys = [
            "label",
            *self.chosen("definition", "when_to_use", "see", "coded_by", "color", "memo"),
            "terms",
        ]
        for key in self.draw(st.permutations(keys)):
            getattr(self, f"_{key}", self._text)(name, key, indent)
        if below:
            if self.draw(st.booleans()):
                self.lines.append((name, ""))
            self.add(name, indent, "codes:")
            self.codes(below, name, indent + self.step)

    def flow_code(self, name, below):
        return f"{{{', '.join(self.flow_parts(below))}}}"

    def flow_lines(self, name, below, indent):
        """A code in brackets that go over lines, each with a comma."""
        self.comment(name, indent)
        self.add(name, indent, f"{name}: {{")
        for part in self.draw(st.permutations(self.flow_parts(below))):
            self.comment(name, indent + self.step)
            self.add(name, indent + self.step, f"{part},")
        self.add(name, indent, "}")

    def flow_parts(self, below):
        parts = [f"label: {self.scalar()}", f"terms: [{', '.join(map(scalar, self.draw(LIST)))}]"]
        if self.draw(st.booleans()):
            parts.append(f"see: {{{self.draw(st.sampled_from(self.ids))}: why}}")
        if below:
            parts.append(f"codes: {{{', '.join(f'{one}: {self.flow_code(one, [])}' for one in below)}}}")
        return parts

    def _text(self, name, key, indent):
        style = self.draw(st.integers(0, 3)) if key in ("definition", "memo") else 0
        if style == 1:
            self.add(name, indent, f"{key}: >-", comment=False)
            self.add(name, indent + self.step, "some folded", comment=False)
            self.add(name, indent + self.step, "# words", comment=False)
        elif style == 2:
            self.add(name, indent, f"{key}: |", comment=False)
            self.add(name, indent + self.step, "two lines", comment=False)
            self.add(name, indent + self.step, "- of text", comment=False)
        elif style == 3:
            self.add(name, indent, f"{key}: plain words", comment=False)
            self.add(name, indent + self.step, "on two lines")
        else:
            self.add(name, indent, f"{key}: {self.scalar()}")

    def _color(self, name, key, indent):
        self.add(name, indent, f"{key}: '#aa0000'")

    def _coded_by(self, name, key, indent):
        self.add(name, indent, f"{key}: {self.draw(st.sampled_from(['rules', 'both']))}")

    def _when_to_use(self, name, key, indent):
        self.list(name, key, self.draw(LIST), indent)

    def _see(self, name, key, indent):
        codes = self.draw(st.lists(st.sampled_from(self.ids), min_size=1, max_size=2, unique=True))
        if self.draw(st.booleans()):
            self.add(name, indent, f"see: {{{', '.join(f'{code}: {self.scalar()}' for code in codes)}}}")
            return
        self.add(name, indent, "see:")
        for code in codes:
            self.add(name, indent + self.step, f"{code}: {self.scalar()}")

    def _terms(self, name, key, indent):
        if self.draw(st.booleans()):
            self.list(name, key, self.draw(LIST), indent)
            return
        self.add(name, indent, "terms:")
        for language in self.chosen(*LANGUAGES) or ["en"]:
            self.list(name, language, self.draw(LIST), indent + self.step)

    def list(self, name, key, items, indent):
        if self.draw(st.booleans()):
            self.add(name, indent, f"{key}: [{', '.join(map(scalar, items))}]")
            return
        self.add(name, indent, f"{key}:")
        dash = indent + self.draw(st.sampled_from([0, self.step]))
        for item in items:
            self.comment(name, dash)
            if key != "when_to_use" and self.draw(st.integers(0, 3)) == 0:
                self.add(name, dash, f"- term: {scalar(item)}")
                self.add(name, dash + 2, "note: noted")
            else:
                self.add(name, dash, f"-{' ' * self.draw(st.integers(1, 3))}{scalar(item)}")

    def add(self, name, indent, text, comment=True):
        if comment and self.draw(st.integers(0, 5)) == 0:
            text += f"  # {self.number()}"
        elif comment and self.draw(st.integers(0, 9)) == 0:
            text += "  "
        self.lines.append((name, " " * indent + text))

    def comment(self, name, indent):
        if self.draw(st.integers(0, 5)) == 0:
            self.lines.append((name, f"{' ' * indent}# above {self.number()}"))

    def number(self):
        self.comments += 1
        return self.comments

    def chosen(self, *keys):
        return [key for key in keys if self.draw(st.booleans())]

    def scalar(self):
        word = self.draw(WORD)
        style = self.draw(st.integers(0, 2))
        if style == 1:
            return "'" + word.replace("'", "''") + "'"
        return '"' + word.replace('"', '\\"') + '"' if style == 2 else scalar(word)
