"""Each format in and out, and the real exports of sites."""
