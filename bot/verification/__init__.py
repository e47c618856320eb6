"""What a verified answer is made of: markers, sentences, values, names, and whether a passage supports a sentence."""
