"""The field's formats, one file per format or family of them."""
