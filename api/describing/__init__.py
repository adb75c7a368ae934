"""The JSON that routes answer in, described as JSON Schema."""
