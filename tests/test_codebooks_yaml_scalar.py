import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.codebooks import CodebookError, parse_codebook
from rubricate.codebooks.yaml_scalar import scalar

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t"), min_size=1)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("sanction", "sanction"),
        ("1.10", "1.10"),
        ("no", "no"),
        ("P5+1", "P5+1"),
        ("U.S.", "U.S."),
        ("(economic OR financial) NEAR/4 pressure", '"(economic OR financial) NEAR/4 pressure"'),
        ("a NOT b", "a NOT b"),
        ("embargo*", "embargo*"),
        ("*deceit*", '"*deceit*"'),
        (":)", '":)"'),
        ("so: yes", '"so: yes"'),
        ("a #b", '"a #b"'),
        ("a, b", '"a, b"'),
        (r"\bUNSCR? ?\d{4}\b", r"'\bUNSCR? ?\d{4}\b'"),
        ('it\'s "so"', '"it\'s \\"so\\""'),
        (" ends ", '" ends "'),
        ("", '""'),
        ("تحریم", "تحریم"),
        ("two\nlines", r'"two\nlines"'),
    ],
)
def test_a_text_is_quoted_only_where_it_must_be(text, written):
    assert scalar(text) == written


@given(TEXTS)
def test_a_codebook_reads_a_written_text_back(text):
    for source in (
        f"codes:\n  a:\n    definition: {scalar(text)}\n    terms: [b]\n",
        f"codes: {{a: {{definition: {scalar(text)}, terms: [b]}}}}\n",
    ):
        try:
            book = parse_codebook(source)
        except CodebookError as error:
            assert not text.strip() or "U+" in str(error), error
        else:
            assert book.codes[0].definition == text.strip() or book.codes[0].definition == text
