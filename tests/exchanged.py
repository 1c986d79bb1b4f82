"""Files of other programs, imported and exported in tests."""

from pathlib import Path

from rubricate.codebooks.formats import FORMATS
from rubricate.codebooks.formats.exchange import export_codebook, import_codebook
from rubricate.codebooks.formats.reading import Reading
from rubricate.codebooks.yaml_writing import codebook_yaml

DATA = Path(__file__).parent / "data" / "codebooks"

READ = [name for name, form in FORMATS.items() if form.reads]
WRITTEN = [name for name, form in FORMATS.items() if form.writes]


def imported(name, from_format=""):
    """The codes of a fixture as YAML, and what had no place, as lines."""
    found = import_codebook(DATA / name, from_format)
    return codes(found.codebook), [str(loss) for loss in found.losses]


def codes(book):
    return codebook_yaml(book).partition("codes:\n")[2]


def read(name, content):
    """A codebook from content, with what had no place."""
    reading = Reading("f", content.encode() if isinstance(content, str) else content)
    return FORMATS[name].read(reading), [str(loss) for loss in reading.losses]


def written(book, name, **options):
    """The content of a codebook in a format, with what had no place."""
    exported = export_codebook(book, "f", name, **options)
    return exported.content, [str(loss) for loss in exported.losses]
