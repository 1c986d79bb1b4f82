"""What a study decides about its texts, in tables that people write: repairs.csv and corrections.csv."""
