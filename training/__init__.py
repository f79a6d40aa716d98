"""How the shipped model is made: data in, ONNX out, with a model card and its scores. `python -m training --help`."""
