"""What a request asks for: its parameters, its media types, its query."""
