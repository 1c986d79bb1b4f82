"""What an earlier pass found is used again where nothing that it depends on has changed."""
