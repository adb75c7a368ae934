"""What the sentences of a comment do and show by themselves: claims, asides, questions, quotations, numbers."""
