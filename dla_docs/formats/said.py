"""What blocks say, read once: a document is measured at a dozen notches before it is set."""

from dla_docs.tree.nodes import Node, nodes, target, text


class Said:
    """The words and the pictures of blocks. Each is known as itself, and held: none is another."""

    def __init__(self) -> None:
        self._words: dict[int, tuple[Node, str]] = {}
        self._images: dict[int, tuple[Node, tuple[int, ...]]] = {}

    def words(self, block: Node) -> str:
        """The words of a block."""
        if id(block) not in self._words:
            self._words[id(block)] = block, text(block)
        return self._words[id(block)][1]

    def images(self, block: Node) -> tuple[int, ...]:
        """The ranks of the images that a block shows."""
        if id(block) not in self._images:
            named = (target(image) for image in nodes(block, "Image"))
            ranks = (int(n.removeprefix("image:")) for n in named if n.startswith("image:"))
            self._images[id(block)] = block, tuple(ranks)
        return self._images[id(block)][1]
