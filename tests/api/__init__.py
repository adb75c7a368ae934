"""Pages, embeds and data over HTTP, also in a real browser."""
