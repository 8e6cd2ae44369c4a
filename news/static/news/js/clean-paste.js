/* A text from a word processor keeps its words, headings, lists, links, bold and italics.

   Draftail drops styles, pictures, tables' markup and addresses that are not links. Here is what it
   misses: a document's title and deep headings, Google's bold around everything, empty paragraphs.
   A classic script: Draftail's own must have run before it, and no editor may have begun. */

(() => {
  const { ContentState, EditorState, Modifier, convertFromHTML } = window.DraftJS;
  const HEADINGS = { h1: "h2", h4: "h3", h5: "h3", h6: "h3" };

  function replace(element, name) {
    const other = element.ownerDocument.createElement(name);
    other.append(...element.childNodes);
    element.replaceWith(other);
  }

  function cleaned(html) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    body.querySelectorAll("img, picture, svg").forEach((picture) => picture.remove());
    for (const [deep, near] of Object.entries(HEADINGS)) {
      body.querySelectorAll(deep).forEach((heading) => replace(heading, near));
    }
    body.querySelectorAll("b").forEach((bold) => {
      if (bold.style.fontWeight === "normal") bold.replaceWith(...bold.childNodes);
    });
    return body.innerHTML;
  }

  function handlePastedText(text, html, editorState, { setEditorState }) {
    if (!html) return "not-handled";
    const { contentBlocks, entityMap } = convertFromHTML(cleaned(html));
    const blocks = (contentBlocks ?? []).filter((block) => block.getText().trim());
    if (!blocks.length) return "not-handled";
    const pasted = Modifier.replaceWithFragment(
      editorState.getCurrentContent(),
      editorState.getSelection(),
      ContentState.createFromBlockArray(blocks, entityMap).getBlockMap(),
    );
    setEditorState(EditorState.push(editorState, pasted, "insert-fragment"));
    return "handled";
  }

  window.draftail.registerPlugin({ type: "clean-paste", handlePastedText }, "plugins");
})();
