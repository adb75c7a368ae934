"""What the formats of one site have in common, or need beside their module in `formats/`."""
