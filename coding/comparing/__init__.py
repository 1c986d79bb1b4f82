"""Two codings of one corpus side by side: what a change of the codebook, or of anything else, did."""
