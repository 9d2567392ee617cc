"""Articles into stories: the step that joins the similarity of texts to the archive."""
