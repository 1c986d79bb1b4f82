"""What was found: one module per table, the measures, and the writing of result folders.

``tally`` adds up what a coding pass found; ``frequency``, ``cooccurrence``, ``entries`` and ``parts`` make
tables from those sums; ``documents``, ``passages``, ``segments`` and ``wide`` make the rows of one batch.
``columns`` describes every column of every table; ``write`` puts them all into a folder.
"""
