"""What every file meets on its way to records, whatever its format."""
