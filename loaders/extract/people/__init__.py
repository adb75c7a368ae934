"""Who is spoken to or of: names, mentions, and the programs and moderators among those who write."""
