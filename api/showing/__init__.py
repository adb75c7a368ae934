"""What pages show: words, texts with their claims marked, trees, maps, pagers."""
