"""Writes all vectors: ``python -m tests.vectors.make``. Files no generator makes any more are removed."""

from tests.vectors.make import all_vectors

if __name__ == "__main__":
    vectors = all_vectors()
    for folder in sorted({path.parent for path in vectors}):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            if old not in vectors and old.suffix != ".md":
                old.unlink()
    for path, content in sorted(vectors.items()):
        path.write_bytes(content)
    print(f"{len(vectors)} vectors")
