// Classic Notebook 6 loads this with the kernel: magics in cells of Java are coloured as magics.
define(['base/js/namespace', 'base/js/events'], (Jupyter, events) => {
  const MAGIC = /^\s*(?:(?:[\w<>[\], .?]+\s+)?\w+\s*=\s*)?(?=%%?[A-Za-z])/;
  const NAME = /^%%?[A-Za-z]\w*/;
  const OPTION = /^(?:--?[A-Za-z][\w-]*|\w[\w.]*(?==))/;

  // Lies over the colours of Java, and takes their place where it says anything.
  const overlay = {
    startState: () => ({ first: true, body: false, magic: false }),
    copyState: state => ({ ...state }),
    blankLine: () => {},
    token(stream, state) {
      if (stream.sol()) {
        const text = stream.string;
        if (state.first) state.body = /^\s*%%recipe\b/.test(text);
        state.first = state.first && /^\s*$/.test(text);
        const before = MAGIC.exec(text);
        const isMagic = before && NAME.test(text.slice(before[0].length));
        state.magic = isMagic || state.body;
        if (isMagic && before[0].length > 0) {
          stream.pos = before[0].length;
          return null;
        }
      }
      if (!state.magic) {
        stream.skipToEnd();
        return null;
      }
      if (stream.match(NAME)) return 'meta strong';
      if (stream.match(OPTION)) return 'attribute';
      if (!stream.eatSpace() && !stream.eatWhile(/[^\s]/)) stream.next();
      return 'parsimony-text';
    },
  };
  const colour = cell => {
    if (cell.cell_type === 'code' && !cell.parsimonyMagics) {
      cell.parsimonyMagics = true;
      cell.code_mirror.addOverlay(overlay, { opaque: true });
    }
  };
  return {
    onload: () => {
      events.on('create.Cell', (event, { cell }) => colour(cell));
      events.on('notebook_loaded.Notebook', () => Jupyter.notebook.get_cells().forEach(colour));
      Jupyter.notebook.get_cells().forEach(colour);
    },
  };
});
