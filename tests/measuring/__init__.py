"""What benchmarks print, and what the documentation says was measured."""
