"""The daily brief: many articles' briefs merged into one by rules, every line traceable to sentences."""
