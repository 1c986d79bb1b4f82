"""The language of rules and conditions: read, checked and written."""
