"""A tiny English pipeline, trained in seconds on sentences of our own and used for real."""

import random

import numpy as np

from rubricate.codebooks import parse_codebook
from rubricate.coding.pipeline_entries import PipelineEntries
from rubricate.coding.plan import compile_codebook
from rubricate.corpus.document import Document, Paragraph
from rubricate.corpus.reading import read_words
from rubricate.corpus.words.borders import Vocabulary

SENTENCES = (
    # words; parts of speech; the position of each word's head in the sentence, its own for the root
    ("The great powers met in Iran .", "DET ADJ NOUN VERB ADP PROPN PUNCT", "2 2 3 3 3 4 3"),
    ("A great power left Russia .", "DET ADJ NOUN VERB PROPN PUNCT", "2 2 3 3 3 3"),
    ("Their power grew in China .", "PRON NOUN VERB ADP PROPN PUNCT", "1 2 2 2 3 2"),
    ("This power worried Iran .", "DET NOUN VERB PROPN PUNCT", "1 2 2 2 2"),
    ("The power of Russia fell .", "DET NOUN ADP PROPN VERB PUNCT", "1 4 1 2 4 4"),
    ("Two engines power the ship .", "NUM NOUN VERB DET NOUN PUNCT", "1 2 2 4 2 2"),
    ("These engines power a train .", "DET NOUN VERB DET NOUN PUNCT", "1 2 2 4 2 2"),
    ("Reactors power the towns .", "NOUN VERB DET NOUN PUNCT", "1 1 3 1 1"),
    ("They power their ships with oil .", "PRON VERB PRON NOUN ADP NOUN PUNCT", "1 1 3 1 1 4 1"),
    ("The towns of China grew .", "DET NOUN ADP PROPN VERB PUNCT", "1 4 1 2 4 4"),
    ("Iran left the ship .", "PROPN VERB DET NOUN PUNCT", "1 1 3 1 1"),
    ("Russia met the engines of China .", "PROPN VERB DET NOUN ADP PROPN PUNCT", "1 1 3 1 3 4 1"),
    ("China did not meet Russia .", "PROPN AUX PART VERB PROPN PUNCT", "3 3 3 3 3 3"),
)
PLACES = ("Iran", "Russia", "China")
ROUNDS = 60


_FOLDERS = []


def trained(tmp_path_factory):
    """The name of the pipeline, its folder; it is trained once for all tests."""
    if not _FOLDERS:
        _FOLDERS.append(train(tmp_path_factory.mktemp("pipelines") / "tiny"))
    return _FOLDERS[0]


def document(*paragraphs, language="en", name="d"):
    """A document of these paragraphs."""
    text, edges = "", []
    for paragraph in paragraphs:
        edges.append(Paragraph(len(text), len(text) + len(paragraph)))
        text += paragraph + "\n\n"
    return Document(name, text, tuple(edges), language=language)


def codebook(*terms, language="en"):
    """A codebook with one code ``x`` and these terms, each as it stands in YAML."""
    lines = "".join(f"      - {term}\n" for term in terms)
    return parse_codebook(f"language: {language}\ncodes:\n  x:\n    terms:\n{lines}")


def annotate(book, documents, name="", where=None):
    """The reading of some documents, and what the pipeline finds in it."""
    reading = read_words(documents, Vocabulary())
    language = documents[0].language
    entries = PipelineEntries(compile_codebook(book, language).asked, language, name)
    everywhere = np.ones(len(reading.paragraph_start), bool)
    return reading, entries.annotate(reading, everywhere if where is None else where)


def found(book, *paragraphs, name="", language="en"):
    """(entry, words as they stand) of every match in these paragraphs, by place."""
    reading, annotation = annotate(book, [document(*paragraphs, language=language)], name)
    matches = annotation.matches
    rows = sorted(zip(matches.start.tolist(), matches.end.tolist(), matches.term.tolist(), strict=True))
    return [(book.entries[term].id, reading.words.text[start:end]) for start, end, term in rows]


def train(folder):
    """Train the pipeline and save it in a folder, which is its name."""
    import spacy
    from spacy.training import Example

    spacy.util.fix_random_seed(0)
    nlp = spacy.blank("en", meta={"name": "tiny", "version": "1.2.3"})
    nlp.add_pipe("tok2vec", config={"model": embedding()})
    for name in ("morphologizer", "parser", "ner"):
        listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 32, "upstream": "*"}
        nlp.add_pipe(name, config={"model": {"tok2vec": listener}})
    examples = [Example.from_dict(nlp.make_doc(text), annotations(text, *rest)) for text, *rest in SENTENCES]
    nlp.initialize(lambda: examples)
    for _ in range(ROUNDS):
        random.Random(0).shuffle(examples)
        nlp.update(examples, losses={})
    nlp.to_disk(folder)
    return str(folder)


def embedding():
    """The settings of a small network that reads words."""
    return {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "width": 32,
        "depth": 2,
        "embed_size": 300,
        "window_size": 1,
        "maxout_pieces": 2,
        "subword_features": True,
        "pretrained_vectors": None,
    }


def annotations(text, tags, heads):
    words = text.split()
    heads = list(map(int, heads.split()))
    return {
        "words": words,
        "pos": tags.split(),
        "morphs": [""] * len(words),
        "heads": heads,
        "deps": ["ROOT" if head == place else "dep" for place, head in enumerate(heads)],
        "entities": ["U-GPE" if word in PLACES else "O" for word in words],
    }
