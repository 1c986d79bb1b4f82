"""The words of the codebook language against what other rooms know."""

from rubricate.codebooks import keys
from rubricate.reports.columns import TABLES, WITH_CODES


def test_the_reserved_ids_are_the_columns_beside_those_of_codes():
    assert set(keys.RESERVED) == {column.name for table in WITH_CODES for column in TABLES[table]}


def test_every_reserved_id_names_a_table_that_has_such_a_column():
    for name, table in keys.RESERVED.items():
        assert table in WITH_CODES
        assert name in [column.name for column in TABLES[table]]
