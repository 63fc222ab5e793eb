"""The parts of tools/make_samples.py: invented documents, layout, ageing, truth."""
