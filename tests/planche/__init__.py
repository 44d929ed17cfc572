"""The planche: a small workspace whose one document uses the whole layout vocabulary."""
