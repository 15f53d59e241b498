// Colours magics in cells of Java as magics. A federated extension of JupyterLab 4 and Notebook 7, written by hand: it needs
// CodeMirror and JupyterLab's own registry of editor extensions, which the page shares, and nothing else.
(() => {
  const MAGIC = /^(\s*(?:(?:[\w<>[\], .?]+\s+)?\w+\s*=\s*)?)(%%?[A-Za-z]\w*)(?=\s|;|$)(.*)$/;
  const OPTION = /(^|\s)(--?[A-Za-z][\w-]*|\w[\w.]*(?==))/g;
  const NOT_JAVA = /^%%recipe\b/;

  // The parts of a line that are no Java: [from, to, class], in order.
  const parts = (from, rest) => {
    const found = [];
    let end = 0;
    for (const option of rest.matchAll(OPTION)) {
      const begin = option.index + option[1].length;
      if (begin > end) found.push([from + end, from + begin, 'parsimony-magic-text']);
      end = begin + option[2].length;
      found.push([from + begin, from + end, 'parsimony-magic-option']);
    }
    if (rest.length > end) found.push([from + end, from + rest.length, 'parsimony-magic-text']);
    return found;
  };

  const colours = ({ view: { Decoration, EditorView, ViewPlugin } }, model) => {
    const decorate = view => {
      if (!/java/.test(model.mimeType)) return Decoration.none;
      const { doc } = view.state;
      const body = NOT_JAVA.test(doc.sliceString(0, 40).trimStart());
      const marks = [];
      const mark = ([from, to, name]) => marks.push(Decoration.mark({ class: name }).range(from, to));
      for (const { from, to } of view.visibleRanges) {
        for (let at = from; at <= to; ) {
          const line = doc.lineAt(at);
          const magic = MAGIC.exec(line.text);
          if (magic) {
            const name = line.from + magic[1].length;
            mark([name, name + magic[2].length, 'parsimony-magic-name']);
            parts(name + magic[2].length, magic[3]).forEach(mark);
          } else if (body) {
            parts(line.from, line.text).forEach(mark);
          }
          at = line.to + 1;
        }
      }
      return Decoration.set(marks);
    };
    const plugin = ViewPlugin.fromClass(
      class {
        constructor(view) { this.decorations = decorate(view); }
        update(update) { this.decorations = decorate(update.view); }
      },
      { decorations: value => value.decorations }
    );
    const colour = name => ({ color: `var(${name})`, fontStyle: 'normal' });
    const theme = EditorView.theme({
      '.parsimony-magic-name, .parsimony-magic-name span': {
        ...colour('--jp-mirror-editor-meta-color'), fontWeight: 'bold',
      },
      '.parsimony-magic-option, .parsimony-magic-option span': colour('--jp-mirror-editor-attribute-color'),
      '.parsimony-magic-text, .parsimony-magic-text span': {
        ...colour('--jp-content-font-color1'), fontWeight: 'normal',
      },
    });
    return [plugin, theme];
  };

  let scope;
  const share = async name => {
    const versions = Object.values(scope[name]);
    return (await (versions.find(version => version.loaded) ?? versions[0]).get())();
  };

  (window._JUPYTERLAB ??= {})['parsimony-magics'] = {
    init: shared => { scope = shared; },
    get: async () => {
      const [registry, view] = await Promise.all([share('@jupyterlab/codemirror'), share('@codemirror/view')]);
      const plugin = {
        id: 'parsimony-magics:plugin',
        description: 'Colours the magics of Java kernels.',
        autoStart: true,
        requires: [registry.IEditorExtensionRegistry],
        activate: (app, extensions) => extensions.addExtension({
          name: 'parsimony-magics',
          factory: options =>
            registry.EditorExtensionRegistry.createImmutableExtension(colours({ view }, options.model)),
        }),
      };
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
