"""Makes crawler/sample/site and tests/sample_truth.json: `python -m tests.sample` writes both again."""
